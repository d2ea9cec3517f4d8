package io.solvegrad.ranking;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.solvegrad.solver.Interpolation;
import io.solvegrad.solver.Lambda;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.statistics.Statistics;
import net.jqwik.api.statistics.StatisticsReport;

/**
 * What holds for ranking as a solver in particular, beside what holds for every solver. Scores and
 * upstreams lie on grids of powers of two, so that sums and products are exact. The numbers are
 * those of the list of properties in the method's fact sheet.
 */
final class RankingPropertiesTest {
  private static final String SEED = "20202";
  private static final double TOLERANCE = 1e-12;

  /** Scores without ties, an upstream for their ranks and a strength. */
  record Row(double[] scores, double[] upstream, double lambda) {

    int size() {
      return scores.length;
    }

    double[] moved() {
      return IntStream.range(0, size())
          .mapToDouble(i -> scores[i] + lambda * upstream[i])
          .toArray();
    }

    /** In plain units. */
    double[] gradient() {
      double[] gradient = new double[size()];
      new Interpolation(Lambda.plain(lambda))
          .gradient(new RankingSolver(size()), scores, ranks(scores), upstream, gradient);
      return gradient;
    }

    Row withLambda(double other) {
      return new Row(scores, upstream, other);
    }

    @Override
    public String toString() {
      return "scores %s, upstream %s, lambda %s"
          .formatted(Arrays.toString(scores), Arrays.toString(upstream), lambda);
    }
  }

  private static double[] ranks(double[] scores) {
    return RankingSolverTest.ranks(scores);
  }

  @Provide
  Arbitrary<Row> rows() {
    return Arbitraries.longs()
        .withoutEdgeCases()
        .map(seed -> {
          SplittableRandom random = new SplittableRandom(seed);
          int size = random.nextInt(2, 12);
          return new Row(
              distinct(random, size),
              random.ints(size, -64, 65).mapToDouble(g -> g / 64.0).toArray(),
              random.nextInt(1, 64) / 16.0);
        });
  }

  private static double[] distinct(SplittableRandom random, int size) {
    return random.ints(-512, 512).distinct().limit(size).mapToDouble(s -> s / 256.0).toArray();
  }

  private static boolean hasTies(double[] scores) {
    return Arrays.stream(scores).distinct().count() < scores.length;
  }

  private static boolean isZero(double[] gradient) {
    return Arrays.stream(gradient).allMatch(g -> g == 0);
  }

  private static void requireOften(boolean nonZero) {
    Statistics.label("gradient is not zero").collect(nonZero);
    Statistics.label("gradient is not zero")
        .coverage(checker -> checker.check(true).percentage(p -> p >= 60));
  }

  @StatisticsReport(StatisticsReport.StatisticsReportMode.OFF)
  @Property(seed = SEED, tries = 500)
  void property08_gradientIsBoundedAndSumsToZero(@ForAll("rows") Row row) {
    int n = row.size();
    double[] gradient = new double[n];
    double lambda = row.lambda / n;
    new Interpolation(Lambda.normalised(lambda))
        .gradient(new RankingSolver(n), row.scores, ranks(row.scores), row.upstream, gradient);
    assertArrayEquals(row.gradient(), gradient, 1e-9, "plain / n is the normalised lambda");
    double sum = 0;
    double norm = 0;
    for (double g : gradient) {
      double steps = g * row.lambda;
      assertEquals(Math.rint(steps), steps, 1e-9, "a multiple of 1 / lambda");
      assertTrue(Math.abs(g) <= (n - 1) / row.lambda + 1e-9);
      sum += g;
      norm += Math.abs(g);
    }
    assertEquals(0, sum, 1e-9);
    assertTrue(norm <= n * n / 2 / row.lambda + 1e-9);
    requireOften(!isZero(gradient));
  }

  @StatisticsReport(StatisticsReport.StatisticsReportMode.OFF)
  @Property(seed = SEED, tries = 500)
  void property09_shiftsChangeNothing(
      @ForAll("rows") Row row, @ForAll @IntRange(min = -8, max = 8) int shift) {
    double[] scores = Arrays.stream(row.scores).map(s -> s + shift).toArray();
    double[] upstream = Arrays.stream(row.upstream).map(g -> g + shift).toArray();
    assertArrayEquals(row.gradient(), new Row(scores, row.upstream, row.lambda).gradient());
    assertArrayEquals(row.gradient(), new Row(row.scores, upstream, row.lambda).gradient());
    requireOften(!isZero(row.gradient()));
  }

