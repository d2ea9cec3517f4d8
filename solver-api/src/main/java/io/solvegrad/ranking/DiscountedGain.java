package io.solvegrad.ranking;

import java.util.Objects;

/**
 * 1 - the sum over relevant candidates of gain(grade) x weight x D(rank), divided by a normaliser:
 * recall@k, DCG, NDCG, rank-biased precision and the mean reciprocal rank are settings of it.
 *
 * <p>Slope: that of {@link PositionFunction#integerSlope}, for candidates below the cut-off too.
 * Labels of 0 and less have no gain. What is not bounded by 1, such as DCG, gives a loss that may
 * be negative.
 *
 * <p>Sources: Järvelin and Kekäläinen, Cumulated gain-based evaluation of IR techniques, TOIS 2002,
 * doi:10.1145/582415.582418; Burges et al., Learning to rank using gradient descent, ICML 2005,
 * doi:10.1145/1102351.1102363.
 *
 * @param position D
 * @param gain what a grade is worth
 * @param normaliser what the sum is divided by
 */
public record DiscountedGain(PositionFunction position, Gain gain, Normaliser normaliser)
    implements RankMetric<PositionValues> {

  /** Checks that nothing is missing. */
  public DiscountedGain {
    Objects.requireNonNull(position, "position must not be null");
    Objects.requireNonNull(gain, "gain must not be null");
    Objects.requireNonNull(normaliser, "normaliser must not be null");
  }

  /**
   * 1 - the mean worth of the positions of the relevant candidates, each counted by grade times
   * weight.
   *
   * @param position D, with D(1) = 1
   */
  public DiscountedGain(PositionFunction position) {
    this(position, Gain.linear(), Normaliser.gains());
  }

  @Override
  public double normaliser(Targets targets) {
    return normaliser.of(targets, position, gain);
  }

  @Override
  public double loss(Targets targets, PositionValues values, double scale) {
    double found = 0;
    for (int k = 0; k < targets.count(); k++) {
      double worth = gain.weighted(targets, k);
      found += worth * values.value(position, k, -scale * worth);
    }
    return normaliser(targets) - found;
  }
}
