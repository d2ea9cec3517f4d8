package io.solvegrad.ranking;

import java.util.Objects;

/**
 * What a position in a ranking is worth: a discount D(rank) that may end at a cut-off k.
 *
 * <p>A cut-off has no derivative. Through the blackbox, the slope used at an integer rank is the
 * difference quotient of the <em>uncut</em> discount, so that relevant candidates below the cut-off
 * still learn; the quotient of the cut function would leave nearly every list without a gradient. A
 * constant discount has no slope of its own and borrows one, see {@link #within}.
 *
 * @param discount D, defined for ranks of 1 and more
 * @param cutoff the last rank that counts, {@link Integer#MAX_VALUE} for all
 * @param descent the function whose differences are the slope at whole ranks, usually D
 */
public record PositionFunction(SmoothFunction discount, int cutoff, SmoothFunction descent) {

  private static final double LN2 = Math.log(2);
  private static final SmoothFunction ONE = SmoothFunction.of(r -> 1, r -> 0);

  /**
   * Checks that nothing is missing, and the cut-off.
   *
   * @throws IllegalArgumentException if the cut-off is less than 1
   */
  public PositionFunction {
    Objects.requireNonNull(discount, "discount must not be null");
    Objects.requireNonNull(descent, "descent must not be null");
    if (cutoff < 1) {
      throw new IllegalArgumentException("cut-off k must be at least 1, but is " + cutoff);
    }
  }

  /**
   * A discount whose slope is its own.
   *
   * @param discount D, defined for ranks of 1 and more
   * @param cutoff the last rank that counts, {@link Integer#MAX_VALUE} for all
   * @throws IllegalArgumentException if the cut-off is less than 1
   */
  public PositionFunction(SmoothFunction discount, int cutoff) {
    this(discount, cutoff, discount);
  }

  /** {@return 1 / log2(1 + rank), the discount of DCG} */
  public static PositionFunction logarithmic() {
    return new PositionFunction(
        SmoothFunction.of(
            r -> LN2 / Math.log1p(r), r -> -LN2 / ((1 + r) * Math.log1p(r) * Math.log1p(r))),
        Integer.MAX_VALUE);
  }

  /** {@return 1 / rank, the discount of the reciprocal rank} */
  public static PositionFunction reciprocal() {
    return new PositionFunction(
        SmoothFunction.of(r -> 1 / r, r -> -1 / (r * r)), Integer.MAX_VALUE);
  }

  /**
   * {@return persistence to the power of rank - 1, the discount of rank-biased precision: the
   * chance that a reader who goes on with this probability gets so far}
   *
   * @param persistence between 0 and 1, both excluded
   * @throws IllegalArgumentException if it is not
   */
  public static PositionFunction geometric(double persistence) {
    if (!(persistence > 0 && persistence < 1)) {
      throw new IllegalArgumentException(
          "persistence must be between 0 and 1, but is " + persistence);
    }
    double log = Math.log(persistence);
    return new PositionFunction(
        SmoothFunction.of(
            r -> Math.pow(persistence, r - 1), r -> log * Math.pow(persistence, r - 1)),
        Integer.MAX_VALUE);
  }

  /**
   * 1 up to rank k and 0 below, the worth of a position in recall@k, hit rate@k and precision@k.
   *
   * <p>The discount is constant, so its slope says nothing to candidates below the cut-off. At
   * whole ranks the slope is therefore the difference quotient of min(1, log(1 + k) / log(1 +
   * rank)): zero within the first k, where places do not matter, and below a pull towards rank k
   * that fades as slowly as the discount of DCG.
   *
   * @param k the last rank that counts
   * @return the worth of a place among the first k
   * @throws IllegalArgumentException if k is less than 1
   */
  public static PositionFunction within(int k) {
    double top = Math.log1p(k);
    return new PositionFunction(
        ONE,
        k,
        SmoothFunction.of(
            r -> r <= k ? 1 : top / Math.log1p(r),
            r -> r <= k ? 0 : -top / ((1 + r) * Math.log1p(r) * Math.log1p(r))));
  }

  /**
   * {@return the same discount up to rank k}
   *
   * @param k the last rank that counts
   * @throws IllegalArgumentException if k is less than 1
   */
  public PositionFunction top(int k) {
    return new PositionFunction(discount, k, descent);
  }

  /**
   * {@return D(rank), 0 below the cut-off}
   *
   * @param rank 1 or more, not necessarily whole
   */
  public double at(double rank) {
    return rank <= cutoff ? discount.at(rank) : 0;
  }

  /**
   * {@return the slope to use where ranks are whole: the descent at rank minus the descent at rank
   * - 1, 0 at rank 1} For all discounts but that of {@link #within} the descent is the uncut D.
   *
   * @param rank 1 or more
   */
  public double integerSlope(double rank) {
    return rank <= 1 ? 0 : descent.at(rank) - descent.at(rank - 1);
  }
}
