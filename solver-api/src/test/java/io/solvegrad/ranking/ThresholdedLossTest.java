package io.solvegrad.ranking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class ThresholdedLossTest {
  private static final MetricLoss PRECISION =
      MetricLoss.of(new AveragePrecision(), new ExactRanker());
  private static final ScoreArray SCORES = ScoreArray.of(0.1f, 0.9f, 0.5f, 0.3f);

  @Test
  void isTheLossOnTheBinaryLabels() {
    RankingBatch graded = RankingBatch.rows(SCORES, 1, 4, Relevance.grades(3, 1, 2, 0));
    RankingBatch binary = RankingBatch.rows(SCORES, 1, 4, Relevance.atLeast(2, 3, 1, 2, 0));
    assertEquals(PRECISION.value(binary), new ThresholdedLoss(PRECISION, 2).value(graded));
    // The relevant ones stand at ranks 2 and 4.
    assertEquals(1 - (1 / 2.0 + 2 / 4.0) / 2, PRECISION.value(binary), 1e-12);
    assertEquals(PRECISION.value(graded), new ThresholdedLoss(PRECISION, 0.5).value(graded));
  }

  @Test
  void refusesThresholdsThatLabelsOf0WouldReach() {
    assertThrows(IllegalArgumentException.class, () -> new ThresholdedLoss(PRECISION, 0));
    assertThrows(IllegalArgumentException.class, () -> new ThresholdedLoss(PRECISION, Double.NaN));
  }
}
