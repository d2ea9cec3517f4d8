package io.solvegrad.ranking.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.solvegrad.ranking.AveragePrecision;
import io.solvegrad.ranking.CutOff;
import io.solvegrad.ranking.DiscountedGain;
import io.solvegrad.ranking.Gain;
import io.solvegrad.ranking.Normaliser;
import io.solvegrad.ranking.PositionFunction;
import io.solvegrad.ranking.RankMetric;
import io.solvegrad.ranking.RankTerm;
import io.solvegrad.ranking.Ranks;
import io.solvegrad.ranking.Recall;
import io.solvegrad.ranking.SmoothFunction;
import io.solvegrad.ranking.Targets;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What metrics push into the ranks. */
final class MetricSlopesTest {
  private static final String SEED = "42";
  private static final double STEP = 1e-6;

  /** Metrics without a cut-off: what they push is their derivative. */
  private static List<RankMetric<? super Ranks>> uncut() {
    return List.of(
        RankMetrics.averagePrecision(),
        RankMetrics.reciprocalRank(),
        RankMetrics.meanReciprocalRank(),
        RankMetrics.dcg(Gain.exponential(), PositionFunction.logarithmic()),
        RankMetrics.ndcg(),
        RankMetrics.ndcg(Gain.linear(), PositionFunction.reciprocal()),
        RankMetrics.rankBiasedPrecision(0.7),
        RankMetrics.spearman(),
        Recall.log(),
        Recall.logLog(),
        new MeanTerm(RankTerm.of((rank, among) -> Math.sqrt(among) / rank)));
  }

  @Property(seed = SEED, tries = 100)
  void pushes_areDerivatives(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int count = random.nextInt(1, 6);
    double[] rank = random.doubles(count, 1, 30).sorted().toArray();
    double[] among = new double[count];
    for (int k = 0; k < count; k++) {
      among[k] = 1 + (rank[k] - 1) * random.nextDouble();
    }
    Targets targets =
        new FixedRanks.Labels(
            30,
            random.ints(count, 1, 4).mapToDouble(g -> g).toArray(),
            random.doubles(count, 0.5, 2).toArray());
    for (RankMetric<? super Ranks> metric : uncut()) {
      FixedRanks ranks = new FixedRanks(rank, among, false);
      metric.loss(targets, ranks, 1.5);
      for (int k = 0; k < count; k++) {
        assertEquals(
            1.5 * slope(metric, targets, ranks, k, STEP, 0),
            ranks.pushedRank(k),
            1e-6,
            () -> "" + metric);
        assertEquals(
            1.5 * slope(metric, targets, ranks, k, 0, STEP),
            ranks.pushedAmong(k),
            1e-6,
            () -> "" + metric);
      }
    }
  }

  private static double slope(
      RankMetric<? super Ranks> metric,
      Targets targets,
      FixedRanks ranks,
      int k,
      double rankStep,
      double amongStep) {
    double up = metric.loss(targets, ranks.moved(k, rankStep, amongStep), 0);
    double down = metric.loss(targets, ranks.moved(k, -rankStep, -amongStep), 0);
    return (up - down) / (2 * STEP);
  }

  @Test
  void orderedPairs_pushByRankAndInTheBinaryCaseByRankAmong() {
    FixedRanks binary = new FixedRanks(new double[] {3, 5}, new double[] {1, 2}, true);
    FixedRanks.Labels ones = new FixedRanks.Labels(6, new double[] {1, 1}, new double[] {1, 2});
    assertEquals(2 + 2 * 3, new OrderedPairs().loss(ones, binary, 0.5));
    assertEquals(0.5, binary.pushedRank(0));
    assertEquals(1, binary.pushedRank(1));
    assertEquals(-0.5, binary.pushedAmong(0));
    FixedRanks graded = new FixedRanks(new double[] {3, 5}, new double[] {1, 2}, true);
    FixedRanks.Labels grades = new FixedRanks.Labels(6, new double[] {1, 2}, new double[] {1, 2});
    assertEquals(2 + 2 * 4, new OrderedPairs().loss(grades, graded, 0.5));
    assertEquals(4 * 3 + 2, new OrderedPairs().normaliser(grades));
    assertEquals(1, graded.pushedRank(1));
    assertEquals(0, graded.pushedAmong(1));
  }

  /** A metric with a cut-off at 3 beside the one whose slope it takes, up to a factor. */
  private record Cut(RankMetric<? super Ranks> cut, RankMetric<? super Ranks> uncut) {}

  private static Stream<Cut> cuts() {
    return Stream.of(
        new Cut(RankMetrics.averagePrecisionAt(3), RankMetrics.averagePrecision()),
        new Cut(new AveragePrecision(CutOff.at(3), true, 0), RankMetrics.averagePrecision()),
        new Cut(RankMetrics.reciprocalRankAt(3), RankMetrics.reciprocalRank()),
        new Cut(RankMetrics.ndcgAt(3), RankMetrics.ndcg()),
        new Cut(
            new DiscountedGain(
                PositionFunction.reciprocal().top(3), Gain.linear(), Normaliser.constant(1)),
            RankMetrics.meanReciprocalRank()));
  }

