package io.solvegrad.relaxation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.solvegrad.ranking.AveragePrecision;
import io.solvegrad.ranking.ItemSets;
import io.solvegrad.ranking.MetricLoss;
import io.solvegrad.ranking.Ranker;
import io.solvegrad.ranking.RankingBatch;
import io.solvegrad.ranking.RankingLoss;
import io.solvegrad.ranking.Ranks;
import io.solvegrad.ranking.Relevance;
import io.solvegrad.ranking.ScoreArray;
import io.solvegrad.ranking.metric.RankMetrics;
import io.solvegrad.relaxation.Permutahedron.Regularization;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.junit.jupiter.api.Test;

/** Identities and limits that soft rankers must obey. */
final class RankersTest {

  private static double[] gaussians(int n, long seed) {
    Random random = new Random(seed);
    return DoubleStream.generate(random::nextGaussian).limit(n).toArray();
  }

  @Test
  void fastSigmoid_agreesWithPairsInEveryArithmetic() {
    double[] scores = gaussians(700, 1);
    double[] upstream = gaussians(700, 2);
    // The range of scores over the temperature selects float, double and single pairs.
    for (double temperature : new double[] {1, 0.05, 0.02, 0.004, 1e-5}) {
      PairwiseSteps pairs = new PairwiseSteps(Steps.sigmoid(temperature), SoftCutoff.fixed(1));
      Ranking expected = Ranking.of(pairs, upstream, scores);
      Ranking actual = Ranking.of(new PairwiseSigmoid(temperature), upstream, scores);
      assertArrayEquals(expected.ranks(), actual.ranks(), 1e-9);
      assertClose(expected.gradient(), actual.gradient(), 1e-11);
      Ranking floats = Ranking.ofFloats(new PairwiseSigmoid(temperature), upstream, scores);
      Ranking rounded = Ranking.ofFloats(pairs, upstream, scores);
      assertArrayEquals(rounded.ranks(), floats.ranks(), 2e-4);
      assertClose(rounded.gradient(), floats.gradient(), 5e-6);
    }
  }

  @Test
  void fewTargets_agreeWithPairs() {
    Random random = new Random(12);
    for (int n : new int[] {1, 2, 63, 64, 65, 300, 9000}) {
      float[] scores = new float[n];
      double[] labels = new double[n];
      for (int i = 0; i < n; i++) {
        scores[i] = (float) random.nextGaussian();
        labels[i] = i % (n / 9 + 1) == 0 ? 1 : 0;
      }
      RankingBatch batch = RankingBatch.rows(ScoreArray.of(scores), 1, n, Relevance.grades(labels));
      for (double temperature : new double[] {0.2, 0.05, 0.01, 1e-5}) {
        assertPairs(temperature, batch);
      }
    }
  }

  private static void assertPairs(double temperature, RankingBatch batch) {
    PairwiseSteps pairs = new PairwiseSteps(Steps.sigmoid(temperature), SoftCutoff.fixed(1));
    float[] expected = new float[batch.scores().length()];
    float[] actual = new float[expected.length];
    double value =
        MetricLoss.of(new AveragePrecision(), pairs).evaluate(batch, ScoreArray.of(expected));
    MetricLoss fast = MetricLoss.of(new AveragePrecision(), new PairwiseSigmoid(temperature));
    assertEquals(value, fast.evaluate(batch, ScoreArray.of(actual)), 1e-6);
    for (int i = 0; i < expected.length; i++) {
      assertEquals(expected[i], actual[i], 1e-6 * Math.max(1, 0.1 / temperature));
    }
  }

  private static void assertClose(double[] expected, double[] actual, double tolerance) {
    double size = Arrays.stream(expected).map(Math::abs).max().orElse(0) + 1e-300;
    for (int i = 0; i < expected.length; i++) {
      assertEquals(expected[i], actual[i], tolerance * size);
    }
  }

