package io.solvegrad.ranking.metric;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.solvegrad.ranking.Diagnostics;
import io.solvegrad.ranking.EmptyQueries;
import io.solvegrad.ranking.ExactRanker;
import io.solvegrad.ranking.Gain;
import io.solvegrad.ranking.ItemSets;
import io.solvegrad.ranking.Layout;
import io.solvegrad.ranking.MetricLoss;
import io.solvegrad.ranking.PositionFunction;
import io.solvegrad.ranking.RankMetric;
import io.solvegrad.ranking.RankingBatch;
import io.solvegrad.ranking.Ranks;
import io.solvegrad.ranking.Reduction;
import io.solvegrad.ranking.Relevance;
import io.solvegrad.ranking.ScoreArray;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What batches and losses add to a metric: ideal labels, reductions, lists with nothing to find.
 */
final class MetricOptionsTest {
  private static final double TOLERANCE = 1e-12;

  private static MetricLoss loss(RankMetric<? super Ranks> metric) {
    return MetricLoss.of(metric, new ExactRanker());
  }

  /** Three lists: relevant at rank 2 of 3, nothing relevant, relevant at rank 1 of 2. */
  private static RankingBatch three() {
    return RankingBatch.of(
        ScoreArray.of(3.0, 2, 1, 5, 4, 9, 8),
        Layout.ragged(0, 3, 5, 7),
        Relevance.grades(0.0, 2, 0, 0, -1, 1, 0));
  }

  private static double[] each(MetricLoss loss, RankingBatch batch) {
    double[] metrics = new double[batch.layout().lists()];
    loss.metrics(batch, metrics);
    return metrics;
  }

  @Test
  void listsWithNothingToFind_countAsTold() {
    MetricLoss mrr = loss(RankMetrics.reciprocalRank());
    assertEquals(1 - 0.75, mrr.value(three()), TOLERANCE);
    assertEquals(1 - 0.5, mrr.emptyQueries(EmptyQueries.ZERO).value(three()), TOLERANCE);
    assertEquals(1 - 2.5 / 3, mrr.emptyQueries(EmptyQueries.ONE).value(three()), TOLERANCE);
    assertArrayEquals(new double[] {0.5, Double.NaN, 1}, each(mrr, three()));
    assertArrayEquals(new double[] {0.5, 0, 1}, each(mrr.emptyQueries(EmptyQueries.ZERO), three()));
    assertArrayEquals(new double[] {0.5, 1, 1}, each(mrr.emptyQueries(EmptyQueries.ONE), three()));
  }

  @ParameterizedTest
  @EnumSource(Reduction.class)
  void negatedMetric_isTheLossWithoutTheOnes(Reduction reduction) {
    RankingBatch batch = three().queryWeights(2, 3, 5);
    for (EmptyQueries empty : EmptyQueries.values()) {
      MetricLoss loss =
          loss(RankMetrics.averagePrecision()).reduction(reduction).emptyQueries(empty);
      double ones = empty == EmptyQueries.SKIP ? 7 : 10;
      // All normalisers are 1.
      boolean sum = reduction == Reduction.SUM || reduction == Reduction.TOTAL;
      double shift = sum ? ones : 1;
      assertEquals(loss.value(batch) - shift, loss.negatedMetric().value(batch), TOLERANCE);
    }
    RankingBatch nothing = RankingBatch.rows(ScoreArray.of(1.0, 2), 1, 2, Relevance.grades(0.0, 0));
    assertEquals(0, loss(RankMetrics.ndcg()).reduction(reduction).negatedMetric().value(nothing));
  }

  @Test
  void dcg_hasALossWithoutBound() {
    MetricLoss dcg = loss(RankMetrics.dcg(Gain.linear(), PositionFunction.reciprocal()));
    RankingBatch batch = RankingBatch.rows(ScoreArray.of(2.0, 1), 1, 2, Relevance.grades(4.0, 3));
    assertEquals(1 - 5.5, dcg.value(batch), TOLERANCE);
    assertEquals(-5.5, dcg.negatedMetric().value(batch), TOLERANCE);
  }

  @Test
  void idealLabels_enterNormalisersAlone() {
    // One of four judged documents was retrieved, at rank 2; nothing at all for the second query.
    RankingBatch batch =
        RankingBatch.rows(ScoreArray.of(2.0, 1, 2, 1), 2, 2, Relevance.grades(0.0, 3, 0, 0))
            .idealLabels(Layout.ragged(0, 4, 5), Relevance.grades(3.0, 1, 1, 1, 1));
    assertArrayEquals(new double[] {0.25, 0}, each(loss(RankMetrics.recallAt(2)), batch));
    assertArrayEquals(new double[] {0.125, 0}, each(loss(RankMetrics.averagePrecision()), batch));
    assertArrayEquals(new double[] {0.25, 0}, each(loss(RankMetrics.precisionAtR()), batch));
    assertArrayEquals(new double[] {0.5, 0}, each(loss(RankMetrics.hitRateAt(2)), batch, 0.5));
    double ideal = 3 + 1 / 2.0 + 1 / 3.0 + 1 / 4.0;
    MetricLoss ndcg = loss(RankMetrics.ndcg(Gain.linear(), PositionFunction.reciprocal()));
    assertEquals(1.5 / ideal, each(ndcg, batch)[0], TOLERANCE);
  }

