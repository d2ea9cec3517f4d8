package io.solvegrad.solver;

/**
 * Turns dL/dy at the solution of a solver into an estimate of dL/dw.
 *
 * <p>Estimators are immutable values and may be shared by threads. What comes back is the gradient
 * itself, not a Jacobian: it must not be multiplied by the upstream again.
 */
public interface GradientEstimator {

  /**
   * Writes the estimated gradient of the loss with respect to the costs. An upstream that is zero
   * everywhere gives a zero gradient and costs no solve.
   *
   * @param solver the solver whose solution was used in the forward pass
   * @param costs the weights w of the forward pass. Not modified.
   * @param solution y(w) of the forward pass. Not modified.
   * @param upstream dL/dy at the solution. Not modified.
   * @param gradient receives the estimate of dL/dw. Modified.
   * @throws IllegalArgumentException if a length differs from the solver's size or the upstream has
   *     a NaN
   */
  void gradient(
      BlackboxSolver solver,
      double[] costs,
      double[] solution,
      double[] upstream,
      double[] gradient);
}