  @Test
  void lapSum_isTheSumOfLaplaceSteps() {
    for (double scale : new double[] {1e-3, 0.1, 1, 50}) {
      double[] scores = gaussians(300, 3);
      scores[7] = scores[8];
      double[] upstream = gaussians(300, 4);
      Ranking expected =
          Ranking.of(
              new PairwiseSteps(Steps.laplace(scale), SoftCutoff.fixed(1)), upstream, scores);
      Ranking actual = Ranking.of(new LapSum(scale), upstream, scores);
      assertArrayEquals(expected.ranks(), actual.ranks(), 1e-10);
      assertClose(expected.gradient(), actual.gradient(), 1e-11);
    }
  }

  @Test
  void lapSumMemberships_addUpToTheCutoff() {
    double[] scores = gaussians(40, 5);
    for (double scale : new double[] {1e-3, 0.3, 20, 1e4}) {
      for (int k = 1; k < 40; k++) {
        double[] labels = new double[40];
        Arrays.fill(labels, 1);
        RankingBatch batch =
            RankingBatch.rows(ScoreArray.of(scores), 1, 40, Relevance.grades(labels));
        // Everything is relevant, so recall@k is k / n.
        double loss = MetricLoss.of(RankMetrics.recallAt(k), new LapSum(scale)).value(batch);
        assertEquals(1 - k / 40.0, loss, 1e-9);
        double[] members = new LapSum(scale).members(k, scores);
        assertEquals(k, Arrays.stream(members).sum(), 1e-9 * k);
        assertTrue(Arrays.stream(members).allMatch(m -> m >= 0 && m <= 1));
      }
    }
  }

  /** A masked candidate would stand at the top if it took part in the midpoint. */
  @Test
  void softCutoff_doesNotSeePadding() {
    MetricLoss loss = MetricLoss.of(RankMetrics.recallAt(1), PairwiseSigmoid.withMidpointCutoff(1));
    RankingBatch alone = RankingBatch.rows(ScoreArray.of(2.0, 1.0), 1, 2, Relevance.grades(1, 0));
    RankingBatch padded =
        RankingBatch.rows(ScoreArray.of(2.0, 1.0, 0.0), 1, 3, Relevance.grades(1, 0, 0))
            .excluding(ItemSets.mask(new boolean[] {false, false, true}));
    double soft = 1 / (1 + Math.exp(-1.0));
    double expected = 1 / (1 + Math.exp(-(1.5 - (2 - soft))));
    assertEquals(1 - expected, loss.value(alone), 1e-12);
    assertEquals(1 - expected, loss.value(padded), 1e-12);
  }

  @Test
  void softCutoff_takesNoneAndAll() {
    SoftCutoff cutoff = SoftCutoff.midpoint(Steps.sigmoid(1));
    assertArrayEquals(new double[2], cutoff.members(0, 3, 1));
    assertArrayEquals(new double[] {1, 1}, cutoff.members(2, 3, 1));
    assertThrows(IllegalArgumentException.class, () -> cutoff.members(-1, 3, 1));
  }

  @Test
  void lapSumOperators_needNoLoss() {
    double[] scores = gaussians(30, 8);
    assertArrayEquals(
        Ranking.of(new LapSum(0.3), new double[0], scores).ranks(),
        new LapSum(0.3).ranks(scores),
        1e-12);
    assertArrayEquals(new double[] {1, 1}, new LapSum(1).members(2, 3.0, 4.0));
    assertArrayEquals(new double[0], new LapSum(1).ranks());
    assertMessage("k", "0", () -> new LapSum(1).members(0, 1.0));
  }

  @Test
  void ranks_addUp() {
    double[] scores = gaussians(31, 6);
    List<Ranker<Ranks>> rankers =
        List.of(
            new PairwiseSigmoid(0.3),
            new LapSum(0.4),
            new SoftRank(0.7),
            new SoftRank(Regularization.KL, 0.7, SoftCutoff.fixed(1)),
            new PerturbedRanks(0.5, 7, 1));
    for (Ranker<Ranks> ranker : rankers) {
      double[] ranks = Ranking.of(ranker, new double[0], scores).ranks();
      assertEquals(31 * 32 / 2.0, Arrays.stream(ranks).sum(), 1e-9, ranker.toString());
    }
  }

