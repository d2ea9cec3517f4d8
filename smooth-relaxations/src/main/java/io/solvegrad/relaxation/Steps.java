package io.solvegrad.relaxation;

import io.solvegrad.ranking.SmoothFunction;
import org.apache.commons.math3.special.Erf;

/**
 * Functions in place of the unit step [x >= 0]; what soft ranks and soft cut-offs are made of.
 * Temperatures and scales are positive and no smaller than 1e-300.
 */
public final class Steps {
  private static final double NEARLY_NOTHING = 1e-10;

  // What is divided by less would leave the number format, or keep no digits.
  private static final double SMALLEST = 1e-300;

  private Steps() {}

  /**
   * {@return 1 / (1 + e^(-x / temperature))}
   *
   * @param temperature positive
   * @throws IllegalArgumentException unless it is positive and finite
   */
  public static SmoothFunction sigmoid(double temperature) {
    requirePositive("temperature", temperature);
    return SmoothFunction.of(
        x -> logistic(x / temperature),
        x -> logistic(x / temperature) * logistic(-x / temperature) / temperature);
  }

  /**
   * {@return the distribution function of the Laplace distribution: e^(x / scale) / 2 below 0, 1 -
   * e^(-x / scale) / 2 above}
   *
   * @param scale positive
   * @throws IllegalArgumentException unless it is positive and finite
   */
  public static SmoothFunction laplace(double scale) {
    requirePositive("scale", scale);
    return SmoothFunction.of(
        x -> x < 0 ? Math.exp(x / scale) / 2 : 1 - Math.exp(-x / scale) / 2,
        x -> Math.exp(-Math.abs(x) / scale) / (2 * scale));
  }

  /** {@return atan(x) / pi + 1/2, the distribution function of the Cauchy distribution} */
  public static SmoothFunction cauchy() {
    return SmoothFunction.of(x -> Math.atan(x) / Math.PI + 0.5, x -> 1 / (Math.PI * (1 + x * x)));
  }

  /** {@return (x / (2 + |x|) + 1) / 2} */
  public static SmoothFunction reciprocal() {
    return SmoothFunction.of(
        x -> Double.isInfinite(x) ? (x > 0 ? 1 : 0) : (x / (2 + Math.abs(x)) + 1) / 2,
        x -> 1 / ((2 + Math.abs(x)) * (2 + Math.abs(x))));
  }

  /**
   * {@return x + 1/2 for |x| up to 1/4, 1 - 1 / (16 x) above, -1 / (16 x) below: of the monotonic
   * distribution functions for sorting networks the one with the least error}
   */
  public static SmoothFunction optimal() {
    return SmoothFunction.of(
        x -> {
          if (Math.abs(x) <= 0.25) {
            return x + 0.5;
          }
          return x > 0 ? 1 - 1 / (16 * x) : -1 / (16 * x);
        },
        x -> Math.abs(x) <= 0.25 ? 1 : 1 / (16 * x * x));
  }

  /** {@return the distribution function of the standard normal distribution} */
  public static SmoothFunction normal() {
    double peak = 1 / Math.sqrt(2 * Math.PI);
    return SmoothFunction.of(
        x -> Erf.erfc(-x / Math.sqrt(2)) / 2, x -> peak * Math.exp(-x * x / 2));
  }

  /**
   * The logistic function with activation replacement, sigmoid(x / |x|^lambda): steeper near 0 and
   * flatter far from it, so that sorting networks keep gradients where values are nearly equal. A
   * steepness s of the authors' library stands outside the power and is s^(1 / (1 - lambda)) here.
   * Source: Petersen et al., ICML 2021, arXiv:2105.04019.
   *
   * @param lambda within [0, 1), 0.25 in the authors' library
   * @return the function
   * @throws IllegalArgumentException if lambda is out of range
   */
  public static SmoothFunction replacedSigmoid(double lambda) {
    if (!(lambda >= 0 && lambda < 1)) {
      throw new IllegalArgumentException("lambda must be within [0, 1), but is " + lambda);
    }
    return SmoothFunction.of(
        x -> logistic(replaced(x, lambda)),
        x -> {
          double y = replaced(x, lambda);
          double density = logistic(y) * logistic(-y);
          double size = Math.abs(x) + NEARLY_NOTHING;
          // The derivative of x / (|x| + e)^lambda, e as in the authors' library against 0 / 0.
          return density == 0
              ? 0
              : density * Math.pow(size, -lambda) * (1 - lambda * Math.abs(x) / size);
        });
  }

