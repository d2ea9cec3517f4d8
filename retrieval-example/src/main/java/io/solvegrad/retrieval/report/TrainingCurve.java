package io.solvegrad.retrieval.report;

import io.solvegrad.example.report.LineChart;
import java.util.List;
import java.util.Locale;

/**
 * Loss and hit rate within the batches over the course of a training run.
 *
 * @param progress what the horizontal axis counts, for example steps or seconds
 * @param loss the training loss, in order of progress; long series are drawn as means of at most
 *     {@value #MAX_POINTS} equal parts
 * @param hitRate hit rate@1 within the training batches, in order of progress
 */
public record TrainingCurve(String progress, List<Point> loss, List<Point> hitRate) {
  private static final int MAX_POINTS = 200;

  /** Copies the lists. */
  public TrainingCurve {
    loss = List.copyOf(loss);
    hitRate = List.copyOf(hitRate);
  }

  /**
   * A value at some progress.
   *
   * @param at steps or seconds so far
   * @param value loss or hit rate; points with a value that is no number are not drawn
   */
  public record Point(double at, double value) {}

  /**
   * Says whether there is anything to draw.
   *
   * @return true if neither series has a finite point
   */
  public boolean isEmpty() {
    return finite(loss).isEmpty() && finite(hitRate).isEmpty();
  }

  /**
   * Describes the curve in a sentence for those who do not see it.
   *
   * @return first and last value of each series
   */
  public String describe() {
    return "Training curve over "
        + progress
        + ": "
        + describe("loss", thinned(loss))
        + ", "
        + describe("batch hit rate@1", finite(hitRate))
        + ".";
  }

  private static String describe(String name, List<Point> points) {
    if (points.isEmpty()) {
      return "no " + name;
    }
    return String.format(
        Locale.ROOT,
        "%s from %.3f to %.3f",
        name,
        points.getFirst().value(),
        points.getLast().value());
  }

  /** The loss on the left axis and the hit rate on the right one. */
  LineChart chart() {
    return new LineChart(
        progress,
        "loss",
        "batch hit rate@1",
        false,
        List.of(
            new LineChart.Series("loss", points(thinned(loss)), false, false),
            new LineChart.Series("batch hit rate@1", points(finite(hitRate)), true, true)));
  }

  private static List<LineChart.Point> points(List<Point> points) {
    return points.stream().map(point -> new LineChart.Point(point.at(), point.value())).toList();
  }

  private static List<Point> finite(List<Point> points) {
    return points.stream()
        .filter(point -> Double.isFinite(point.at()) && Double.isFinite(point.value()))
        .toList();
  }

  private static List<Point> thinned(List<Point> points) {
    return LineChart.means(points(points), MAX_POINTS).stream()
        .map(point -> new Point(point.x(), point.y()))
        .toList();
  }
}
