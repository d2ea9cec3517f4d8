package io.solvegrad.solver;

import java.util.Arrays;
import java.util.Objects;

/**
 * The slope of a Lagrange-Moreau envelope of the linearised loss. With y = y(w) and g = dL/dy:
 *
 * <ul>
 *   <li>lower: (y(w + tau g) - y) / tau, the same as {@link Interpolation}; one solve
 *   <li>upper: (y - y(w - tau g)) / tau, which asks where the loss would become worse; one solve
 *   <li>average: (y(w + tau g) - y(w - tau g)) / (2 tau), a two-sided interpolation that is right
 *       to second order where the solution is smooth; two solves
 * </ul>
 *
 * <p>A positive {@code proximity} adds (proximity / 2) ||y' - y||&sup2; to what the moved solver
 * minimises, so that it prefers solutions near y. For solutions of zeros and ones, and only for
 * those, that is linear: the costs move by (proximity / 2)(1 - 2 y).
 *
 * <p>Source: Paulus, Martius, Musil: LPGD: A General Framework for Backpropagation through Embedded
 * Optimization Layers, ICML 2024, arXiv:2407.05920.
 *
 * @param envelope which side
 * @param tau the size of the step, in the part of lambda
 * @param proximity weight of the proximal term, 0 for none
 */
public record LagrangianProximal(Envelope envelope, Lambda tau, double proximity)
    implements GradientEstimator {

  /** On which side of the loss the envelope lies. */
  public enum Envelope {
    /** Below the loss: looks for better solutions. */
    LOWER,
    /** Above the loss: looks for worse solutions. */
    UPPER,
    /** The mean of both. */
    AVERAGE
  }

  /**
   * Checks the proximity.
   *
   * @throws IllegalArgumentException if it is negative or not finite
   */
  public LagrangianProximal {
    Objects.requireNonNull(envelope, "envelope must not be null");
    Objects.requireNonNull(tau, "tau must not be null");
    if (!(proximity >= 0) || proximity == Double.POSITIVE_INFINITY) {
      throw new IllegalArgumentException("proximity must be 0 or more, but is " + proximity);
    }
  }

  /**
   * Without a proximal term.
   *
   * @param envelope which side
   * @param tau the size of the step
   */
  public LagrangianProximal(Envelope envelope, Lambda tau) {
    this(envelope, tau, 0);
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
    double step = tau.plainValue(solver.size());
    double[] base = proximity == 0 ? costs : anchored(costs, solution);
    double[] better =
        envelope == Envelope.UPPER
            ? solution
            : Vectors.solve(solver, Vectors.plus(base, step, upstream));
    double[] worse =
        envelope == Envelope.LOWER
            ? solution
            : Vectors.solve(solver, Vectors.plus(base, -step, upstream));
    double divisor = envelope == Envelope.AVERAGE ? 2 * step : step;
    Vectors.quotient(better, worse, divisor, gradient);
  }

  private double[] anchored(double[] costs, double[] solution) {
    double[] anchored = costs.clone();
    for (int i = 0; i < anchored.length; i++) {
      if (solution[i] != 0 && solution[i] != 1) {
        throw new IllegalArgumentException(
            "proximity needs a solution of zeros and ones, but solution[%d] is %s"
                .formatted(i, solution[i]));
      }
      anchored[i] += proximity / 2 * (1 - 2 * solution[i]);
    }
    return anchored;
  }
}
