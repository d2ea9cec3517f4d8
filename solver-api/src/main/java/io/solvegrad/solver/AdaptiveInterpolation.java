package io.solvegrad.solver;

import java.util.Arrays;
import java.util.Objects;

/**
 * The blackbox gradient with a lambda of its own for every instance: lambda = factor ||w|| / ||g||,
 * so that the perturbation always has {@code factor} times the size of the costs, whatever the
 * scale of the network, the loss or the batch. The authors recommend this order of magnitude for a
 * fixed lambda (appendix A.1 of the source).
 *
 * <p>Scaling the upstream scales the gradient likewise, and scaling the costs does not change which
 * solution is compared. One more solve. Costs that are zero everywhere take lambda = factor /
 * ||g||.
 *
 * <p>Source: {@link Interpolation}.
 *
 * @param factor size of the perturbation relative to the costs, often between 0.1 and 10
 */
public record AdaptiveInterpolation(double factor) implements GradientEstimator {

  /**
   * Checks the factor.
   *
   * @throws IllegalArgumentException unless it is positive and finite
   */
  public AdaptiveInterpolation {
    Vectors.requirePositive("factor", factor);
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
    new Interpolation(lambda(costs, upstream))
        .gradient(solver, costs, solution, upstream, gradient);
  }

  /**
   * The lambda for one instance.
   *
   * @param costs the weights w. Not modified.
   * @param upstream g, not zero everywhere. Not modified.
   * @return factor ||w|| / ||g||
   * @throws IllegalArgumentException if that is not positive and finite
   */
  public Lambda lambda(double[] costs, double[] upstream) {
    Objects.requireNonNull(costs, "costs must not be null");
    Objects.requireNonNull(upstream, "upstream must not be null");
    double length = Vectors.norm(costs);
    return Lambda.plain(factor * (length == 0 ? 1 : length) / Vectors.norm(upstream));
  }
}
