package io.solvegrad.relaxation.embedding;

import io.solvegrad.relaxation.surrogate.LabelledList;
import io.solvegrad.relaxation.surrogate.ListObjective;

/**
 * The multi-similarity loss of one query: log(1 + sum over relevant of e^(-alpha (s - base))) /
 * alpha + log(1 + sum over others of e^(beta (s - base))) / beta. O(n). An irrelevant candidate at
 * -infinity might as well be absent; a relevant one makes the loss infinite.
 *
 * <p>Source: Wang et al., CVPR 2019, arXiv:1904.06627.
 *
 * @param alpha positive, usually 2
 * @param beta positive, usually 50
 * @param base in units of the similarity, usually 0.5
 */
public record MultiSimilarity(double alpha, double beta, double base) implements ListObjective {

  /**
   * Checks all three.
   *
   * @throws IllegalArgumentException unless alpha and beta are positive and all are finite
   */
  public MultiSimilarity {
    EmbeddingLoss.requirePositive("alpha", alpha);
    EmbeddingLoss.requirePositive("beta", beta);
    if (!Double.isFinite(base)) {
      throw new IllegalArgumentException("base must be finite, but is " + base);
    }
  }

  @Override
  public double elements(LabelledList list) {
    return 1;
  }

  @Override
  public double evaluate(LabelledList list, double scale) {
    return side(list, scale, true, -alpha) + side(list, scale, false, beta);
  }

  /** log(1 + sum of e^(rate (s - base))) / |rate| over one kind of candidates. */
  private double side(LabelledList list, double scale, boolean relevant, double rate) {
    double largest = 0;
    for (int i = 0; i < list.size(); i++) {
      if (list.label(i) > 0 == relevant) {
        largest = Math.max(largest, rate * (list.score(i) - base));
      }
    }
    double sum = Math.exp(-largest);
    for (int i = 0; i < list.size(); i++) {
      if (list.label(i) > 0 == relevant) {
        sum += term(list, i, rate, largest);
      }
    }
    for (int i = 0; i < list.size() && scale != 0; i++) {
      if (list.label(i) > 0 == relevant) {
        double share = term(list, i, rate, largest) / sum;
        list.addGradient(i, scale * Math.signum(rate) * share);
      }
    }
    return (largest + Math.log(sum)) / Math.abs(rate);
  }

  /** e^(rate (s - base) - largest), 1 where the exponent is the largest, infinite or not. */
  private double term(LabelledList list, int i, double rate, double largest) {
    double exponent = rate * (list.score(i) - base);
    return exponent == largest ? 1 : Math.exp(exponent - largest);
  }
}
