package io.solvegrad.rambo;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.solvegrad.ranking.AveragePrecision;
import io.solvegrad.ranking.ItemSets;
import io.solvegrad.ranking.MetricLoss;
import io.solvegrad.ranking.Outcome;
import io.solvegrad.ranking.RankKernels;
import io.solvegrad.ranking.RankMetric;
import io.solvegrad.ranking.RankingBatch;
import io.solvegrad.ranking.RankingSolver;
import io.solvegrad.ranking.Ranks;
import io.solvegrad.ranking.Recall;
import io.solvegrad.ranking.Relevance;
import io.solvegrad.ranking.ScoreArray;
import io.solvegrad.solver.Interpolation;
import io.solvegrad.solver.Lambda;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

/**
 * What the theory says of the interpolation, for the losses as they are: with the upstream that a
 * metric gives. Further numbers of the list are in {@link BlackboxPropertiesTest}.
 */
final class InterpolationPropertiesTest {
  private static final String SEED = "20208";
  private static final double TOLERANCE = 1e-9;

  @Provide
  Arbitrary<Query> queries() {
    return Query.arbitrary(14);
  }

  @Provide
  Arbitrary<RankMetric<? super Ranks>> metrics() {
    return Arbitraries.of(
        List.<RankMetric<? super Ranks>>of(Recall.log(), Recall.logLog(), new AveragePrecision()));
  }

  /** A query with what the loss pushes into its ranks. */
  private record Ranking(double[] scores, double[] upstream, RankingSolver solver) {

    static Ranking of(Query query, RankMetric<? super Ranks> metric) {
      RecordingRanker recorder = new RecordingRanker(Lambda.plain(1));
      Outcome.of(MetricLoss.of(metric, recorder), query.batch());
      return new Ranking(
          query.scores(), recorder.lists().get(0).upstream(), new RankingSolver(query.size()));
    }

    double[] ranks(double[] costs) {
      double[] ranks = new double[costs.length];
      solver.solve(costs, ranks);
      return ranks;
    }

    double[] ranks() {
      return ranks(scores);
    }

    double[] perturbed(double lambda) {
      double[] moved = new double[scores.length];
      Arrays.setAll(moved, i -> scores[i] + lambda * upstream[i]);
      return ranks(moved);
    }

    double linearised(double[] ranks) {
      return dot(upstream, ranks);
    }
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  private static double[] gradient(Query query, RankMetric<? super Ranks> metric, double lambda) {
    return Outcome.of(
            MetricLoss.of(metric, new BlackboxRanker(Lambda.plain(lambda))), query.batch())
        .gradient();
  }

  @Property(seed = SEED, tries = 300)
  void property03_interpolationIsBounded(
      @ForAll("queries") Query query,
      @ForAll("metrics") RankMetric<? super Ranks> metric,
      @ForAll @DoubleRange(min = 0.1, max = 50) double lambda) {
    Ranking ranking = Ranking.of(query, metric);
    double at = ranking.linearised(ranking.ranks());
    double moved = ranking.linearised(ranking.perturbed(lambda));
    // The interpolation is a linearised loss, up to the same constant as the two others.
    double between =
        new Interpolation(Lambda.plain(lambda))
            .value(ranking.solver(), ranking.scores(), ranking.upstream());
    assertTrue(moved <= between + TOLERANCE && between <= at + TOLERANCE);
    double[] gradient = gradient(query, metric, lambda);
    assertTrue(dot(ranking.upstream(), gradient) <= TOLERANCE);
    assertTrue(dot(ranking.scores(), gradient) >= -TOLERANCE);
  }

  @Property(seed = SEED, tries = 300)
  void property04_interpolationFallsWithLambda(
      @ForAll("queries") Query query,
      @ForAll("metrics") RankMetric<? super Ranks> metric,
      @ForAll @DoubleRange(min = 0.1, max = 20) double lambda,
      @ForAll @DoubleRange(min = 1, max = 5) double more) {
    Ranking ranking = Ranking.of(query, metric);
    double[] near = ranking.perturbed(lambda);
    double[] far = ranking.perturbed(lambda * more);
    assertTrue(ranking.linearised(far) <= ranking.linearised(near) + TOLERANCE);
    assertTrue(dot(ranking.scores(), far) >= dot(ranking.scores(), near) - TOLERANCE);
    boolean moves = Arrays.stream(gradient(query, metric, lambda)).anyMatch(g -> g != 0);
    boolean movesMore = Arrays.stream(gradient(query, metric, lambda * more)).anyMatch(g -> g != 0);
    assertTrue(!moves || movesMore, "where the gradient is not zero, it stays so");
  }

