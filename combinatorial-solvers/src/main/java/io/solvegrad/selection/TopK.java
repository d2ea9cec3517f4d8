package io.solvegrad.selection;

import io.solvegrad.solver.BlackboxSolver;
import io.solvegrad.solver.WeightDomain;
import java.util.Arrays;

/**
 * The k items of least cost; negate scores to get the k best. The solution is 1 on the chosen items.
 * Any finite costs; among equal costs the lower index wins. O(n log n).
 *
 * @param size number of items
 * @param k how many to choose, 1 to the number of items
 */
public record TopK(int size, int k) implements BlackboxSolver {

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException unless 1 &lt;= k &lt;= size
   */
  public TopK {
    if (k < 1 || k > size) {
      throw new IllegalArgumentException("k is " + k + " but must be between 1 and " + size);
    }
  }

  @Override
  public void solve(double[] costs, double[] solution) {
    WeightDomain.FINITE.require(costs, solution, size);
    double[] sorted = costs.clone();
    Arrays.sort(sorted);
    double last = sorted[k - 1];
    int left = k;
    for (int i = 0; i < size; i++) {
      boolean below = costs[i] < last;
      solution[i] = below ? 1 : 0;
      left -= below ? 1 : 0;
    }
    for (int i = 0; left > 0; i++) {
      if (costs[i] == last) {
        solution[i] = 1;
        left--;
      }
    }
  }
}
