package io.solvegrad.boosting;

/**
 * What stands in for the second derivative of a ranking loss in Newton boosting.
 *
 * <p>A tree's leaf moves its rows by -sum(g) / (sum(h) + L2), so h sets the length of steps and
 * what a row weighs within its leaf, never their direction. The exact ranking is a staircase: it
 * has no second derivative, and even a smooth loss may have a negative one. Hence a choice, made by
 * composition:
 *
 * <pre>{@code
 * Curvature.constant(1)                          // plain gradient boosting
 * Curvature.proportional(0.5).atLeast(0.01)      // leaves vote: steps of at most 1 / 0.5
 * Curvature.gaussNewton().atLeast(1e-3)          // smooth losses
 * }</pre>
 */
@FunctionalInterface
public interface Curvature {

  /**
   * {@return h of a row, positive and finite once composed}
   *
   * @param gradient g of the row
   * @param groupLoss the loss of the row's group, scaled as the gradient; NaN unless {@link
   *     #needsGroupLoss}
   */
  double of(double gradient, double groupLoss);

  /**
   * {@return whether h depends on the loss of the group} Groups are then evaluated one by one,
   * which costs a call for each.
   */
  default boolean needsGroupLoss() {
    return false;
  }

  /**
   * The same h for every row: gradient descent in the space of trees. For losses whose gradient is
   * zero for most rows, as the blackbox gradient's is, rows without a gradient hold a leaf back.
   *
   * @param value h, positive and finite
   * @return the constant curvature
   * @throws IllegalArgumentException if it is not
   */
  static Curvature constant(double value) {
    if (!(value > 0) || value == Double.POSITIVE_INFINITY) {
      throw new IllegalArgumentException("curvature must be positive and finite, but is " + value);
    }
    return (gradient, groupLoss) -> value;
  }

  /**
   * h = factor x |g|: a leaf moves by the balance of its gradients, at most 1 / factor, whatever
   * the scale of the loss. Needs {@link #atLeast} for rows without a gradient.
   *
   * @param factor positive and finite
   * @return the scaled curvature
   * @throws IllegalArgumentException if it is not
   */
  static Curvature proportional(double factor) {
    Curvature unit = constant(factor);
    return (gradient, groupLoss) -> unit.of(gradient, groupLoss) * Math.abs(gradient);
  }

  /**
   * h = g^2 / (2 L) with L the loss of the row's group: the diagonal of Gauss-Newton's matrix for
   * the least squares problem L = r^2 / 2 whose residual is r = sqrt(2 L). Exact for a squared
   * error of one row. Steps do not depend on the scale of the loss. For losses that are smooth and
   * not negative; the blackbox gradient is no derivative and the formula means nothing for it.
   * Where L is 0 or less, h is 0: needs {@link #atLeast}.
   *
   * @return the curvature of Gauss and Newton
   */
  static Curvature gaussNewton() {
    return new Curvature() {
      @Override
      public double of(double gradient, double groupLoss) {
        return groupLoss > 0 ? gradient * gradient / (2 * groupLoss) : 0;
      }

      @Override
      public boolean needsGroupLoss() {
        return true;
      }
    };
  }

  /**
   * {@return this curvature, but never less than a floor}
   *
   * @param floor positive and finite
   * @throws IllegalArgumentException if it is not
   */
  default Curvature atLeast(double floor) {
    Curvature least = constant(floor);
    Curvature self = this;
    return new Curvature() {
      @Override
      public double of(double gradient, double groupLoss) {
        return Math.max(self.of(gradient, groupLoss), least.of(gradient, groupLoss));
      }

      @Override
      public boolean needsGroupLoss() {
        return self.needsGroupLoss();
      }
    };
  }
}
