package io.solvegrad.solver;

import java.util.ArrayList;
import java.util.List;

/** All rankings of a few items, as the feasible set of the ranking solver. */
public final class Permutations {
  private Permutations() {}

  /** The n! vectors that hold the numbers 1 to n. */
  public static List<double[]> of(int n) {
    List<double[]> all = new ArrayList<>();
    extend(new double[n], 0, all);
    return all;
  }

  private static void extend(double[] permutation, int filled, List<double[]> all) {
    if (filled == permutation.length) {
      all.add(permutation.clone());
      return;
    }
    for (int value = 1; value <= permutation.length; value++) {
      boolean free = true;
      for (int i = 0; i < filled; i++) {
        free &= permutation[i] != value;
      }
      if (free) {
        permutation[filled] = value;
        extend(permutation, filled + 1, all);
      }
    }
  }
}
