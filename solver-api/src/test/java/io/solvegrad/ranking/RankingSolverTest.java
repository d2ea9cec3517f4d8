package io.solvegrad.ranking;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.solvegrad.solver.BlackboxSolver;
import io.solvegrad.solver.BlackboxSolverContract;
import io.solvegrad.solver.Permutations;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RankingSolverTest extends BlackboxSolverContract {
  private static final double INF = Double.POSITIVE_INFINITY;

  @Override
  protected BlackboxSolver solver() {
    return new RankingSolver(5);
  }

  @Override
  protected List<double[]> solutions() {
    return Permutations.of(5);
  }

  static double[] ranks(double... scores) {
    double[] ranks = new double[scores.length];
    new RankingSolver(scores.length).solve(scores, ranks);
    return ranks;
  }

  @Test
  void largestScore_hasRankOne() {
    assertArrayEquals(new double[] {1, 4, 2, 3}, ranks(0.9, 0.1, 0.5, 0.3));
  }

  @Test
  void equalScores_areRankedByIndex() {
    assertArrayEquals(new double[] {2, 3, 1, 4, 5}, ranks(0.5, 0.5, 0.7, 0.5, 0.5));
  }

  @Test
  void negativeZero_equalsZero() {
    assertArrayEquals(new double[] {2, 3, 1, 4}, ranks(0.0, -0.0, 0.5, -0.5));
    assertArrayEquals(new double[] {2, 3, 1, 4}, ranks(-0.0, 0.0, 0.5, -0.5));
  }

  @Test
  void infinities_areTheEnds() {
    assertArrayEquals(new double[] {4, 1, 3, 5, 2}, ranks(-INF, INF, 0, -INF, INF));
  }

  @Test
  void singleScore_hasRankOne() {
    assertArrayEquals(new double[] {1}, ranks(-3));
  }

  @Test
  void nan_isNamed() {
    String message =
        assertThrows(IllegalArgumentException.class, () -> ranks(1, 2, Double.NaN)).getMessage();
    assertTrue(message.contains("score 2 is NaN"), message);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1})
  void sizeBelowOne_isRefused(int size) {
    String message =
        assertThrows(IllegalArgumentException.class, () -> new RankingSolver(size)).getMessage();
    assertTrue(message.contains("size") && message.contains("" + size), message);
  }

  @Test
  void wrongLength_isRefused() {
    RankingSolver solver = new RankingSolver(2);
    String message =
        assertThrows(
                IllegalArgumentException.class, () -> solver.solve(new double[3], new double[2]))
            .getMessage();
    assertTrue(message.contains("length 3"), message);
    assertThrows(IllegalArgumentException.class, () -> solver.solve(new double[2], new double[1]));
  }
}
