package io.solvegrad.solver;

import java.util.Arrays;
import java.util.Objects;

/**
 * The blackbox gradient: the exact slope of a piecewise affine interpolation f_lambda of the
 * piecewise constant loss.
 *
 * <p>With y = y(w), g = dL/dy and y' = y(w + lambda g), the gradient is (y' - y) / lambda: one more
 * call of the solver. Raising lambda widens the interpolation; a lambda below the gap to the second
 * best solution, relative to what it would gain, gives a zero gradient.
 *
 * <p>Source: Vlastelica, Paulus, Musil, Martius, Rolinek: Differentiation of Blackbox Combinatorial
 * Solvers, ICLR 2020, arXiv:1912.02175.
 *
 * @param lambda the interpolation strength
 */
public record Interpolation(Lambda lambda) implements GradientEstimator {

  /** Checks that nothing is missing. */
  public Interpolation {
    Objects.requireNonNull(lambda, "lambda must not be null");
  }

  @Override
  public void gradient(
      BlackboxSolver solver,
      double[] costs,
      double[] solution,
      double[] upstream,
      double[] gradient) {
    Vectors.requireSizes(solver, costs, solution, upstream, gradient);
    if (Vectors.isZero(upstream)) {
      Arrays.fill(gradient, 0);
      return;
    }
    double strength = lambda.plainValue(solver.size());
    double[] moved = Vectors.solve(solver, Vectors.plus(costs, strength, upstream));
    Vectors.quotient(moved, solution, strength, gradient);
  }

  /**
   * f_lambda at the given costs, up to the constant L(y) - &lt;g, y&gt; of the linearised loss:
   * &lt;g, y'&gt; - (&lt;w, y&gt; - &lt;w, y'&gt;) / lambda. It lies between &lt;g, y'&gt; and
   * &lt;g, y&gt; and its slope, with g held fixed, is what {@link #gradient} returns. Costs two
   * solves.
   *
   * @param solver the solver
   * @param costs the weights w, as long as the solver's size. Not modified.
   * @param upstream g, as long as the solver's size. Not modified.
   * @return f_lambda(w), up to that constant
   * @throws IllegalArgumentException if a length differs from the solver's size
   */
  public double value(BlackboxSolver solver, double[] costs, double[] upstream) {
    Vectors.requireSize("costs", costs, solver);
    Vectors.requireSize("upstream", upstream, solver);
    double strength = lambda.plainValue(solver.size());
    double[] here = Vectors.solve(solver, costs);
    double[] moved = Vectors.solve(solver, Vectors.plus(costs, strength, upstream));
    double value = 0;
    for (int i = 0; i < here.length; i++) {
      value += upstream[i] * moved[i] - costs[i] * (here[i] - moved[i]) / strength;
    }
    return value;
  }
}
