package io.solvegrad.ranking;

/** What every ranker can tell of a relevant candidate: the worth of its position. */
public interface PositionValues {

  /**
   * D(rank of k), or its expectation where the ranker knows a distribution of ranks; takes the
   * derivative of the loss with respect to it at the same time.
   *
   * @param position D
   * @param k index of the relevant candidate, from 0
   * @param upstream dL/dD, 0 for a look without consequence
   * @return D(rank of k) or its expectation
   */
  double value(PositionFunction position, int k, double upstream);
}
