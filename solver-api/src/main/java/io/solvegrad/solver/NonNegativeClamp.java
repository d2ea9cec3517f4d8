package io.solvegrad.solver;

import java.util.Objects;

/**
 * Replaces negative costs by zero before another solver sees them, as the published shortest path
 * and matching layers do: y(max(w, 0)).
 *
 * <p>Clamping leaves the theory: f_lambda no longer has exactly the returned gradient, and ties
 * appear among the entries at zero, so that the solution may not be unique. It is needed by solvers
 * of non-negative costs once an estimator moves costs below zero, and only loses information with
 * the others, where it is for comparison. {@link SolverLayer} counts how often it acts.
 *
 * @param solver the solver that gets the clamped costs
 */
public record NonNegativeClamp(BlackboxSolver solver) implements BlackboxSolver {

  /** Checks that nothing is missing. */
  public NonNegativeClamp {
    Objects.requireNonNull(solver, "solver must not be null");
  }

  @Override
  public int size() {
    return solver.size();
  }

  @Override
  public void solve(double[] costs, double[] solution) {
    solver.solve(clamped(costs), solution);
  }

  @Override
  public Optimality solve(double[] costs, double[] solution, SolveLimits limits) {
    return solver.solve(clamped(costs), solution, limits);
  }

  /**
   * Counts the costs that this would change.
   *
   * @param costs the weights. Not modified.
   * @return how many are negative
   */
  public static int count(double[] costs) {
    Objects.requireNonNull(costs, "costs must not be null");
    int count = 0;
    for (double cost : costs) {
      count += cost < 0 ? 1 : 0;
    }
    return count;
  }

  private static double[] clamped(double[] costs) {
    Objects.requireNonNull(costs, "costs must not be null");
    double[] clamped = costs.clone();
    for (int i = 0; i < clamped.length; i++) {
      // NaN stays NaN, so that the solver can name it.
      clamped[i] = clamped[i] < 0 ? 0 : clamped[i];
    }
    return clamped;
  }
}