  @ParameterizedTest
  @MethodSource("cuts")
  void belowTheCutOff_theSlopeIsThatOfTheUncutMetric(Cut pair) {
    FixedRanks.Labels labels =
        new FixedRanks.Labels(30, new double[] {1, 2, 1}, new double[] {1, 1, 3});
    for (double last : new double[] {2, 7, 20}) {
      FixedRanks cut =
          new FixedRanks(new double[] {last, last + 1, 25}, new double[] {1, 2, 3}, true);
      FixedRanks uncut = cut.moved(0, 0, 0);
      pair.cut.loss(labels, cut, 1);
      pair.uncut.loss(labels, uncut, 1);
      for (int k = 0; k < 3; k++) {
        assertEquals(uncut.pushedRank(k), cut.pushedRank(k), 1e-15);
      }
      assertTrue(cut.pushedRank(0) > 0);
    }
  }

  private static Stream<RankMetric<? super Ranks>> withinTen() {
    return Stream.of(
        RankMetrics.recallAt(10),
        RankMetrics.hitRateAt(10),
        RankMetrics.precisionAt(10),
        Recall.atCutOffs(10));
  }

  @ParameterizedTest
  @MethodSource("withinTen")
  void countsOfPlaces_pullFromBelowAndRestWithin(RankMetric<? super Ranks> metric) {
    for (int rank : new int[] {1, 9, 10, 11, 12, 100}) {
      FixedRanks ranks = new FixedRanks(new double[] {rank}, new double[] {1}, true);
      double loss =
          metric.loss(new FixedRanks.Labels(200, new double[] {1}, new double[] {1}), ranks, 1);
      double expected =
          rank <= 10 ? 0 : Math.log(11) / Math.log(rank) - Math.log(11) / Math.log(rank + 1);
      assertEquals(expected, ranks.pushedRank(0), 1e-15);
      double found = rank <= 10 ? 1 : 0;
      assertEquals(
          metric.normaliser(new FixedRanks.Labels(200, new double[] {1}, new double[] {1})) - found,
          loss,
          1e-15);
    }
  }

  @Test
  void recallWeights_areExact() {
    for (int k = 1; k < 50; k++) {
      assertEquals(Math.log1p(1.0 / k), Recall.log().weight(k), 1e-15);
      assertEquals(
          Math.log1p(Math.log1p(k)) - Math.log1p(Math.log1p(k - 1)), Recall.logLog().weight(k));
    }
    assertEquals(0.5, Recall.atCutOffs(2, 5).weight(5));
    assertEquals(0, Recall.atCutOffs(2, 5).weight(4));
    assertThrows(IllegalArgumentException.class, () -> Recall.atCutOffs());
    assertThrows(IllegalArgumentException.class, () -> Recall.atCutOffs(1, 0));
    assertThrows(
        IllegalArgumentException.class, () -> new Recall(SmoothFunction.of(r -> r + 1, r -> 1)));
  }

  @Test
  void gradesToAThousand_doNotOverflow() {
    FixedRanks.Labels labels =
        new FixedRanks.Labels(5, new double[] {1000, 999, 1}, new double[] {1, 1, 1});
    FixedRanks ranks = new FixedRanks(new double[] {2, 1, 3}, new double[] {2, 1, 3}, true);
    double divisor = RankMetrics.ndcg().normaliser(labels);
    double loss = RankMetrics.ndcg().loss(labels, ranks, 1 / divisor) / divisor;
    double second = Math.log(2) / Math.log(3);
    assertEquals(1 - (second + 0.5) / (1 + 0.5 * second), loss, 1e-12);
    assertTrue(Double.isFinite(ranks.pushedRank(0)) && ranks.pushedRank(0) > 0);
  }

  @ParameterizedTest
  @ValueSource(doubles = {1024, 1e300})
  void gainsThatOverflow_areRefused(double grade) {
    FixedRanks.Labels labels = new FixedRanks.Labels(2, new double[] {grade}, new double[] {1});
    String message =
        assertThrows(IllegalArgumentException.class, () -> RankMetrics.ndcg().normaliser(labels))
            .getMessage();
    assertTrue(message.contains("grade " + grade) && message.contains("Maybe"), message);
  }

  @Test
  void settings_areChecked() {
    assertThrows(IllegalArgumentException.class, () -> RankMetrics.recallAt(0));
    assertThrows(IllegalArgumentException.class, () -> RankMetrics.averagePrecisionAt(0));
    assertThrows(IllegalArgumentException.class, () -> RankMetrics.precisionAt(-1));
    assertThrows(IllegalArgumentException.class, () -> RankMetrics.rankBiasedPrecision(1));
    assertThrows(IllegalArgumentException.class, () -> RankMetrics.rankBiasedPrecision(Double.NaN));
    assertThrows(IllegalArgumentException.class, () -> Normaliser.constant(0));
  }
}
