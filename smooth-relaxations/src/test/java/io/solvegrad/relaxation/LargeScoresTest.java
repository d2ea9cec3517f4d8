package io.solvegrad.relaxation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.solvegrad.ranking.MetricLoss;
import io.solvegrad.ranking.Outcome;
import io.solvegrad.ranking.RankingBatch;
import io.solvegrad.ranking.Relevance;
import io.solvegrad.ranking.ScoreArray;
import io.solvegrad.ranking.metric.RankMetrics;
import io.solvegrad.relaxation.Permutahedron.Regularization;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Soft permutations of scores that differ by many orders of magnitude. */
final class LargeScoresTest {

  private static Map<String, MetricLoss> losses() {
    Map<String, MetricLoss> losses = new LinkedHashMap<>();
    losses.put("NeuralNDCG", SmoothLosses.neuralNdcg(1));
    losses.put("PiRank", SmoothLosses.piRank(1));
    losses.put("sharp PiRank", SmoothLosses.piRank(.01));
    losses.put("SoftSort", MetricLoss.of(RankMetrics.ndcg(), new SoftSort(1)));
    losses.put("squares", MetricLoss.of(RankMetrics.ndcg(), new SoftSort(1, 2, 5)));
    losses.put("Sinkhorn", MetricLoss.of(RankMetrics.ndcg(), new Sinkhorn(.1, 200)));
    losses.put("SoftRank", MetricLoss.of(RankMetrics.ndcg(), new SoftRank(1)));
    return losses;
  }

  /** Up to seven candidates with sizes from 1e-30 to 1e30 and some that are equal. */
  @Property(tries = 400, seed = "1")
  void lossesAndGradients_areBounded(@ForAll long seed) {
    Random random = new Random(seed);
    int n = 2 + random.nextInt(6);
    double[] scores = new double[n];
    double[] labels = new double[n];
    for (int i = 0; i < n; i++) {
      scores[i] = random.nextGaussian() * Math.pow(10, random.nextInt(-30, 31));
      if (i > 0 && random.nextInt(4) == 0) {
        scores[i] = scores[random.nextInt(i)];
      }
      labels[i] = random.nextInt(3);
    }
    RankingBatch batch = RankingBatch.rows(ScoreArray.of(scores), 1, n, Relevance.grades(labels));
    losses()
        .forEach((name, loss) -> {
          Outcome outcome = Outcome.of(loss, batch);
          String what = name + " of " + Arrays.toString(scores) + Arrays.toString(labels);
          // NDCG is at most 1 where columns add up to 1, too, and near it where they nearly do.
          boolean stochastic = name.startsWith("Neural") || name.equals("SoftRank");
          double most = stochastic ? 1 + 1e-4 : 1.5;
          assertTrue(outcome.value() <= 1 + 1e-9 && outcome.value() >= 1 - most, what);
          double bound = name.startsWith("sharp") ? 100 * n * n : n * n;
          for (double slope : outcome.gradient()) {
            // Sinkhorn divides by the deviation, SoftSort multiplies by a gap.
            boolean bounded = name.equals("Sinkhorn") || Math.abs(slope) <= bound;
            assertTrue(bounded && Double.isFinite(slope), () -> slope + ", " + what);
          }
        });
  }

  /** How far away the first is makes no difference to the others. */
  @Test
  void farScores_changeNothingForTheOthers() {
    double[] labels = {0, 1, 0};
    losses()
        .forEach((name, loss) -> {
          if (name.equals("Sinkhorn")) {
            return; // in units of the deviation
          }
          RankingBatch near =
              RankingBatch.rows(ScoreArray.of(1e4, .2, .1), 1, 3, Relevance.grades(labels));
          Outcome expected = Outcome.of(loss, near).requireGradient();
          for (double far : new double[] {1e20, 1e30, 1e150, Double.POSITIVE_INFINITY}) {
            RankingBatch batch =
                RankingBatch.rows(ScoreArray.of(far, .2, .1), 1, 3, Relevance.grades(labels));
            Outcome actual = Outcome.of(loss, batch);
            assertEquals(expected.value(), actual.value(), 1e-9, name + ", " + far);
            assertArrayEquals(expected.gradient(), actual.gradient(), 1e-9, name + ", " + far);
          }
        });
  }

