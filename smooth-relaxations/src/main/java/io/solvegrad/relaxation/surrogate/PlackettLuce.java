package io.solvegrad.relaxation.surrogate;

import java.util.SplittableRandom;

/**
 * Samples of orders under the Plackett-Luce model: scores with Gumbel noise, sorted. What is drawn
 * depends on the seed and on the scores, so that the same list gives the same samples on any thread
 * and the next step of a training draws anew.
 */
final class PlackettLuce {
  private final LabelledList list;
  private final SplittableRandom random;
  private final double[] noisy;

  PlackettLuce(LabelledList list, long seed) {
    this.list = list;
    noisy = new double[list.size()];
    long hash = seed;
    for (int i = 0; i < list.size(); i++) {
      long bits = Double.doubleToLongBits(list.score(i));
      hash = 0x9E3779B97F4A7C15L * (hash ^ (hash >>> 29) ^ bits);
    }
    random = new SplittableRandom(hash);
  }

  /** The candidates from first to last. */
  int[] next() {
    for (int i = 0; i < noisy.length; i++) {
      double gumbel = -Math.log(-Math.log(random.nextDouble(Double.MIN_NORMAL, 1)));
      noisy[i] = list.score(i) + gumbel;
    }
    return Orders.descending(noisy, noisy.length);
  }

  /** logsumexp of the scores from each place of an order on. */
  double[] rest(int[] order) {
    double[] rest = new double[order.length];
    for (int p = order.length - 1; p >= 0; p--) {
      double score = list.score(order[p]);
      rest[p] = p == order.length - 1 ? score : Logs.add(score, rest[p + 1]);
    }
    return rest;
  }
}
