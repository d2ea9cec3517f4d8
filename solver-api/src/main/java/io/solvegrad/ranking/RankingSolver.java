package io.solvegrad.ranking;

import io.solvegrad.solver.BlackboxSolver;
import java.util.Objects;

/**
 * Ranking as a solver: the ranks of y are the permutation p of 1 to n that minimises &lt;y, p&gt;,
 * because the largest score meets the smallest rank (rearrangement inequality). O(n log n).
 *
 * <p>Source: Rolinek, Musil, Paulus, Vlastelica, Michaelis, Martius: Optimizing Rank-based Metrics
 * with Blackbox Differentiation, CVPR 2020, arXiv:1912.03500, proposition 1.
 *
 * @param size number of scores, at least 1
 */
public record RankingSolver(int size) implements BlackboxSolver {

  /**
   * Checks the size.
   *
   * @throws IllegalArgumentException if it is less than 1
   */
  public RankingSolver {
    if (size < 1) {
      throw new IllegalArgumentException("size must be at least 1, but is " + size);
    }
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException if a score is NaN or a length is wrong
   */
  @Override
  public void solve(double[] costs, double[] solution) {
    Objects.requireNonNull(costs, "costs must not be null");
    Objects.requireNonNull(solution, "solution must not be null");
    if (costs.length != size || solution.length != size) {
      throw new IllegalArgumentException(
          "costs has length %d and solution %d instead of %d"
              .formatted(costs.length, solution.length, size));
    }
    RankKernel kernel = RankKernels.newKernel();
    ScoreArray scores = ScoreArray.of(costs);
    int nan = kernel.firstNaN(scores, 0, size);
    if (nan >= 0) {
      throw new IllegalArgumentException("score " + nan + " is NaN");
    }
    int[] ranks = new int[size];
    kernel.ranks(scores, 0, size, ranks);
    for (int i = 0; i < size; i++) {
      solution[i] = ranks[i];
    }
  }
}
