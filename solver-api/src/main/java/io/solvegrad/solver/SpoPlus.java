package io.solvegrad.solver;

/**
 * The SPO+ loss, a convex upper bound of the regret of acting on predicted costs w when c are true:
 * 2 &lt;w, y(c)&gt; - &lt;c, y(c)&gt; - min_y &lt;2 w - c, y&gt;. Its subgradient is 2 (y(c) - y(2
 * w - c)). No knobs; two solves, one of which (y(c)) a cache saves. It is 0 where 2 w - c has the
 * solution of c.
 *
 * <p>2 w - c is negative where the prediction is less than half the truth: shortest paths need
 * {@link NonNegativeClamp} in front, and the bound is then no longer exact.
 *
 * <p>Source: Elmachtoub, Grigas: Smart "Predict, then Optimize", Management Science 68(1), 2022,
 * arXiv:1710.08005.
 */
public record SpoPlus() implements CostLoss {

  /**
   * {@inheritDoc}
   *
   * @param target the true costs c, as long as the costs. Not modified.
   */
  @Override
  public double evaluate(
      BlackboxSolver solver, double[] costs, double[] target, long draw, double[] gradient) {
    Vectors.requireTargetSizes(solver, costs, target, gradient);
    double[] best = Vectors.solve(solver, target);
    double[] reflected = new double[costs.length];
    for (int i = 0; i < costs.length; i++) {
      reflected[i] = 2 * costs[i] - target[i];
    }
    double[] other = Vectors.solve(solver, reflected);
    Vectors.quotient(best, other, 0.5, gradient);
    // One difference rather than three sums, so that equal solutions give exactly 0.
    double value = 0;
    for (int i = 0; i < costs.length; i++) {
      value += reflected[i] * (best[i] - other[i]);
    }
    return value;
  }
}
