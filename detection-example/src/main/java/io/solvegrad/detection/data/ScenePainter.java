package io.solvegrad.detection.data;

import java.awt.AlphaComposite;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Composite;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.awt.geom.RoundRectangle2D;
import java.awt.image.BufferedImage;
import java.util.SplittableRandom;

/** Paints the parts of a scene, one above the other. */
final class ScenePainter {
  private static final int LEAST_CONTRAST = 75;

  private final int side;
  private final SplittableRandom random;
  private final BufferedImage image;
  private final Graphics2D graphics;
  private Color base = Color.GRAY;

  ScenePainter(int side, SplittableRandom random) {
    this.side = side;
    this.random = random;
    image = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
    graphics = image.createGraphics();
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
  }

  BufferedImage image() {
    graphics.dispose();
    return image;
  }

  /** Blotches between two colours, sometimes with stripes. */
  void background() {
    base = colour();
    Color other = near(base, 60);
    int grid = 2 + random.nextInt(12);
    double[] knots = random.doubles((long) (grid + 1) * (grid + 1)).toArray();
    for (int y = 0; y < side; y++) {
      for (int x = 0; x < side; x++) {
        double u = (double) x * grid / side;
        double v = (double) y * grid / side;
        int column = (int) u;
        int row = (int) v;
        int i = row * (grid + 1) + column;
        double du = u - column;
        double dv = v - row;
        double share =
            (1 - dv) * ((1 - du) * knots[i] + du * knots[i + 1])
                + dv * ((1 - du) * knots[i + grid + 1] + du * knots[i + grid + 2]);
        image.setRGB(x, y, mixed(base, other, share).getRGB());
      }
    }
    if (random.nextInt(3) == 0) {
      stripes();
    }
  }

  private void stripes() {
    double step = 4 + random.nextDouble() * 14;
    double angle = random.nextDouble() * Math.PI;
    graphics.setColor(near(base, 40));
    graphics.setStroke(new BasicStroke((float) (step * 0.35)));
    double x = Math.cos(angle);
    double y = Math.sin(angle);
    for (double at = -side; at < side; at += step) {
      double middle = side / 2.0;
      graphics.draw(
          new Line2D.Double(
              middle + at * x - side * y,
              middle + at * y + side * x,
              middle + at * x + side * y,
              middle + at * y - side * x));
    }
  }

  /** Lines, boxes and discs that mean nothing. */
  void clutter(int count) {
    for (int i = 0; i < count; i++) {
      Composite before = graphics.getComposite();
      graphics.setComposite(
          AlphaComposite.getInstance(AlphaComposite.SRC_OVER, 0.3f + 0.6f * random.nextInt(2)));
      graphics.setColor(random.nextBoolean() ? colour() : near(base, 90));
      Shape shape = shape(3 + random.nextDouble() * side / 4.0);
      if (random.nextBoolean()) {
        graphics.fill(shape);
      } else {
        graphics.setStroke(new BasicStroke(0.8f + 2.5f * (float) random.nextDouble()));
        graphics.draw(shape);
      }
      graphics.setComposite(before);
    }
  }

  private Shape shape(double size) {
    double x = random.nextDouble() * side;
    double y = random.nextDouble() * side;
    double other = size * (0.3 + random.nextDouble());
    return switch (random.nextInt(4)) {
      case 0 -> new Rectangle2D.Double(x, y, size, other);
      case 1 -> new Ellipse2D.Double(x, y, size, other);
      case 2 -> new RoundRectangle2D.Double(x, y, size, other, 6, 6);
      default -> new Line2D.Double(x, y, x + 2 * size - side / 4.0, y + 2 * other - side / 4.0);
    };
  }

  /** An icon that stands out, sometimes on a plate. */
  void icon(Shape shape) {
    Color behind = base;
    if (random.nextInt(4) == 0) {
      Rectangle2D box = shape.getBounds2D();
      double rim = 2 + random.nextDouble() * 4;
      behind = colour();
      graphics.setColor(behind);
      graphics.fill(
          new RoundRectangle2D.Double(
              box.getX() - rim,
              box.getY() - rim,
              box.getWidth() + 2 * rim,
              box.getHeight() + 2 * rim,
              8,
              8));
    }
    graphics.setColor(against(behind));
    graphics.fill(shape);
  }

  /** Something that hides at most a third of a box. */
  void occluder(Rectangle2D box) {
    graphics.setColor(near(base, 100));
    double share = 0.12 + 0.2 * random.nextDouble();
    if (random.nextBoolean()) {
      double x = box.getX() + random.nextDouble() * (1 - share) * box.getWidth();
      graphics.fill(
          new Rectangle2D.Double(x, box.getY() - 4, share * box.getWidth(), box.getHeight() + 8));
    } else {
      double size = Math.sqrt(share) * Math.min(box.getWidth(), box.getHeight());
      graphics.fill(
          new Ellipse2D.Double(
              box.getX() + random.nextDouble() * (box.getWidth() - size),
              box.getY() + random.nextDouble() * (box.getHeight() - size),
              size,
              size));
    }
  }

  /** Noise on every pixel, as of a camera. */
  void grain() {
    int strength = 1 + random.nextInt(14);
    for (int y = 0; y < side; y++) {
      for (int x = 0; x < side; x++) {
        int noise = random.nextInt(2 * strength + 1) - strength;
        int rgb = image.getRGB(x, y);
        image.setRGB(
            x,
            y,
            limited((rgb >> 16 & 0xff) + noise) << 16
                | limited((rgb >> 8 & 0xff) + noise) << 8
                | limited((rgb & 0xff) + noise));
      }
    }
  }

  private Color colour() {
    return new Color(random.nextInt(256), random.nextInt(256), random.nextInt(256));
  }

  private Color near(Color colour, int distance) {
    return new Color(
        limited(colour.getRed() + random.nextInt(2 * distance + 1) - distance),
        limited(colour.getGreen() + random.nextInt(2 * distance + 1) - distance),
        limited(colour.getBlue() + random.nextInt(2 * distance + 1) - distance));
  }

  private Color against(Color behind) {
    Color chosen = colour();
    while (Math.abs(luminance(chosen) - luminance(behind)) < LEAST_CONTRAST) {
      chosen = colour();
    }
    return chosen;
  }

  private static double luminance(Color colour) {
    return 0.299 * colour.getRed() + 0.587 * colour.getGreen() + 0.114 * colour.getBlue();
  }

  private static Color mixed(Color a, Color b, double share) {
    return new Color(
        (int) (a.getRed() + share * (b.getRed() - a.getRed())),
        (int) (a.getGreen() + share * (b.getGreen() - a.getGreen())),
        (int) (a.getBlue() + share * (b.getBlue() - a.getBlue())));
  }

  private static int limited(int value) {
    return Math.clamp(value, 0, 255);
  }
}
