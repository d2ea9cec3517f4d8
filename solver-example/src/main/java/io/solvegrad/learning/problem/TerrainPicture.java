package io.solvegrad.learning.problem;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.util.List;

/** Draws maps with paths. */
final class TerrainPicture {
  /** White, then colours that are told apart on any terrain and by the colour-blind. */
  private static final Color[] COLOURS = {
    Color.WHITE, new Color(0xffd400), new Color(0xff5da2), new Color(0x56d4ff)
  };

  private static final int PIXELS = 360;

  private final int size;
  private final int scale;

  TerrainPicture(int size) {
    this.size = size;
    scale = Math.max(1, (int) Math.round((double) PIXELS / (size * TerrainProblem.TILE)));
  }

  BufferedImage draw(Instance instance, List<double[]> shown) {
    int pixels = size * TerrainProblem.TILE;
    BufferedImage image =
        new BufferedImage(pixels * scale, pixels * scale, BufferedImage.TYPE_INT_RGB);
    Graphics2D pen = image.createGraphics();
    for (int p = 0; p < pixels * pixels; p++) {
      float[] seen = instance.pixels();
      pen.setColor(new Color(seen[p], seen[pixels * pixels + p], seen[2 * pixels * pixels + p]));
      pen.fillRect(p % pixels * scale, p / pixels * scale, scale, scale);
    }
    pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    for (int s = 0; s < shown.size(); s++) {
      drawPath(pen, shown.get(s), COLOURS[s], s);
    }
    pen.dispose();
    return image;
  }

  /** Dots on the tiles, joined where tiles touch; the first one wide, those over it narrow. */
  private void drawPath(Graphics2D pen, double[] path, Color colour, int layer) {
    float tile = (float) TerrainProblem.TILE * scale;
    // In one piece: a transparent line would be darker where its parts meet.
    Path2D line = new Path2D.Float();
    for (int i = 0; i < path.length; i++) {
      if (path[i] < 0.5) {
        continue;
      }
      segment(line, i, i);
      for (int next : new int[] {i + 1, i + size - 1, i + size, i + size + 1}) {
        boolean touches = next < path.length && Math.abs(next % size - i % size) <= 1;
        if (touches && path[next] >= 0.5 && !shortCut(path, i, next)) {
          segment(line, i, next);
        }
      }
    }
    if (layer == 0) {
      stroke(pen, line, tile / 2.2f, new Color(255, 255, 255, 150));
    } else {
      stroke(pen, line, tile / 3.5f, Color.BLACK);
      stroke(pen, line, tile / 6, colour);
    }
  }

  private void segment(Path2D line, int from, int to) {
    line.moveTo(middle(from % size), middle(from / size));
    line.lineTo(middle(to % size), middle(to / size));
  }

  private double middle(int tile) {
    return (tile + 0.5) * TerrainProblem.TILE * scale;
  }

  private static void stroke(Graphics2D pen, Path2D line, float width, Color colour) {
    pen.setStroke(new BasicStroke(width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    pen.setColor(colour);
    pen.draw(line);
  }

  /** A diagonal is not drawn where the path goes around its corner. */
  private boolean shortCut(double[] path, int from, int to) {
    if (Math.abs(to - from) <= 1 || to - from == size) {
      return false;
    }
    int row = from / size;
    int column = from % size;
    int other = to % size;
    return path[row * size + other] >= 0.5 || path[(row + 1) * size + column] >= 0.5;
  }
}
