package io.solvegrad.detection;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.solvegrad.detection.data.DetectionData;
import io.solvegrad.detection.report.Measurement;
import io.solvegrad.detection.training.DetectorTraining;
import io.solvegrad.detection.training.Settings;
import io.solvegrad.example.AtomicFiles;
import io.solvegrad.example.BadInputException;
import io.solvegrad.example.Interruption;
import io.solvegrad.example.OptionVariant;
import io.solvegrad.example.report.Page;
import io.solvegrad.example.report.SweepTable;
import io.solvegrad.example.training.Budget;
import io.solvegrad.example.training.TrainingSession;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.LongStream;

/**
 * The runs of a comparison, each with a file that says what came of it.
 *
 * <p>How long a step takes is measured once, turn by turn for all variants; after that every run is
 * of a fixed number of steps, so that what else the machine does changes nothing.
 */
final class ComparisonRuns {
  private static final ObjectMapper JSON = JsonMapper.builder().build();
  private static final List<String> METRICS = List.of("AP50", "AP75", "COCO-AP");
  // Vector loops are slow until they are compiled, which takes some fifty steps.
  private static final int WARM_UP = 60;
  private static final int MEASURED = 40;

  private final PrintStream out;
  private final Path folder;
  private final String source;
  private final Comparison comparison;

  ComparisonRuns(PrintStream out, Path folder, String source, Comparison comparison) {
    this.out = out;
    this.folder = folder;
    this.source = source;
    this.comparison = comparison;
  }

  private Path timingFile() {
    return folder.resolve("timing.json");
  }

  /** Measures the milliseconds a step takes of the variants for which they are not known yet. */
  void measureSteps() throws IOException {
    Map<String, Double> known = new LinkedHashMap<>(timing());
    List<OptionVariant> unknown =
        comparison.variants().stream()
            .filter(variant -> !known.containsKey(variant.name()))
            .toList();
    if (unknown.isEmpty()) {
      return;
    }
    Map<String, DetectorTraining> trainings = new LinkedHashMap<>();
    try {
      for (OptionVariant variant : unknown) {
        Settings settings = Comparison.settings(variant, 0, WARM_UP + MEASURED);
        trainings.put(variant.name(), new DetectorTraining(settings, data(settings)));
      }
      Interruption.guard(
          () -> trainings.values().forEach(DetectorTraining::freeze),
          () -> known.putAll(measure(trainings)));
    } finally {
      trainings.values().forEach(DetectorTraining::close);
    }
    AtomicFiles.write(
        timingFile(),
        file -> file.write(JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(known)));
  }

  private Map<String, Double> measure(Map<String, DetectorTraining> trainings) {
    Map<String, double[]> times = new LinkedHashMap<>();
    trainings.keySet().forEach(name -> times.put(name, new double[MEASURED]));
    for (int s = 0; s < WARM_UP + MEASURED; s++) {
      for (Map.Entry<String, DetectorTraining> one : trainings.entrySet()) {
        double millis = TrainingSession.guarded(one.getValue(), one.getValue()::step).stepMillis();
        double[] own = times.get(one.getKey());
        if (own != null && s >= WARM_UP) {
          own[s - WARM_UP] = millis;
        }
      }
    }
    Map<String, Double> medians = new LinkedHashMap<>();
    times.forEach((name, own) -> {
      Arrays.sort(own);
      medians.put(name, own[MEASURED / 2]);
      out.printf(Locale.ROOT, "%-20s %.1f ms a step%n", name, own[MEASURED / 2]);
    });
    return medians;
  }

  private Map<String, Double> timing() {
    if (!Files.exists(timingFile())) {
      return Map.of();
    }
    try {
      return JSON.readValue(timingFile().toFile(), new TypeReference<Map<String, Double>>() {});
    } catch (IOException e) {
      throw new BadInputException(
          "%s cannot be read: %s. Maybe remove it.".formatted(timingFile(), e.getMessage()), e);
    }
  }

  private DetectionData data(Settings settings) throws IOException {
    return DetectCommand.data(source, settings, folder, out);
  }

  private long steps(OptionVariant variant, Map<String, Double> millis) {
    Budget budget = comparison.budget();
    double own = millis.getOrDefault(variant.name(), 1.0);
    double first = millis.getOrDefault(comparison.variants().getFirst().name(), 1.0);
    double total =
        budget.unit() == Budget.Unit.SECONDS ? 1000 * budget.amount() : first * budget.amount();
    return Math.max(1, Math.round(total / own));
  }

