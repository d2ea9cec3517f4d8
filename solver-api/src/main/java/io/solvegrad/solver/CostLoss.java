package io.solvegrad.solver;

/**
 * A loss that judges predicted costs directly, through solves of its own, and brings its own
 * gradient: {@link FenchelYoung} for known solutions, {@link SpoPlus} for known costs. Convex in the
 * costs, unlike a loss behind a {@link GradientEstimator}.
 */
public interface CostLoss {

  /**
   * Writes the gradient and returns the loss.
   *
   * @param solver the solver
   * @param costs the predicted costs w. Not modified.
   * @param target what is known of the truth, as long as the costs. Not modified.
   * @param draw numbers the noise of losses that use any
   * @param gradient receives dL/dw. Modified.
   * @return the loss
   * @throws IllegalArgumentException if a length differs from the solver's size
   * @throws SolverException if a solve fails
   */
  double evaluate(
      BlackboxSolver solver, double[] costs, double[] target, long draw, double[] gradient);
}
