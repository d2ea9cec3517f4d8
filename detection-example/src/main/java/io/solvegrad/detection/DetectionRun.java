package io.solvegrad.detection;

import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.solvegrad.detection.data.DetectionData;
import io.solvegrad.detection.report.DetectionReport;
import io.solvegrad.detection.report.Measurement;
import io.solvegrad.detection.training.DetectorTraining;
import io.solvegrad.detection.training.Settings;
import io.solvegrad.detection.training.TrainingPoint;
import io.solvegrad.evaluation.detection.Box;
import io.solvegrad.evaluation.detection.Detection;
import io.solvegrad.example.AtomicFiles;
import io.solvegrad.example.icons.IconGlyphs;
import io.solvegrad.example.training.Budget;
import io.solvegrad.example.training.TrainingSession;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Trains, and writes down what came of it. */
final class DetectionRun {
  private static final int WARM_UP_POINTS = 10;
  private static final ObjectWriter JSON =
      JsonMapper.builder().build().writerWithDefaultPrettyPrinter();

  private final PrintStream out;
  private final Path folder;
  private final String source;
  private final DetectionData data;

  DetectionRun(PrintStream out, Path folder, String source, DetectionData data) {
    this.out = out;
    this.folder = folder;
    this.source = source;
    this.data = data;
  }

  /** What the trainings of this run have in common. */
  TrainingSession session() {
    return new TrainingSession(out, folder, source, "detect");
  }

  /** Trains to the end of the budget, or to a given step; says whether the budget was used up. */
  boolean train(DetectorTraining training, long stopAfter) throws IOException {
    return session()
        .train(
            training,
            stopAfter,
            () -> {
              training.step();
              return state(training);
            });
  }

  /** What the last steps were like: single batches are noisy. */
  private static String state(DetectorTraining training) {
    List<TrainingPoint> course = training.course();
    List<TrainingPoint> last = course.subList(Math.max(0, course.size() - 3), course.size());
    double count = last.size();
    double classes = 0;
    double boxes = 0;
    for (TrainingPoint point : last) {
      classes += point.classLoss() / count;
      boxes += point.boxLoss() / count;
    }
    return String.format(Locale.ROOT, "class loss %.3f  box overlap %.3f", classes, 1 - boxes);
  }

  void print(Measurement measured) {
    out.printf(
        Locale.ROOT,
        "%-14s  AP50 %.3f   AP75 %.3f   COCO AP %.3f%n",
        measured.name(),
        measured.ap50(),
        measured.ap75(),
        measured.coco());
  }

  private void printClasses(Measurement measured) {
    out.printf("%-14s  objects   AP50    AP75    COCO AP%n", "class");
    for (Measurement.Row row : measured.rows()) {
      out.printf(
          Locale.ROOT,
          "%-14s  %7d   %s   %s   %s%n",
          row.category(),
          row.objects(),
          shown(row.ap50()),
          shown(row.ap75()),
          shown(row.coco()));
    }
  }

  /** Objects that are all difficult have no average precision. */
  private static String shown(double averagePrecision) {
    return Double.isNaN(averagePrecision)
        ? "    -"
        : String.format(Locale.ROOT, "%.3f", averagePrecision);
  }

  /** Writes results.json, the detections and the report. */
  void report(DetectorTraining training, Measurement untrained, double seconds) throws IOException {
    List<Detection> detections = training.detect(data.measured());
    Measurement trained = Measurement.of("trained head", data.measured(), detections);
    printClasses(trained);
    print(trained);
    double share = printShare(training.course());
    Map<String, Object> results = new LinkedHashMap<>();
    results.put("command", "detect");
    results.put("data", source);
    results.put("measured", data.measured().name());
    results.put("pictures", data.measured().pictures().size());
    results.put("objects", data.measured().objects());
    results.put("untrained", untrained.json());
    results.put("trained", trained.json());
    results.put("classes", trained.classes());
    results.put("lossShare", share);
    results.put("leftOut", data.leftOut());
    results.put("seconds", seconds);
    results.put("trainingSeconds", training.seconds());
    results.put("steps", training.steps());
    results.put("seed", training.settings().seed());
    results.put("settings", training.settings());
    AtomicFiles.write(
        folder.resolve("results.json"), file -> file.write(JSON.writeValueAsBytes(results)));
    writeDetections(detections);
    new DetectionReport(
            summary(training, untrained, trained),
            untrained,
            trained,
            training.course(),
            data.measured(),
            detections,
            source.equals(DetectCommand.ICONS) ? IconGlyphs.CREDITS : "",
            training.settings().seed(),
            describe(training.settings(), share))
        .write(folder);
    out.printf(
        Locale.ROOT, "%.0f seconds in all. Look at %s%n", seconds, folder.resolve("report.html"));
  }

