package io.solvegrad.example.report;

import io.solvegrad.example.AtomicFiles;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.knowm.xchart.ChartEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * Lines over a common horizontal axis, told apart by colour and by dashes.
 *
 * @param xTitle title of the horizontal axis, with its unit
 * @param leftTitle title of the left axis
 * @param rightTitle title of the right axis; null if no series uses it
 * @param logarithmic whether both axes are logarithmic
 * @param series the lines; those without finite points are not drawn
 */
public record LineChart(
    String xTitle,
    String leftTitle,
    @Nullable String rightTitle,
    boolean logarithmic,
    List<Series> series) {
  // Okabe and Ito's colours, darkened where white paper asks for it: safe for the colour-blind.
  private static final Color[] COLOURS = {
    new Color(0x0b5cad),
    new Color(0xb34500),
    new Color(0x007a5e),
    new Color(0x9b3f7a),
    new Color(0x6b5b00),
    new Color(0x1d7ea8),
    new Color(0x333333)
  };
  private static final double LETTER_WIDTH = 0.55;
  private static final int LEGEND_GAP = 4;
  private static final int NARROW = 720;
  private static final int NAME_HEIGHT = 40;
  private static final float[][] DASHES = {{}, {4, 2}, {1, 2}, {6, 2, 1, 2}};

  /** Copies the list. */
  public LineChart {
    series = List.copyOf(series);
  }

  /**
   * One line.
   *
   * @param name what the legend calls it
   * @param points in the order in which they are joined
   * @param right whether it belongs to the right axis
   * @param marked whether each point gets a dot
   */
  public record Series(String name, List<Point> points, boolean right, boolean marked) {
    /** Copies the list. */
    public Series {
      points = List.copyOf(points);
    }

    List<Point> finite() {
      return points.stream()
          .filter(point -> Double.isFinite(point.x()) && Double.isFinite(point.y()))
          .toList();
    }
  }

  /**
   * A point; one with a coordinate that is no number is not drawn.
   *
   * @param x along the horizontal axis
   * @param y along the axis of its series
   */
  public record Point(double x, double y) {}

  /**
   * Makes a long line readable.
   *
   * @param points in order; those that are not finite are left out
   * @param most how many points are wanted at most, positive
   * @return the means of so many equal parts
   */
  public static List<Point> means(List<Point> points, int most) {
    List<Point> finite = new Series("", points, false, false).finite();
    int parts = Math.min(most, finite.size());
    List<Point> means = new ArrayList<>();
    for (int part = 0; part < parts; part++) {
      int from = (int) ((long) part * finite.size() / parts);
      int to = (int) ((part + 1L) * finite.size() / parts);
      double x = 0;
      double y = 0;
      for (Point point : finite.subList(from, to)) {
        x += point.x();
        y += point.y();
      }
      means.add(new Point(x / (to - from), y / (to - from)));
    }
    return means;
  }

  /** {@return whether no series has a finite point} */
  public boolean isEmpty() {
    return series.stream().allMatch(line -> line.finite().isEmpty());
  }

  /**
   * Draws the lines.
   *
   * @param width width in pixels
   * @param height height in pixels
   * @param fontSize size of the labels in pixels
   * @return a PNG file
   * @throws IOException if it cannot be encoded, or if Java finds no fonts for the labels
   * @throws IllegalArgumentException if there is no point to draw
   */
  public byte[] png(int width, int height, int fontSize) throws IOException {
    if (isEmpty()) {
      throw new IllegalArgumentException("the chart has no points");
    }
    XYChart chart = new XYChartBuilder().width(width).height(height).xAxisTitle(xTitle).build();
    chart.setYAxisGroupTitle(0, leftTitle);
    style(chart.getStyler(), new Font(Font.SANS_SERIF, Font.PLAIN, fontSize));
    if (hasLongLegend(width, fontSize)) {
      // One row of the legend would be cut off; a column stands where there is room.
      chart
          .getStyler()
          .setLegendLayout(Styler.LegendLayout.Vertical)
          .setLegendPosition(
              width > height ? Styler.LegendPosition.OutsideE : Styler.LegendPosition.OutsideS);
    }
    if (rightTitle != null) {
      chart.setYAxisGroupTitle(1, rightTitle);
      chart.getStyler().setYAxisGroupPosition(1, Styler.YAxisPosition.Right);
      colourAxes(chart.getStyler());
    }
    for (int i = 0; i < series.size(); i++) {
      add(chart, i, fontSize / 7f);
    }
    try {
      return ChartEncoder.getBytes(chart, "png");
    } catch (RuntimeException | LinkageError | InternalError e) {
      throw new IOException("Java cannot draw text here; maybe install fontconfig", e);
    }
  }

  private boolean hasLongLegend(int width, int fontSize) {
    int letters = series.stream().mapToInt(line -> line.name().length() + LEGEND_GAP).sum();
    return letters * LETTER_WIDTH * fontSize > width;
  }

  /** With one line to each axis, the axes say by colour which is whose. */
  private void colourAxes(AxesChartStyler styler) {
    if (series.size() == 2 && !series.getFirst().right() && series.getLast().right()) {
      styler.setYAxisGroupTitleColor(0, COLOURS[0]).setYAxisGroupTitleColor(1, COLOURS[1]);
    }
  }

  private void style(AxesChartStyler styler, Font font) {
    styler.setAxisTickLabelsFont(font).setAxisTitleFont(font).setLegendFont(font);
    styler.setPlotGridLinesColor(new Color(0xdd, 0xdd, 0xdd));
    styler.setXAxisLogarithmic(logarithmic).setYAxisLogarithmic(logarithmic);
    if (logarithmic) {
      styler.setDecimalPattern("0.######");
    }
    styler
        .setChartBackgroundColor(Color.WHITE)
        .setChartTitleVisible(false)
        .setLegendPosition(Styler.LegendPosition.OutsideS)
        .setLegendLayout(Styler.LegendLayout.Horizontal)
        .setLegendBorderColor(Color.WHITE)
        .setPlotBorderVisible(false)
        .setLocale(Locale.ROOT)
        .setMarkerSize(font.getSize() / 2);
  }

  private void add(XYChart chart, int index, float width) {
    Series line = series.get(index);
    List<Point> points = new ArrayList<>(line.finite());
    if (points.isEmpty()) {
      return;
    }
    // Equally spaced points would be labelled one by one until labels touch.
    Point last = points.getLast();
    points.add(new Point(last.x() + 1e-3 * (last.x() - points.getFirst().x()), last.y()));
    XYSeries drawn =
        chart.addSeries(
            line.name(),
            points.stream().mapToDouble(Point::x).toArray(),
            points.stream().mapToDouble(Point::y).toArray());
    Color colour = COLOURS[index % COLOURS.length];
    drawn.setYAxisGroup(line.right() ? 1 : 0);
    drawn.setLineColor(colour).setLineStyle(stroke(DASHES[index % DASHES.length], width));
    drawn.setMarker(line.marked() ? SeriesMarkers.CIRCLE : SeriesMarkers.NONE);
    drawn.setMarkerColor(colour);
  }

  private static BasicStroke stroke(float[] dashes, float width) {
    if (dashes.length == 0) {
      return new BasicStroke(width);
    }
    float[] lengths = new float[dashes.length];
    for (int i = 0; i < dashes.length; i++) {
      lengths[i] = dashes[i] * width;
    }
    return new BasicStroke(width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, lengths, 0);
  }

  /**
   * The chart as part of a page, narrower on narrow screens. Where Java finds no fonts, its
   * description stands for it: a machine without fonts is no reason to lose the report of a long
   * run.
   *
   * @param description what the chart shows, for those who do not see it; plain text
   * @return HTML
   */
  public String picture(String description) {
    String text = Html.escape(description);
    int height = hasLongLegend(NARROW, 24) ? NARROW + NAME_HEIGHT * series.size() : 640;
    try {
      return """
      <picture>
      <source media="(max-width: 600px)" srcset="%s" width="720" height="%d">
      <img class="curve" src="%s" alt="%s" width="1200" height="600">
      </picture>
      """
          .formatted(
              Html.dataUri(png(NARROW, height, 24)),
              height,
              Html.dataUri(png(1200, 600, 18)),
              text);
    } catch (IOException e) {
      return "<p>" + text + "</p>\n";
    }
  }

  /**
   * Writes the chart as a PNG file, whole or not at all. Where Java finds no fonts, nothing is
   * written.
   *
   * @param file where it goes
   * @throws IOException if it cannot be written
   */
  public void write(Path file) throws IOException {
    byte[] png;
    try {
      png = png(1200, 600, 18);
    } catch (IOException e) {
      return;
    }
    AtomicFiles.write(file, out -> out.write(png));
  }
}
