package io.solvegrad.solver;

import java.util.Objects;

/**
 * A solver of y(w) = argmin over a finite set Y of &lt;w, y&gt;.
 *
 * <p>The structure of the problem (a grid, a list of edges) belongs to the instance; only the costs
 * change between calls. Implementations are deterministic, break ties the same way every time, may
 * be called by several threads at once and never keep or modify the costs. A maximising solver is
 * adapted by negating the costs on the way in, which also gives its gradients the right sign.
 *
 * <pre>{@code
 * BlackboxSolver cheapest = new BlackboxSolver() {       // one-hot choice of the smallest cost
 *   public int size() { return 3; }
 *   public void solve(double[] costs, double[] solution) {
 *     int best = costs[1] < costs[0] ? 1 : 0;
 *     best = costs[2] < costs[best] ? 2 : best;
 *     Arrays.fill(solution, 0);
 *     solution[best] = 1;
 *   }
 * };
 * }</pre>
 */
public interface BlackboxSolver {

  /** {@return the length of the cost and solution vectors} */
  int size();

  /**
   * {@return which costs the solver accepts} Estimators move costs in every direction: a solver of
   * non-negative costs needs {@link NonNegativeClamp} or costs and perturbations that stay inside.
   */
  default WeightDomain domain() {
    return WeightDomain.FINITE;
  }

  /**
   * Writes a minimiser of &lt;costs, y&gt;, however long that takes.
   *
   * @param costs the weights w, length {@link #size()}. Not modified.
   * @param solution receives y(w), length {@link #size()}. Modified.
   * @throws SolverException if these costs have no solution or are outside the domain
   */
  void solve(double[] costs, double[] solution);

  /**
   * Writes the best solution found within limits. Solvers that take long override this; all others
   * just solve.
   *
   * @param costs the weights w, length {@link #size()}. Not modified.
   * @param solution receives a feasible solution, length {@link #size()}. Modified.
   * @param limits when to give up
   * @return whether the solution is proven to be a minimiser
   * @throws SolverException if these costs have no solution, are outside the domain, or none was
   *     found within the limits
   */
  default Optimality solve(double[] costs, double[] solution, SolveLimits limits) {
    Objects.requireNonNull(limits, "limits must not be null");
    solve(costs, solution);
    return Optimality.PROVEN;
  }
}
