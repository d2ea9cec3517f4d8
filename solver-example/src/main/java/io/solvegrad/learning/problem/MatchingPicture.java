package io.solvegrad.learning.problem;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Line2D;
import java.awt.image.BufferedImage;
import java.util.List;

/** Draws squares of digits with their pairs. */
final class MatchingPicture {
  private static final Color TRUE_PAIRS = new Color(120, 200, 255, 170);
  private static final Color[] PREDICTED = {new Color(0xc43b00), new Color(0x7a2f8f)};
  private static final int PIXELS = 360;

  private final int size;
  private final int cell;

  MatchingPicture(int size) {
    this.size = size;
    cell = DrawnDigits.SIDE * Math.max(1, PIXELS / (size * DrawnDigits.SIDE));
  }

  BufferedImage draw(Instance instance, List<double[]> shown) {
    int side = size * DrawnDigits.SIDE;
    int scale = cell / DrawnDigits.SIDE;
    BufferedImage image = new BufferedImage(side * scale, side * scale, BufferedImage.TYPE_INT_RGB);
    Graphics2D pen = image.createGraphics();
    for (int p = 0; p < side * side; p++) {
      float paper = 1 - instance.pixels()[p];
      pen.setColor(new Color(paper, paper, paper));
      pen.fillRect(p % side * scale, p / side * scale, scale, scale);
    }
    pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    int[][] pairs = MatchingProblem.pairs(size);
    for (int s = 0; s < shown.size(); s++) {
      double[] chosen = shown.get(s);
      pen.setColor(s == 0 ? TRUE_PAIRS : PREDICTED[(s - 1) % PREDICTED.length]);
      float width = s == 0 ? 0.5f * cell : 0.1f * cell;
      pen.setStroke(new BasicStroke(width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
      for (int e = 0; e < pairs.length; e++) {
        if (chosen[e] >= 0.5) {
          pen.draw(
              new Line2D.Double(
                  middle(pairs[e][0] % size),
                  middle(pairs[e][0] / size),
                  middle(pairs[e][1] % size),
                  middle(pairs[e][1] / size)));
        }
      }
    }
    pen.dispose();
    return image;
  }

  private double middle(int place) {
    return (place + 0.5) * cell;
  }
}
