package io.solvegrad.relaxation.surrogate;

/** Argument checks. */
final class Checks {
  private Checks() {}

  static void positive(String name, double value) {
    if (!(value > 0) || value == Double.POSITIVE_INFINITY) {
      throw new IllegalArgumentException(name + " must be positive and finite, but is " + value);
    }
  }

  static void notNegative(String name, double value) {
    if (!(value >= 0) || value == Double.POSITIVE_INFINITY) {
      throw new IllegalArgumentException(
          name + " must be finite and not negative, but is " + value);
    }
  }

  static void finite(String name, double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException(name + " must be finite, but is " + value);
    }
  }

  /** What is wrong with a number that labels, weights or a factor have made too large. */
  static IllegalArgumentException outOfRange(String what, double number) {
    return new IllegalArgumentException(
        "the %s is %s. Maybe scale labels and weights.".formatted(what, number));
  }
}
