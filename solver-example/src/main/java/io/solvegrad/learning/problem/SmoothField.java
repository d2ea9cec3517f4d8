package io.solvegrad.learning.problem;

import java.util.SplittableRandom;

/** Random numbers over a grid that change slowly: normal at knots, smooth between them. */
final class SmoothField {
  private final double[] knots;
  private final int width;
  private final double spacing;

  /**
   * Draws the knots.
   *
   * @param side of the square that is covered
   * @param spacing distance of the knots
   * @param random draws them
   */
  SmoothField(int side, double spacing, SplittableRandom random) {
    this.spacing = spacing;
    width = (int) Math.ceil(side / spacing) + 2;
    knots = random.doubles((long) width * width).map(u -> 2 * u - 1).toArray();
  }

  /** The value at a place within the square. */
  double at(double row, double column) {
    int r = (int) (row / spacing);
    int c = (int) (column / spacing);
    double down = smooth(row / spacing - r);
    double right = smooth(column / spacing - c);
    double top = between(knots[r * width + c], knots[r * width + c + 1], right);
    double bottom = between(knots[(r + 1) * width + c], knots[(r + 1) * width + c + 1], right);
    return between(top, bottom, down);
  }

  private static double smooth(double share) {
    return share * share * (3 - 2 * share);
  }

  private static double between(double from, double to, double share) {
    return from + (to - from) * share;
  }
}
