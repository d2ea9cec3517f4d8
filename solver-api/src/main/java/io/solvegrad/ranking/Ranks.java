package io.solvegrad.ranking;

/**
 * The ranks of the relevant candidates of one list, and the place where a metric leaves its
 * derivatives. Exact rankers give whole numbers, smooth ones do not.
 */
public interface Ranks extends PositionValues {

  /** Rank among all candidates, 1 is the best. */
  double rank(int k);

  /** Rank among the relevant candidates. */
  double among(int k);

  /** Adds to dL/drank(k). */
  void pushRank(int k, double upstream);

  /** Adds to dL/damong(k); the blackbox ranker takes these ranks as constants and ignores it. */
  void pushAmong(int k, double upstream);
}
