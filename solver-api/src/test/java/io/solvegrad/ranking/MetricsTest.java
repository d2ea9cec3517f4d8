package io.solvegrad.ranking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.solvegrad.ranking.metric.RankMetrics;
import io.solvegrad.solver.Lambda;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Values and slopes of the metrics by examples computed by hand. */
final class MetricsTest {
  private static final double TOLERANCE = 1e-12;
  private static final double LN2 = Math.log(2);

  private static double value(RankMetric<? super Ranks> metric, RankingBatch batch) {
    return MetricLoss.of(metric, new ReferenceRanker(Lambda.plain(1))).value(batch);
  }

  /** Candidates in the order of their ranks. */
  private static RankingBatch ranked(double... grades) {
    double[] scores = new double[grades.length];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = -i;
    }
    return RankingBatch.rows(ScoreArray.of(scores), 1, scores.length, Relevance.grades(grades));
  }

  private static void assertSlope(SmoothFunction function, double x) {
    double step = 1e-6;
    double slope = (function.at(x + step) - function.at(x - step)) / (2 * step);
    assertEquals(slope, function.slope(x), 1e-8);
  }

  @Test
  void recall_isTheMeanOfTheWeightOfNegativesAbove() {
    // Above the two relevant candidates stand 1 and 3 others.
    RankingBatch batch = ranked(0, 1, 0, 0, 1);
    assertEquals((Math.log(2) + Math.log(4)) / 2, value(Recall.log(), batch), TOLERANCE);
    assertEquals(
        (Math.log(1 + Math.log(2)) + Math.log(1 + Math.log(4))) / 2,
        value(Recall.logLog(), batch),
        TOLERANCE);
    assertEquals(
        (1 + 3) / 2.0, value(new Recall(SmoothFunction.of(r -> r, r -> 1)), batch), TOLERANCE);
  }

  @Test
  void recall_slopesAreDerivatives() {
    for (Recall recall : new Recall[] {Recall.log(), Recall.logLog()}) {
      assertEquals(0, recall.missed().at(0));
      for (double r : new double[] {0.5, 1, 2, 7, 100}) {
        assertSlope(recall.missed(), r);
      }
    }
    assertEquals(1, Recall.log().missed().slope(0));
    assertEquals(1, Recall.logLog().missed().slope(0));
  }

  @Test
  void averagePrecision_isThatOfTheTextbook() {
    RankingBatch batch = ranked(0, 1, 0, 0, 1);
    assertEquals(1 - (1 / 2.0 + 2 / 5.0) / 2, value(new AveragePrecision(), batch), TOLERANCE);
    assertEquals(0, value(new AveragePrecision(), ranked(1, 1, 0)));
  }

  @Test
  void averagePrecision_epsilonCountsAsMissed() {
    RankingBatch batch = ranked(0, 1, 0, 0, 1);
    assertEquals(1 - (1 / 2.0 + 2 / 5.0) / 2.5, value(new AveragePrecision(0.5), batch), TOLERANCE);
    assertEquals(0.5 / 2.5, value(new AveragePrecision(0.5), ranked(1, 1, 0)), TOLERANCE);
    assertEquals(0, value(new AveragePrecision(0.5), ranked(0, 0)), "nothing to find");
  }

  @ParameterizedTest
  @ValueSource(doubles = {-1e-5, Double.NaN, Double.POSITIVE_INFINITY})
  void averagePrecision_epsilonMustBeFiniteAndNotNegative(double epsilon) {
    String message =
        assertThrows(IllegalArgumentException.class, () -> new AveragePrecision(epsilon))
            .getMessage();
    assertTrue(message.contains("epsilon") && message.contains("" + epsilon), message);
  }

  @Test
  void exponentialGain_isExactForWholeGradesAndKeepsTinyOnes() {
    for (int grade = 1; grade < 53; grade++) {
      assertEquals((1L << grade) - 1, Gain.exponential().of(grade));
    }
    assertEquals(Math.sqrt(2) - 1, Gain.exponential().of(0.5), 1e-15);
    assertEquals(LN2 * 1e-300, Gain.exponential().of(1e-300), 1e-315);
    assertEquals(0, value(RankMetrics.ndcg(), ranked(1e-20, 0)), TOLERANCE);
    assertTrue(value(RankMetrics.ndcg(), ranked(0, 1e-20)) > 0.3);
  }

  @Test
  void discountedGain_weighsPositionsByGrade() {
    // Grade 1 at rank 1 and grade 3 at rank 2.
    RankingBatch batch = ranked(1, 3, 0);
    double second = LN2 / Math.log(3);
    assertEquals(
        1 - (1 + 3 * second) / 4,
        value(new DiscountedGain(PositionFunction.logarithmic()), batch),
        TOLERANCE);
    assertEquals(
        1 - (1 + 3 / 2.0) / 4,
        value(new DiscountedGain(PositionFunction.reciprocal()), batch),
        TOLERANCE);
    assertEquals(
        1 - 1 / 4.0,
        value(new DiscountedGain(PositionFunction.logarithmic().top(1)), batch),
        TOLERANCE);
  }

  @Test
  void discountedGain_constantDiscountIsRecallAtK() {
    PositionFunction top =
        new PositionFunction(SmoothFunction.of(r -> 1, r -> 0), Integer.MAX_VALUE).top(2);
    assertEquals(0.5, value(new DiscountedGain(top), ranked(0, 1, 0, 1)), TOLERANCE);
  }

  /** Below the cut-off there is no value, but something to learn. */
  @Test
  void discountedGain_learnsBelowTheCutOff() {
    RankingBatch batch = ranked(0, 0, 0, 0, 1);
    DiscountedGain metric = new DiscountedGain(PositionFunction.reciprocal().top(2));
    MetricLoss loss = MetricLoss.of(metric, new ReferenceRanker(Lambda.plain(64)));
    Outcome outcome = Outcome.of(loss, batch).requireGradient();
    assertEquals(1, outcome.value());
    // Moved by 64 (1/4 - 1/5) = 3.2 the candidate overtakes three others.
    assertEquals(-3 / 64.0, outcome.gradient()[4], TOLERANCE);
  }

  @Test
  void positionFunction_valuesEndAtTheCutOffAndSlopesDoNot() {
    PositionFunction position = PositionFunction.logarithmic().top(3);
    assertEquals(3, position.cutoff());
    assertEquals(1, position.at(1), TOLERANCE);
    assertEquals(0.5, position.at(3), TOLERANCE);
    assertEquals(0, position.at(4));
    assertEquals(0, position.integerSlope(1));
    assertEquals(LN2 / Math.log(3) - 1, position.integerSlope(2), TOLERANCE);
    assertEquals(LN2 / Math.log(9) - LN2 / Math.log(8), position.integerSlope(8), TOLERANCE);
    assertEquals(1, PositionFunction.reciprocal().at(1));
    assertEquals(1 / 4.0 - 1 / 3.0, PositionFunction.reciprocal().integerSlope(4), TOLERANCE);
  }

  @Test
  void positionFunction_slopesAreDerivatives() {
    for (double rank : new double[] {1, 1.5, 2, 10, 1000}) {
      assertSlope(PositionFunction.logarithmic().discount(), rank);
      assertSlope(PositionFunction.reciprocal().discount(), rank);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -3})
  void cutOff_mustBeOneOrMore(int cutoff) {
    PositionFunction position = PositionFunction.reciprocal();
    String message =
        assertThrows(IllegalArgumentException.class, () -> position.top(cutoff)).getMessage();
    assertTrue(message.contains("cut-off") && message.contains("" + cutoff), message);
  }
}
