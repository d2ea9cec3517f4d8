package io.solvegrad.relaxation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.solvegrad.ranking.Diagnostics;
import io.solvegrad.ranking.Gain;
import io.solvegrad.ranking.MetricLoss;
import io.solvegrad.ranking.PerturbedLoss;
import io.solvegrad.ranking.PositionFunction;
import io.solvegrad.ranking.RankingBatch;
import io.solvegrad.ranking.RankingLoss;
import io.solvegrad.ranking.Relevance;
import io.solvegrad.ranking.ScoreArray;
import io.solvegrad.ranking.metric.RankMetrics;
import io.solvegrad.relaxation.surrogate.ListMle;
import io.solvegrad.relaxation.surrogate.PlRank;
import io.solvegrad.relaxation.surrogate.PolicyGradient;
import io.solvegrad.relaxation.surrogate.SurrogateLoss;
import java.util.Arrays;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

/** What holds under the Plackett-Luce model, by going through all orders. */
final class PlackettLuceTest {
  private static final double[] SCORES = {0.4, -0.8, 1.3, 0.1};
  private static final double[] LABELS = {2, 0, 1, 3};

  private static RankingBatch batch(double[] scores, double[] labels) {
    return RankingBatch.rows(ScoreArray.of(scores), 1, scores.length, Relevance.grades(labels));
  }

  /** E[f(ranks)] over all orders, by the likelihood that ListMLE gives them. */
  private static double expectation(double[] scores, ToDoubleFunction<int[]> f) {
    return expectation(scores, new int[scores.length], 1, f);
  }

  private static double expectation(
      double[] scores, int[] ranks, int next, ToDoubleFunction<int[]> f) {
    if (next > scores.length) {
      double[] labels = Arrays.stream(ranks).mapToDouble(r -> scores.length - r).toArray();
      double likelihood = Math.exp(-SurrogateLoss.of(new ListMle()).value(batch(scores, labels)));
      return likelihood * f.applyAsDouble(ranks);
    }
    double sum = 0;
    for (int i = 0; i < ranks.length; i++) {
      if (ranks[i] == 0) {
        ranks[i] = next;
        sum += expectation(scores, ranks, next + 1, f);
        ranks[i] = 0;
      }
    }
    return sum;
  }

  @Test
  void expectedRank_isThePairwiseSigmoidAtTemperatureOne() {
    double[] expected = new double[4];
    for (int i = 0; i < 4; i++) {
      int candidate = i;
      expected[i] = expectation(SCORES, ranks -> ranks[candidate]);
    }
    double[] ranks = Ranking.of(new PairwiseSigmoid(1), new double[0], SCORES).ranks();
    assertArrayEquals(expected, ranks, 1e-12);
  }

  private static double ndcgAtTwo(int[] ranks) {
    double found = 0;
    for (int i = 0; i < 4; i++) {
      found += ranks[i] <= 2 ? LABELS[i] * Math.log(2) / Math.log1p(ranks[i]) : 0;
    }
    return found / (3 + 2 * Math.log(2) / Math.log(3));
  }

  private static double[] exactGradient() {
    double[] gradient = new double[4];
    for (int i = 0; i < 4; i++) {
      double[] up = SCORES.clone();
      double[] down = SCORES.clone();
      up[i] += 1e-5;
      down[i] -= 1e-5;
      gradient[i] =
          -(expectation(up, PlackettLuceTest::ndcgAtTwo)
                  - expectation(down, PlackettLuceTest::ndcgAtTwo))
              / 2e-5;
    }
    return gradient;
  }

  private static void assertEstimates(RankingLoss loss, double tolerance) {
    double[] gradient = new double[4];
    double value =
        loss.evaluate(batch(SCORES, LABELS), 1, ScoreArray.of(gradient), new Diagnostics());
    assertEquals(1 - expectation(SCORES, PlackettLuceTest::ndcgAtTwo), value, tolerance);
    assertArrayEquals(exactGradient(), gradient, tolerance);
  }

  @Test
  void policyGradient_isUnbiased() {
    PositionFunction top = PositionFunction.logarithmic().top(2);
    assertEstimates(
        SurrogateLoss.of(new PolicyGradient(RankMetrics.ndcg(Gain.linear(), top), 100_000, 5)),
        5e-3);
  }

  @Test
  void plRank_isUnbiasedAndLessNoisy() {
    PositionFunction top = PositionFunction.logarithmic().top(2);
    assertEstimates(SurrogateLoss.of(new PlRank(top, y -> y, 20_000, 5)), 3e-3);
  }

  /** As Gumbel noise makes orders of the model, exact ranks of noisy scores have these means. */
  @Test
  void gumbelNoise_leavesSmoothLossesNearby() {
    RankingLoss ndcg = MetricLoss.of(RankMetrics.ndcg(), new PairwiseSigmoid(0.01));
    RankingLoss loss =
        new PerturbedLoss(
            new SmoothedScores(ndcg, 1e-20, 1), PerturbedLoss.Noise.GUMBEL, 1, 40_000, 3);
    double expected =
        expectation(
            SCORES,
            ranks -> {
              double found = 0;
              for (int i = 0; i < 4; i++) {
                found += (Math.pow(2, LABELS[i]) - 1) * Math.log(2) / Math.log1p(ranks[i]);
              }
              return found / (7 + 3 * Math.log(2) / Math.log(3) + 0.5);
            });
    assertEquals(1 - expected, loss.value(batch(SCORES, LABELS)), 5e-3);
  }
}
