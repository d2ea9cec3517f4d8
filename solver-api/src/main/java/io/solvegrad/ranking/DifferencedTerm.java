package io.solvegrad.ranking;

import java.util.Objects;
import java.util.function.DoubleBinaryOperator;

/** A term whose slopes are central differences. */
record DifferencedTerm(DoubleBinaryOperator value) implements RankTerm {
  // About the third root of the rounding error, where truncation and rounding balance.
  private static final double STEP = 1e-5;

  /** Checks that nothing is missing. */
  public DifferencedTerm {
    Objects.requireNonNull(value, "value must not be null");
  }

  @Override
  public double at(double rank, double among) {
    return value.applyAsDouble(rank, among);
  }

  @Override
  public double rankSlope(double rank, double among) {
    double step = STEP * rank;
    return (at(rank + step, among) - at(rank - step, among)) / (2 * step);
  }

  @Override
  public double amongSlope(double rank, double among) {
    double step = STEP * among;
    return (at(rank, among + step) - at(rank, among - step)) / (2 * step);
  }
}
