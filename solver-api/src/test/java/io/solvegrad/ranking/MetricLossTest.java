package io.solvegrad.ranking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.solvegrad.solver.Lambda;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reductions, weights and empty queries by examples computed by hand. */
final class MetricLossTest {
  private static final double TOLERANCE = 1e-12;
  private static final Ranker<Ranks> RANKER = new ReferenceRanker(Lambda.plain(10));
  private static final MetricLoss AVERAGE_PRECISION = MetricLoss.of(new AveragePrecision(), RANKER);

  // Ranks 1, 2, 3 in each list. AP is 1/3 with one relevant candidate in the first list, 7/12
  // with two in the second; in the third there is nothing to find.
  private static final boolean[] RELEVANT = {
    false, false, true, false, true, true, false, false, false
  };
  private static final RankingBatch THREE =
      RankingBatch.rows(
          ScoreArray.of(3.0, 2, 1, 3, 2, 1, 3, 2, 1), 3, 3, Relevance.of(ItemSets.mask(RELEVANT)));

  @ParameterizedTest
  @CsvSource({
    "QUERY_MEAN, SKIP, 0.5416666666666667", // (2/3 + 5/12) / 2
    "QUERY_MEAN, ZERO, 0.6944444444444444", // (2/3 + 5/12 + 1) / 3
    "QUERY_MEAN, ONE, 0.3611111111111111", // (2/3 + 5/12 + 0) / 3
    "MICRO, SKIP, 0.5", // (2/3 + 5/6) / (1 + 2)
    "MICRO, ZERO, 0.625", // (2/3 + 5/6 + 1) / (1 + 2 + 1)
    "MICRO, ONE, 0.375", // (2/3 + 5/6 + 0) / (1 + 2 + 1)
    "SUM, SKIP, 1.0833333333333333", // 2/3 + 5/12
    "SUM, ZERO, 2.0833333333333333", // 2/3 + 5/12 + 1
    "SUM, ONE, 1.0833333333333333", // 2/3 + 5/12 + 0
  })
  void reductions(Reduction reduction, EmptyQueries empty, double expected) {
    MetricLoss loss = AVERAGE_PRECISION.reduction(reduction).emptyQueries(empty);
    assertEquals(expected, loss.value(THREE), TOLERANCE);
  }

  @ParameterizedTest
  @CsvSource({
    "QUERY_MEAN, SKIP, 0.5833333333333333", // (2 * 2/3 + 5/12) / 3
    "QUERY_MEAN, ZERO, 0.6428571428571429", // (2 * 2/3 + 5/12 + 0.5) / 3.5
    "MICRO, SKIP, 0.5416666666666667", // (2 * 2/3 + 5/6) / (2 * 1 + 2)
    "MICRO, ONE, 0.4814814814814815", // (2 * 2/3 + 5/6) / (2 * 1 + 2 + 0.5)
    "SUM, ZERO, 2.25", // 2 * 2/3 + 5/12 + 0.5
  })
  void queryWeights(Reduction reduction, EmptyQueries empty, double expected) {
    MetricLoss loss = AVERAGE_PRECISION.reduction(reduction).emptyQueries(empty);
    assertEquals(expected, loss.value(THREE.queryWeights(2, 1, 0.5)), TOLERANCE);
  }

  @Test
  void queryWeightZero_isLeftOut() {
    assertEquals(5.0 / 12, AVERAGE_PRECISION.value(THREE.queryWeights(0, 1, 1)), TOLERANCE);
    assertEquals(0, AVERAGE_PRECISION.value(THREE.queryWeights(0, 0, 0)));
    for (EmptyQueries empty : EmptyQueries.values()) {
      assertEquals(0, AVERAGE_PRECISION.emptyQueries(empty).value(THREE.queryWeights(0, 0, 0)));
    }
  }

  @Test
  void itemWeights_countRelevantCandidatesByWeight() {
    // Of the second list 3 x (1 - 1/2) and 1 x (1 - 2/3), over 3 + 1.
    RankingBatch batch = THREE.queryWeights(0, 1, 0).itemWeights(9, 9, 9, 9, 3, 1, 9, 9, 9);
    assertEquals(11.0 / 24, AVERAGE_PRECISION.value(batch), TOLERANCE);
  }

  @Test
  void itemWeightsOfZero_leaveNothingToFind() {
    RankingBatch batch = THREE.itemWeights(0, 0, 0, 0, 1, 1, 0, 0, 0);
    assertEquals(5.0 / 12, AVERAGE_PRECISION.value(batch), TOLERANCE);
    assertEquals(
        (5.0 / 12 + 2) / 3,
        AVERAGE_PRECISION.emptyQueries(EmptyQueries.ZERO).value(batch),
        TOLERANCE);
  }

  @Test
  void listWithoutCandidates_isNoQuery() {
    boolean[] excluded = new boolean[9];
    Arrays.fill(excluded, 6, 9, true);
    MetricLoss loss = AVERAGE_PRECISION.emptyQueries(EmptyQueries.ZERO);
    assertEquals(13.0 / 24, loss.value(THREE.excluding(ItemSets.mask(excluded))), TOLERANCE);
  }

  @Test
  void emptyQueries_haveNoGradient() {
    for (EmptyQueries empty : EmptyQueries.values()) {
      Outcome outcome = Outcome.of(AVERAGE_PRECISION.emptyQueries(empty), THREE, 16);
      outcome.requireGradient();
      for (int i = 6; i < 9; i++) {
        assertEquals(0, outcome.gradient()[i]);
      }
    }
  }

