package io.solvegrad.learning.problem;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.util.SplittableRandom;

/**
 * Digits drawn with a pen: each from a few curves whose points are moved at random, then turned,
 * slanted and scaled, with a pen of random width. No font is needed, and no two are alike.
 */
final class DrawnDigits {
  /** Pixels a side of a digit. */
  static final int SIDE = 16;

  private static final double JITTER = 0.045;

  /**
   * Strokes of quadratic curves in a unit square, y downwards: begin, then control and end points.
   */
  private static final double[][][] STROKES = {
    {{.5, .08, .15, .1, .15, .5, .15, .92, .5, .92, .85, .92, .85, .5, .85, .1, .5, .08}},
    {{.32, .28, .45, .22, .55, .08, .55, .5, .54, .92}},
    {{.2, .28, .25, .05, .52, .08, .85, .12, .75, .4, .65, .62, .2, .9, .5, .88, .84, .9}},
    {
      {.2, .15, .5, 0, .72, .15, .85, .4, .42, .46},
      {.42, .46, .9, .5, .78, .76, .62, 1, .18, .85}
    },
    {{.6, .08, .4, .35, .16, .64, .5, .66, .88, .64}, {.66, .4, .65, .65, .63, .94}},
    {{.8, .1, .5, .1, .28, .1, .26, .3, .24, .46, .85, .34, .8, .68, .72, 1, .2, .86}},
    {{.7, .08, .3, .3, .24, .64, .28, .95, .55, .92, .84, .88, .78, .62, .6, .4, .26, .64}},
    {{.18, .12, .5, .12, .82, .1, .6, .4, .42, .93}},
    {
      {.5, .46, .15, .38, .26, .18, .5, -.02, .74, .18, .82, .38, .5, .46},
      {.5, .46, .1, .6, .22, .8, .5, 1.04, .78, .8, .88, .6, .5, .46}
    },
    {{.74, .36, .5, .62, .26, .4, .2, .08, .5, .08, .8, .08, .76, .4, .74, .7, .6, .93}}
  };

  private DrawnDigits() {}

  /**
   * Draws a digit.
   *
   * @param digit 0 to 9
   * @param grey receives {@value #SIDE} x {@value #SIDE} values, 0 for paper to 1 for ink.
   *     Modified.
   * @param random draws its form
   */
  static void draw(int digit, float[] grey, SplittableRandom random) {
    BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_BYTE_GRAY);
    Graphics2D pen = image.createGraphics();
    pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    pen.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    float width = (float) (1.1 + 1.1 * random.nextDouble());
    pen.setStroke(new BasicStroke(width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    pen.setColor(Color.WHITE);
    AffineTransform form = form(random);
    for (double[] stroke : STROKES[digit]) {
      pen.draw(form.createTransformedShape(curve(stroke, random)));
    }
    pen.dispose();
    int[] ink = image.getRaster().getPixels(0, 0, SIDE, SIDE, (int[]) null);
    for (int i = 0; i < grey.length; i++) {
      double noise = 0.2 * (random.nextDouble() - 0.5);
      grey[i] = (float) Math.clamp(ink[i] / 255.0 + noise, 0, 1);
    }
  }

  private static AffineTransform form(SplittableRandom random) {
    AffineTransform form = new AffineTransform();
    form.translate(SIDE * (0.5 + 0.1 * spread(random)), SIDE * (0.5 + 0.1 * spread(random)));
    form.rotate(0.2 * spread(random));
    form.shear(0.25 * spread(random), 0);
    double scale = SIDE * (0.72 + 0.1 * spread(random));
    form.scale(scale * (0.8 + 0.15 * spread(random)), scale);
    form.translate(-0.5, -0.5);
    return form;
  }

  private static Path2D curve(double[] stroke, SplittableRandom random) {
    double[] moved = stroke.clone();
    for (int i = 0; i < moved.length; i++) {
      moved[i] += JITTER * spread(random);
    }
    Path2D curve = new Path2D.Double();
    curve.moveTo(moved[0], moved[1]);
    for (int i = 2; i < moved.length; i += 4) {
      curve.quadTo(moved[i], moved[i + 1], moved[i + 2], moved[i + 3]);
    }
    return curve;
  }

  private static double spread(SplittableRandom random) {
    return 2 * random.nextDouble() - 1;
  }
}
