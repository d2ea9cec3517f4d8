package io.solvegrad.rambo;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.solvegrad.rambo.RecordingRanker.Ranked;
import io.solvegrad.ranking.AveragePrecision;
import io.solvegrad.ranking.Diagnostics;
import io.solvegrad.ranking.DiscountedGain;
import io.solvegrad.ranking.ItemSets;
import io.solvegrad.ranking.MetricLoss;
import io.solvegrad.ranking.Outcome;
import io.solvegrad.ranking.PositionFunction;
import io.solvegrad.ranking.RankMetric;
import io.solvegrad.ranking.RankingBatch;
import io.solvegrad.ranking.RankingSolver;
import io.solvegrad.ranking.Ranks;
import io.solvegrad.ranking.Recall;
import io.solvegrad.ranking.Reduction;
import io.solvegrad.ranking.ReferenceRanker;
import io.solvegrad.ranking.Relevance;
import io.solvegrad.ranking.ScoreArray;
import io.solvegrad.ranking.SmoothFunction;
import io.solvegrad.solver.Interpolation;
import io.solvegrad.solver.Lambda;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.statistics.Statistics;
import net.jqwik.api.statistics.StatisticsReport;

/**
 * What holds for every metric under the blackbox ranker. The numbers are those of the list of
 * properties in the method's fact sheet.
 */
final class BlackboxPropertiesTest {
  private static final String SEED = "20203";

  @Provide
  Arbitrary<Query> queries() {
    return Query.arbitrary(14);
  }

  @Provide
  Arbitrary<RankMetric<? super Ranks>> metrics() {
    return Arbitraries.of(
        List.<RankMetric<? super Ranks>>of(Recall.log(), Recall.logLog(), new AveragePrecision()));
  }

  private static MetricLoss loss(RankMetric<? super Ranks> metric, double lambda) {
    return MetricLoss.of(metric, new BlackboxRanker(Lambda.plain(lambda)));
  }

  private static void requireOften(boolean nonZero) {
    Statistics.label("gradient is not zero").collect(nonZero);
    Statistics.label("gradient is not zero")
        .coverage(checker -> checker.check(true).percentage(p -> p >= 40));
  }

  @StatisticsReport(StatisticsReport.StatisticsReportMode.OFF)
  @Property(seed = SEED, tries = 300)
  void property01_lossIsConstantBelowHalfTheGap(
      @ForAll("queries") Query query,
      @ForAll("metrics") RankMetric<? super Ranks> metric,
      @ForAll long seed) {
    double reach = 0.999 * Query.HALF_GAP;
    SplittableRandom random = new SplittableRandom(seed);
    double[] moved =
        Arrays.stream(query.scores()).map(s -> s + random.nextDouble(-reach, reach)).toArray();
    MetricLoss loss = loss(metric, 1);
    double value = loss.value(query.batch());
    assertEquals(value, loss.value(query.withScores(moved).batch()));
    // And not constant beyond it: from the worst order to the best.
    assertTrue(loss.value(query.ordered(false).batch()) > loss.value(query.ordered(true).batch()));
  }

  /** With the upstream held fixed, off the breakpoints. */
  @StatisticsReport(StatisticsReport.StatisticsReportMode.OFF)
  @Property(seed = SEED, tries = 300)
  void property02_gradientIsTheSlopeOfTheInterpolation(
      @ForAll("queries") Query query,
      @ForAll("metrics") RankMetric<? super Ranks> metric,
      @ForAll @DoubleRange(min = 1, max = 20) double lambda) {
    RecordingRanker recorder = new RecordingRanker(Lambda.plain(lambda));
    Outcome outcome = Outcome.of(MetricLoss.of(metric, recorder), query.batch());
    double[] upstream = recorder.lists().get(0).upstream();
    Interpolation interpolation = new Interpolation(Lambda.plain(lambda));
    RankingSolver solver = new RankingSolver(query.size());
    double step = 1e-6;
    for (int i = 0; i < query.size(); i++) {
      double[] up = query.scores().clone();
      double[] down = query.scores().clone();
      up[i] += step;
      down[i] -= step;
      boolean breakpoint =
          !Arrays.equals(moved(up, upstream, lambda), moved(down, upstream, lambda));
      if (!breakpoint) {
        double slope =
            (interpolation.value(solver, up, upstream)
                    - interpolation.value(solver, down, upstream))
                / (2 * step);
        assertEquals(slope, outcome.gradient()[i], 1e-5);
      }
      Statistics.label("breakpoint").collect(breakpoint);
    }
    Statistics.label("breakpoint").coverage(checker -> checker.check(true).percentage(p -> p <= 2));
    requireOften(outcome.hasGradient());
  }

  private static double[] moved(double[] scores, double[] upstream, double lambda) {
    double[] moved = scores.clone();
    Arrays.setAll(moved, i -> scores[i] + lambda * upstream[i]);
    return Ranked.ranks(ScoreArray.of(moved));
  }

