package io.solvegrad.solver;

import io.solvegrad.solver.SolverException.Reason;
import java.time.Duration;
import java.util.Objects;
import java.util.function.BooleanSupplier;

/**
 * When to stop looking for a better solution: a deadline and a question asked now and then. The
 * clock runs from creation. A result that a deadline cut short depends on the machine; it is the
 * one exception to the rule that the same costs give the same answer.
 */
public final class SolveLimits {
  private static final SolveLimits NONE = new SolveLimits(Long.MAX_VALUE, () -> false);

  /** Times from 292 years on do not fit into a clock of nanoseconds. */
  private static final Duration ENDLESS = Duration.ofNanos(Long.MAX_VALUE);

  private final long start = System.nanoTime();
  private final long nanos;
  private final BooleanSupplier cancelled;

  private SolveLimits(long nanos, BooleanSupplier cancelled) {
    this.nanos = nanos;
    this.cancelled = cancelled;
  }

  /** {@return no limit} */
  public static SolveLimits none() {
    return NONE;
  }

  /**
   * A deadline.
   *
   * @param duration the time from now; no deadline from 292 years on
   * @return the limit
   * @throws IllegalArgumentException if the duration is not positive
   */
  public static SolveLimits within(Duration duration) {
    return none().and(duration);
  }

  /**
   * A way to cancel.
   *
   * @param cancelled asked by several threads, often; true means stop
   * @return the limit
   */
  public static SolveLimits until(BooleanSupplier cancelled) {
    Objects.requireNonNull(cancelled, "cancelled must not be null");
    return new SolveLimits(Long.MAX_VALUE, cancelled);
  }

  /**
   * Adds a deadline to a way to cancel.
   *
   * @param duration the time from now; no deadline from 292 years on
   * @return both
   * @throws IllegalArgumentException if the duration is not positive
   */
  public SolveLimits and(Duration duration) {
    Objects.requireNonNull(duration, "duration must not be null");
    if (!duration.isPositive()) {
      throw new IllegalArgumentException("duration must be positive, but is " + duration);
    }
    return new SolveLimits(
        duration.compareTo(ENDLESS) < 0 ? duration.toNanos() : Long.MAX_VALUE, cancelled);
  }

  /** {@return whether to stop} */
  public boolean reached() {
    return cancelled.getAsBoolean() || nanosLeft() <= 0;
  }

  /** {@return the time left, 0 when it is over, {@code Long.MAX_VALUE} without a deadline} */
  public long nanosLeft() {
    return nanos == Long.MAX_VALUE
        ? Long.MAX_VALUE
        : Math.max(0, nanos - (System.nanoTime() - start));
  }

  /**
   * Stops a solver that has nothing to show yet.
   *
   * @throws SolverException if the time is over or the caller cancelled
   */
  public void check() {
    if (cancelled.getAsBoolean()) {
      throw new SolverException(Reason.CANCELLED, "cancelled by the caller");
    }
    if (nanosLeft() <= 0) {
      throw new SolverException(
          Reason.TIME_LIMIT,
          "no solution within the time limit of "
              + Duration.ofNanos(nanos)
              + ". Maybe allow more time or make the problem smaller");
    }
  }
}
