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
}