  @Test
  void permutahedron_agreesWithTheMinimaxFormula() {
    for (int seed = 0; seed < 200; seed++) {
      int n = 1 + seed % 9;
      double[] scores = gaussians(n, seed);
      double strength = 0.2 + seed % 5;
      double[] ranks = new double[n];
      new Permutahedron(Regularization.L2, strength).ranks(scores, n, ranks);
      Integer[] order = new Integer[n];
      Arrays.setAll(order, i -> i);
      Arrays.sort(order, (a, b) -> Double.compare(scores[a], scores[b]));
      for (int p = 0; p < n; p++) {
        double least = Double.POSITIVE_INFINITY;
        for (int from = 0; from <= p; from++) {
          double largest = Double.NEGATIVE_INFINITY;
          for (int to = p; to < n; to++) {
            double sum = 0;
            for (int q = from; q <= to; q++) {
              sum += -scores[order[q]] / strength - (n - q);
            }
            largest = Math.max(largest, sum / (to - from + 1));
          }
          least = Math.min(least, largest);
        }
        assertEquals(-scores[order[p]] / strength - least, ranks[order[p]], 1e-9);
      }
    }
  }

  @Test
  void permutahedron_isStableForLargeScoresAndStrengths() {
    double[] small = {0.5, 0.25, 3, -2};
    for (Regularization regularization : Regularization.values()) {
      for (double strength : new double[] {0.1, 1, 10, 1e6}) {
        double[] ranks = new double[4];
        new Permutahedron(regularization, strength).ranks(small, 4, ranks);
        double[] shifted = Arrays.stream(small).map(x -> x + (1L << 40)).toArray();
        double[] shiftedRanks = new double[4];
        new Permutahedron(regularization, strength).ranks(shifted, 4, shiftedRanks);
        assertArrayEquals(ranks, shiftedRanks, 1e-8);
        double[] sorted = new double[4];
        new Permutahedron(regularization, strength).sort(small, 4, sorted);
        for (int p = 1; p < 4; p++) {
          assertTrue(sorted[p] <= sorted[p - 1] + 1e-12, Arrays.toString(sorted));
        }
      }
    }
  }

  @Test
  void perturbedRanks_tendToTheirExpectation() {
    double sigma = 0.8;
    double[] scores = {0.3, -0.2};
    Ranking ranking =
        Ranking.of(new PerturbedRanks(sigma, 200_000, 9), new double[] {1, 0}, scores);
    // The difference of two Gaussians has deviation sigma sqrt 2.
    double z = (scores[1] - scores[0]) / (sigma * Math.sqrt(2));
    double ahead = new NormalDistribution().cumulativeProbability(z);
    double density = new NormalDistribution().density(z) / (sigma * Math.sqrt(2));
    assertEquals(1 + ahead, ranking.ranks()[0], 5e-3);
    assertArrayEquals(new double[] {-density, density}, ranking.gradient(), 1e-2);
  }

  @Test
  void softPermutations_areStochasticAndBecomeExact() {
    double[] scores = {0.4, -1.2, 2.2, 0.9, -0.3};
    double[][] exact = {
      {0, 0, 1, 0, 0}, {0, 0, 0, 1, 0}, {1, 0, 0, 0, 0}, {0, 0, 0, 0, 1}, {0, 1, 0, 0, 0}
    };
    assertMatrix(exact, new NeuralSort(1e-3).matrix(scores), 1e-9);
    assertMatrix(exact, new SoftSort(1e-3).matrix(scores), 1e-9);
    assertMatrix(exact, new Sinkhorn(1e-3, 200).matrix(scores), 1e-2);
    assertStochastic(new NeuralSort(3).matrix(scores), false);
    assertStochastic(new NeuralSort(3, 50).matrix(scores), true);
    assertStochastic(new SoftSort(1, 2, 50).matrix(scores), true);
    assertStochastic(new Sinkhorn(0.1, 100).matrix(scores), true);
  }

