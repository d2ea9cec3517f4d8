package io.solvegrad.solver;

import java.util.Objects;

/**
 * Turns dL/dy at the solution of a solver into an estimate of dL/dw.
 *
 * <p>Estimators are immutable values and may be shared by threads. What comes back is the gradient
 * itself, not a Jacobian: it must not be multiplied by the upstream again.
 */
public interface GradientEstimator {

  /** What turns an upstream into a gradient after one forward pass (a vector-Jacobian product). */
  interface Pullback {
    /**
     * Writes the estimated gradient of the loss with respect to the costs of the forward pass.
     *
     * @param upstream dL/dy at the solution of the forward pass. Not modified.
     * @param gradient receives the estimate of dL/dw. Modified.
     */
    void gradient(double[] upstream, double[] gradient);
  }

  /**
   * The forward pass. Unless an estimator says otherwise it writes y(w) and costs one solve.
   *
   * @param solver the solver
   * @param costs the weights w. Not modified, but kept by the result.
   * @param solution receives what the model goes on with. Modified, and kept by the result.
   * @param draw numbers the noise of estimators that use any: the same draw, the same noise
   * @return the backward pass
   */
  default Pullback forward(BlackboxSolver solver, double[] costs, double[] solution, long draw) {
    Objects.requireNonNull(solver, "solver must not be null");
    solver.solve(costs, solution);
    return (upstream, gradient) -> gradient(solver, costs, solution, upstream, gradient);
  }

  /**
   * Writes the estimated gradient of the loss with respect to the costs. An upstream that is zero
   * everywhere gives a zero gradient and costs no solve. Estimators that use noise take draw 0 and
   * solve again; use {@link #forward} to share the solves of both passes.
   *
   * @param solver the solver whose solution was used in the forward pass
   * @param costs the weights w of the forward pass. Not modified.
   * @param solution y(w) of the forward pass. Not modified.
   * @param upstream dL/dy at the solution. Not modified.
   * @param gradient receives the estimate of dL/dw. Modified.
   * @throws IllegalArgumentException if a length differs from the solver's size or the upstream is
   *     not finite
   * @throws SolverException if a solve fails
   */
  void gradient(
      BlackboxSolver solver,
      double[] costs,
      double[] solution,
      double[] upstream,
      double[] gradient);

  /**
   * The estimator for the next step, for those that learn from the gradients of the last.
   *
   * @param nonZeros the mean number of non-zero entries in a gradient of the last step
   * @return this, unless the estimator adapts itself
   */
  default GradientEstimator adapted(double nonZeros) {
    return this;
  }
}