  /** Whatever divides the loss also divides what is pulled back. */
  @Test
  void reductions_actInside() {
    Cells cells = Cells.random(21, 8, 12).withoutExclusions();
    boolean[] two = new boolean[cells.scores().length];
    for (int q = 0; q < 8; q++) {
      two[12 * q + q] = true;
      two[12 * q + 11] = true;
    }
    RankingBatch batch = new Cells(8, 12, cells.scores(), two, cells.excluded()).batch();
    Outcome sum =
        Outcome.of(AVERAGE_PRECISION.reduction(Reduction.SUM), batch, 1.0 / 8).requireGradient();
    Outcome.of(AVERAGE_PRECISION.reduction(Reduction.QUERY_MEAN), batch)
        .assertClose(sum, TOLERANCE);
    Outcome.of(AVERAGE_PRECISION.reduction(Reduction.MICRO), batch).assertClose(sum, TOLERANCE);
    double[] ones = new double[8];
    Arrays.fill(ones, 0.125);
    Outcome.of(AVERAGE_PRECISION.reduction(Reduction.SUM), batch.queryWeights(ones))
        .assertClose(sum, TOLERANCE);
  }

  @Test
  void margin_movesRelevantCandidatesAlone() {
    RankingBatch batch =
        RankingBatch.rows(
            ScoreArray.of(1.0, 0.9, 0.5), 1, 3, Relevance.of(ItemSets.mask(true, false, false)));
    MetricLoss loss = AVERAGE_PRECISION;
    assertEquals(0, loss.value(batch));
    assertEquals(0, loss.margin(0.05).value(batch));
    assertEquals(0.5, loss.margin(0.25).value(batch));
    assertEquals(2.0 / 3, loss.margin(0.75).value(batch), TOLERANCE);
  }

  @Test
  void settings_areKeptByEachOther() {
    MetricLoss loss =
        AVERAGE_PRECISION
            .threads(3)
            .reduction(Reduction.SUM)
            .emptyQueries(EmptyQueries.ZERO)
            .margin(5)
            .threads(1);
    // With that margin every list is upside down: 1 - 1/3, 1 - (1/2 + 2/3) / 2 and 1.
    assertEquals(2.0 / 3 + 5.0 / 12 + 1, loss.value(THREE), TOLERANCE);
    assertEquals(13.0 / 24, AVERAGE_PRECISION.value(THREE), TOLERANCE, "the first is unchanged");
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, Double.NaN, Double.POSITIVE_INFINITY})
  void margin_mustBeFiniteAndNotNegative(double margin) {
    String message =
        assertThrows(IllegalArgumentException.class, () -> AVERAGE_PRECISION.margin(margin))
            .getMessage();
    assertTrue(message.contains("margin") && message.contains("" + margin), message);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1})
  void threads_mustBeOneOrMore(int threads) {
    String message =
        assertThrows(IllegalArgumentException.class, () -> AVERAGE_PRECISION.threads(threads))
            .getMessage();
    assertTrue(message.contains("threads") && message.contains("" + threads), message);
  }

  /** The first mistake is reported as it is, whichever threads find whichever mistakes. */
  @Test
  void failure_isTheSameForAnyNumberOfThreads() {
    Cells cells = Cells.random(22, 400, 64).withoutExclusions();
    double[] scores = cells.scores().clone();
    Arrays.fill(scores, 170 * 64 + 5, scores.length, Double.NaN);
    RankingBatch batch = cells.withScores(scores).batch();
    for (int threads = 1; threads <= 8; threads++) {
      for (int i = 0; i < 20; i++) {
        MetricLoss loss = AVERAGE_PRECISION.threads(threads);
        String message =
            assertThrows(IllegalArgumentException.class, () -> loss.value(batch)).getMessage();
        assertEquals("score is NaN at row 170, column 5", message);
      }
    }
  }

  @Test
  void labelsOfTheWrongKind_areFoundWhenTheyAreRead() {
    double[] labels = new double[9];
    labels[4] = Double.NaN;
    RankingBatch batch =
        RankingBatch.rows(ScoreArray.of(new double[9]), 3, 3, Relevance.grades(labels));
    String message =
        assertThrows(IllegalArgumentException.class, () -> AVERAGE_PRECISION.value(batch))
            .getMessage();
    assertEquals("label is NaN at row 1, column 1", message);
  }

  /** One loss may be used by several threads at once and for batches of any size in turn. */
  @Test
  void loss_canBeShared() {
    MetricLoss shared = MetricLoss.of(Recall.log(), RANKER);
    List<Outcome> expected = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      RankingBatch batch = Cells.random(i, 1 + i % 7, 1 + (i * 5) % 13).batch();
      expected.add(Outcome.of(MetricLoss.of(Recall.log(), RANKER), batch));
    }
    IntStream.range(0, 400)
        .parallel()
        .forEach(i -> {
          int c = i % 40;
          RankingBatch batch = Cells.random(c, 1 + c % 7, 1 + (c * 5) % 13).batch();
          Outcome.of(shared, batch).assertClose(expected.get(c), 0);
        });
    assertTrue(expected.stream().anyMatch(Outcome::hasGradient));
  }
}