  /** The share of the classification loss in the steps; the first hundred warm up. */
  private double printShare(List<TrainingPoint> course) {
    List<TrainingPoint> warm =
        course.subList(Math.min(WARM_UP_POINTS, course.size() / 2), course.size());
    double loss = warm.stream().mapToDouble(TrainingPoint::lossMillis).average().orElse(0);
    double step = warm.stream().mapToDouble(TrainingPoint::stepMillis).average().orElse(0);
    double share = step > 0 ? loss / step : 0;
    out.printf(
        Locale.ROOT,
        "The loss of the classification took %.1f of %.1f ms a step, %.1f %%%s.%n",
        loss,
        step,
        100 * share,
        course.size() < 2 * WARM_UP_POINTS ? ", while its loops were being compiled" : "");
    return share;
  }

  /** As Pascal VOC's development kit has them, so that other programs can measure them, too. */
  private void writeDetections(List<Detection> detections) throws IOException {
    Map<String, StringBuilder> files = new LinkedHashMap<>();
    data.categories().forEach(category -> files.put(category, new StringBuilder()));
    for (Detection one : detections) {
      StringBuilder lines = files.get(one.category());
      if (lines != null) {
        Box box = one.box();
        lines.append(
            "%s %s %s %s %s %s%n"
                .formatted(
                    one.image(), one.score(), box.left(), box.top(), box.right(), box.bottom()));
      }
    }
    for (Map.Entry<String, StringBuilder> file : files.entrySet()) {
      AtomicFiles.write(
          folder.resolve(
              "detections/comp3_det_%s_%s.txt"
                  .formatted(data.measured().name(), file.getKey().replaceAll("[\\\\/]", "-"))),
          file.getValue().toString());
    }
  }

  private String summary(DetectorTraining training, Measurement untrained, Measurement trained) {
    return String.format(
        Locale.ROOT,
        "%d steps in %.0f seconds of training on %s by %s. On %d pictures with %d objects that were"
            + " not seen in training%s, AP50 is %.1f %%; with the untrained head it was %.1f %%.",
        training.steps(),
        training.seconds(),
        source,
        training.settings().head(),
        data.measured().pictures().size(),
        data.measured().objects(),
        source.equals(DetectCommand.ICONS) ? ", drawn by teams that were not seen either" : "",
        100 * trained.ap50(),
        100 * untrained.ap50());
  }

  private Map<String, String> describe(Settings settings, double share) {
    Budget budget = settings.budget();
    Map<String, String> rows = new LinkedHashMap<>();
    rows.put("data", source + ", " + data.measured().name());
    rows.put("head", settings.head().toString());
    if (settings.head().isBlackbox()) {
      rows.put("lambda", settings.lambda().toString());
      rows.put("margin", settings.margin() + " (logit)");
      rows.put("interclass term", String.format(Locale.ROOT, "%.3f", settings.interclass()));
      rows.put("memory", settings.memory() + " batches");
    }
    rows.put("weight of the classification", Double.toString(settings.classWeight()));
    rows.put("batch", settings.batch() + " pictures of " + settings.side() + " pixels");
    rows.put("learning rate", settings.learningRate() + ", one cycle");
    rows.put("weight decay", Double.toString(settings.weightDecay()));
    rows.put("variation", "strength " + settings.variation());
    rows.put("budget", budget.amount() + " " + budget.unit().toString().toLowerCase(Locale.ROOT));
    rows.put("seed", Long.toString(settings.seed()));
    rows.put("threads", Integer.toString(settings.threads()));
    rows.put(
        "the classification's loss",
        String.format(Locale.ROOT, "%.1f %% of the time of a step", 100 * share));
    if (!data.notes().isEmpty()) {
      rows.put("left out", String.join(" ", data.notes()));
    }
    return rows;
  }
}
