package io.solvegrad.learning.problem;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.image.BufferedImage;
import java.util.List;

/** Draws round trips on Lambert's azimuthal map of equal areas, the pole in the middle. */
final class TourPicture {
  private static final Color TRUE_TOUR = new Color(0x9cc9ee);
  private static final Color[] PREDICTED = {new Color(0xb34500), new Color(0x7a2f8f)};
  private static final int PIXELS = 400;
  private static final int BORDER = 24;
  private static final int SCALE = 2;

  private final double[][] places;

  /** The places on a sphere of radius 1. */
  TourPicture(double[][] places) {
    this.places = places;
  }

  BufferedImage draw(float[] symbols, List<double[]> shown) {
    BufferedImage image = new BufferedImage(PIXELS, PIXELS, BufferedImage.TYPE_INT_RGB);
    Graphics2D pen = image.createGraphics();
    pen.setColor(Color.WHITE);
    pen.fillRect(0, 0, PIXELS, PIXELS);
    pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    pen.setColor(new Color(0xe4e8ec));
    pen.draw(new Ellipse2D.Double(BORDER, BORDER, PIXELS - 2 * BORDER, PIXELS - 2 * BORDER));
    for (int s = 0; s < shown.size(); s++) {
      pen.setColor(s == 0 ? TRUE_TOUR : PREDICTED[(s - 1) % PREDICTED.length]);
      pen.setStroke(
          new BasicStroke(s == 0 ? 9 : 2.5f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
      for (int i = 0; i < places.length; i++) {
        for (int j = i + 1; j < places.length; j++) {
          if (shown.get(s)[i * places.length + j] >= 0.5) {
            pen.draw(new Line2D.Double(x(i), y(i), x(j), y(j)));
          }
        }
      }
    }
    for (int i = 0; i < places.length; i++) {
      drawSymbol(pen, symbols, i);
    }
    pen.dispose();
    return image;
  }

  private void drawSymbol(Graphics2D pen, float[] symbols, int city) {
    int side = DrawnFlags.SIDE;
    int left = (int) x(city) - side * SCALE / 2;
    int top = (int) y(city) - side * SCALE / 2;
    pen.setColor(Color.BLACK);
    pen.fillRect(left - 1, top - 1, side * SCALE + 2, side * SCALE + 2);
    int from = city * DrawnFlags.PIXELS;
    for (int p = 0; p < side * side; p++) {
      pen.setColor(
          new Color(
              symbols[from + p],
              symbols[from + side * side + p],
              symbols[from + 2 * side * side + p]));
      pen.fillRect(left + p % side * SCALE, top + p / side * SCALE, SCALE, SCALE);
    }
  }

  private double x(int city) {
    return onMap(places[city][0], places[city][2]);
  }

  private double y(int city) {
    return onMap(places[city][1], places[city][2]);
  }

  private static double onMap(double coordinate, double height) {
    double radius = (PIXELS - 2.0 * BORDER) / 2;
    double stretched = coordinate * Math.sqrt(2 / (1 + Math.max(height, -0.9999))) / 2;
    return PIXELS / 2.0 + radius * stretched;
  }
}
