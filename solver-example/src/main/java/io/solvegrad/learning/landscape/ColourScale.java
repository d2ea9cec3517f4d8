package io.solvegrad.learning.landscape;

import java.awt.Color;

/** From low to high: dark blue, teal, yellow. Lightness rises throughout, so it prints in grey. */
final class ColourScale {
  private static final int[][] STOPS = {
    {68, 1, 84}, {59, 82, 139}, {33, 145, 140}, {94, 201, 98}, {253, 231, 37}
  };

  private ColourScale() {}

  /** The colour of a share of the range, 0 to 1. */
  static Color at(double share) {
    double place = Math.clamp(share, 0, 1) * (STOPS.length - 1);
    int from = Math.min(STOPS.length - 2, (int) place);
    double rest = place - from;
    int[] mixed = new int[3];
    for (int c = 0; c < 3; c++) {
      mixed[c] = (int) Math.round(STOPS[from][c] + rest * (STOPS[from + 1][c] - STOPS[from][c]));
    }
    return new Color(mixed[0], mixed[1], mixed[2]);
  }
}
