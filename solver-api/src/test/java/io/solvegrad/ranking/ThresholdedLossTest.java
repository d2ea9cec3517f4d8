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

  /** Ideal labels count what there was to find, so they meet the same threshold. */
  @Test
  void idealLabelsAreMadeBinaryToo() {
    RankingBatch graded =
        RankingBatch.rows(ScoreArray.of(3, 2, 1, 0), 1, 4, Relevance.grades(2, 2, 1, 0))
            .idealLabels(Layout.rows(1, 5), Relevance.grades(2, 2, 1, 0, 1));
    assertEquals(0, new ThresholdedLoss(PRECISION, 2).value(graded));
    assertEquals(1 / 3.0, new ThresholdedLoss(PRECISION, 2).value(withThird(graded)), 1e-12);
  }

  private static RankingBatch withThird(RankingBatch batch) {
    return batch.idealLabels(Layout.rows(1, 5), Relevance.grades(2, 2, 1, 0, 7));
  }

  @Test
  void refusesThresholdsThatLabelsOf0WouldReach() {
    assertThrows(IllegalArgumentException.class, () -> new ThresholdedLoss(PRECISION, 0));
    assertThrows(IllegalArgumentException.class, () -> new ThresholdedLoss(PRECISION, Double.NaN));
  }
}
