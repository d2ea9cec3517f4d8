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

  /**
   * D(rank of the best placed relevant candidate), or its expectation; takes the derivative of the
   * loss with respect to it at the same time.
   *
   * @param position D, which never rises
   * @param count number of relevant candidates, at least 1
   * @param upstream dL/dD, 0 for a look without consequence
   * @return the largest worth of a position
   */
  default double best(PositionFunction position, int count, double upstream) {
    int best = 0;
    double largest = value(position, 0, 0);
    for (int k = 1; k < count; k++) {
      double worth = value(position, k, 0);
      if (worth > largest) {
        largest = worth;
        best = k;
      }
    }
    return value(position, best, upstream);
  }

  /**
   * {@return how many candidates the ranker takes for retrieved: all of them, unless it leaves out
   * those with a score of minus infinity}
   *
   * @param candidates number of candidates of the list
   */
  default int retrieved(int candidates) {
    return candidates;
  }
}
