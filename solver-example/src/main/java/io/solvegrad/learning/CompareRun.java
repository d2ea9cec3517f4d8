package io.solvegrad.learning;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.solvegrad.example.AtomicFiles;
import io.solvegrad.example.BadInputException;
import io.solvegrad.example.Interruption;
import io.solvegrad.example.report.SweepTable;
import io.solvegrad.example.training.Budget;
import io.solvegrad.learning.problem.Problem.Predictor;
import io.solvegrad.learning.training.EstimatorChoice;
import io.solvegrad.learning.training.Learner;
import io.solvegrad.learning.training.Settings;
import io.solvegrad.learning.training.TrainingPoint;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The net behind the solver trained with several estimators and seeds. Every run leaves a file that
 * says what came of it, so that an interrupted comparison goes on where it stopped.
 */
final class CompareRun {
  private static final ObjectMapper JSON = JsonMapper.builder().build();
  private static final String SHARE = "optimalShare";

  /**
   * An estimator with a budget of its own.
   *
   * @param estimator which
   * @param settings of the first seed
   */
  private record Variant(EstimatorChoice estimator, Settings settings) {

    /** Reads NAME[:X][@STEPS]. */
    static Variant parse(String text, Settings common) {
      String[] parts = text.split("@", 2);
      EstimatorChoice estimator = EstimatorChoice.parse(parts[0]);
      if (parts.length == 1) {
        return new Variant(estimator, common.withEstimator(estimator));
      }
      int steps;
      try {
        steps = Integer.parseInt(parts[1]);
      } catch (NumberFormatException e) {
        throw new BadInputException(
            "--compare: the steps of %s must be a number, but are '%s'."
                .formatted(parts[0], parts[1]),
            e);
      }
      BadInputException.require(
          "--compare: the steps of " + parts[0], steps, steps > 0, "positive");
      return new Variant(
          estimator,
          common.withEstimator(estimator).withBudget(new Budget(Budget.Unit.STEPS, steps)));
    }

    String name() {
      return estimator.toString().replace(':', '-');
    }
  }

  private final PrintStream out;
  private final Path folder;
  private final List<Variant> variants;
  private final int seeds;

  /** Checks the variants. */
  CompareRun(PrintStream out, Path folder, List<String> variants, Settings common, int seeds) {
    this.out = out;
    this.folder = folder;
    this.seeds = seeds;
    BadInputException.require("--seeds", seeds, seeds >= 1 && seeds <= 1000, "1 to 1000");
    this.variants = variants.stream().map(text -> Variant.parse(text, common)).toList();
    long names = this.variants.stream().map(Variant::name).distinct().count();
    if (names < variants.size()) {
      throw new BadInputException("--compare names an estimator twice.");
    }
  }

  void run() throws IOException {
    Map<String, double[]> shares = new LinkedHashMap<>();
    variants.forEach(variant -> shares.put(variant.name(), new double[seeds]));
    List<JsonNode> runs = new ArrayList<>();
    // Seed by seed, so that an unfinished comparison has as many runs of each estimator as it can.
    for (int s = 0; s < seeds; s++) {
      for (Variant variant : variants) {
        Settings settings = variant.settings().withSeed(variant.settings().seed() + s);
        JsonNode result = result(variant, settings);
        shares.computeIfAbsent(variant.name(), name -> new double[seeds])[s] =
            result.path(SHARE).doubleValue();
        runs.add(result);
      }
    }
    SweepTable table = SweepTable.of(shares);
    Map<String, Object> results = new LinkedHashMap<>();
    results.put("command", "solve --compare");
    results.put("metric", SHARE);
    results.put("rows", table.rows());
    results.put("runs", runs);
    AtomicFiles.write(
        folder.resolve("results.json"),
        file -> file.write(JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(results)));
    AtomicFiles.write(folder.resolve("table.md"), table.markdown());
    out.printf("%nShare of unseen examples solved optimally%n%n%s", table.markdown());
  }

  /** What came of a run, from its file if it is finished. */
  private JsonNode result(Variant variant, Settings settings) throws IOException {
    Path file =
        folder.resolve(variant.name()).resolve("seed-" + settings.seed()).resolve("results.json");
    if (!Files.exists(file)) {
      Map<String, Object> result = train(variant, settings);
      AtomicFiles.write(
          file,
          stream -> stream.write(JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(result)));
    }
    JsonNode result;
    try {
      result = JSON.readTree(file.toFile());
    } catch (JacksonException e) {
      throw new BadInputException(
          "%s cannot be read: %s. Maybe remove it.".formatted(file, e.getOriginalMessage()), e);
    }
    if (!result.path(SHARE).isNumber()) {
      throw new BadInputException("%s has no %s. Maybe remove it.".formatted(file, SHARE));
    }
    if (!result.path("settings").equals(JSON.readTree(JSON.writeValueAsBytes(settings)))) {
      throw new BadInputException(
          "%s is a run with other settings. Maybe choose another --out.".formatted(file));
    }
    return result;
  }

  private Map<String, Object> train(Variant variant, Settings settings) throws IOException {
    Map<String, Object> result = new LinkedHashMap<>();
    try (Learner learner = new Learner(Predictor.SOLVER, settings, null)) {
      Interruption.guard(
          () -> {
            learner.freeze();
            out.println("\nInterrupted. Finished runs are kept; the same command goes on.");
          },
          () -> {
            while (learner.used() < 1) {
              SolveRun.step(learner);
            }
            double share = learner.testShare();
            result.put("estimator", variant.estimator().toString());
            result.put(SHARE, share);
            result.put("steps", learner.steps());
            result.put("trainingSeconds", learner.seconds());
            result.put(
                "zeroGradients",
                learner.course().stream()
                    .mapToDouble(TrainingPoint::zeroGradients)
                    .average()
                    .orElse(0));
            result.put("settings", settings);
            out.printf(
                Locale.ROOT,
                "%-28s seed %d   %d steps in %.0f s   %.1f %% optimal%n",
                variant.estimator(),
                settings.seed(),
                learner.steps(),
                learner.seconds(),
                100 * share);
          });
    }
    return result;
  }
}
