package io.solvegrad.relaxation.surrogate;

import java.util.Arrays;
import java.util.Objects;

/**
 * ListMLE: minus the log-likelihood, under the Plackett-Luce model with these scores, of the order
 * of descending labels; the sum over positions p of w_(p) (logsumexp(s_(p), ..., s_(n)) - s_(p)).
 *
 * <p>For the likelihood of a given order, let the labels descend along it. O(n log n); scores and
 * running sums never leave the log domain.
 *
 * <p>Candidates at -infinity are the last of those with equal labels, whatever the order of ties.
 * If only their like come after them, they might as well be absent: no loss and no gradient. One
 * with a better label than a candidate that has been retrieved makes the loss infinite.
 *
 * <p>Source: Xia et al., ICML 2008, doi:10.1145/1390156.1390306; Plackett, Applied Statistics 24,
 * 1975, doi:10.2307/2346567; Luce, Individual Choice Behavior, 1959.
 *
 * @param positions how many of the first positions count, {@link Integer#MAX_VALUE} for all
 * @param ties the order of candidates with equal labels
 * @param seed of {@link LabelTies#RANDOM}; without effect for the others
 */
public record ListMle(int positions, LabelTies ties, long seed) implements ListObjective {

  /**
   * Checks the number of positions.
   *
   * @throws IllegalArgumentException if it is less than 1
   */
  public ListMle {
    if (positions < 1) {
      throw new IllegalArgumentException("positions must be at least 1, but is " + positions);
    }
    Objects.requireNonNull(ties, "ties must not be null");
  }

  /**
   * The likelihood of the first positions, equal labels in the order of the list.
   *
   * @param positions how many positions count
   */
  public ListMle(int positions) {
    this(positions, LabelTies.INDEX, 0);
  }

  /** The likelihood of the whole order, equal labels in the order of the list. */
  public ListMle() {
    this(Integer.MAX_VALUE);
  }

  /**
   * The likelihood of the whole order, equal labels in random order.
   *
   * @param seed another one for every step of a training
   * @return the objective
   */
  public static ListMle withRandomTies(long seed) {
    return new ListMle(Integer.MAX_VALUE, LabelTies.RANDOM, seed);
  }

  /** {@return the likelihood of the whole order, equal labels competing with each other} */
  public static ListMle withSharedTies() {
    return new ListMle(Integer.MAX_VALUE, LabelTies.SHARED, 0);
  }

  @Override
  public double elements(LabelledList list) {
    return 1;
  }

  @Override
  public double evaluate(LabelledList list, double scale) {
    int[] order = retrieved(list, ties == LabelTies.RANDOM ? list.byLabel(seed) : list.byLabel());
    double[] rest = rest(list, order);
    double loss = 0;
    for (int p = order.length - 1; p >= 0; p--) {
      double score = list.score(order[p]);
      if (p < positions && rest[p] != score) {
        loss += list.weight(order[p]) * (rest[p] - score);
      }
    }
    if (scale != 0) {
      pull(list, order, rest, scale);
    }
    return loss;
  }

  /**
   * The order with candidates at -infinity behind others of the same label, up to the last that is
   * not at -infinity.
   */
  private static int[] retrieved(LabelledList list, int[] order) {
    int[] result = new int[order.length];
    int count = 0;
    int last = 0;
    for (int p = 0; p < order.length; ) {
      int end = p;
      double label = list.label(order[p]);
      for (; end < order.length && list.label(order[end]) == label; end++) {
        if (list.score(order[end]) != Double.NEGATIVE_INFINITY) {
          result[count++] = order[end];
          last = count;
        }
      }
      for (; p < end; p++) {
        if (list.score(order[p]) == Double.NEGATIVE_INFINITY) {
          result[count++] = order[p];
        }
      }
    }
    return last == order.length ? result : Arrays.copyOf(result, last);
  }

  /** logsumexp of what the candidate of each position competes with, itself included. */
  private double[] rest(LabelledList list, int[] order) {
    int n = order.length;
    double[] rest = new double[n];
    for (int p = n - 1; p >= 0; p--) {
      double score = list.score(order[p]);
      rest[p] = p == n - 1 ? score : Logs.add(score, rest[p + 1]);
    }
    for (int p = 1; p < n && ties == LabelTies.SHARED; p++) {
      if (list.label(order[p]) == list.label(order[p - 1])) {
        rest[p] = rest[p - 1];
      }
    }
    return rest;
  }

  /** pending x e^-rest is the sum of w e^-rest over the positions passed; rest never grows. */
  private void pull(LabelledList list, int[] order, double[] rest, double scale) {
    double pending = 0;
    for (int p = 0; p < order.length; ) {
      if (p > 0) {
        pending *= Logs.ratio(rest[p], rest[p - 1]);
      }
      int end = together(list, order, p);
      for (int q = p; q < end; q++) {
        pending += weight(list, order, q);
      }
      for (; p < end; p++) {
        double share = pending * Logs.ratio(list.score(order[p]), rest[p]);
        list.addGradient(order[p], scale * (share - weight(list, order, p)));
      }
    }
  }

  /** Where those end that compete with the same candidates as position p. */
  private int together(LabelledList list, int[] order, int p) {
    int end = p + 1;
    while (ties == LabelTies.SHARED
        && end < order.length
        && list.label(order[end]) == list.label(order[p])) {
      end++;
    }
    return end;
  }

  private double weight(LabelledList list, int[] order, int p) {
    return p < positions ? list.weight(order[p]) : 0;
  }
}
