package io.solvegrad.learning.landscape;

import io.solvegrad.solver.BlackboxSolver;
import io.solvegrad.solver.Interpolation;
import io.solvegrad.solver.Lambda;

/**
 * A plane through the weights of a solver, w = w1 * first + w2 * second + shift, and a linear loss
 * f(y) = &lt;g, y&gt; on its solutions.
 *
 * <p>f_lambda(w) = &lt;g, y'&gt; - (&lt;w, y&gt; - &lt;w, y'&gt;) / lambda with y = y(w) and y' =
 * y(w + lambda g), which is equation 4 of Vlastelica et al. (ICLR 2020) for this f; its gradient is
 * the blackbox gradient.
 *
 * @param solver of the problem
 * @param upstream g. Do not modify.
 * @param first direction of w1. Do not modify.
 * @param second direction of w2. Do not modify.
 * @param shift where both are 0. Do not modify.
 * @param low least w1 and w2
 * @param high largest w1 and w2
 */
record Slice(
    BlackboxSolver solver,
    double[] upstream,
    double[] first,
    double[] second,
    double[] shift,
    double low,
    double high) {
  private static final int COARSE = 15;
  private static final double ROUNDING = 1e-9;

  /** The weights of a point. */
  double[] weights(double w1, double w2) {
    double[] weights = new double[shift.length];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = w1 * first[i] + w2 * second[i] + shift[i];
    }
    return weights;
  }

  /** f(y(w)). */
  double loss(double w1, double w2) {
    double[] solution = new double[solver.size()];
    solver.solve(weights(w1, w2), solution);
    double value = 0;
    for (int i = 0; i < solution.length; i++) {
      value += upstream[i] * solution[i];
    }
    return value;
  }

  /** How often neighbours on a coarse grid differ in the loss: the length of its cliffs. */
  int cliffs() {
    int cliffs = 0;
    double[] before = new double[COARSE];
    for (int i = 0; i < COARSE; i++) {
      for (int j = 0; j < COARSE; j++) {
        double value = loss(coordinate(i, COARSE), coordinate(j, COARSE));
        cliffs += i > 0 && differ(value, before[j]) ? 1 : 0;
        cliffs += j > 0 && differ(value, before[j - 1]) ? 1 : 0;
        before[j] = value;
      }
    }
    return cliffs;
  }

  private static boolean differ(double a, double b) {
    return Math.abs(a - b) > ROUNDING;
  }

  /** f_lambda(w). */
  double interpolated(double w1, double w2, double lambda) {
    return new Interpolation(Lambda.plain(lambda)).value(solver, weights(w1, w2), upstream);
  }

  /** The coordinate of one of some equally spaced points, both ends included. */
  double coordinate(int index, int points) {
    return low + (high - low) * index / (points - 1);
  }
}
