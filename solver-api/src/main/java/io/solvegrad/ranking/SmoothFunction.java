package io.solvegrad.ranking;

import java.util.function.DoubleUnaryOperator;

/** A function of a rank or of a count together with its derivative. */
public interface SmoothFunction {

  /** The value at x. */
  double at(double x);

  /** The derivative at x. */
  double slope(double x);

  /** A function given by two expressions. */
  static SmoothFunction of(DoubleUnaryOperator value, DoubleUnaryOperator derivative) {
    return new SmoothFunction() {
      @Override
      public double at(double x) {
        return value.applyAsDouble(x);
      }

      @Override
      public double slope(double x) {
        return derivative.applyAsDouble(x);
      }
    };
  }
}