  @StatisticsReport(StatisticsReport.StatisticsReportMode.OFF)
  @Property(seed = SEED, tries = 500)
  void property10_permutedScoresHavePermutedGradients(@ForAll("rows") Row row, @ForAll long seed) {
    Assume.that(!hasTies(row.moved()));
    List<Integer> shuffled = new ArrayList<>(IntStream.range(0, row.size()).boxed().toList());
    Collections.shuffle(shuffled, new Random(seed));
    int[] order = shuffled.stream().mapToInt(i -> i).toArray();
    Row permuted = new Row(pick(row.scores, order), pick(row.upstream, order), row.lambda);
    assertArrayEquals(pick(ranks(row.scores), order), ranks(permuted.scores));
    assertArrayEquals(pick(row.gradient(), order), permuted.gradient());
    requireOften(!isZero(row.gradient()));
  }

  private static double[] pick(double[] values, int[] order) {
    return Arrays.stream(order).mapToDouble(i -> values[i]).toArray();
  }

  @StatisticsReport(StatisticsReport.StatisticsReportMode.OFF)
  @Property(seed = SEED, tries = 500)
  void property11_thresholdOfTheZeroGradientIsExact(@ForAll("rows") Row row) {
    double[] ranks = ranks(row.scores);
    int n = row.size();
    int[] itemAt = new int[n];
    for (int i = 0; i < n; i++) {
      itemAt[(int) ranks[i] - 1] = i;
    }
    double threshold = Double.POSITIVE_INFINITY;
    for (int r = 1; r < n; r++) {
      int above = itemAt[r - 1];
      int below = itemAt[r];
      double gain = row.upstream[below] - row.upstream[above];
      if (gain > 0) {
        threshold = Math.min(threshold, (row.scores[above] - row.scores[below]) / gain);
      }
    }
    double finite = threshold == Double.POSITIVE_INFINITY ? 1e6 : threshold;
    assertTrue(isZero(row.withLambda(0.999 * finite).gradient()));
    boolean moves = !isZero(row.withLambda(1.001 * finite).gradient());
    assertEquals(threshold < Double.POSITIVE_INFINITY, moves);
    requireOften(moves);
  }

  @StatisticsReport(StatisticsReport.StatisticsReportMode.OFF)
  @Property(seed = SEED, tries = 500)
  void property12_largeLambdaRanksByTheUpstream(@ForAll("rows") Row row) {
    Row strong = row.withLambda(1 << 20);
    int n = row.size();
    double[] expected = new double[n];
    for (int i = 0; i < n; i++) {
      expected[i] = 1;
      for (int j = 0; j < n; j++) {
        boolean ahead =
            row.upstream[j] > row.upstream[i]
                || (row.upstream[j] == row.upstream[i] && row.scores[j] > row.scores[i]);
        expected[i] += ahead ? 1 : 0;
      }
    }
    assertArrayEquals(expected, ranks(strong.moved()));
    double[] before = ranks(row.scores);
    double[] gradient = strong.gradient();
    for (int i = 0; i < n; i++) {
      assertEquals(expected[i] - before[i], gradient[i] * strong.lambda, TOLERANCE * n);
    }
    requireOften(!isZero(gradient));
  }

  @StatisticsReport(StatisticsReport.StatisticsReportMode.OFF)
  @Property(seed = SEED, tries = 200)
  void property13_negatedScoresHaveReversedRanks(@ForAll("rows") Row row) {
    double[] ranks = ranks(row.scores);
    double[] reversed = ranks(Arrays.stream(row.scores).map(s -> -s).toArray());
    for (int i = 0; i < row.size(); i++) {
      assertEquals(row.size() + 1, ranks[i] + reversed[i]);
    }
  }

  @StatisticsReport(StatisticsReport.StatisticsReportMode.OFF)
  @Property(seed = SEED, tries = 500)
  void property14_tiesGoByIndex(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] values = {0.0, -0.0, 1, -1, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY};
    int n = random.nextInt(2, 40);
    double[] scores = random.ints(n, 0, values.length).mapToDouble(i -> values[i]).toArray();
    double[] ranks = ranks(scores);
    for (int i = 0; i < n; i++) {
      for (int j = i + 1; j < n; j++) {
        assertNotEquals(ranks[i], ranks[j]);
        if (scores[i] == scores[j]) {
          assertTrue(ranks[i] < ranks[j], "the lower index is ahead");
        } else {
          assertEquals(scores[i] > scores[j], ranks[i] < ranks[j]);
        }
      }
    }
    double[] broken = scores.clone();
    broken[random.nextInt(n)] = Double.NaN;
    assertThrows(IllegalArgumentException.class, () -> ranks(broken));
  }
}
