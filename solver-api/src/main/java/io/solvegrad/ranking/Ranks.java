package io.solvegrad.ranking;

/**
 * The ranks of the relevant candidates of one list, and the place where a metric leaves its
 * derivatives. Exact rankers give whole numbers, smooth ones do not.
 */
public interface Ranks extends PositionValues {

  /**
   * {@return the rank among all candidates, 1 is the best}
   *
   * @param k index of the relevant candidate, from 0
   */
  double rank(int k);

  /**
   * {@return the rank among the relevant candidates, 1 is the best}
   *
   * @param k index of the relevant candidate, from 0
   */
  double among(int k);

  /**
   * Adds to dL/drank(k).
   *
   * @param k index of the relevant candidate, from 0
   * @param upstream the summand
   */
  void pushRank(int k, double upstream);

  /**
   * Adds to dL/damong(k); the blackbox ranker takes these ranks as constants and ignores it.
   *
   * @param k index of the relevant candidate, from 0
   * @param upstream the summand
   */
  void pushAmong(int k, double upstream);

  /**
   * t(rank of k, rank among the relevant) up to a cut-off, or its expectation where the ranker
   * knows a distribution of ranks; takes the derivative of the loss with respect to it at the same
   * time. The slopes are those of the uncut term, so that candidates below the cut-off still learn.
   *
   * @param term t
   * @param cutoff the last rank that counts, {@link Integer#MAX_VALUE} for all
   * @param k index of the relevant candidate, from 0
   * @param upstream dL/dt, 0 for a look without consequence
   * @return t, 0 below the cut-off, or its expectation
   */
  default double term(RankTerm term, int cutoff, int k, double upstream) {
    double rank = rank(k);
    double among = among(k);
    if (upstream != 0) {
      pushRank(k, upstream * term.rankSlope(rank, among));
      pushAmong(k, upstream * term.amongSlope(rank, among));
    }
    return rank <= cutoff ? term.at(rank, among) : 0;
  }

  /**
   * {@return the rank among all candidates, or its expectation where the ranker knows a
   * distribution of ranks} Only for metrics that are linear in the ranks: the metric of the mean
   * rank is then the mean of the metric.
   *
   * @param k index of the relevant candidate, from 0
   */
  default double meanRank(int k) {
    return rank(k);
  }

  /**
   * {@return the rank among the relevant candidates, or its expectation; see {@link #meanRank}}
   *
   * @param k index of the relevant candidate, from 0
   */
  default double meanAmong(int k) {
    return among(k);
  }

  @Override
  default double best(PositionFunction position, int count, double upstream) {
    int best = 0;
    for (int k = 1; k < count; k++) {
      best = rank(k) < rank(best) ? k : best;
    }
    return value(position, best, upstream);
  }
}
