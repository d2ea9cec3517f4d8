package io.solvegrad.retrieval;

import io.solvegrad.retrieval.training.TrainingPoint;
import java.util.Locale;

/** What the last steps were like. Single batches are noisy, so means are shown. */
final class MovingMeans {
  // Means over about so many steps.
  private static final double MEMORY = 20;

  private double loss;
  private double hitRate;
  private double zeroGradients;
  private double weight;

  void add(TrainingPoint step) {
    double keep = 1 - 1 / Math.min(MEMORY, (double) step.step());
    weight = keep * weight + 1;
    loss = keep * loss + step.loss();
    hitRate = keep * hitRate + step.batchHitRate();
    zeroGradients = keep * zeroGradients + step.zeroGradients();
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "loss %.3f  batch hit rate %.3f  no gradient %2.0f %%",
        loss / weight,
        hitRate / weight,
        100 * zeroGradients / weight);
  }
}
