package io.solvegrad.solver;

import java.util.Objects;

/**
 * A strength that changes from step to step; see {@link Lambda#varying}.
 *
 * <ol>
 *   <li>Between two calls of {@link #step} the strength is constant, so all lists of a batch are
 *       treated alike.
 *   <li>Any thread may read it; one training loop calls {@link #step}. {@link #steps} and {@link
 *       #factor} belong together between two steps only.
 *   <li>It is not an immutable value: share it between losses only if they shall vary together.
 *   <li>To resume a run, keep {@link #steps} and {@link #factor} and hand them to {@link
 *       #resumeAfter}.
 * </ol>
 */
public final class VaryingLambda implements Lambda {
  private final Lambda start;
  private final LambdaRule rule;
  private volatile long steps;
  private volatile double factor = 1;

  VaryingLambda(Lambda start, LambdaRule rule) {
    if (start instanceof VaryingLambda) {
      throw new IllegalArgumentException("the start of a varying lambda must not vary itself");
    }
    this.start = Objects.requireNonNull(start, "start must not be null");
    this.rule = Objects.requireNonNull(rule, "rule must not be null");
  }

  @Override
  public double plainValue(int size) {
    return factor * start.plainValue(size);
  }

  /** {@return what the start is multiplied by at present} */
  public double factor() {
    return factor;
  }

  /** {@return how many steps are over} */
  public long steps() {
    return steps;
  }

  /**
   * Ends a step: the rule sets the factor for the next one.
   *
   * @param movedShare the share of items that changed their place in this step
   * @throws IllegalArgumentException if it is not between 0 and 1, or the rule gives a factor that
   *     is not positive and finite
   */
  public void step(double movedShare) {
    if (!(movedShare >= 0 && movedShare <= 1)) {
      throw new IllegalArgumentException(
          "the share of moved items must be between 0 and 1, but is " + movedShare);
    }
    resumeAfter(steps + 1, rule.next(factor, steps + 1, movedShare));
  }

  /**
   * Continues as after a number of steps.
   *
   * @param stepsDone how many steps are over, 0 or more
   * @param factorThen what the start was multiplied by, positive and finite
   * @throws IllegalArgumentException if a number is out of range
   */
  public void resumeAfter(long stepsDone, double factorThen) {
    if (stepsDone < 0 || !(factorThen > 0) || factorThen == Double.POSITIVE_INFINITY) {
      throw new IllegalArgumentException(
          "lambda cannot have the factor %s after %d steps".formatted(factorThen, stepsDone));
    }
    steps = stepsDone;
    factor = factorThen;
  }
}
