package io.solvegrad.ranking;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Any loss on labels made binary: candidates whose label reaches a threshold are relevant with
 * grade 1, all others are not. So that average precision or recall can be computed on graded labels
 * wherever a framework hands the labels over. Costs a look at each label more than the loss.
 *
 * @param loss what is evaluated
 * @param threshold the smallest label that is relevant, above 0
 */
public record ThresholdedLoss(RankingLoss loss, double threshold) implements RankingLoss {

  /**
   * Checks the threshold.
   *
   * @throws IllegalArgumentException if it is not above 0 and finite
   */
  public ThresholdedLoss {
    Objects.requireNonNull(loss, "loss must not be null");
    if (!(threshold > 0) || threshold == Double.POSITIVE_INFINITY) {
      throw new IllegalArgumentException(
          "threshold must be positive and finite, but is " + threshold);
    }
  }

  @Override
  public double evaluate(
      RankingBatch batch, double factor, @Nullable ScoreArray gradient, Diagnostics diagnostics) {
    return loss.evaluate(reached(batch), factor, gradient, diagnostics);
  }

  @Override
  public double divisor(RankingBatch batch) {
    return loss.divisor(reached(batch));
  }

  private RankingBatch reached(RankingBatch batch) {
    Objects.requireNonNull(batch, "batch must not be null");
    return batch.mapLabels(labels -> new Reached(labels, threshold));
  }

  /** Those of other labels that reach the threshold. */
  private record Reached(Relevance labels, double threshold) implements Relevance {

    @Override
    public void check(Layout layout) {
      labels.check(layout);
    }

    @Override
    public int bound(int list, Layout layout) {
      return labels.bound(list, layout);
    }

    @Override
    public int read(int list, Layout layout, int[] positions, double[] grades) {
      int all = labels.read(list, layout, positions, grades);
      int count = 0;
      for (int k = 0; k < all; k++) {
        if (grades[k] >= threshold) {
          positions[count] = positions[k];
          grades[count++] = 1;
        }
      }
      return count;
    }
  }
}
