package io.solvegrad.ranking.metric;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.solvegrad.ranking.AveragePrecision;
import io.solvegrad.ranking.CutOff;
import io.solvegrad.ranking.ExactRanker;
import io.solvegrad.ranking.MetricLoss;
import io.solvegrad.ranking.RankMetric;
import io.solvegrad.ranking.RankingBatch;
import io.solvegrad.ranking.Ranks;
import io.solvegrad.ranking.Relevance;
import io.solvegrad.ranking.ScoreArray;
import io.solvegrad.ranking.Targets;
import io.solvegrad.ranking.TieOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Every metric against its definition, for every order of equal scores. */
final class RankMetricsTest {
  private static final String SEED = "41";
  private static final double TOLERANCE = 1e-10;

  private static double metric(
      RankMetric<? super Ranks> metric, TieOrder ties, double[] scores, double[] labels) {
    RankingBatch batch =
        RankingBatch.rows(ScoreArray.of(scores), 1, scores.length, Relevance.grades(labels));
    return 1 - MetricLoss.of(metric, new ExactRanker(ties, 5)).value(batch);
  }

  /** A list with few different scores and labels. */
  private record Sample(double[] scores, double[] labels) {

    static Sample random(long seed, int longest, int levels) {
      SplittableRandom random = new SplittableRandom(seed);
      int n = random.nextInt(2, longest + 1);
      double[] labels;
      do {
        labels = random.ints(n, -1, 4).mapToDouble(g -> g).toArray();
      } while (!Textbook.isDefined(labels));
      double[] scores =
          levels == 0
              ? random.ints(-512, 512).distinct().limit(n).mapToDouble(s -> s).toArray()
              : random.ints(n, 0, levels).mapToDouble(s -> s).toArray();
      return new Sample(scores, labels);
    }

    /** The labels in the order of a ranking. */
    double[] ranked(Comparator<Integer> ties) {
      return IntStream.range(0, scores.length)
          .boxed()
          .sorted(Comparator.comparing((Integer i) -> -scores[i]).thenComparing(ties))
          .mapToDouble(i -> labels[i])
          .toArray();
    }

    @Override
    public String toString() {
      return "scores %s, labels %s".formatted(Arrays.toString(scores), Arrays.toString(labels));
    }
  }

  @Property(seed = SEED, tries = 300)
  void distinctScores_giveTheDefinition(@ForAll long seed) {
    Sample sample = Sample.random(seed, 9, 0);
    double[] ranked = sample.ranked(Comparator.naturalOrder());
    for (Textbook book : Textbook.all()) {
      double expected = book.definition().applyAsDouble(ranked);
      for (TieOrder ties : TieOrder.values()) {
        double actual = metric(book.metric(), ties, sample.scores(), sample.labels());
        assertEquals(expected, actual, TOLERANCE, () -> book + " " + ties + " of " + sample);
      }
    }
  }

  @Property(seed = SEED, tries = 200)
  void tiedScores_areOrderedByThePolicy(@ForAll long seed) {
    Sample sample = Sample.random(seed, 9, 3);
    Comparator<Integer> byLabel = Comparator.comparing(i -> Math.max(0, sample.labels()[i]));
    for (Textbook book : Textbook.all()) {
      assertTies(book, TieOrder.INDEX, sample, Comparator.naturalOrder());
      assertTies(book, TieOrder.PESSIMISTIC, sample, byLabel);
      assertTies(book, TieOrder.OPTIMISTIC, sample, byLabel.reversed());
    }
  }

  private static void assertTies(
      Textbook book, TieOrder ties, Sample sample, Comparator<Integer> order) {
    double expected = book.definition().applyAsDouble(sample.ranked(order));
    double actual = metric(book.metric(), ties, sample.scores(), sample.labels());
    assertEquals(expected, actual, TOLERANCE, () -> book + " " + ties + " of " + sample);
  }

  @Property(seed = SEED, tries = 60)
  void averaged_isTheMeanOverAllOrders(@ForAll long seed) {
    Sample sample = Sample.random(seed, 6, 2);
    List<int[]> orders = orders(sample.scores().length);
    for (Textbook book : Textbook.all()) {
      double sum = 0;
      for (int[] key : orders) {
        sum += book.definition().applyAsDouble(sample.ranked(Comparator.comparing(i -> key[i])));
      }
      double actual = metric(book.metric(), TieOrder.AVERAGED, sample.scores(), sample.labels());
      assertEquals(sum / orders.size(), actual, TOLERANCE, () -> book + " of " + sample);
    }
  }

