package io.solvegrad.spark;

import io.solvegrad.ranking.RankingLoss;
import java.io.Serializable;

/**
 * Makes a loss where it is needed: losses themselves do not travel to executors. A lambda does.
 *
 * <pre>{@code
 * LossFactory recall = seed ->
 *     MetricLoss.of(Recall.logLog(), new BlackboxRanker(Lambda.plain(200))).margin(0.05);
 * LossFactory noisy = seed ->
 *     new PerturbedLoss(recall.create(seed), PerturbedLoss.Noise.GAUSSIAN, 0.1, 2, seed);
 * }</pre>
 */
@FunctionalInterface
public interface LossFactory extends Serializable {

  /**
   * Makes a loss.
   *
   * @param seed for losses that draw noise; others ignore it
   * @return the loss, which one thread will use
   */
  RankingLoss create(long seed);
}