  @StatisticsReport(StatisticsReport.StatisticsReportMode.OFF)
  @Property(seed = SEED, tries = 300)
  void property05_zeroUpstreamGivesZero(
      @ForAll("queries") Query query,
      @ForAll("metrics") RankMetric<? super Ranks> metric,
      @ForAll @DoubleRange(min = 1, max = 20) double lambda) {
    RankingBatch batch = query.batch();
    Diagnostics diagnostics = new Diagnostics();
    ScoreArray gradient = batch.scores().zeros(query.size());
    loss(metric, lambda).evaluate(batch, 0, gradient, diagnostics);
    assertArrayEquals(new double[query.size()], Outcome.values(gradient));
    assertEquals(1, diagnostics.zeroGradientShare());
    assertEquals(0, diagnostics.movedShare());
    requireOften(Outcome.of(loss(metric, lambda), batch).hasGradient());
  }

  /** In plain units: the normalised ones are n times finer. */
  @StatisticsReport(StatisticsReport.StatisticsReportMode.OFF)
  @Property(seed = SEED, tries = 300)
  void property08_gradientIsBoundedAndSumsToZero(
      @ForAll("queries") Query query,
      @ForAll("metrics") RankMetric<? super Ranks> metric,
      @ForAll @DoubleRange(min = 1, max = 20) double lambda) {
    int n = query.size();
    Outcome outcome = Outcome.of(loss(metric, lambda), query.batch());
    double sum = 0;
    double norm = 0;
    for (double g : outcome.gradient()) {
      assertEquals(Math.rint(g * lambda), g * lambda, 1e-9, "a multiple of 1 / lambda");
      assertTrue(Math.abs(g) <= (n - 1) / lambda + 1e-9);
      sum += g;
      norm += Math.abs(g);
    }
    assertEquals(0, sum, 1e-9);
    assertTrue(norm <= n * n / 2 / lambda + 1e-9);
    Outcome normalised =
        Outcome.of(
            MetricLoss.of(metric, new BlackboxRanker(Lambda.normalised(lambda / n))),
            query.batch());
    normalised.assertClose(outcome, 1e-9);
    requireOften(outcome.hasGradient());
  }

  @StatisticsReport(StatisticsReport.StatisticsReportMode.OFF)
  @Property(seed = SEED, tries = 200, edgeCases = EdgeCasesMode.NONE)
  void property10_batchIsALoopOverItsLists(
      @ForAll("metrics") RankMetric<? super Ranks> metric,
      @ForAll @IntRange(min = 1, max = 5) int lists,
      @ForAll @IntRange(min = 2, max = 12) int size,
      @ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Query> queries =
        IntStream.range(0, lists).mapToObj(q -> Query.random(random, size)).toList();
    MetricLoss loss = loss(metric, 10).reduction(Reduction.SUM);
    Outcome batch = Outcome.of(loss, Query.batch(queries));
    double value = 0;
    for (int q = 0; q < lists; q++) {
      Outcome one = Outcome.of(loss, queries.get(q).batch());
      value += one.value();
      assertArrayEquals(
          one.gradient(), Arrays.copyOfRange(batch.gradient(), q * size, (q + 1) * size));
    }
    assertEquals(value, batch.value(), 1e-12);
    requireOften(batch.hasGradient());
  }

  @StatisticsReport(StatisticsReport.StatisticsReportMode.OFF)
  @Property(seed = SEED, tries = 300)
  void property10_permutedCandidatesHavePermutedGradients(
      @ForAll("queries") Query query,
      @ForAll("metrics") RankMetric<? super Ranks> metric,
      @ForAll long seed) {
    // A strength that is no power of two, so that moved scores do not tie.
    MetricLoss loss = loss(metric, 9.87654321);
    Query permuted = query.permuted(seed);
    Outcome expected = Outcome.of(loss, query.batch());
    Outcome actual = Outcome.of(loss, permuted.batch());
    assertEquals(expected.value(), actual.value(), 1e-12);
    for (int i = 0; i < query.size(); i++) {
      double score = query.scores()[i];
      int j =
          IntStream.range(0, query.size())
              .filter(k -> permuted.scores()[k] == score)
              .findFirst()
              .orElseThrow();
      assertEquals(expected.gradient()[i], actual.gradient()[j], 1e-12);
    }
    requireOften(expected.hasGradient());
  }