  private static List<int[]> orders(int n) {
    List<int[]> orders = new ArrayList<>();
    if (n == 1) {
      orders.add(new int[] {0});
      return orders;
    }
    for (int[] shorter : orders(n - 1)) {
      for (int place = 0; place < n; place++) {
        int[] order = new int[n];
        System.arraycopy(shorter, 0, order, 0, place);
        order[place] = n - 1;
        System.arraycopy(shorter, place, order, place + 1, n - 1 - place);
        orders.add(order);
      }
    }
    return orders;
  }

  @Test
  void cappedAveragePrecision_ofAPerfectRankingIsOneWithWeights() {
    RankingBatch batch =
        RankingBatch.rows(ScoreArray.of(3.0, 2, 1, 0), 1, 4, Relevance.grades(1, 1, 1, 0))
            .itemWeights(20, 10, 5, 1);
    MetricLoss loss = MetricLoss.of(new AveragePrecision(CutOff.at(2), true, 0), new ExactRanker());
    assertEquals(0, loss.value(batch), 1e-12);
    assertEquals(1 - 15.0 / 30, loss.value(batch.withScores(ScoreArray.of(0.0, 2, 3, 1))), 1e-12);
  }

  @Test
  void randomOrder_dependsOnTheSeedAloneAndIsFair() {
    double[] scores = new double[40];
    double[] labels = new double[40];
    Arrays.fill(labels, 0, 20, 1);
    RankingBatch batch = RankingBatch.rows(ScoreArray.of(scores), 1, 40, Relevance.grades(labels));
    double mean = 0;
    for (int seed = 0; seed < 400; seed++) {
      MetricLoss loss =
          MetricLoss.of(RankMetrics.recallAt(20), new ExactRanker(TieOrder.RANDOM, seed));
      assertEquals(loss.value(batch), loss.value(batch));
      mean += loss.value(batch) / 400;
    }
    assertEquals(0.5, mean, 0.02);
  }

  @Test
  void precisionAtR_ofManyRelevantOnes() {
    int relevant = 300;
    double[] scores = IntStream.range(0, 2 * relevant).mapToDouble(i -> -i).toArray();
    double[] labels = new double[2 * relevant];
    // The first 100 places and the last 200.
    Arrays.fill(labels, 0, 100, 1);
    Arrays.fill(labels, 400, 600, 1);
    assertEquals(
        1 / 3.0, metric(RankMetrics.precisionAtR(), TieOrder.INDEX, scores, labels), 1e-12);
  }

  @Test
  void persistence_isAProbability() {
    for (double none : new double[] {0, 1, -0.5, 2, Double.NaN}) {
      String message =
          assertThrows(IllegalArgumentException.class, () -> RankMetrics.rankBiasedPrecision(none))
              .getMessage();
      assertTrue(message.contains("" + none), message);
    }
  }

  /** A seed means the same order in every version. */
  @Test
  void randomOrder_isPinned() {
    String[] orders = new String[2];
    for (int seed = 0; seed < 2; seed++) {
      StringBuilder ranks = new StringBuilder();
      record Rank(StringBuilder text) implements RankMetric<Ranks> {
        @Override
        public double normaliser(Targets targets) {
          return 1;
        }

        @Override
        public double loss(Targets targets, Ranks values, double scale) {
          for (int k = 0; k < targets.count(); k++) {
            text.append(' ').append((int) values.rank(k));
          }
          return 0;
        }
      }
      RankingBatch batch =
          RankingBatch.rows(
              ScoreArray.of(new double[12]), 2, 6, Relevance.atLeast(0, new double[12]));
      MetricLoss.of(new Rank(ranks), new ExactRanker(TieOrder.RANDOM, seed))
          .threads(1)
          .value(batch);
      orders[seed] = ranks.toString();
    }
    assertArrayEquals(
        new String[] {" 5 4 3 1 6 2 6 5 1 4 3 2", " 1 2 4 6 3 5 3 6 5 1 2 4"}, orders);
  }

  @Test
  void averaged_refusesMetricsOfSingleRanks() {
    record Sum() implements RankMetric<Ranks> {
      @Override
      public double normaliser(Targets targets) {
        return 1;
      }

      @Override
      public double loss(Targets targets, Ranks ranks, double scale) {
        return ranks.rank(0);
      }
    }
    String message =
        assertThrows(
                UnsupportedOperationException.class,
                () ->
                    metric(new Sum(), TieOrder.AVERAGED, new double[] {1, 1}, new double[] {1, 0}))
            .getMessage();
    assertTrue(message.contains("term"), message);
  }
}
