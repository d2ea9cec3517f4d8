package io.solvegrad.ranking.metric;

import io.solvegrad.ranking.AveragePrecision;
import io.solvegrad.ranking.CutOff;
import io.solvegrad.ranking.DiscountedGain;
import io.solvegrad.ranking.Gain;
import io.solvegrad.ranking.Normaliser;
import io.solvegrad.ranking.PositionFunction;

/**
 * The rank metrics by their names. Each is a loss 1 - metric as soon as it meets a ranker, see
 * {@link io.solvegrad.ranking.MetricLoss#of}.
 *
 * <p>In the formulas, the sum runs over the relevant candidates i of a list, rank_i is the rank
 * among all its candidates, among_i the rank among the relevant ones, w_i the weight (1 if none is
 * given), R the number of relevant candidates and [condition] is 1 if it holds. A candidate is
 * relevant if its label is above 0; for another threshold see {@link
 * io.solvegrad.ranking.Relevance#atLeast}.
 *
 * <p>What a slope is at a cut-off: {@link PositionFunction}.
 */
public final class RankMetrics {
  private RankMetrics() {}

  /**
   * {@return recall@k, the share of relevant candidates among the first k: sum w_i [rank_i &lt;= k]
   * / sum w_i} Slope: that of {@link PositionFunction#within}.
   *
   * @param k the last rank that counts
   * @throws IllegalArgumentException if k is less than 1
   */
  public static DiscountedGain recallAt(int k) {
    return new DiscountedGain(PositionFunction.within(k), Gain.binary(), Normaliser.gains());
  }

  /**
   * {@return hit rate@k, whether a relevant candidate is among the first k: max [rank_i &lt;= k]}
   * Metric learning calls it recall@k. Slope: that of {@link PositionFunction#within}, at the best
   * placed relevant candidate.
   *
   * @param k the last rank that counts
   * @throws IllegalArgumentException if k is less than 1
   */
  public static BestOf hitRateAt(int k) {
    return new BestOf(PositionFunction.within(k));
  }

  /**
   * {@return precision@k: sum w_i [rank_i &lt;= k] / min(k, number of candidates)} Slope: that of
   * {@link PositionFunction#within}.
   *
   * @param k the last rank that counts
   * @throws IllegalArgumentException if k is less than 1
   */
  public static Precision precisionAt(int k) {
    return new Precision(k);
  }

  /** {@return R-precision: sum w_i [rank_i &lt;= R] / sum w_i} Slope: that of precision@R. */
  public static PrecisionAtR precisionAtR() {
    return new PrecisionAtR();
  }

  /**
   * {@return average precision: sum w_i among_i / rank_i / sum w_i} Slope with respect to rank_i:
   * -among_i / rank_i^2.
   */
  public static AveragePrecision averagePrecision() {
    return new AveragePrecision();
  }

  /**
   * {@return AP@k: sum w_i [rank_i &lt;= k] among_i / rank_i / sum w_i, divided by all relevant
   * candidates as in trec_eval and Rax} Slope: that of average precision, for rank_i &gt; k too.
   *
   * @param k the last rank that counts
   * @throws IllegalArgumentException if k is less than 1
   */
  public static AveragePrecision averagePrecisionAt(int k) {
    return new AveragePrecision(CutOff.at(k), false, 0);
  }

  /**
   * {@return MAP@R: sum w_i [rank_i &lt;= R] among_i / rank_i / sum w_i (Musgrave et al., ECCV
   * 2020, arXiv:2003.08505)} Slope: that of average precision, for rank_i &gt; R too.
   */
  public static AveragePrecision averagePrecisionAtR() {
    return new AveragePrecision(CutOff.relevant(), false, 0);
  }

  /**
   * {@return the reciprocal rank of the first relevant candidate: max 1 / rank_i} Its mean over
   * queries is MRR. Slope with respect to the smallest rank_i: 1 / rank_i - 1 / (rank_i - 1).
   */
  public static BestOf reciprocalRank() {
    return new BestOf(PositionFunction.reciprocal());
  }

  /**
   * {@return the reciprocal rank up to rank k: max [rank_i &lt;= k] / rank_i} Slope: as without
   * cut-off.
   *
   * @param k the last rank that counts
   * @throws IllegalArgumentException if k is less than 1
   */
  public static BestOf reciprocalRankAt(int k) {
    return new BestOf(PositionFunction.reciprocal().top(k));
  }

  /**
   * {@return the mean form of the reciprocal rank, over all relevant candidates weighted by their
   * grades y: sum w_i y_i / rank_i / sum w_i y_i (TensorFlow Ranking's ApproxMRR)} Slope with
   * respect to each rank_i: 1 / rank_i - 1 / (rank_i - 1).
   */
  public static DiscountedGain meanReciprocalRank() {
    return new DiscountedGain(PositionFunction.reciprocal());
  }

  /**
   * {@return DCG: sum w_i gain(y_i) D(rank_i)} Not bounded, so the loss 1 - DCG may be negative.
   * Slope: gain x (D(rank_i) - D(rank_i - 1)), for ranks below the cut-off too.
   *
   * @param gain what a grade is worth
   * @param position D, usually {@link PositionFunction#logarithmic}, with a cut-off if wanted
   */
  public static DiscountedGain dcg(Gain gain, PositionFunction position) {
    return new DiscountedGain(position, gain, Normaliser.constant(1));
  }

  /**
   * {@return NDCG: DCG / DCG of the best ranking} Slope: that of DCG / DCG of the best ranking.
   *
   * @param gain what a grade is worth
   * @param position D, with a cut-off if wanted
   */
  public static DiscountedGain ndcg(Gain gain, PositionFunction position) {
    return new DiscountedGain(position, gain, Normaliser.ideal());
  }

  /** {@return NDCG with gain 2^y - 1 and discount 1 / log2(1 + rank), see the full form} */
  public static DiscountedGain ndcg() {
    return ndcg(Gain.exponential(), PositionFunction.logarithmic());
  }

  /**
   * {@return NDCG@k with gain 2^y - 1 and discount 1 / log2(1 + rank), see the full form}
   *
   * @param k the last rank that counts
   * @throws IllegalArgumentException if k is less than 1
   */
  public static DiscountedGain ndcgAt(int k) {
    return ndcg(Gain.exponential(), PositionFunction.logarithmic().top(k));
  }

  /**
   * {@return rank-biased precision: (1 - p) sum w_i p^(rank_i - 1) (Moffat and Zobel,
   * doi:10.1145/1416950.1416952)} Even a perfect ranking stays below 1. Slope: that of the
   * discount.
   *
   * @param persistence p, between 0 and 1
   * @throws IllegalArgumentException if it is not between 0 and 1
   */
  public static DiscountedGain rankBiasedPrecision(double persistence) {
    return new DiscountedGain(
        PositionFunction.geometric(persistence),
        Gain.binary(),
        Normaliser.constant(1 / (1 - persistence)));
  }

  /** {@return ordered-pair accuracy, see {@link OrderedPairs}} */
  public static OrderedPairs orderedPairs() {
    return new OrderedPairs();
  }

  /** {@return Spearman's rank correlation, see {@link Spearman}} */
  public static Spearman spearman() {
    return new Spearman();
  }
}