  /**
   * Against the definition without shortcuts, bit for bit, where many scores tie, before and after
   * they are moved: 0.0 and -0.0, infinities, and multiples of what lambda moves by.
   */
  @StatisticsReport(StatisticsReport.StatisticsReportMode.OFF)
  @Property(seed = SEED, tries = 1000)
  void property14_tiesAreThoseOfTheDefinition(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int n = random.nextInt(1, 40);
    double[] values = {
      0.0, -0.0, 0.25, 0.5, -0.25, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY
    };
    double[] scores = random.ints(n, 0, random.nextInt(2, 8)).mapToDouble(i -> values[i]).toArray();
    boolean[] relevant = new boolean[n];
    for (int i = 0; i < n; i++) {
      relevant[i] = random.nextInt(3) == 0;
    }
    relevant[random.nextInt(n)] = true;
    RankingBatch batch = new Query(scores, relevant).batch();
    double lambda = random.nextInt(1, 9) / 4.0;
    // A slope of 1 everywhere moves all relevant candidates by a multiple of 1/4.
    Recall linear =
        new Recall(SmoothFunction.of(r -> r, r -> new Query(scores, relevant).positives()));
    List<RankMetric<? super Ranks>> metrics =
        List.of(
            linear,
            Recall.log(),
            new AveragePrecision(),
            new DiscountedGain(PositionFunction.reciprocal().top(3)));
    boolean nonZero = false;
    for (RankMetric<? super Ranks> metric : metrics) {
      for (double margin : new double[] {0, 0.25}) {
        Outcome expected =
            Outcome.of(
                MetricLoss.of(metric, new ReferenceRanker(Lambda.plain(lambda))).margin(margin),
                batch);
        Outcome.of(loss(metric, lambda).margin(margin), batch).assertClose(expected, 0);
        nonZero |= expected.hasGradient();
      }
    }
    requireOften(nonZero);
  }

  @Property(seed = SEED, tries = 100)
  void property14_nanIsRejected(@ForAll("queries") Query query, @ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] scores = query.scores().clone();
    int column = random.nextInt(scores.length);
    scores[column] = Double.NaN;
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> loss(Recall.log(), 1).value(query.withScores(scores).batch()))
            .getMessage();
    assertEquals("score is NaN at row 0, column " + column, message);
  }

  /** When every relevant candidate is pushed alike, none of them loses and no other gains. */
  @StatisticsReport(StatisticsReport.StatisticsReportMode.OFF)
  @Property(seed = SEED, tries = 300)
  void property16_equalUpstreamsRaiseRelevantCandidatesAlone(
      @ForAll("queries") Query query, @ForAll @DoubleRange(min = 1, max = 20) double lambda) {
    Recall linear = new Recall(SmoothFunction.of(r -> r, r -> 1));
    Outcome outcome = Outcome.of(loss(linear, lambda), query.batch());
    for (int i = 0; i < query.size(); i++) {
      double g = outcome.gradient()[i];
      assertTrue(query.relevant()[i] ? g <= 0 : g >= 0);
    }
    requireOften(outcome.hasGradient());
  }

  @StatisticsReport(StatisticsReport.StatisticsReportMode.OFF)
  @Property(seed = SEED, tries = 300)
  void property17_marginIsAShiftOfTheRelevantScores(
      @ForAll("queries") Query query,
      @ForAll("metrics") RankMetric<? super Ranks> metric,
      @ForAll @IntRange(max = 256) int steps) {
    double alpha = steps / 256.0;
    double[] ours = query.scores().clone();
    double[] published = query.scores().clone();
    for (int i = 0; i < ours.length; i++) {
      ours[i] -= query.relevant()[i] ? alpha : 0;
      published[i] -= alpha * (query.relevant()[i] ? 0.5 : -0.5);
    }
    Outcome outcome = Outcome.of(loss(metric, 10).margin(alpha), query.batch());
    Outcome.of(loss(metric, 10), query.withScores(ours).batch()).assertClose(outcome, 0);
    Outcome.of(loss(metric, 10), query.withScores(published).batch()).assertClose(outcome, 0);
    requireOften(outcome.hasGradient());
  }

  @Property(seed = SEED, tries = 300, edgeCases = EdgeCasesMode.NONE)
  void property17_lossDoesNotFallWithTheMargin(
      @ForAll("queries") Query query,
      @ForAll("metrics") RankMetric<? super Ranks> metric,
      @ForAll @DoubleRange(max = 1) double alpha,
      @ForAll @DoubleRange(max = 1) double more) {
    MetricLoss loss = loss(metric, 1);
    double without = loss.value(query.batch());
    double smaller = loss.margin(alpha).value(query.batch());
    double larger = loss.margin(alpha + more).value(query.batch());
    assertTrue(without <= smaller + 1e-12 && smaller <= larger + 1e-12);
  }

  @Property(seed = SEED, tries = 100)
  void property17_marginBreaksTiesAgainstTheRelevant(
      @ForAll("metrics") RankMetric<? super Ranks> metric,
      @ForAll @IntRange(min = 2, max = 12) int size) {
    // The relevant candidate stands first, so that without a margin it wins the tie.
    boolean[] relevant = new boolean[size];
    relevant[0] = true;
    RankingBatch tied =
        RankingBatch.rows(
            ScoreArray.of(new double[size]), 1, size, Relevance.of(ItemSets.mask(relevant)));
    assertEquals(0, loss(metric, 1).value(tied));
    double[] last = new double[size];
    last[0] = -1;
    double worst = loss(metric, 1).value(tied.withScores(ScoreArray.of(last)));
    assertTrue(worst > 0);
    assertEquals(worst, loss(metric, 1).margin(1e-6).value(tied));
  }
}
