package io.solvegrad.relaxation.surrogate;

/** Sums of exponentials that neither overflow nor lose their small terms. */
final class Logs {
  static final double LN2 = Math.log(2);

  private Logs() {}

  /** log(1 + e^x). */
  static double softplus(double x) {
    return x > 0 ? x + Math.log1p(Math.exp(-x)) : Math.log1p(Math.exp(x));
  }

  /** 1 / (1 + e^-x), with all its digits for x far below 0. */
  static double sigmoid(double x) {
    if (x >= 0) {
      return 1 / (1 + Math.exp(-x));
    }
    double e = Math.exp(x);
    return e / (1 + e);
  }

  /** log(e^a + e^b). */
  static double add(double a, double b) {
    double larger = Math.max(a, b);
    return a == b
        ? larger + (Double.isInfinite(larger) ? 0 : LN2)
        : larger + Math.log1p(Math.exp(-Math.abs(a - b)));
  }

  /** e^(a - b), 1 where both are the same infinity. */
  static double ratio(double a, double b) {
    return a == b ? 1 : Math.exp(a - b);
  }
}