  private static double[] each(MetricLoss loss, RankingBatch batch, double factor) {
    double[] metrics = each(loss, batch);
    for (int q = 0; q < metrics.length; q++) {
      metrics[q] *= factor;
    }
    return metrics;
  }

  @Test
  void idealLabels_mustFit() {
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> three().idealLabels(Layout.rows(2, 1), Relevance.grades(1.0, 1)))
            .getMessage();
    assertTrue(message.contains("2 lists for 3"), message);
    assertThrows(
        IllegalArgumentException.class,
        () -> three().idealLabels(Layout.rows(3, 1), Relevance.grades(1.0, 1)));
  }

  @Test
  void thresholdOfRelevance_isAnArgument() {
    ScoreArray scores = ScoreArray.of(4.0, 3, 2, 1);
    double[] labels = {-1, 2, 1, 3};
    RankingBatch one = RankingBatch.rows(scores, 1, 4, Relevance.atLeast(1, labels));
    RankingBatch two = RankingBatch.rows(scores, 1, 4, Relevance.atLeast(2, labels));
    RankingBatch all = RankingBatch.rows(scores, 1, 4, Relevance.atLeast(-1, labels));
    assertArrayEquals(new double[] {2 / 3.0}, each(loss(RankMetrics.recallAt(3)), one), TOLERANCE);
    assertArrayEquals(new double[] {1 / 2.0}, each(loss(RankMetrics.recallAt(3)), two), TOLERANCE);
    assertArrayEquals(new double[] {3 / 4.0}, each(loss(RankMetrics.recallAt(3)), all), TOLERANCE);
    assertThrows(IllegalArgumentException.class, () -> Relevance.atLeast(Double.NaN, labels));
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () ->
                    loss(RankMetrics.recallAt(3))
                        .value(
                            RankingBatch.rows(
                                scores, 1, 4, Relevance.atLeast(1, 0, 0, 0, Double.NaN))))
            .getMessage();
    assertTrue(message.contains("NaN at row 0, column 3"), message);
  }

  @Test
  void itemWeights_multiplyGains() {
    RankingBatch batch =
        RankingBatch.rows(ScoreArray.of(3.0, 2, 1), 1, 3, Relevance.grades(1.0, 0, 1))
            .itemWeights(1, 7, 3);
    assertArrayEquals(new double[] {0.25}, each(loss(RankMetrics.recallAt(2)), batch), TOLERANCE);
    assertArrayEquals(
        new double[] {(1 + 3 * 2 / 3.0) / 4},
        each(loss(RankMetrics.averagePrecision()), batch),
        TOLERANCE);
    assertArrayEquals(
        new double[] {(1 + 3 / 2.0) / (3 + 1 / Math.log(3) * Math.log(2))},
        each(loss(RankMetrics.ndcg()), batch),
        TOLERANCE);
    assertArrayEquals(
        new double[] {(1 + 0.0) / 4}, each(loss(RankMetrics.orderedPairs()), batch), TOLERANCE);
  }

  @Test
  void minusInfinity_isNotRetrieved() {
    double none = Double.NEGATIVE_INFINITY;
    RankingBatch batch =
        RankingBatch.rows(ScoreArray.of(2.0, none, 1, none), 1, 4, Relevance.grades(1.0, 1, 0, 1));
    assertArrayEquals(
        new double[] {1 / 3.0}, each(loss(RankMetrics.recallAt(4)), batch), TOLERANCE);
    assertArrayEquals(
        new double[] {1 / 2.0}, each(loss(RankMetrics.precisionAt(3)), batch), TOLERANCE);
    assertArrayEquals(
        new double[] {1 / 3.0}, each(loss(RankMetrics.averagePrecision()), batch), TOLERANCE);
    RankingBatch nothing =
        RankingBatch.rows(ScoreArray.of(none, none), 1, 2, Relevance.grades(1.0, 0));
    for (RankMetric<? super Ranks> metric :
        List.of(RankMetrics.precisionAt(1), RankMetrics.reciprocalRank(), RankMetrics.ndcg())) {
      assertArrayEquals(new double[] {0}, each(loss(metric), nothing), metric.toString());
    }
  }

  @Test
  void segments_areLists() {
    ScoreArray scores = ScoreArray.of(1.0, 6, 2, 5, 3, 4);
    RankingBatch batch =
        RankingBatch.of(
                scores, Layout.segments(9, -2, 9, -2, 9, 9), Relevance.grades(1.0, 0, 0, 1, 1, 0))
            .excluding(ItemSets.mask(false, false, true, false, false, false));
    // Of segment -2 the second of two; of segment 9, whose second is excluded, the last two of
    // three.
    assertArrayEquals(
        new double[] {1 / 2.0, (1 / 2.0 + 2 / 3.0) / 2},
        each(loss(RankMetrics.averagePrecision()), batch),
        TOLERANCE);
  }

  @Test
  void exactRanks_haveNoGradient() {
    RankingBatch batch = three();
    String message =
        assertThrows(
                UnsupportedOperationException.class,
                () ->
                    loss(RankMetrics.ndcg())
                        .evaluate(batch, 1, batch.scores().zeros(7), new Diagnostics()))
            .getMessage();
    assertTrue(message.contains("Maybe"), message);
  }

  @Test
  void roomForEachList_isChecked() {
    assertThrows(
        IllegalArgumentException.class,
        () -> loss(RankMetrics.ndcg()).metrics(three(), new double[2]));
  }
}
