package io.solvegrad.rambo;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.solvegrad.ranking.AveragePrecision;
import io.solvegrad.ranking.Cells;
import io.solvegrad.ranking.MatrixView;
import io.solvegrad.ranking.MetricLoss;
import io.solvegrad.ranking.Outcome;
import io.solvegrad.ranking.RankingLoss;
import io.solvegrad.ranking.Recall;
import io.solvegrad.solver.Lambda;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.statistics.Statistics;
import net.jqwik.api.statistics.StatisticsReport;

/**
 * What holds for the recall loss and the average precision loss in particular. The numbers are
 * those of the list of properties in the method's fact sheet.
 */
final class LossPropertiesTest {
  private static final String SEED = "20204";
  private static final double TOLERANCE = 1e-12;

  @Provide
  Arbitrary<Query> queries() {
    return Query.arbitrary(14);
  }

  @Provide
  Arbitrary<Recall> recalls() {
    return Arbitraries.of(Recall.log(), Recall.logLog());
  }

  private static MetricLoss recall(Recall metric, double lambda) {
    return MetricLoss.of(metric, new BlackboxRanker(Lambda.plain(lambda)));
  }

  private static MetricLoss averagePrecision(double lambda) {
    return MetricLoss.of(new AveragePrecision(), new BlackboxRanker(Lambda.plain(lambda)));
  }

  private static void requireOften(boolean nonZero) {
    Statistics.label("gradient is not zero").collect(nonZero);
    Statistics.label("gradient is not zero")
        .coverage(checker -> checker.check(true).percentage(p -> p >= 40));
  }

  @StatisticsReport(StatisticsReport.StatisticsReportMode.OFF)
  @Property(seed = SEED, tries = 300)
  void property15_recallOfTheBestAndTheWorstRanking(
      @ForAll("queries") Query query,
      @ForAll("recalls") Recall metric,
      @ForAll @DoubleRange(min = 1, max = 20) double lambda) {
    MetricLoss loss = recall(metric, lambda);
    Outcome best = Outcome.of(loss, query.ordered(true).batch());
    assertEquals(0, best.value());
    assertArrayEquals(new double[query.size()], best.gradient());
    int negatives = query.size() - query.positives();
    Outcome worst = Outcome.of(loss, query.ordered(false).batch());
    assertEquals(metric.missed().at(negatives), worst.value(), TOLERANCE);
    requireOften(worst.hasGradient());
  }

  @Property(seed = SEED, tries = 300)
  void property15_recallDependsOnNegativesAboveAlone(
      @ForAll("queries") Query query, @ForAll("recalls") Recall metric) {
    double expected =
        IntStream.range(0, query.size())
            .filter(i -> query.relevant()[i])
            .mapToDouble(i -> metric.missed().at(query.negativesAbove(i)))
            .average()
            .orElseThrow();
    assertEquals(expected, recall(metric, 1).value(query.batch()), TOLERANCE);
  }

  @StatisticsReport(StatisticsReport.StatisticsReportMode.OFF)
  @Property(seed = SEED, tries = 300)
  void property15_recallKnowsNoShiftAndNoNamesOfNegatives(
      @ForAll("queries") Query query,
      @ForAll("recalls") Recall metric,
      @ForAll @IntRange(min = -8, max = 8) int shift,
      @ForAll long seed) {
    MetricLoss loss = recall(metric, 10);
    Outcome outcome = Outcome.of(loss, query.batch());
    Outcome.of(loss, query.shiftedBy(shift).batch()).assertClose(outcome, 0);
    int[] negatives = IntStream.range(0, query.size()).filter(i -> !query.relevant()[i]).toArray();
    SplittableRandom random = new SplittableRandom(seed);
    int a = negatives[random.nextInt(negatives.length)];
    int b = negatives[random.nextInt(negatives.length)];
    double[] scores = query.scores().clone();
    double[] gradient = outcome.gradient().clone();
    scores[a] = query.scores()[b];
    scores[b] = query.scores()[a];
    gradient[a] = outcome.gradient()[b];
    gradient[b] = outcome.gradient()[a];
    Outcome.of(loss, query.withScores(scores).batch())
        .assertClose(new Outcome(outcome.value(), gradient), 0);
    requireOften(outcome.hasGradient());
  }

  /** With a single relevant candidate there is but one upstream. */
  @StatisticsReport(StatisticsReport.StatisticsReportMode.OFF)
  @Property(seed = SEED, tries = 300)
  void property16_recallRaisesItsOnlyRelevantCandidate(
      @ForAll("queries") Query query,
      @ForAll("recalls") Recall metric,
      @ForAll @DoubleRange(min = 1, max = 20) double lambda,
      @ForAll @IntRange(max = 13) int chosen) {
    Query single = query.onlyRelevant(chosen % query.size());
    Outcome outcome = Outcome.of(recall(metric, lambda), single.batch());
    for (int i = 0; i < single.size(); i++) {
      double g = outcome.gradient()[i];
      assertTrue(single.relevant()[i] ? g <= 0 : g >= 0);
    }
    requireOften(outcome.hasGradient());
  }