  /** Powers of two, so that nothing is rounded. */
  @Property(seed = SEED, tries = 300)
  void property06_scale(
      @ForAll("queries") Query query,
      @ForAll("metrics") RankMetric<? super Ranks> metric,
      @ForAll @DoubleRange(min = 0.1, max = 20) double lambda,
      @ForAll @IntRange(min = -3, max = 3) int exponent) {
    double k = Math.scalb(1.0, exponent);
    double[] scaled = Arrays.stream(query.scores()).map(s -> k * s).toArray();
    Query larger = query.withScores(scaled);
    MetricLoss loss = MetricLoss.of(metric, new BlackboxRanker(Lambda.plain(lambda)));
    double[] expected = Outcome.of(loss, query.batch()).gradient();
    // Scores and upstream k times larger: the factor acts inside the upstream.
    assertArrayEquals(expected, Outcome.of(loss, larger.batch(), k).gradient());
    // Scores and lambda k times larger.
    assertArrayEquals(
        Arrays.stream(expected).map(g -> g / k).toArray(), gradient(larger, metric, k * lambda));
  }

  /** The smallest gap between neighbours over the largest fall of the loss. */
  @Property(seed = SEED, tries = 300)
  void property07_gradientVanishesBelowTheThreshold(
      @ForAll("queries") Query query,
      @ForAll("metrics") RankMetric<? super Ranks> metric,
      @ForAll @DoubleRange(min = 0.01, max = 0.99) double share) {
    Ranking ranking = Ranking.of(query, metric);
    // What changes least is a swap of neighbours, which costs their gap.
    double[] sorted = Arrays.stream(query.scores()).sorted().toArray();
    double gap = Double.POSITIVE_INFINITY;
    for (int i = 1; i < sorted.length; i++) {
      gap = Math.min(gap, sorted[i] - sorted[i - 1]);
    }
    // The ranking that is best for the upstream falls most.
    double[] best = ranking.ranks(ranking.upstream());
    double fall = ranking.linearised(ranking.ranks()) - ranking.linearised(best);
    if (fall > TOLERANCE) {
      assertArrayEquals(new double[query.size()], gradient(query, metric, share * gap / fall));
    }
  }

  /** Of embeddings: oldest go first, what is added is copied, reset and capacity 0 work. */
  @Property(seed = SEED, tries = 200, edgeCases = EdgeCasesMode.NONE)
  void property18_embeddingMemoryIsAQueue(
      @ForAll @IntRange(max = 9) int capacity,
      @ForAll @IntRange(min = 1, max = 4) int dimension,
      @ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    EmbeddingMemory memory = new EmbeddingMemory(capacity, dimension);
    Deque<List<Float>> queue = new ArrayDeque<>();
    for (int step = 0; step < 12; step++) {
      if (random.nextInt(8) == 0) {
        memory.reset();
        queue.clear();
      }
      int rows = random.nextInt(2 * capacity + 2);
      float[] batch = new float[rows * dimension];
      int[] ids = new int[rows];
      for (int r = 0; r < rows; r++) {
        List<Float> row = new ArrayList<>();
        ids[r] = random.nextInt();
        for (int d = 0; d < dimension; d++) {
          batch[r * dimension + d] = random.nextFloat();
          row.add(batch[r * dimension + d]);
        }
        row.add((float) ids[r]);
        queue.add(row);
      }
      float[] given = batch.clone();
      memory.add(batch, ids, ids);
      assertArrayEquals(given, batch, "a batch is left alone");
      Arrays.fill(batch, Float.NaN);
      while (queue.size() > capacity) {
        queue.remove();
      }
      assertEquals(queue.size(), memory.size());
      float[] embeddings = new float[memory.size() * dimension];
      int[] classes = new int[memory.size()];
      memory.copyEmbeddings(embeddings, 0);
      memory.copyClasses(classes, 0);
      int i = 0;
      for (List<Float> row : queue) {
        for (int d = 0; d < dimension; d++) {
          assertEquals(row.get(d), embeddings[i * dimension + d]);
        }
        assertEquals(row.get(dimension), (float) classes[i]);
        i++;
      }
    }
  }

  /**
   * Where single precision has no room for normalised ranks any more: the last candidates of a long
   * list still have ranks of their own.
   */
  @Property(seed = SEED, tries = 2, edgeCases = EdgeCasesMode.NONE)
  void property21_longListsKeepAllRanksDistinct(@ForAll boolean longer) {
    int n = (longer ? 1 << 24 : 1 << 22) + 1;
    float[] scores = new float[n];
    for (int i = 0; i < n; i++) {
      // Descending, in pairs that tie: the lower index goes first.
      scores[i] = -(i / 2);
    }
    int[] ranks = new int[n];
    RankKernels.newKernel().ranks(ScoreArray.of(scores), 0, n, ranks);
    for (int i = 0; i < n; i++) {
      if (ranks[i] != i + 1) {
        assertEquals(i + 1, ranks[i], "rank of candidate " + i);
      }
    }
    int[] relevant = {n - 4, n - 3, n - 2, n - 1};
    RankingBatch batch =
        RankingBatch.rows(
            ScoreArray.of(scores),
            1,
            n,
            Relevance.of(ItemSets.compressed(new int[] {0, 4}, relevant)));
    double expected = 0;
    for (int k = 1; k <= 4; k++) {
      expected += k / (n - 4.0 + k) / 4;
    }
    MetricLoss loss = MetricLoss.of(new AveragePrecision(), new BlackboxRanker(Lambda.plain(1)));
    assertEquals(1 - expected, loss.value(batch), 1e-15);
  }
}
