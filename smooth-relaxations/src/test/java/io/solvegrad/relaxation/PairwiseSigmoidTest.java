package io.solvegrad.relaxation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.solvegrad.ranking.AveragePrecision;
import io.solvegrad.ranking.Cells;
import io.solvegrad.ranking.Diagnostics;
import io.solvegrad.ranking.DiscountedGain;
import io.solvegrad.ranking.ItemSets;
import io.solvegrad.ranking.MetricLoss;
import io.solvegrad.ranking.Outcome;
import io.solvegrad.ranking.PositionFunction;
import io.solvegrad.ranking.RankMetric;
import io.solvegrad.ranking.RankingBatch;
import io.solvegrad.ranking.RankingLoss;
import io.solvegrad.ranking.Ranks;
import io.solvegrad.ranking.Recall;
import io.solvegrad.ranking.Reduction;
import io.solvegrad.ranking.Relevance;
import io.solvegrad.ranking.ScoreArray;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PairwiseSigmoidTest {
  private static final double INF = Double.POSITIVE_INFINITY;

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  private static RankingBatch row(boolean[] relevant, double... scores) {
    return RankingBatch.rows(
        ScoreArray.of(scores), 1, scores.length, Relevance.of(ItemSets.mask(relevant)));
  }

  private static MetricLoss smoothAp(double temperature) {
    return MetricLoss.of(new AveragePrecision(), new PairwiseSigmoid(temperature));
  }

  /** Two relevant candidates among three, written out. */
  @Test
  void smoothAveragePrecision_byHand() {
    double a = 0.4;
    double b = 0.9;
    double c = 0.1;
    double t = 0.5;
    double amongA = 1 + sigmoid((c - a) / t);
    double amongC = 1 + sigmoid((a - c) / t);
    double rankA = amongA + sigmoid((b - a) / t);
    double rankC = amongC + sigmoid((b - c) / t);
    boolean[] relevant = {true, false, true};
    assertEquals(
        1 - (amongA / rankA + amongC / rankC) / 2,
        smoothAp(t).value(row(relevant, a, b, c)),
        1e-12);
  }

  /** As the temperature falls, the ranks become exact. */
  @Test
  void smallTemperature_givesTheExactMetric() {
    boolean[] relevant = {false, true, false, false, true};
    RankingBatch batch = row(relevant, 5, 4, 3, 2, 1);
    assertEquals(1 - (1 / 2.0 + 2 / 5.0) / 2, smoothAp(1e-3).value(batch), 1e-12);
    assertArrayEquals(new double[5], Outcome.of(smoothAp(1e-3), batch).gradient());
  }

  @Test
  void equalScores_shareTheirRanks() {
    // Each of the four is half a place behind the three others.
    boolean[] relevant = {true, false, false, false};
    assertEquals(1 - 1 / 2.5, smoothAp(0.1).value(row(relevant, 7, 7, 7, 7)), 1e-12);
  }

  /** -infinity is not retrieved: behind everything finite, level with its like. */
  @Test
  void infiniteScores_areTheEnds() {
    boolean[] second = {false, true, false};
    assertEquals(1 - 1 / 2.5, smoothAp(0.1).value(row(second, 0, -INF, -INF)), 1e-12);
    assertEquals(1 - 1 / 1.5, smoothAp(0.1).value(row(second, 0, INF, INF)), 1e-12);
    assertEquals(1 - 1 / 3.0, smoothAp(0.1).value(row(second, 0, -INF, 5)), 1e-12);
  }

  private static List<RankMetric<? super Ranks>> metrics() {
    return List.of(
        new AveragePrecision(),
        new AveragePrecision(0.1),
        Recall.log(),
        Recall.logLog(),
        new DiscountedGain(PositionFunction.logarithmic()),
        new DiscountedGain(PositionFunction.reciprocal()));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.05, 0.3, 2})
  void gradient_isTheCentralDifference(double temperature) {
    Cells cells = Cells.random(5, 4, 8);
    for (RankMetric<? super Ranks> metric : metrics()) {
      MetricLoss loss =
          MetricLoss.of(metric, new PairwiseSigmoid(temperature))
              .margin(0.1)
              .reduction(Reduction.MICRO);
      assertCentralDifference(loss, cells);
    }
  }

  private static void assertCentralDifference(RankingLoss loss, Cells cells) {
    double step = 1e-6;
    double factor = 3;
    Outcome outcome = Outcome.of(loss, cells.batch(), factor).requireGradient();
    for (int i = 0; i < cells.scores().length; i++) {
      double up = value(loss, cells.withScore(i, cells.scores()[i] + step), factor);
      double down = value(loss, cells.withScore(i, cells.scores()[i] - step), factor);
      assertEquals((up - down) / (2 * step), outcome.gradient()[i], 1e-6);
    }
  }

  private static double value(RankingLoss loss, Cells cells, double factor) {
    return loss.evaluate(cells.batch(), factor, null, new Diagnostics());
  }

  @Test
  void gradient_isLinearInTheFactor() {
    Cells cells = Cells.random(6, 4, 8);
    Outcome one = Outcome.of(smoothAp(0.2), cells.batch()).requireGradient();
    double[] expected = Arrays.stream(one.gradient()).map(g -> 5 * g).toArray();
    Outcome.of(smoothAp(0.2), cells.batch(), 5)
        .assertClose(new Outcome(5 * one.value(), expected), 1e-12);
  }

  @Test
  void diagnostics_countWhatMoves() {
    Cells cells = Cells.random(7, 4, 8).withoutExclusions();
    Diagnostics diagnostics = new Diagnostics();
    smoothAp(0.2).evaluate(cells.batch(), 1, cells.doubles(), diagnostics);
    assertEquals(0, diagnostics.zeroGradientShare());
    assertEquals(1, diagnostics.movedShare());
    diagnostics.reset();
    smoothAp(1e-6).evaluate(cells.batch(), 1, cells.doubles(), diagnostics);
    assertEquals(1, diagnostics.zeroGradientShare(), "too cold");
  }

  @Test
  void hardCutOff_isRefused() {
    MetricLoss loss =
        MetricLoss.of(
            new DiscountedGain(PositionFunction.reciprocal().top(3)), new PairwiseSigmoid(1));
    boolean[] relevant = {true, false};
    String message =
        assertThrows(UnsupportedOperationException.class, () -> loss.value(row(relevant, 1, 2)))
            .getMessage();
    assertTrue(message.contains("cut-off 3"), message);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
  void temperature_mustBePositiveAndFinite(double temperature) {
    String message =
        assertThrows(IllegalArgumentException.class, () -> new PairwiseSigmoid(temperature))
            .getMessage();
    assertTrue(message.contains("temperature") && message.contains("" + temperature), message);
  }
}
