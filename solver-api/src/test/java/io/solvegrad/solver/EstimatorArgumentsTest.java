package io.solvegrad.solver;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.solvegrad.solver.LagrangianProximal.Envelope;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What every estimator does with arrays of wrong lengths and without an upstream. */
final class EstimatorArgumentsTest {
  private static final BlackboxSolver ONE_OF_THREE =
      new ExhaustiveSolver(
          3, List.of(new double[] {1, 0, 0}, new double[] {0, 1, 0}, new double[] {0, 0, 1}));
  private static final ImplicitMle MLE = new ImplicitMle(Lambda.plain(2), 1, 1, 3, 5);

  private static List<GradientEstimator> estimators() {
    Stream<GradientEstimator> others =
        Stream.of(
            new Interpolation(Lambda.plain(2)),
            new AdaptiveInterpolation(1),
            new LagrangianProximal(Envelope.LOWER, Lambda.plain(1), 1),
            new Perturbed(Perturbed.Noise.ADDITIVE, 1, 3, 5),
            MLE,
            new AdaptiveImplicitMle(MLE));
    Stream<GradientEstimator> identities =
        Stream.of(Identity.Projection.values()).map(Identity::new);
    return Stream.concat(others, identities).toList();
  }

  @Test
  void wrongLengths_areNamed() {
    for (GradientEstimator estimator : estimators()) {
      for (int wrong = 0; wrong < 4; wrong++) {
        double[][] arrays = new double[4][3];
        arrays[wrong] = new double[2];
        String name = List.of("costs", "solution", "upstream", "gradient").get(wrong);
        assertNames(
            name,
            estimator,
            () -> estimator.gradient(ONE_OF_THREE, arrays[0], arrays[1], arrays[2], arrays[3]));
      }
    }
  }

  /** Others leave it to the solver. */
  @Test
  void whoChangesCosts_looksAtTheirLength() {
    for (GradientEstimator estimator : estimators()) {
      if (!(estimator instanceof Interpolation
          || estimator instanceof AdaptiveInterpolation
          || estimator instanceof LagrangianProximal)) {
        assertNames(
            "costs",
            estimator,
            () -> estimator.forward(ONE_OF_THREE, new double[2], new double[3], 0));
      }
    }
  }

  private static void assertNames(String name, GradientEstimator estimator, Runnable call) {
    String message = assertThrows(IllegalArgumentException.class, call::run).getMessage();
    assertTrue(message.contains(name) && message.contains("2"), estimator + ": " + message);
  }

  @Test
  void withoutUpstream_theGradientIsZero() {
    double[] costs = {3, 1, 2};
    for (GradientEstimator estimator : estimators()) {
      double[] gradient = {7, 8, 9};
      double[] solution = new double[3];
      var back = estimator.forward(ONE_OF_THREE, costs, solution, 0);
      back.gradient(new double[3], gradient);
      assertArrayEquals(new double[3], gradient, "" + estimator);
      gradient[1] = 5;
      estimator.gradient(ONE_OF_THREE, costs, solution, new double[3], gradient);
      assertArrayEquals(new double[3], gradient, "" + estimator);
    }
  }

  /** What the pass says and what is said without one agree wherever no noise is drawn. */
  @Test
  void pullback_isTheGradient() {
    double[] costs = {3, 1, 2};
    double[] upstream = {-1, 2, 0.5};
    for (GradientEstimator estimator : estimators()) {
      double[] solution = new double[3];
      double[] later = {7, 8, 9};
      double[] direct = {1, 1, 1};
      estimator.forward(ONE_OF_THREE, costs, solution, 0).gradient(upstream, later);
      estimator.gradient(ONE_OF_THREE, costs, solution, upstream, direct);
      assertArrayEquals(direct, later, "" + estimator);
    }
  }

  /** Perturb and MAP: with nearly Gumbel noise the chances are a softmax of the negative costs. */
  @Test
  void implicitMle_samplesTheExponentialFamily() {
    double[] costs = {0, 0.5, 1.5};
    double temperature = 0.8;
    ImplicitMle many = new ImplicitMle(Lambda.plain(2), temperature, 1, 40_000, 5);
    double[] mean = {9, 9, 9};
    many.forward(ONE_OF_THREE, costs, mean, 0);
    double[] weights =
        IntStream.range(0, 3).mapToDouble(i -> Math.exp(-costs[i] / temperature)).toArray();
    double sum = weights[0] + weights[1] + weights[2];
    for (int i = 0; i < 3; i++) {
      assertEquals(weights[i] / sum, mean[i], 0.01, "chance of " + i);
    }
    assertEquals(1, mean[0] + mean[1] + mean[2], 1e-9);
  }
}
