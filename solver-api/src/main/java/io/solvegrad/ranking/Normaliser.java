package io.solvegrad.ranking;

import java.util.Arrays;

/** What a sum of discounted gains is divided by. Labels only. */
@FunctionalInterface
public interface Normaliser {

  /**
   * {@return the divisor of a list; 0 if there is nothing to find}
   *
   * @param targets the labels of a list with something to find
   * @param position D
   * @param gain what a grade is worth
   */
  double of(Targets targets, PositionFunction position, Gain gain);

  /** {@return the sum of all gains, as in recall: a metric of 1 means D = 1 throughout} */
  static Normaliser gains() {
    return (targets, position, gain) -> {
      Targets ideal = targets.ideal();
      double sum = 0;
      for (int k = 0; k < ideal.count(); k++) {
        sum += gain.weighted(ideal, k);
      }
      return sum;
    };
  }

  /**
   * {@return the sum of discounted gains of the best ranking, as in NDCG: the largest gain at rank
   * 1 and so on up to the cut-off} O(m log m) for m relevant candidates.
   */
  static Normaliser ideal() {
    return (targets, position, gain) -> {
      Targets ideal = targets.ideal();
      int count = ideal.count();
      double[] gains = targets.scratch(count);
      for (int k = 0; k < count; k++) {
        gains[k] = gain.weighted(ideal, k);
      }
      Arrays.sort(gains, 0, count);
      double sum = 0;
      for (int rank = 1; rank <= Math.min(count, position.cutoff()); rank++) {
        sum += gains[count - rank] * position.at(rank);
      }
      return sum;
    };
  }

  /**
   * {@return the same number for every list, 1 as in DCG}
   *
   * @param divisor positive and finite
   * @throws IllegalArgumentException if it is not
   */
  static Normaliser constant(double divisor) {
    if (!(divisor > 0) || divisor == Double.POSITIVE_INFINITY) {
      throw new IllegalArgumentException("divisor must be positive and finite, but is " + divisor);
    }
    return (targets, position, gain) -> divisor;
  }
}