  private static double replaced(double x, double lambda) {
    return Double.isInfinite(x) ? x : x / Math.pow(Math.abs(x) + NEARLY_NOTHING, lambda);
  }

  /** {@return max(0, 1 + x), an upper bound of the step} */
  public static SmoothFunction upperHinge() {
    return SmoothFunction.of(x -> Math.max(0, 1 + x), x -> x > -1 ? 1 : 0);
  }

  /** {@return 1 - max(0, 1 - x) = min(1, x), a lower bound of the step} */
  public static SmoothFunction lowerHinge() {
    return SmoothFunction.of(x -> Math.min(1, x), x -> x < 1 ? 1 : 0);
  }

  /** {@return the step itself, 1 from 0 on, without a slope} */
  public static SmoothFunction heaviside() {
    return SmoothFunction.of(x -> x >= 0 ? 1 : 0, x -> 0);
  }

  /**
   * The step of SupAP for candidates that are not relevant, an upper bound whose slope does not
   * vanish where it matters: sigmoid(x / temperature) below 0, start + sigmoid(x / temperature)
   * from 0 to delta, rho (x - delta) + offset above. Source: Ramzi et al., NeurIPS 2021,
   * arXiv:2110.01445.
   *
   * @param temperature positive, usually 0.01
   * @param rho slope above delta, usually 100
   * @param delta where the straight line begins, usually 0.05
   * @param start value added from 0 to delta, usually 0.5
   * @param offset value at delta, usually 1.44
   * @return the step
   * @throws IllegalArgumentException unless the temperature is positive and all are finite
   */
  public static SmoothFunction supAp(
      double temperature, double rho, double delta, double start, double offset) {
    requireFinite("rho", rho);
    requireFinite("delta", delta);
    requireFinite("start", start);
    requireFinite("offset", offset);
    SmoothFunction sigmoid = sigmoid(temperature);
    return SmoothFunction.of(
        x -> x > delta ? rho * (x - delta) + offset : sigmoid.at(x) + (x < 0 ? 0 : start),
        x -> x > delta ? rho : sigmoid.slope(x));
  }

  /** 1 / (1 + e^-x), with all its digits for x far below 0. */
  static double logistic(double x) {
    if (x >= 0) {
      return 1 / (1 + Math.exp(-x));
    }
    double e = Math.exp(x);
    return e / (1 + e);
  }

  /** a - b, 0 where both are the same infinity. */
  static double difference(double a, double b) {
    return a == b ? 0 : a - b;
  }

  static void requirePositive(String name, double value) {
    if (!(value > 0) || value == Double.POSITIVE_INFINITY) {
      throw new IllegalArgumentException(name + " must be positive and finite, but is " + value);
    }
    if (value < SMALLEST) {
      throw new IllegalArgumentException(
          "%s must be at least %s, but is %s".formatted(name, SMALLEST, value));
    }
  }

  static void requireFinite(String name, double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException(name + " must be finite, but is " + value);
    }
  }

  /** Refuses values of which one is NaN, naming its place. */
  static void requireNumbers(String name, double[] values, int n) {
    for (int i = 0; i < n; i++) {
      if (Double.isNaN(values[i])) {
        throw new IllegalArgumentException("%s is NaN at index %d".formatted(name, i));
      }
    }
  }
}
