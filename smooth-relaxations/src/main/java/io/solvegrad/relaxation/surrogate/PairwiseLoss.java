package io.solvegrad.relaxation.surrogate;

import io.solvegrad.relaxation.surrogate.PairFunction.Pairs;
import java.util.Objects;

/**
 * A sum over pairs: lambda_ij w_i f(s_i - s_j, y_i - y_j), with f a function of one pair, lambda a
 * weight by labels and ranks that counts as a constant, and w the weight of the first candidate.
 *
 * <p>RankNet, LambdaRank, LambdaLoss, the triplet loss and the pairwise losses of Rax and
 * TF-Ranking are all of this form. Streamed: O(n^2) time, O(n) memory.
 *
 * <p>A candidate at -infinity without a preference over others stands infinitely far below them.
 * Where f has a limit there (logistic, hinge, soft zero-one, and the quantile loss with tau 1),
 * that limit is 0: the sum is that without the candidate, which has no gradient but still counts in
 * {@link #elements} and in the size of the list that {@link DcgWeight} multiplies by. Where f has
 * none (squared errors, other quantile losses, uniformly weighted ones on all pairs), the score is
 * refused with its row and column. A preferred candidate at -infinity makes the loss infinite.
 * Equal infinities differ by 0.
 *
 * <p>Source: Burges et al., ICML 2005, doi:10.1145/1102351.1102363; Burges, From RankNet to
 * LambdaRank to LambdaMART, 2010 (MSR-TR-2010-82); Wang et al., CIKM 2018,
 * doi:10.1145/3269206.3271784.
 *
 * @param function the loss of a pair
 * @param lambda the weight of a pair
 */
public record PairwiseLoss(PairFunction function, LambdaWeight lambda) implements ListObjective {

  /** Makes the sum; neither part may be null. */
  public PairwiseLoss {
    Objects.requireNonNull(function, "function must not be null");
    Objects.requireNonNull(lambda, "lambda must not be null");
  }

  /**
   * A sum in which every pair counts the same.
   *
   * @param function the loss of a pair
   */
  public PairwiseLoss(PairFunction function) {
    this(function, LambdaWeight.one());
  }

  @Override
  public double elements(LabelledList list) {
    double n = list.size();
    if (function.pairs() == Pairs.ALL) {
      return n * n;
    }
    int[] order = list.byLabel();
    double pairs = 0;
    int first = 0;
    for (int p = 1; p < order.length; p++) {
      if (list.label(order[p]) != list.label(order[p - 1])) {
        first = p;
      }
      pairs += first;
    }
    return pairs;
  }

  @Override
  public void each(LabelledList list, ElementLosses receiver) {
    LambdaWeight.OfPair weights = lambda.on(list);
    for (int i = 0; i < list.size(); i++) {
      for (int j = 0; j < list.size(); j++) {
        double labels = list.label(i) - list.label(j);
        if (labels > 0 || function.pairs() == Pairs.ALL) {
          double weight = list.weight(i) == 0 ? 0 : list.weight(i) * weights.of(i, j);
          double loss = weight == 0 ? 0 : weight * function.value(list.difference(i, j), labels);
          receiver.accept(list.number(), list.place(i), list.place(j), loss);
        }
      }
    }
  }

  @Override
  public double evaluate(LabelledList list, double scale) {
    LambdaWeight.OfPair weights = lambda.on(list);
    boolean all = function.pairs() == Pairs.ALL;
    int[] order = list.byLabel();
    double loss = 0;
    int end = 0;
    for (int p = 0; p < order.length; p++) {
      int i = order[p];
      while (!all && end < order.length && list.label(order[end]) == list.label(i)) {
        end++;
      }
      if (list.weight(i) != 0) {
        loss += row(list, order, i, all ? 0 : end, weights, scale);
      }
    }
    return loss;
  }

  /** The pairs of candidate i with those from a place of the order on. */
  private double row(
      LabelledList list, int[] order, int i, int from, LambdaWeight.OfPair weights, double scale) {
    double sum = 0;
    double own = 0;
    for (int q = from; q < order.length; q++) {
      int j = order[q];
      double weight = list.weight(i) * weights.of(i, j);
      if (weight != 0) {
        double scores = list.difference(i, j);
        double labels = list.label(i) - list.label(j);
        double value = weight * function.value(scores, labels);
        sum += value;
        if (value != 0) {
          list.countNonZero();
        }
        if (scale != 0) {
          double slope = scale * weight * function.slope(scores, labels);
          own += slope;
          list.addGradient(j, -slope);
        }
      }
    }
    list.addGradient(i, own);
    return sum;
  }
}