  /** Does the runs that are not done yet, and compares. */
  void compare(long firstSeed, int seeds) throws IOException {
    Map<String, Double> millis = timing();
    Map<String, Map<String, double[]>> values = new LinkedHashMap<>();
    for (String metric : METRICS) {
      Map<String, double[]> ofMetric = new LinkedHashMap<>();
      comparison.variants().forEach(variant -> ofMetric.put(variant.name(), new double[seeds]));
      values.put(metric, ofMetric);
    }
    // Seed by seed, so that an unfinished comparison has as many runs of each variant as it can.
    for (int s = 0; s < seeds; s++) {
      for (OptionVariant variant : comparison.variants()) {
        long steps = steps(variant, millis);
        JsonNode trained = run(variant, Comparison.settings(variant, firstSeed + s, steps));
        for (String metric : METRICS) {
          double[] own = values.getOrDefault(metric, Map.of()).get(variant.name());
          if (own != null) {
            own[s] = trained.path(metric).asDouble();
          }
        }
      }
    }
    report(values, millis, LongStream.range(firstSeed, firstSeed + seeds).toArray());
  }

  /** What a run has reached, from its file if it is finished. */
  private JsonNode run(OptionVariant variant, Settings settings) throws IOException {
    Path file =
        folder.resolve(variant.name()).resolve("seed-" + settings.seed()).resolve("results.json");
    if (!Files.exists(file)) {
      Map<String, Object> results = train(variant, settings);
      AtomicFiles.write(
          file,
          stream -> stream.write(JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(results)));
    }
    JsonNode results;
    try {
      results = JSON.readTree(file.toFile());
    } catch (JacksonException e) {
      throw new BadInputException(
          "%s cannot be read: %s. Maybe remove it.".formatted(file, e.getOriginalMessage()), e);
    }
    boolean same =
        results.path("settings").equals(JSON.readTree(JSON.writeValueAsBytes(settings)))
            && results.path("data").asText().equals(source);
    if (!same) {
      throw new BadInputException(
          "%s is a run with other settings. Maybe choose another --out.".formatted(file));
    }
    return results.path("trained");
  }

  private Map<String, Object> train(OptionVariant variant, Settings settings) throws IOException {
    DetectionData data = data(settings);
    Map<String, Object> results = new LinkedHashMap<>();
    try (DetectorTraining training = new DetectorTraining(settings, data)) {
      Interruption.guard(
          training::freeze,
          () -> {
            while (training.used() < 1) {
              TrainingSession.guarded(training, training::step);
            }
            Measurement trained =
                Measurement.of(variant.name(), data.measured(), training.detect(data.measured()));
            results.put("variant", variant.name());
            results.put("data", source);
            results.put("measured", data.measured().name());
            results.put("trained", trained.json());
            results.put("classes", trained.classes());
            results.put("steps", training.steps());
            results.put("trainingSeconds", training.seconds());
            results.put("settings", training.settings());
            out.printf(
                Locale.ROOT,
                "%-20s seed %d   %d steps in %.0f s   AP50 %.4f   AP75 %.4f   COCO AP %.4f%n",
                variant.name(),
                settings.seed(),
                training.steps(),
                training.seconds(),
                trained.ap50(),
                trained.ap75(),
                trained.coco());
          });
    }
    return results;
  }

  private void report(
      Map<String, Map<String, double[]>> values, Map<String, Double> millis, long[] seeds)
      throws IOException {
    StringBuilder text = new StringBuilder();
    Map<String, Object> rows = new LinkedHashMap<>();
    Page page =
        new Page(
            "Detection heads compared at equal time",
            "%d seeds on %s; every variant trains for the same time, and is compared with the first"
                    .formatted(seeds.length, source)
                + " seed by seed.");
    values.forEach((metric, ofMetric) -> {
      SweepTable table = SweepTable.of(ofMetric);
      rows.put(metric, table.rows());
      text.append("\n").append(metric).append("\n\n").append(table.markdown());
      page.table(metric, SweepTable.COLUMNS, table.cells());
    });
    List<List<String>> budgets = new ArrayList<>();
    Map<String, Object> variants = new LinkedHashMap<>();
    for (OptionVariant variant : comparison.variants()) {
      long steps = steps(variant, millis);
      double own = millis.getOrDefault(variant.name(), 0.0);
      variants.put(
          variant.name(),
          Map.of("options", String.join(" ", variant.options()), "steps", steps, "millis", own));
      budgets.add(
          List.of(
              variant.name(),
              String.join(" ", variant.options()),
              Long.toString(steps),
              String.format(Locale.ROOT, "%.1f", own)));
    }
    page.table("Variants", List.of("variant", "options", "steps", "ms a step"), budgets);
    Map<String, Object> results = new LinkedHashMap<>();
    results.put("command", "detect --compare");
    results.put("data", source);
    results.put("seeds", seeds);
    results.put("variants", variants);
    results.put("rows", rows);
    AtomicFiles.write(
        folder.resolve("results.json"),
        file -> file.write(JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(results)));
    AtomicFiles.write(folder.resolve("table.md"), text.toString());
    page.write(folder.resolve("report.html"));
    out.printf("%nseeds %s%n%s", Arrays.toString(seeds), text);
  }
}
