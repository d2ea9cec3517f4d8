package io.solvegrad.solver;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.solvegrad.ranking.RankingSolver;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class InterpolationTest {
  private static final double TOLERANCE = 1e-12;

  // Choosing one of two: y(w) = (1, 0) if w0 <= w1, else (0, 1).
  private final CountingSolver choice =
      new CountingSolver(
          new ExhaustiveSolver(2, List.of(new double[] {1, 0}, new double[] {0, 1})));

  private static double[] gradient(
      double lambda, BlackboxSolver solver, double[] costs, double[] upstream) {
    double[] solution = new double[solver.size()];
    double[] gradient = new double[solver.size()];
    solver.solve(costs, solution);
    new Interpolation(Lambda.plain(lambda)).gradient(solver, costs, solution, upstream, gradient);
    return gradient;
  }

  @Test
  void gradient_isTheChangeOfTheSolutionOverLambda() {
    // w + 2 g = (3, 2): the other one is chosen. Descent makes the first one dearer.
    double[] gradient = gradient(2, choice, new double[] {1, 2}, new double[] {1, 0});
    assertArrayEquals(new double[] {-0.5, 0.5}, gradient, TOLERANCE);
  }

  @Test
  void gradient_isZeroBelowTheGap() {
    double[] costs = {1, 2};
    double[] upstream = {1, 0};
    assertArrayEquals(new double[] {0, 0}, gradient(0.99, choice, costs, upstream));
    assertArrayEquals(
        new double[] {-1 / 1.01, 1 / 1.01}, gradient(1.01, choice, costs, upstream), TOLERANCE);
  }

  @Test
  void gradient_solvesOnceForAnUpstreamAndNeverForZero() {
    double[] gradient = {7, 7};
    Interpolation estimator = new Interpolation(Lambda.plain(2));
    double[] costs = {1, 2};
    double[] solution = {1, 0};
    estimator.gradient(choice, costs, solution, new double[] {1, 0}, gradient);
    assertEquals(1, choice.calls().get());
    estimator.gradient(choice, costs, solution, new double[] {0.0, -0.0}, gradient);
    assertEquals(1, choice.calls().get(), "a zero upstream costs no solve");
    assertArrayEquals(new double[] {0, 0}, gradient);
  }

  @Test
  void gradient_leavesItsInputsAlone() {
    double[] costs = {1, 2};
    double[] solution = {1, 0};
    double[] upstream = {1, 0};
    new Interpolation(Lambda.plain(2)).gradient(choice, costs, solution, upstream, new double[2]);
    assertArrayEquals(new double[] {1, 2}, costs);
    assertArrayEquals(new double[] {1, 0}, solution);
    assertArrayEquals(new double[] {1, 0}, upstream);
  }

  @Test
  void gradient_normalisedLambdaIsTimesTheSize() {
    double[] costs = {1, 2};
    double[] upstream = {1, 0};
    double[] gradient = new double[2];
    new Interpolation(Lambda.normalised(1))
        .gradient(choice, costs, new double[] {1, 0}, upstream, gradient);
    assertArrayEquals(gradient(2, choice, costs, upstream), gradient, TOLERANCE);
  }

  @Test
  void value_liesBetweenTheTwoSolutions() {
    // f(y') = 0, f(y) = 1, and f_lambda = 0 - (1 - 2) / 2.
    Interpolation estimator = new Interpolation(Lambda.plain(2));
    assertEquals(0.5, estimator.value(choice, new double[] {1, 2}, new double[] {1, 0}), TOLERANCE);
  }

  /** A worked ranking of five scores, in units of rank / n. */
  @Test
  void value_ofARanking() {
    double[] scores = {-0.62, -1.19, -1.75, -1.61, -0.01};
    double[] upstream = {-0.86, 0.87, -0.59, -0.07, -0.17};
    BlackboxSolver normalised = new NormalisedRanks(new RankingSolver(5));
    assertEquals(
        -0.62, new Interpolation(Lambda.plain(0.5)).value(normalised, scores, upstream), 1e-9);
    assertArrayEquals(
        new double[] {0.4, -0.4, 0, 0, 0}, gradient(0.5, normalised, scores, upstream), 1e-9);
  }

  private record NormalisedRanks(RankingSolver ranking) implements BlackboxSolver {
    @Override
    public int size() {
      return ranking.size();
    }

    @Override
    public void solve(double[] costs, double[] solution) {
      ranking.solve(costs, solution);
      for (int i = 0; i < solution.length; i++) {
        solution[i] /= solution.length;
      }
    }
  }

  @Test
  void maximisingSolver_isAdaptedByNegatingItsCosts() {
    // The dearest of two: with theta = -w, theta' = theta - lambda g and gradient (y - y') /
    // lambda.
    double[] theta = {2, 1};
    double[] gradient =
        gradient(2, choice, new double[] {-theta[0], -theta[1]}, new double[] {1, 0});
    double[] withRespectToTheta = {-gradient[0], -gradient[1]};
    assertArrayEquals(new double[] {0.5, -0.5}, withRespectToTheta, TOLERANCE);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void wrongLength_isNamed(int wrong) {
    String[] names = {"costs", "solution", "upstream", "gradient"};
    double[][] arrays = {new double[2], new double[2], new double[2], new double[2]};
    arrays[wrong] = new double[3];
    Interpolation estimator = new Interpolation(Lambda.plain(1));
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> estimator.gradient(choice, arrays[0], arrays[1], arrays[2], arrays[3]))
            .getMessage();
    assertTrue(message.startsWith(names[wrong] + " has length 3"), message);
    assertTrue(message.contains("size 2"), message);
    assertEquals(0, choice.calls().get());
  }

  @Test
  void nanUpstream_isNamed() {
    double[] upstream = {0, Double.NaN};
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> gradient(1, choice, new double[] {1, 2}, upstream))
            .getMessage();
    assertTrue(message.contains("upstream[1] is NaN"), message);
  }

  @Test
  void value_wrongLengthIsNamed() {
    Interpolation estimator = new Interpolation(Lambda.plain(1));
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> estimator.value(choice, new double[2], new double[1]))
            .getMessage();
    assertTrue(message.startsWith("upstream has length 1"), message);
  }
}
