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
}
