package io.solvegrad.example.training;

import java.util.Locale;

/**
 * When a training ends.
 *
 * @param unit what is counted
 * @param amount how much of it, positive
 */
public record Budget(Unit unit, double amount) {

  /** What is counted. */
  public enum Unit {
    /** Steps of the optimiser. */
    STEPS,
    /** Passes over the data. */
    EPOCHS,
    /** Seconds spent on training, evaluation not counted. */
    SECONDS
  }

  /**
   * Checks the amount.
   *
   * @throws IllegalArgumentException unless it is positive and finite
   */
  public Budget {
    if (!(amount > 0) || amount == Double.POSITIVE_INFINITY) {
      throw new IllegalArgumentException(
          "the number of %s must be positive, but is %s"
              .formatted(unit.toString().toLowerCase(Locale.ROOT), amount));
    }
  }

  /**
   * The share that is used up.
   *
   * @param steps taken so far
   * @param stepsPerEpoch steps of a pass over the data
   * @param seconds spent so far
   * @return 1 or more at the end
   */
  public double used(long steps, int stepsPerEpoch, double seconds) {
    return switch (unit) {
      case STEPS -> steps / amount;
      case EPOCHS -> steps / Math.ceil(amount * stepsPerEpoch);
      case SECONDS -> seconds / amount;
    };
  }
}
