package io.solvegrad.program;

import java.util.Arrays;
import java.util.Objects;

/**
 * lower &lt;= sum_k coefficients[k] y[variables[k]] &lt;= upper.
 *
 * @param variables indices of variables. Not copied; do not modify.
 * @param coefficients one for each of them, finite. Not copied; do not modify.
 * @param lower the least value, negative infinity for none
 * @param upper the greatest value, infinity for none
 */
public record LinearConstraint(int[] variables, double[] coefficients, double lower, double upper) {

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if the lengths differ, a coefficient is not below 10^20 in
   *     size, or lower is not at most upper
   */
  public LinearConstraint {
    Objects.requireNonNull(variables, "variables must not be null");
    Objects.requireNonNull(coefficients, "coefficients must not be null");
    if (variables.length != coefficients.length) {
      throw new IllegalArgumentException(
          "variables has length %d and coefficients %d"
              .formatted(variables.length, coefficients.length));
    }
    for (double c : coefficients) {
      if (!(Math.abs(c) < 1e20)) {
        throw new IllegalArgumentException(
            "a coefficient is " + c + " but must be less than 1e20 in size");
      }
    }
    if (!(lower <= upper)) {
      throw new IllegalArgumentException("lower is " + lower + " and upper is " + upper);
    }
  }

  /** The same constraint times a power of two that brings its largest coefficient to 1 or above. */
  LinearConstraint scaledUp() {
    double largest = Arrays.stream(coefficients).map(Math::abs).max().orElse(0);
    int scale = -Math.getExponent(largest);
    if (largest == 0 || scale <= 0) {
      return this;
    }
    return new LinearConstraint(
        variables,
        Arrays.stream(coefficients).map(c -> Math.scalb(c, scale)).toArray(),
        Math.scalb(lower, scale),
        Math.scalb(upper, scale));
  }
}
