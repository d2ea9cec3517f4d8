package io.solvegrad.retrieval.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.knowm.xchart.ChartEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

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
  private static final int HIT_RATE_AXIS = 1;
  private static final Color LOSS_COLOUR = new Color(0x0b, 0x5c, 0xad);
  private static final Color HIT_RATE_COLOUR = new Color(0xb3, 0x45, 0x00);

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

  /**
   * Draws the curve, loss on the left axis and hit rate on the right one.
   *
   * @param width width in pixels
   * @param height height in pixels
   * @param fontSize size of the labels in pixels
   * @return a PNG file
   * @throws IOException if it cannot be encoded, or if Java finds no fonts for the labels
   */
  public byte[] png(int width, int height, int fontSize) throws IOException {
    if (isEmpty()) {
      throw new IllegalArgumentException("the training curve has no points");
    }
    XYChart chart = new XYChartBuilder().width(width).height(height).xAxisTitle(progress).build();
    chart.setYAxisGroupTitle(0, "loss");
    chart.setYAxisGroupTitle(HIT_RATE_AXIS, "batch hit rate@1");
    style(chart.getStyler(), new Font(Font.SANS_SERIF, Font.PLAIN, fontSize));
    float line = fontSize / 7f;
    add(chart, "loss", thinned(loss), 0, LOSS_COLOUR, SeriesMarkers.NONE, new BasicStroke(line));
    add(
        chart,
        "batch hit rate@1",
        finite(hitRate),
        HIT_RATE_AXIS,
        HIT_RATE_COLOUR,
        SeriesMarkers.CIRCLE,
        // Dashes tell the lines apart without colours.
        new BasicStroke(
            line,
            BasicStroke.CAP_BUTT,
            BasicStroke.JOIN_ROUND,
            1,
            new float[] {4 * line, 2 * line},
            0));
    try {
      return ChartEncoder.getBytes(chart, "png");
    } catch (RuntimeException | LinkageError | InternalError e) {
      throw new IOException("Java cannot draw text here; maybe install fontconfig", e);
    }
  }

  private static void style(AxesChartStyler styler, Font font) {
    styler.setAxisTickLabelsFont(font).setAxisTitleFont(font).setLegendFont(font);
    styler.setPlotGridLinesColor(new Color(0xdd, 0xdd, 0xdd));
    styler
        .setChartBackgroundColor(Color.WHITE)
        .setChartTitleVisible(false)
        .setLegendPosition(Styler.LegendPosition.OutsideS)
        .setLegendLayout(Styler.LegendLayout.Horizontal)
        .setLegendBorderColor(Color.WHITE)
        .setPlotBorderVisible(false)
        .setYAxisGroupPosition(HIT_RATE_AXIS, Styler.YAxisPosition.Right)
        .setYAxisGroupTitleColor(0, LOSS_COLOUR)
        .setYAxisGroupTitleColor(HIT_RATE_AXIS, HIT_RATE_COLOUR)
        .setLocale(Locale.ROOT)
        .setMarkerSize(font.getSize() / 2);
  }

  private static void add(
      XYChart chart,
      String name,
      List<Point> points,
      int axis,
      Color colour,
      Marker marker,
      BasicStroke stroke) {
    if (points.isEmpty()) {
      return;
    }
    XYSeries series =
        chart.addSeries(
            name,
            points.stream().mapToDouble(Point::at).toArray(),
            points.stream().mapToDouble(Point::value).toArray());
    series.setYAxisGroup(axis);
    series.setLineColor(colour).setLineStyle(stroke);
    series.setMarker(marker).setMarkerColor(colour);
  }

  private static List<Point> finite(List<Point> points) {
    return points.stream()
        .filter(point -> Double.isFinite(point.at()) && Double.isFinite(point.value()))
        .toList();
  }

  private static List<Point> thinned(List<Point> points) {
    List<Point> finite = finite(points);
    int parts = Math.min(MAX_POINTS, finite.size());
    List<Point> means = new ArrayList<>();
    for (int part = 0; part < parts; part++) {
      int from = (int) ((long) part * finite.size() / parts);
      int to = (int) ((part + 1L) * finite.size() / parts);
      double at = 0;
      double value = 0;
      for (Point point : finite.subList(from, to)) {
        at += point.at();
        value += point.value();
      }
      means.add(new Point(at / (to - from), value / (to - from)));
    }
    return means;
  }
}
