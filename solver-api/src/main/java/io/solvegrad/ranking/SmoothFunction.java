package io.solvegrad.ranking;

import java.util.Objects;
import java.util.function.DoubleUnaryOperator;

/** A function of a rank or of a count together with its derivative. */
public interface SmoothFunction {

  /**
   * {@return the value at x}
   *
   * @param x a rank or count
   */
  double at(double x);

  /**
   * {@return the derivative at x}
   *
   * @param x a rank or count
   */
  double slope(double x);

  /**
   * {@return a function given by two expressions}
   *
   * @param value the function
   * @param derivative its derivative
   */
  static SmoothFunction of(DoubleUnaryOperator value, DoubleUnaryOperator derivative) {
    Objects.requireNonNull(value, "value must not be null");
    Objects.requireNonNull(derivative, "derivative must not be null");
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
