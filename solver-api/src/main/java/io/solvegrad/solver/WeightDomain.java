package io.solvegrad.solver;

import io.solvegrad.solver.SolverException.Reason;
import java.util.Objects;

/** The costs that a solver accepts: numbers of at most {@link #LARGEST} in size. */
public enum WeightDomain {
  /** Any such number. */
  FINITE,
  /** Such numbers of at least zero. */
  NON_NEGATIVE;

  /** Larger costs are refused, because their sums would overflow. */
  public static final double LARGEST = 1e300;

  /**
   * Checks the arguments of a solve.
   *
   * @param costs the weights. Not modified.
   * @param solution where the solution goes. Not modified.
   * @param size how long both must be
   * @throws SolverException if a length is wrong or a cost is outside this domain
   */
  public void require(double[] costs, double[] solution, int size) {
    Objects.requireNonNull(costs, "costs must not be null");
    Objects.requireNonNull(solution, "solution must not be null");
    if (costs.length != size || solution.length != size) {
      throw new SolverException(
          Reason.BAD_INPUT,
          "costs has length %d and solution %d, but the solver has size %d"
              .formatted(costs.length, solution.length, size));
    }
    requireAll(costs);
  }

  /**
   * Checks the costs of a solve whose solution has another form.
   *
   * @param costs the weights. Not modified.
   * @param size how long they must be
   * @throws SolverException if the length is wrong or a cost is outside this domain
   */
  public void require(double[] costs, int size) {
    Objects.requireNonNull(costs, "costs must not be null");
    if (costs.length != size) {
      throw new SolverException(
          Reason.BAD_INPUT,
          "costs has length %d, but the solver has size %d".formatted(costs.length, size));
    }
    requireAll(costs);
  }

  private void requireAll(double[] costs) {
    for (int i = 0; i < costs.length; i++) {
      if (!Double.isFinite(costs[i])) {
        throw new SolverException(
            Reason.BAD_INPUT, "costs[" + i + "] is " + costs[i] + " but must be finite");
      }
      if (Math.abs(costs[i]) > LARGEST) {
        throw new SolverException(
            Reason.BAD_INPUT,
            "costs[%d] is %s but must be at most %s in size, so that sums stay finite"
                .formatted(i, costs[i], LARGEST));
      }
      if (this == NON_NEGATIVE && costs[i] < 0) {
        throw new SolverException(
            Reason.OUTSIDE_DOMAIN, "costs[" + i + "] is " + costs[i] + " but must not be negative");
      }
    }
  }
}
