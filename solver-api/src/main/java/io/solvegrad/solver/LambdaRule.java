package io.solvegrad.solver;

/** How the factor of a {@link VaryingLambda} changes. Rules are immutable. */
@FunctionalInterface
public interface LambdaRule {

  /**
   * {@return the factor for the next step, positive and finite}
   *
   * @param factor the factor of the step that is over, 1 in the first
   * @param steps how many steps are over, at least 1
   * @param movedShare the share of items that changed their place in the perturbed solutions of
   *     that step; 0 means that all gradients were zero
   */
  double next(double factor, long steps, double movedShare);

  /**
   * Towards a share of moved items: if too few moved, the strength grows, and the other way round.
   *
   * <p>Each step multiplies the factor by exp(0.2 c), where c is log(target / share) within -1 and
   * 1: by at most 1.22 a step. The factor stays between 1/1000 and 1000, because where nothing is
   * left to learn nothing moves at any strength. Deterministic: the same batches give the same
   * strengths, for any number of threads.
   *
   * <p>In the spirit of Minervini, Franceschi, Niepert: Adaptive Perturbation-Based Gradient
   * Estimation, AAAI 2023, arXiv:2209.04862, which steers the share of non-zero gradients.
   *
   * @param target the share of items that shall move
   * @return the rule
   * @throws IllegalArgumentException unless the target is between 0 and 1, both excluded
   */
  static LambdaRule towards(double target) {
    if (!(target > 0 && target < 1)) {
      throw new IllegalArgumentException(
          "the share of moved items must be between 0 and 1, but is " + target);
    }
    return (factor, steps, movedShare) -> {
      double distance = Math.clamp(Math.log(target / movedShare), -1.0, 1.0);
      return Math.clamp(factor * Math.exp(0.2 * distance), 1e-3, 1e3);
    };
  }

  /**
   * A schedule: from 1 to a last factor in equal ratios, then constant.
   *
   * @param last the factor after the last of the steps, positive and finite
   * @param steps how many steps it takes, at least 1
   * @return the rule
   * @throws IllegalArgumentException if a number is out of range
   */
  static LambdaRule geometric(double last, long steps) {
    if (!(last > 0) || last == Double.POSITIVE_INFINITY || steps < 1) {
      throw new IllegalArgumentException(
          "a schedule cannot reach the factor %s in %d steps".formatted(last, steps));
    }
    return (factor, done, movedShare) -> Math.pow(last, Math.min(1, (double) done / steps));
  }
}
