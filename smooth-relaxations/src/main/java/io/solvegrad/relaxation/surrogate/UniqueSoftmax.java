package io.solvegrad.relaxation.surrogate;

import io.solvegrad.ranking.Gain;
import java.util.Objects;
import java.util.function.DoubleUnaryOperator;

/**
 * Unique softmax: the sum over i of w_i gain(y_i) times -log( e^{s_i} / (e^{s_i} + the sum of
 * e^{s_j} over the j with a smaller label) ). Each candidate competes with less relevant ones
 * alone.
 *
 * <p>An irrelevant candidate at -infinity might as well be absent and gets no gradient; a relevant
 * one makes the loss infinite. A gain or a sum that is infinite is refused with its row; 2^y - 1 is
 * finite for labels up to 1000, but single precision holds gradients up to 3e38 only, labels up to
 * 120 or so.
 *
 * <p>With binary labels and gain 1 it is NT-Xent with several positives. O(n log n).
 *
 * <p>Source: Zhu and Klabjan, 2020, arXiv:2001.01828.
 *
 * @param gain what a label is worth, finite; negative worth is not forbidden
 */
public record UniqueSoftmax(DoubleUnaryOperator gain) implements ListObjective {

  /** Makes the loss; the gain must not be null. */
  public UniqueSoftmax {
    Objects.requireNonNull(gain, "gain must not be null");
  }

  /** The loss with gain 2^y - 1. */
  public UniqueSoftmax() {
    this(Gain.exponential()::of);
  }

  @Override
  public double elements(LabelledList list) {
    return 1;
  }

  @Override
  public double evaluate(LabelledList list, double scale) {
    int n = list.size();
    int[] order = list.byLabel();
    double[] below = new double[n];
    double lower = Double.NEGATIVE_INFINITY;
    double group = Double.NEGATIVE_INFINITY;
    double loss = 0;
    for (int p = n - 1; p >= 0; p--) {
      int i = order[p];
      if (p < n - 1 && list.label(i) != list.label(order[p + 1])) {
        lower = Logs.add(lower, group);
        group = Double.NEGATIVE_INFINITY;
      }
      below[p] = lower;
      group = Logs.add(group, list.score(i));
      double worth = worth(list, i);
      if (worth != 0 && lower != Double.NEGATIVE_INFINITY) {
        loss += worth * Logs.softplus(gap(lower, list.score(i)));
      }
    }
    if (scale != 0) {
      pull(list, order, below, scale);
    }
    return loss;
  }

  /**
   * From the most relevant group down: pending times e^-reference is the sum over the groups above
   * of (derivative of the loss by the group's log sum) times e^-(log sum), and log sums shrink on
   * the way down, so every factor is at most 1.
   */
  private void pull(LabelledList list, int[] order, double[] below, double scale) {
    double pending = 0;
    double reference = 0;
    int p = 0;
    while (p < order.length) {
      int end = p;
      double share = 0;
      for (; end < order.length && list.label(order[end]) == list.label(order[p]); end++) {
        int i = order[end];
        double own = pending == 0 ? 0 : pending * Logs.ratio(list.score(i), reference);
        double worth = worth(list, i);
        if (worth != 0 && below[p] != Double.NEGATIVE_INFINITY) {
          double lost = worth * Logs.sigmoid(gap(below[p], list.score(i)));
          own -= lost;
          share += lost;
        }
        list.addGradient(i, scale * own);
      }
      // What stands at -infinity takes nothing from those above.
      boolean any = below[p] != Double.NEGATIVE_INFINITY;
      pending = pending == 0 || !any ? 0 : pending * Logs.ratio(below[p], reference);
      pending += share;
      reference = below[p];
      p = end;
    }
  }

  private double worth(LabelledList list, int i) {
    return list.weight(i) == 0 ? 0 : list.weight(i) * gain.applyAsDouble(list.label(i));
  }

  private static double gap(double a, double b) {
    return a == b ? 0 : a - b;
  }
}
