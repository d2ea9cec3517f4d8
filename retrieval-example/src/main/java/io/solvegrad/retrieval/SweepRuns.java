package io.solvegrad.retrieval;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.solvegrad.example.AtomicFiles;
import io.solvegrad.example.BadInputException;
import io.solvegrad.example.Interruption;
import io.solvegrad.example.OptionVariant;
import io.solvegrad.example.training.TrainingSession;
import io.solvegrad.retrieval.data.ImageCollection;
import io.solvegrad.retrieval.report.HitRates;
import io.solvegrad.retrieval.training.RetrievalTraining;
import io.solvegrad.retrieval.training.Settings;
import io.solvegrad.retrieval.training.TrainingPoint;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The runs of a sweep, each with a file that says what came of it. */
final class SweepRuns {
  private static final ObjectMapper JSON = JsonMapper.builder().build();
  private static final String METRIC = "hitRate@1";

  private final PrintStream out;
  private final Path folder;
  private final String data;
  private final ImageCollection images;

  SweepRuns(PrintStream out, Path folder, String data, ImageCollection images) {
    this.out = out;
    this.folder = folder;
    this.data = data;
    this.images = images;
  }

  /** The hit rate of a run, from its file if it is finished. */
  double hitRate(OptionVariant variant, long seed) throws IOException {
    Settings settings = RetrieveOptions.settings(variant, seed);
    Path file = folder.resolve(variant.name()).resolve("seed-" + seed).resolve("results.json");
    if (Files.exists(file)) {
      return finished(file, settings);
    }
    Map<String, Object> results = run(variant, settings);
    AtomicFiles.write(
        file,
        stream -> stream.write(JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(results)));
    return finished(file, settings);
  }

  private double finished(Path file, Settings settings) throws IOException {
    JsonNode results;
    try {
      results = JSON.readTree(file.toFile());
    } catch (JacksonException e) {
      throw new BadInputException(
          "%s cannot be read: %s. Maybe remove it.".formatted(file, e.getOriginalMessage()), e);
    }
    JsonNode rate = results.path("trained").path(METRIC);
    if (!rate.isNumber()) {
      throw new BadInputException("%s has no %s. Maybe remove it.".formatted(file, METRIC));
    }
    boolean same =
        results.path("settings").equals(JSON.readTree(JSON.writeValueAsBytes(settings)))
            && results.path("data").asText().equals(data);
    if (!same) {
      throw new BadInputException(
          "%s is a run with other settings. Maybe choose another --out.".formatted(file));
    }
    return rate.doubleValue();
  }

  private Map<String, Object> run(OptionVariant variant, Settings settings) throws IOException {
    MeasuredClasses classes = MeasuredClasses.of(images, settings);
    Map<String, Object> results = new LinkedHashMap<>();
    try (RetrievalTraining training = new RetrievalTraining(settings, classes.train())) {
      Interruption.guard(
          training::freeze,
          () -> {
            while (training.used() < 1) {
              TrainingSession.guarded(training, training::step);
            }
            HitRates rates =
                new HeldOutEvaluation(classes.measured(), settings.threads())
                    .measure("trained net", training.embed(classes.measured()));
            results.putAll(describe(variant, training, classes, rates));
            out.printf(
                Locale.ROOT,
                "%-16s seed %d   %d steps in %.0f s   hit rate@1 %.4f on %d %s images%n",
                variant.name(),
                settings.seed(),
                training.steps(),
                training.seconds(),
                rates.at1(),
                classes.measured().size(),
                classes.kind());
          });
    }
    return results;
  }

  private Map<String, Object> describe(
      OptionVariant variant, RetrievalTraining training, MeasuredClasses classes, HitRates rates) {
    List<TrainingPoint> course = training.course();
    Map<String, Object> results = new LinkedHashMap<>();
    results.put("variant", variant.name());
    results.put("data", data);
    results.put("measured", classes.kind());
    results.put("measuredImages", classes.measured().size());
    results.put("measuredClasses", classes.measured().classCount());
    results.put("trained", RetrievalRun.json(rates));
    results.put("steps", training.steps());
    results.put("trainingSeconds", training.seconds());
    results.put(
        "zeroGradients",
        course.stream().mapToDouble(TrainingPoint::zeroGradients).average().orElse(0));
    results.put("moved", course.stream().mapToDouble(TrainingPoint::moved).average().orElse(0));
    results.put("lambdaFactor", training.lambdaFactor());
    results.put("settings", training.settings());
    return results;
  }
}
