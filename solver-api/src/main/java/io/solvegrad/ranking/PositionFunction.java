package io.solvegrad.ranking;

/**
 * What a position in a ranking is worth: a discount D(rank) that may end at a cut-off k.
 *
 * <p>A cut-off has no derivative. Through the blackbox, the slope used at an integer rank is the
 * difference quotient of the <em>uncut</em> discount, so that relevant candidates below the cut-off
 * still learn; the quotient of the cut function would leave nearly every list without a gradient.
 *
 * @param discount D, defined for ranks of 1 and more
 * @param cutoff the last rank that counts, {@link Integer#MAX_VALUE} for all
 */
public record PositionFunction(SmoothFunction discount, int cutoff) {

  private static final double LN2 = Math.log(2);

  /**
   * Checks the cut-off.
   *
   * @throws IllegalArgumentException if the cut-off is less than 1
   */
  public PositionFunction {
    if (cutoff < 1) {
      throw new IllegalArgumentException("cut-off k must be at least 1, but is " + cutoff);
    }
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
   * {@return the same discount up to rank k}
   *
   * @param k the last rank that counts
   * @throws IllegalArgumentException if k is less than 1
   */
  public PositionFunction top(int k) {
    return new PositionFunction(discount, k);
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
   * {@return D(rank) - D(rank - 1) of the uncut discount, 0 at rank 1}
   *
   * @param rank 1 or more
   */
  public double integerSlope(double rank) {
    return rank <= 1 ? 0 : discount.at(rank) - discount.at(rank - 1);
  }
}
