package io.solvegrad.solver;

import java.util.Arrays;
import java.util.Objects;

/**
 * Treats the solver as minus the identity: the gradient is -P'(w)&#x1D40; g, with a projection P of
 * the costs that removes what cannot change the solution. The forward pass is y(P(w)); no further
 * solve.
 *
 * <p>Cheapest of all, and nearly as good as {@link Interpolation} where the upstream says something
 * about every entry (Hamming losses); not for rank losses, whose upstream is zero at most items.
 * Without a projection the costs tend to collapse; choose one whose invariance the solver has: all
 * keep the solution where every feasible solution has the same number of ones, {@link
 * Projection#NORM} wherever scale does not matter.
 *
 * <p>Source: Sahoo, Paulus, Vlastelica, Musil, Kuleshov, Martius: Backpropagation through
 * Combinatorial Algorithms: Identity with Projection Works, ICLR 2023, arXiv:2205.15213.
 *
 * @param projection P
 */
public record Identity(Projection projection) implements GradientEstimator {

  /** What is removed from the costs. */
  public enum Projection {
    /** P(w) = w. */
    NONE,
    /** P(w) = w - mean(w). */
    MEAN,
    /** P(w) = w / ||w||. */
    NORM,
    /** The mean first, then the norm: v / ||v|| with v = w - mean(w). */
    STANDARDISE;

    private boolean centres() {
      return this == MEAN || this == STANDARDISE;
    }

    private boolean scales() {
      return this == NORM || this == STANDARDISE;
    }
  }

  /** Checks that nothing is missing. */
  public Identity {
    Objects.requireNonNull(projection, "projection must not be null");
  }

  @Override
  public Pullback forward(BlackboxSolver solver, double[] costs, double[] solution, long draw) {
    Vectors.requireSize("costs", costs, solver);
    solver.solve(project(costs), solution);
    return (upstream, gradient) -> gradient(solver, costs, solution, upstream, gradient);
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
    for (int i = 0; i < gradient.length; i++) {
      gradient[i] = -upstream[i];
    }
    // Every step of a projection has a symmetric derivative; the last step is undone first.
    if (projection.scales()) {
      double[] v = projection.centres() ? costs.clone() : costs;
      if (projection.centres()) {
        centre(v);
      }
      double length = Vectors.norm(v);
      if (length == 0) {
        Arrays.fill(gradient, 0);
        return;
      }
      double along = Vectors.dot(v, gradient) / length / length;
      for (int i = 0; i < gradient.length; i++) {
        gradient[i] = (gradient[i] - along * v[i]) / length;
      }
    }
    if (projection.centres()) {
      centre(gradient);
    }
  }

  /**
   * The projected costs. Costs that the projection maps to the zero vector have no direction; their
   * gradient is zero.
   *
   * @param costs w. Not modified.
   * @return P(w), a new array
   */
  public double[] project(double[] costs) {
    Objects.requireNonNull(costs, "costs must not be null");
    double[] projected = costs.clone();
    if (projection.centres()) {
      centre(projected);
    }
    double length = projection.scales() ? Vectors.norm(projected) : 1;
    for (int i = 0; length != 0 && i < projected.length; i++) {
      projected[i] /= length;
    }
    return projected;
  }

  private static void centre(double[] values) {
    double mean = Arrays.stream(values).sum() / values.length;
    for (int i = 0; i < values.length; i++) {
      values[i] -= mean;
    }
  }
}
