package io.solvegrad.ranking;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.solvegrad.ranking.metric.RankMetrics;
import org.junit.jupiter.api.Test;

/** Means over all orders of ties where some candidates were not retrieved at all. */
final class AveragedTiesTest {
  private static final double NOT = Double.NEGATIVE_INFINITY;
  private static final ExactRanker AVERAGED = new ExactRanker(TieOrder.AVERAGED);

  private static double value(MetricLoss loss, double[] scores, double... labels) {
    double[] values = new double[1];
    loss.metrics(
        RankingBatch.rows(ScoreArray.of(scores), 1, scores.length, Relevance.grades(labels)),
        values);
    return values[0];
  }

  /** Of two orders one has the relevant candidate first; the other relevant one never comes. */
  @Test
  void whatWasNotRetrieved_isNeverFound() {
    double[] scores = {1, 1, NOT, NOT};
    double[] labels = {1, 0, 1, 0};
    assertEquals(0.5, value(MetricLoss.of(RankMetrics.recallAt(4), AVERAGED), scores, labels));
    // There are two candidates among the first four.
    assertEquals(0.5, value(MetricLoss.of(RankMetrics.precisionAt(4), AVERAGED), scores, labels));
    assertEquals(0.5, value(MetricLoss.of(RankMetrics.hitRateAt(1), AVERAGED), scores, labels));
    assertEquals(
        0.75, value(MetricLoss.of(RankMetrics.reciprocalRankAt(9), AVERAGED), scores, labels));
    assertEquals(
        (1 + 1 / 2.0) / 2 / 2,
        value(MetricLoss.of(RankMetrics.averagePrecisionAt(4), AVERAGED), scores, labels),
        1e-15);
    double ideal = 1 + Math.log(2) / Math.log(3);
    assertEquals(
        (1 + Math.log(2) / Math.log(3)) / 2 / ideal,
        value(MetricLoss.of(RankMetrics.ndcg(), AVERAGED), scores, labels),
        1e-15);
  }

  @Test
  void nothingRetrieved_isWorthNothing() {
    double[] scores = {NOT, NOT, NOT};
    double[] labels = {0, 1, 1};
    for (MetricLoss loss :
        new MetricLoss[] {
          MetricLoss.of(RankMetrics.recallAt(3), AVERAGED),
          MetricLoss.of(RankMetrics.hitRateAt(3), AVERAGED),
          MetricLoss.of(RankMetrics.reciprocalRankAt(3), AVERAGED),
          MetricLoss.of(RankMetrics.averagePrecisionAt(3), AVERAGED),
          MetricLoss.of(RankMetrics.ndcg(), AVERAGED)
        }) {
      assertEquals(0, value(loss, scores, labels));
    }
  }
}
