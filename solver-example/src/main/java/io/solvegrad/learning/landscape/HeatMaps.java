package io.solvegrad.learning.landscape;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Locale;

/**
 * Surfaces beside each other as heat maps with one colour scale: w1 to the right, w2 upwards.
 *
 * @param slice what was evaluated
 * @param surfaces of that slice, all with the same number of points
 */
record HeatMaps(Slice slice, List<Surface> surfaces) {
  private static final int PLOT = 260;
  private static final int LEFT = 62;
  private static final int TOP = 34;
  private static final int BOTTOM = 52;
  private static final int GAP = 14;
  private static final int SCALE = 96;
  private static final int COLUMNS = 3;
  private static final Font LABELS = new Font(Font.SANS_SERIF, Font.PLAIN, 14);
  private static final Font TITLES = new Font(Font.SANS_SERIF, Font.BOLD, 15);

  /** Copies the list. */
  HeatMaps {
    surfaces = List.copyOf(surfaces);
  }

  /** The smallest value of all. */
  double least() {
    return surfaces.stream().mapToDouble(Surface::least).min().orElseThrow();
  }

  /** The largest value of all. */
  double largest() {
    return surfaces.stream().mapToDouble(Surface::largest).max().orElseThrow();
  }

  /** Where the plot of a surface begins, from the left and from the top. */
  static int[] corner(int panel) {
    return new int[] {
      LEFT + panel % COLUMNS * (LEFT + PLOT + GAP), TOP + panel / COLUMNS * (TOP + PLOT + BOTTOM)
    };
  }

  /** The pixels a side of a plot. */
  static int plotSide() {
    return PLOT;
  }

  BufferedImage draw() {
    int columns = Math.min(COLUMNS, surfaces.size());
    int rows = (surfaces.size() + COLUMNS - 1) / COLUMNS;
    BufferedImage image =
        new BufferedImage(
            columns * (LEFT + PLOT + GAP) + SCALE,
            rows * (TOP + PLOT + BOTTOM),
            BufferedImage.TYPE_INT_RGB);
    Graphics2D pen = image.createGraphics();
    pen.setColor(Color.WHITE);
    pen.fillRect(0, 0, image.getWidth(), image.getHeight());
    pen.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    for (int s = 0; s < surfaces.size(); s++) {
      panel(pen, s);
    }
    scale(pen, columns * (LEFT + PLOT + GAP) + 6);
    pen.dispose();
    return image;
  }

  private void panel(Graphics2D pen, int panel) {
    Surface surface = surfaces.get(panel);
    int left = corner(panel)[0];
    int top = corner(panel)[1];
    int points = surface.values().length;
    double least = least();
    double range = Math.max(largest() - least, Double.MIN_NORMAL);
    for (int y = 0; y < PLOT; y++) {
      // The first row of values has the least w2, which belongs to the bottom.
      double[] row = surface.values()[points - 1 - y * points / PLOT];
      for (int x = 0; x < PLOT; x++) {
        pen.setColor(ColourScale.at((row[x * points / PLOT] - least) / range));
        pen.fillRect(left + x, top + y, 1, 1);
      }
    }
    pen.setColor(Color.BLACK);
    pen.setStroke(new BasicStroke(1));
    pen.drawRect(left, top, PLOT, PLOT);
    pen.setFont(TITLES);
    pen.drawString(surface.title(), left, top - 10);
    pen.setFont(LABELS);
    for (int tick = 0; tick <= 2; tick++) {
      String text = Surface.number(slice.coordinate(tick, 3));
      int along = tick * PLOT / 2;
      pen.drawLine(left + along, top + PLOT, left + along, top + PLOT + 4);
      pen.drawLine(left - 4, top + PLOT - along, left, top + PLOT - along);
      int width = pen.getFontMetrics().stringWidth(text);
      pen.drawString(text, left + along - width / 2, top + PLOT + 19);
      pen.drawString(text, left - 8 - width, top + PLOT - along + 5);
    }
    pen.drawString("w1", left + PLOT / 4 - 8, top + PLOT + 34);
    pen.drawString("w2", left - 40, top + PLOT / 4 + 5);
  }

  private void scale(Graphics2D pen, int left) {
    for (int y = 0; y < PLOT; y++) {
      pen.setColor(ColourScale.at(1 - (double) y / PLOT));
      pen.fillRect(left, TOP + y, 18, 1);
    }
    pen.setColor(Color.BLACK);
    pen.drawRect(left, TOP, 18, PLOT);
    for (int tick = 0; tick <= 2; tick++) {
      double value = least() + (largest() - least()) * tick / 2;
      pen.drawString(
          String.format(Locale.ROOT, "%.3g", value), left + 24, TOP + PLOT - tick * PLOT / 2 + 5);
    }
  }
}
