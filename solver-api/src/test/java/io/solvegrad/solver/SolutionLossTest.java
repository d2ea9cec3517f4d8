package io.solvegrad.solver;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

final class SolutionLossTest {
  private static final double[] TARGET = {1, 0, 1, 0};
  private static final double[] SOLUTION = {1, 1, 0, 0};

  @Test
  void hamming_countsDifferentEntries() {
    double[] upstream = new double[4];
    assertEquals(2, SolutionLoss.hamming(TARGET).evaluate(SOLUTION, 1, upstream));
    assertArrayEquals(new double[] {-1, 1, -1, 1}, upstream);
    assertEquals(0, SolutionLoss.hamming(TARGET).evaluate(TARGET, 1, upstream));
    assertEquals(1, SolutionLoss.hamming(TARGET).evaluate(SOLUTION, 0.5, upstream));
    assertArrayEquals(new double[] {-0.5, 0.5, -0.5, 0.5}, upstream);
  }

  @Test
  void squaredDistance_hasNoUpstreamAtTheTarget() {
    double[] upstream = new double[4];
    assertEquals(6, SolutionLoss.squaredDistance(TARGET).evaluate(SOLUTION, 3, upstream));
    assertArrayEquals(new double[] {0, 6, -6, 0}, upstream);
    assertEquals(0, SolutionLoss.squaredDistance(TARGET).evaluate(TARGET, 1, upstream));
    assertArrayEquals(new double[4], upstream);
  }

  @Test
  void regret_isWhatTheSolutionCostsTooMuch() {
    double[] upstream = new double[4];
    double[] costs = {5, 2, 1, 3};
    assertEquals(2, SolutionLoss.regret(costs, 6).evaluate(SOLUTION, 2, upstream));
    assertArrayEquals(new double[] {10, 4, 2, 6}, upstream);
  }

  /** Along any direction the value changes by the upstream, to first order. */
  @Test
  void upstreams_areDerivatives() {
    double[] at = {0.3, -1, 2, 0.7};
    for (SolutionLoss loss :
        List.of(
            SolutionLoss.hamming(TARGET),
            SolutionLoss.squaredDistance(TARGET),
            SolutionLoss.regret(new double[] {5, 2, -1, 3}, 1))) {
      double[] upstream = new double[4];
      loss.evaluate(at, 0.7, upstream);
      for (int i = 0; i < at.length; i++) {
        double[] up = at.clone();
        double[] down = at.clone();
        up[i] += 1e-5;
        down[i] -= 1e-5;
        double slope =
            loss.evaluate(up, 0.7, new double[4]) - loss.evaluate(down, 0.7, new double[4]);
        assertEquals(slope / 2e-5, upstream[i], 1e-8);
      }
    }
  }

  private static void assertRefused(String message, Executable call) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
  }

  @Test
  void numbersThatAreNoLoss_areNamed() {
    double[] upstream = new double[4];
    for (SolutionLoss loss :
        List.of(
            SolutionLoss.hamming(TARGET),
            SolutionLoss.squaredDistance(TARGET),
            SolutionLoss.regret(TARGET, 1))) {
      assertRefused(
          "factor must be finite, but is NaN", () -> loss.evaluate(SOLUTION, Double.NaN, upstream));
      double[] broken = {1, 0, Double.NaN, 0};
      assertRefused(
          "solution[2] is NaN but must be finite", () -> loss.evaluate(broken, 1, upstream));
    }
    double[] half = {0, 0.5};
    assertRefused("target[1] is 0.5 but must be 0 or 1", () -> SolutionLoss.hamming(half));
    double[] two = {2};
    assertRefused("target[0] is 2.0 but must be 0 or 1", () -> SolutionLoss.hamming(two));
    double[] nan = {1, Double.NaN};
    assertRefused("target[1] is NaN but must be 0 or 1", () -> SolutionLoss.hamming(nan));
    assertRefused("target[1] is NaN but must be finite", () -> SolutionLoss.squaredDistance(nan));
    assertRefused("trueCosts[1] is NaN but must be finite", () -> SolutionLoss.regret(nan, 0));
    assertRefused(
        "optimum must be finite, but is Infinity",
        () -> SolutionLoss.regret(TARGET, Double.POSITIVE_INFINITY));
  }

  @Test
  void wrongLengths_areNamed() {
    assertThrows(
        IllegalArgumentException.class,
        () -> SolutionLoss.hamming(TARGET).evaluate(new double[3], 1, new double[4]));
    assertThrows(
        IllegalArgumentException.class,
        () -> SolutionLoss.regret(TARGET, 0).evaluate(SOLUTION, 1, new double[5]));
  }
}