  private static final double INF = Double.POSITIVE_INFINITY;

  /** Those at infinity first, those at minus infinity last, equal ones equally. */
  @Test
  void memberships_ofInfiniteScoresAreShared() {
    LapSum lapSum = new LapSum(1);
    double third = 1.0 / 3;
    assertArrayEquals(new double[] {0, 1, 1, 0, 0}, lapSum.members(2, 1e308, INF, INF, -INF, 0));
    assertArrayEquals(
        new double[] {2 * third, 2 * third, 2 * third, 0}, lapSum.members(2, INF, INF, INF, 0));
    assertArrayEquals(
        new double[] {1, .25, .25, .25, .25}, lapSum.members(2, 1, -INF, -INF, -INF, -INF));
    assertArrayEquals(new double[] {1, 1, 0}, lapSum.members(2, INF, 5, -INF));
    assertArrayEquals(new double[] {1, .5, .5, 0}, lapSum.members(2, INF, 5, 5, -INF), 1e-12);
    assertArrayEquals(new double[] {.5, .5}, lapSum.members(1, INF, INF));
    assertArrayEquals(new double[] {.5, .5}, lapSum.members(1, -INF, -INF));
  }

  /** Scores of every size, many of them equal, some infinite. */
  @Property(tries = 2000, seed = "7")
  void memberships_addUpToTheCutoff(@ForAll long seed) {
    Random random = new Random(seed);
    double[] pool = {INF, -INF, 1e308, -1e308, Double.MAX_VALUE, 1e30, -1e30, 1e17, 300, 1, .5, 0};
    double[] scores = new double[2 + random.nextInt(8)];
    Arrays.setAll(scores, i -> pool[random.nextInt(pool.length)]);
    for (double scale : new double[] {1e-10, .3, 1, 20}) {
      for (int k = 1; k < scores.length; k++) {
        double[] members = new LapSum(scale).members(k, scores);
        String what = k + " of " + Arrays.toString(scores) + ", scale " + scale;
        assertEquals(k, Arrays.stream(members).sum(), 1e-9, what);
        assertTrue(Arrays.stream(members).allMatch(m -> m >= 0 && m <= 1), what);
        for (int i = 0; i < scores.length; i++) {
          for (int j = 0; j < scores.length; j++) {
            assertTrue(!(scores[i] > scores[j]) || members[i] >= members[j], what);
            assertTrue(scores[i] != scores[j] || members[i] == members[j], what);
          }
        }
      }
    }
  }

  /** All are relevant, so recall at k is k of n whichever of them are infinite. */
  @Test
  void softCutoff_ofSeveralInfiniteScoresAddsUp() {
    double[] scores = {INF, 1, INF, INF, 0};
    RankingBatch batch =
        RankingBatch.rows(ScoreArray.of(scores), 1, 5, Relevance.grades(1, 1, 1, 1, 1));
    for (int k = 1; k < 5; k++) {
      MetricLoss loss = MetricLoss.of(RankMetrics.recallAt(k), new LapSum(1));
      Outcome outcome = Outcome.of(loss, batch);
      assertEquals(1 - k / 5.0, outcome.value(), 1e-9);
      assertTrue(Arrays.stream(outcome.gradient()).allMatch(Double::isFinite));
    }
  }

  /** The permutahedron of values so wide apart is nearly a point's distance from their mean. */
  @Test
  void softSorting_ofTheLargestNumbersIsFinite() {
    double[] input = {1e308, -1e308, 0};
    for (Regularization regularization : Regularization.values()) {
      double[] sorted = new double[3];
      Permutahedron hull = new Permutahedron(regularization, 1);
      hull.sort(input, 3, sorted);
      double expected = regularization == Regularization.L2 ? 0 : 1e308;
      for (double value : sorted) {
        assertEquals(expected, value, 1e295, regularization + Arrays.toString(sorted));
      }
      double[] gradient = new double[3];
      hull.pullSort(new double[] {1, 1, 1}, gradient);
      assertEquals(3, Arrays.stream(gradient).sum(), 1e-12);
      hull.sort(new double[] {1.5e308, -1.5e308}, 2, sorted);
      assertTrue(Double.isFinite(sorted[0]) && Double.isFinite(sorted[1]), regularization + "");
    }
  }
}
