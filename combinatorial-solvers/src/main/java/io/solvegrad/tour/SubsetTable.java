package io.solvegrad.tour;

import java.util.Arrays;

/**
 * Dynamic programming over subsets: the shortest path from the last city through a subset of the
 * others to each of its members.
 */
final class SubsetTable {
  private final double[] lengths;
  private final int cities;
  private final int others;
  private final double[] shortest;

  SubsetTable(double[] lengths, int cities) {
    this.lengths = lengths;
    this.cities = cities;
    others = cities - 1;
    shortest = new double[others * (1 << others)];
    fill();
  }

  private void fill() {
    Arrays.fill(shortest, Double.POSITIVE_INFINITY);
    for (int c = 0; c < others; c++) {
      shortest[(1 << c) * others + c] = lengths[others * cities + c];
    }
    for (int subset = 1; subset < 1 << others; subset++) {
      for (int last = 0; last < others; last++) {
        int rest = subset & ~(1 << last);
        if (rest != subset && rest != 0) {
          double best = Double.POSITIVE_INFINITY;
          for (int before = 0; before < others; before++) {
            double through =
                shortest[rest * others + before] + lengths[before * cities + last];
            best = Math.min(best, through);
          }
          shortest[subset * others + last] = best;
        }
      }
    }
  }

  int[] tour() {
    int[] tour = new int[cities];
    tour[0] = others;
    int subset = (1 << others) - 1;
    int next = others;
    for (int k = 1; k < cities; k++) {
      int best = 0;
      double least = Double.POSITIVE_INFINITY;
      for (int c = 0; c < others; c++) {
        double through = shortest[subset * others + c] + lengths[c * cities + next];
        if (through < least) {
          least = through;
          best = c;
        }
      }
      tour[k] = best;
      next = best;
      subset &= ~(1 << best);
    }
    return tour;
  }
}
