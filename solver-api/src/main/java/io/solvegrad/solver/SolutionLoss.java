package io.solvegrad.solver;

import java.util.Objects;

/**
 * A loss on a solution, with its derivative, which becomes the upstream of a {@link
 * GradientEstimator}. A user's own is one lambda expression.
 *
 * <p>Reductions act inside: to average over a batch of B instances pass the factor 1 / B, because
 * the blackbox gradient is not linear in its upstream.
 */
public interface SolutionLoss {

  /**
   * Writes the derivative and returns the loss.
   *
   * @param solution y. Not modified.
   * @param factor multiplies the loss and its derivative
   * @param upstream receives factor times dL/dy. Modified.
   * @return factor times the loss
   * @throws IllegalArgumentException if the lengths differ, or the factor or the solution is not
   *     finite
   */
  double evaluate(double[] solution, double factor, double[] upstream);

  /**
   * The Hamming distance sum_i y_i (1 - t_i) + (1 - y_i) t_i; its derivative 1 - 2 t does not
   * depend on y.
   *
   * @param target t, zeros and ones. Not modified, but kept.
   * @return the loss
   * @throws IllegalArgumentException if a number is neither 0 nor 1
   */
  static SolutionLoss hamming(double[] target) {
    Objects.requireNonNull(target, "target must not be null");
    for (int i = 0; i < target.length; i++) {
      if (target[i] != 0 && target[i] != 1) {
        throw new IllegalArgumentException(
            "target[" + i + "] is " + target[i] + " but must be 0 or 1");
      }
    }
    return (solution, factor, upstream) -> {
      requireArguments(target, solution, factor, upstream);
      double value = 0;
      for (int i = 0; i < target.length; i++) {
        value += solution[i] * (1 - target[i]) + (1 - solution[i]) * target[i];
        upstream[i] = factor * (1 - 2 * target[i]);
      }
      return factor * value;
    };
  }

  /**
   * The squared Euclidean distance ||y - t||&sup2; with derivative 2 (y - t). At a solution that is
   * right everywhere the upstream is zero, which saves the second solve.
   *
   * @param target t. Not modified, but kept.
   * @return the loss
   * @throws IllegalArgumentException if a number is not finite
   */
  static SolutionLoss squaredDistance(double[] target) {
    Vectors.requireFinite("target", target);
    return (solution, factor, upstream) -> {
      requireArguments(target, solution, factor, upstream);
      double value = 0;
      for (int i = 0; i < target.length; i++) {
        double difference = solution[i] - target[i];
        value += difference * difference;
        upstream[i] = 2 * factor * difference;
      }
      return factor * value;
    };
  }

  /**
   * The regret &lt;c, y&gt; - &lt;c, y(c)&gt; of a solution when the true costs are c; its
   * derivative is c.
   *
   * @param trueCosts c. Not modified, but kept.
   * @param optimum &lt;c, y(c)&gt;, the cost of the best solution
   * @return the loss
   * @throws IllegalArgumentException if a number is not finite
   */
  static SolutionLoss regret(double[] trueCosts, double optimum) {
    Vectors.requireFinite("trueCosts", trueCosts);
    Vectors.requireFinite("optimum", optimum);
    return (solution, factor, upstream) -> {
      requireArguments(trueCosts, solution, factor, upstream);
      for (int i = 0; i < trueCosts.length; i++) {
        upstream[i] = factor * trueCosts[i];
      }
      return factor * (Vectors.dot(trueCosts, solution) - optimum);
    };
  }

  private static void requireArguments(
      double[] target, double[] solution, double factor, double[] upstream) {
    Objects.requireNonNull(upstream, "upstream must not be null");
    Vectors.requireFinite("factor", factor);
    Vectors.requireFinite("solution", solution);
    if (solution.length != target.length || upstream.length != target.length) {
      throw new IllegalArgumentException(
          "solution has length %d and upstream %d, but the target has %d"
              .formatted(solution.length, upstream.length, target.length));
    }
  }
}