  @StatisticsReport(StatisticsReport.StatisticsReportMode.OFF)
  @Property(seed = SEED, tries = 300)
  void property19_averagePrecisionIsThatOfTheTextbook(
      @ForAll("queries") Query query, @ForAll @DoubleRange(min = 1, max = 20) double lambda) {
    // Precision at the rank of each relevant candidate, averaged over them.
    double sum = 0;
    for (int i = 0; i < query.size(); i++) {
      int rank = query.rank(i);
      if (query.relevant()[i]) {
        long hits =
            IntStream.range(0, query.size())
                .filter(j -> query.relevant()[j] && query.rank(j) <= rank)
                .count();
        sum += (double) hits / rank;
      }
    }
    Outcome outcome = Outcome.of(averagePrecision(lambda), query.batch());
    assertEquals(1 - sum / query.positives(), outcome.value(), TOLERANCE);
    assertTrue(outcome.value() >= 0 && outcome.value() < 1);
    // Upstreams fall with the rank, so a perfect order stays as it is.
    Outcome perfect = Outcome.of(averagePrecision(lambda), query.ordered(true).batch());
    assertEquals(0, perfect.value(), TOLERANCE);
    assertArrayEquals(new double[query.size()], perfect.gradient());
    requireOften(outcome.hasGradient());
  }

  @Provide
  Arbitrary<Cells> matrices() {
    return Arbitraries.longs()
        .withoutEdgeCases()
        .map(seed -> {
          SplittableRandom random = new SplittableRandom(seed);
          return Cells.random(seed, random.nextInt(2, 9), random.nextInt(1, 5)).withoutExclusions();
        });
  }

  @StatisticsReport(StatisticsReport.StatisticsReportMode.OFF)
  @Property(seed = SEED, tries = 200)
  void property19_classesWithoutAPositiveAreLeftOut(@ForAll("matrices") Cells cells) {
    RankingLoss loss = MatrixView.COLUMNS.apply(averagePrecision(30));
    Outcome expected = Outcome.of(loss, cells.batch());
    // One more class, in which nothing is relevant.
    int[] rowOf = IntStream.range(0, cells.rows()).toArray();
    int[] columnOf =
        IntStream.rangeClosed(0, cells.columns()).map(c -> c % cells.columns()).toArray();
    Cells wider = cells.pick(rowOf, columnOf);
    for (int r = 0; r < cells.rows(); r++) {
      wider.relevant()[r * columnOf.length + cells.columns()] = false;
    }
    Outcome actual = Outcome.of(loss, wider.batch());
    assertEquals(expected.value(), actual.value(), TOLERANCE);
    for (int i = 0; i < wider.scores().length; i++) {
      int column = i % columnOf.length;
      int row = i / columnOf.length;
      double g =
          column == cells.columns() ? 0 : expected.gradient()[row * cells.columns() + column];
      assertEquals(g, actual.gradient()[i], TOLERANCE);
    }
    Outcome nothing = Outcome.of(loss, cells.withoutRelevant().batch());
    assertEquals(0, nothing.value());
    assertArrayEquals(new double[cells.scores().length], nothing.gradient());
    requireOften(expected.hasGradient());
  }

  private static RankingLoss classes(double lambda, double margin, double beta) {
    return new ClassAveragePrecision(
        new ClassAveragePrecision.Settings(Lambda.plain(lambda), margin, beta, 0, 0));
  }

  @StatisticsReport(StatisticsReport.StatisticsReportMode.OFF)
  @Property(seed = SEED, tries = 200)
  void property20_interclassWeightJoinsTwoTerms(
      @ForAll("matrices") Cells cells, @ForAll @DoubleRange(max = 1) double beta) {
    double margin = 0.125;
    MetricLoss inner = averagePrecision(50).margin(margin);
    RankingLoss cross = MatrixView.COLUMNS.apply(inner);
    RankingLoss inter = MatrixView.FLAT.apply(inner);
    Outcome.of(classes(50, margin, 0), cells.batch())
        .assertClose(Outcome.of(cross, cells.batch()), 0);
    Outcome.of(classes(50, margin, 1), cells.batch())
        .assertClose(Outcome.of(inter, cells.batch()), 0);
    Outcome first = Outcome.of(cross, cells.batch(), 1 - beta);
    Outcome second = Outcome.of(inter, cells.batch(), beta);
    double[] sum = new double[first.gradient().length];
    for (int i = 0; i < sum.length; i++) {
      sum[i] = first.gradient()[i] + second.gradient()[i];
    }
    Outcome both = Outcome.of(classes(50, margin, beta), cells.batch());
    both.assertClose(new Outcome(first.value() + second.value(), sum), TOLERANCE);
    requireOften(both.hasGradient());
  }
}
