package io.solvegrad.solver;

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
   * Writes a minimiser of &lt;costs, y&gt;.
   *
   * @param costs the weights w, length {@link #size()}. Not modified.
   * @param solution receives y(w), length {@link #size()}. Modified.
   */
  void solve(double[] costs, double[] solution);
}
