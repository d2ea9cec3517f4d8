package io.solvegrad.detection.report;

import static io.solvegrad.example.report.Html.escape;

import io.solvegrad.detection.data.Picture;
import io.solvegrad.detection.data.PictureSet;
import io.solvegrad.detection.training.TrainingPoint;
import io.solvegrad.evaluation.detection.Detection;
import io.solvegrad.evaluation.detection.PrecisionRecallCurve;
import io.solvegrad.evaluation.detection.TruthBox;
import io.solvegrad.example.RandomStream;
import io.solvegrad.example.report.Html;
import io.solvegrad.example.report.LineChart;
import io.solvegrad.example.report.Page;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;

/**
 * A run on one page: what it reached for each class, its curves, what it found and missed.
 *
 * @param summary what was run and what came out, in a sentence or two
 * @param untrained how good the untrained detector was
 * @param trained how good the trained one is
 * @param course of the training
 * @param set what was measured
 * @param detections of the trained detector
 * @param credits whom to thank for the pictures, or empty
 * @param seed decides which pictures are shown
 * @param settings names and values of what was run, in the order to show
 */
public record DetectionReport(
    String summary,
    Measurement untrained,
    Measurement trained,
    List<TrainingPoint> course,
    PictureSet set,
    List<Detection> detections,
    String credits,
    long seed,
    Map<String, String> settings) {
  private static final int SHOWN = 12;
  private static final int MAX_POINTS = 200;
  private static final int RECALLS = 101;

  /** Copies the lists. */
  public DetectionReport {
    course = List.copyOf(course);
    detections = List.copyOf(detections);
    settings = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(settings));
  }

  /**
   * Writes {@code report.html}, {@code training-curve.png} and {@code precision-recall.png}, each
   * whole or not at all. Where Java finds no fonts, sentences stand for the curves.
   *
   * @param folder takes the files; made if missing
   * @throws IOException if a file cannot be written
   */
  public void write(Path folder) throws IOException {
    if (!training().isEmpty()) {
      training().write(folder.resolve("training-curve.png"));
    }
    precisionRecall().write(folder.resolve("precision-recall.png"));
    page().write(folder.resolve("report.html"));
  }

  /** The page: no scripts, and no other file needed. */
  Page page() throws IOException {
    Page page = new Page("Object detection before and after training", summary);
    page.section("Result", results());
    page.table(
        "Classes",
        List.of("class", "objects", "AP50", "AP75", "COCO AP"),
        trained.rows().stream()
            .map(row ->
                List.of(
                    row.category(),
                    Integer.toString(row.objects()),
                    number(row.ap50()),
                    number(row.ap75()),
                    number(row.coco())))
            .toList());
    page.section(
        "Precision and recall",
        "<p>The largest precision at each recall or beyond, mean over the classes; for the untrained detector at 0.5.</p>\n"
            + precisionRecall()
                .picture(
                    "Precision over recall: AP50 %.3f, AP75 %.3f, untrained AP50 %.3f."
                        .formatted(trained.ap50(), trained.ap75(), untrained.ap50())));
    if (!training().isEmpty()) {
      page.section("Training", training().picture(describeTraining()));
    }
    return page.section("What the detector finds", scenes()).settings(settings);
  }

  private static String number(double value) {
    return Double.isNaN(value) ? "no value" : String.format(Locale.ROOT, "%.3f", value);
  }

  private String results() {
    StringBuilder table = new StringBuilder();
    table.append(
        """
        <p>AP50 and AP75: Pascal VOC's average precision, where a box must overlap its object by
        0.5 or 0.75; COCO AP: the mean over overlaps from 0.5 to 0.95. Means over classes.</p>
        <table class="results">
        <thead><tr><th scope="col">Detector</th><th scope="col">AP50</th>\
        <th scope="col">AP75</th><th scope="col">COCO AP</th></tr></thead>
        <tbody>
        """);
    for (Measurement one : List.of(untrained, trained)) {
      table.append("<tr><th scope=\"row\">").append(escape(one.name())).append("</th>");
      for (double value : new double[] {one.ap50(), one.ap75(), one.coco()}) {
        // The bar repeats the number for the eye.
        table.append(
            String.format(
                Locale.ROOT,
                "<td>%.3f<span class=\"bar\" style=\"width:%.1f%%\"></span></td>",
                value,
                100 * value));
      }
      table.append("</tr>\n");
    }
    return table.append("</tbody>\n</table>\n").toString();
  }

  private LineChart training() {
    return new LineChart(
        "steps",
        "loss of the classification",
        "1 - overlap of boxes",
        false,
        List.of(
            new LineChart.Series("classification", points(TrainingPoint::classLoss), false, false),
            new LineChart.Series("boxes", points(TrainingPoint::boxLoss), true, false)));
  }

  private List<LineChart.Point> points(ToDoubleFunction<TrainingPoint> value) {
    return LineChart.means(
        course.stream()
            .map(point -> new LineChart.Point(point.step(), value.applyAsDouble(point)))
            .toList(),
        MAX_POINTS);
  }

  private String describeTraining() {
    List<LineChart.Point> classes = points(TrainingPoint::classLoss);
    List<LineChart.Point> boxes = points(TrainingPoint::boxLoss);
    return String.format(
        Locale.ROOT,
        "Training over steps: loss of the classification from %.3f to %.3f, of boxes from %.3f to"
            + " %.3f.",
        classes.getFirst().y(),
        classes.getLast().y(),
        boxes.getFirst().y(),
        boxes.getLast().y());
  }

  private LineChart precisionRecall() {
    return new LineChart(
        "recall",
        "precision",
        null,
        false,
        List.of(
            curve("overlap 0.5", trained.curves50()),
            curve("overlap 0.75", trained.curves75()),
            curve("untrained", untrained.curves50())));
  }

  private static LineChart.Series curve(String name, Map<String, PrecisionRecallCurve> curves) {
    double[] sum = new double[RECALLS];
    int counted = 0;
    for (PrecisionRecallCurve curve : curves.values()) {
      if (curve.positives() > 0) {
        double[] precision = curve.precisionAt(RECALLS);
        for (int i = 0; i < RECALLS; i++) {
          sum[i] += precision[i];
        }
        counted++;
      }
    }
    List<LineChart.Point> points = new ArrayList<>();
    for (int i = 0; i < RECALLS && counted > 0; i++) {
      points.add(new LineChart.Point(i / (RECALLS - 1.0), sum[i] / counted));
    }
    return new LineChart.Series(name, points, false, false);
  }

  private String scenes() throws IOException {
    StringBuilder page = new StringBuilder();
    page.append(
        """
        <p>Randomly picked pictures, with the claims above each class's score of best F1.
        <span class="mark right">\u2713 right</span> (solid): class and place are right.
        <span class="mark wrong">\u2717 wrong</span> (dashed): another class, another place, or
        claimed before. <span class="mark missed">\u25cb missed</span> (dotted): there, but not
        claimed.</p>
        <div class="scenes">
        """);
    for (Marked marked : marked()) {
      String name = escape(marked.picture().name());
      long right = marked.count(Marked.Kind.RIGHT);
      long wrong = marked.count(Marked.Kind.WRONG);
      long missed = marked.count(Marked.Kind.MISSED);
      page.append(
          """
          <figure><img src="%s" alt="%s: %d right, %d wrong, %d missed">\
          <figcaption>%s <span class="mark right">\u2713 %d right</span> \
          <span class="mark wrong">\u2717 %d wrong</span> \
          <span class="mark missed">\u25cb %d missed</span></figcaption></figure>
          """
              .formatted(
                  Html.dataUri("image/jpeg", marked.jpeg(set)),
                  name,
                  right,
                  wrong,
                  missed,
                  name,
                  right,
                  wrong,
                  missed));
    }
    page.append("</div>\n");
    if (!credits.isEmpty()) {
      page.append("<p class=\"credits\">").append(escape(credits)).append("</p>\n");
    }
    return page.toString();
  }

  private List<Marked> marked() {
    Map<String, List<TruthBox>> truth = new LinkedHashMap<>();
    set.truth()
        .boxes()
        .forEach(box -> truth.computeIfAbsent(box.image(), key -> new ArrayList<>()).add(box));
    List<Picture> candidates =
        new ArrayList<>(
            set.pictures().stream().filter(picture -> truth.containsKey(picture.name())).toList());
    SplittableRandom random = RandomStream.at(seed, Long.MIN_VALUE);
    List<Marked> marked = new ArrayList<>();
    while (marked.size() < SHOWN && !candidates.isEmpty()) {
      Picture picture = candidates.remove(random.nextInt(candidates.size()));
      List<Detection> claims =
          detections.stream()
              .filter(one -> one.image().equals(picture.name()))
              .filter(one -> one.score() >= trained.bestThreshold(one.category()))
              .toList();
      marked.add(
          Marked.of(picture, truth.getOrDefault(picture.name(), List.of()), claims, set.pixels()));
    }
    return marked;
  }
}