  private static void assertMatrix(double[][] expected, double[][] actual, double tolerance) {
    for (int r = 0; r < expected.length; r++) {
      assertArrayEquals(expected[r], actual[r], tolerance);
    }
  }

  private static void assertStochastic(double[][] matrix, boolean columns) {
    for (int r = 0; r < matrix.length; r++) {
      assertEquals(1, Arrays.stream(matrix[r]).sum(), 1e-9);
      int column = r;
      double sum = Arrays.stream(matrix).mapToDouble(row -> row[column]).sum();
      assertTrue(!columns || Math.abs(sum - 1) < 1e-6, "column adds up to " + sum);
    }
  }

  /** Zero-one principle: a network that sorts all sequences of two values sorts everything. */
  @Test
  void networks_sort() {
    for (SortingNetwork.Kind kind : SortingNetwork.Kind.values()) {
      for (int n = 1; n <= 9; n++) {
        for (int bits = 0; bits < 1 << n; bits++) {
          double[] scores = new double[n];
          double[] labels = new double[n];
          for (int i = 0; i < n; i++) {
            scores[i] = bits >> i & 1;
            labels[i] = scores[i];
          }
          RankingBatch batch =
              RankingBatch.rows(ScoreArray.of(scores), 1, n, Relevance.grades(labels));
          SortingNetwork network = new SortingNetwork(kind, Steps.sigmoid(1), 1e6);
          double loss = MetricLoss.of(RankMetrics.ndcg(), network).value(batch);
          assertEquals(0, loss, 1e-12, () -> kind + " " + Arrays.toString(scores));
        }
      }
    }
  }

  @Test
  void smoothAp_leavesTheQueryOutAndSmoothsBothRanks() {
    // Two classes of two; the worst ranking puts the partner last of three.
    double[] similarity = {
      1, -1, 0.9, 0.9, -1, 1, 0.9, 0.9, 0.9, 0.9, 1, -1, 0.9, 0.9, -1, 1,
    };
    int[] classes = {0, 0, 1, 1};
    RankingBatch batch =
        RankingBatch.rows(
                ScoreArray.of(similarity), 4, 4, Relevance.of(ItemSets.sameId(classes, classes)))
            .excluding(ItemSets.self());
    RankingLoss loss = MetricLoss.of(new AveragePrecision(), new PairwiseSigmoid(0.01));
    assertEquals(2.0 / 3, loss.value(batch), 1e-12);
  }

  @Test
  void loss_isTheSameOnAnyNumberOfThreads() {
    Lists lists = Lists.random(new Random(11), 60, 300);
    MetricLoss loss = MetricLoss.of(RankMetrics.ndcgAt(10), new PairwiseSigmoid(0.2));
    double[] alone = lists.gradient(loss.threads(1));
    for (int threads = 2; threads <= 5; threads++) {
      assertEquals(lists.value(loss.threads(1)), lists.value(loss.threads(threads)));
      assertArrayEquals(alone, lists.gradient(loss.threads(threads)));
    }
  }

  @Test
  void badParameters_areNamed() {
    assertMessage("temperature", "-1.0", () -> new PairwiseSigmoid(-1));
    assertMessage("scale", "NaN", () -> new LapSum(Double.NaN));
    assertMessage("strength", "0.0", () -> new SoftRank(0));
    assertMessage("samples", "1", () -> new PerturbedRanks(1, 1, 0));
    assertMessage("iterations", "0", () -> new Sinkhorn(1, 0));
    assertMessage(
        "steepness",
        "Infinity",
        () ->
            new SortingNetwork(
                SortingNetwork.Kind.BITONIC, Steps.cauchy(), Double.POSITIVE_INFINITY));
  }

  private static void assertMessage(String name, String value, Runnable call) {
    String message = assertThrows(IllegalArgumentException.class, call::run).getMessage();
    assertTrue(message.contains(name) && message.contains(value), message);
  }
}
