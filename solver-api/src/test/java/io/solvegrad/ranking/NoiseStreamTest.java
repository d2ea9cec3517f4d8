package io.solvegrad.ranking;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.solvegrad.ranking.PerturbedLoss.Noise;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.apache.commons.math3.distribution.GumbelDistribution;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.distribution.RealDistribution;
import org.apache.commons.math3.stat.correlation.PearsonsCorrelation;
import org.apache.commons.math3.stat.descriptive.DescriptiveStatistics;
import org.apache.commons.math3.stat.inference.KolmogorovSmirnovTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class NoiseStreamTest {

  private static double[] draws(Noise noise, long key, int count) {
    float[] values = new float[count];
    stream(noise, key).next(values, count);
    double[] drawn = new double[count];
    Arrays.setAll(drawn, i -> values[i]);
    return drawn;
  }

  private static NoiseStream stream(Noise noise, long key) {
    NoiseStream stream = new NoiseStream(new ScalarNoise());
    stream.begin(noise, key);
    return stream;
  }

  private static RealDistribution distribution(Noise noise) {
    return switch (noise) {
      case GAUSSIAN -> new NormalDistribution(null, 0, 1);
      case GUMBEL -> new GumbelDistribution(null, 0, 1);
    };
  }

  /** With 2^22 draws the statistic of the distribution itself is 0.0004 on average. */
  @ParameterizedTest
  @EnumSource
  void draws_haveTheDistribution(Noise noise) {
    double[] drawn = draws(noise, 0x123456789abcdefL, 1 << 22);
    RealDistribution wanted = distribution(noise);
    double statistic = new KolmogorovSmirnovTest().kolmogorovSmirnovStatistic(wanted, drawn);
    assertTrue(statistic < 0.0009, "Kolmogorov-Smirnov statistic " + statistic);
    DescriptiveStatistics moments = new DescriptiveStatistics(drawn);
    assertEquals(wanted.getNumericalMean(), moments.getMean(), 0.003);
    assertEquals(Math.sqrt(wanted.getNumericalVariance()), moments.getStandardDeviation(), 0.003);
    boolean gaussian = noise == Noise.GAUSSIAN;
    assertEquals(gaussian ? 0 : 1.1395470994, moments.getSkewness(), 0.015);
    assertEquals(gaussian ? 0 : 2.4, moments.getKurtosis(), 0.08);
    assertTrue(moments.getMax() < ScalarNoise.BOUND && moments.getMin() > -ScalarNoise.BOUND);
    // Tails: of 2^22 draws, one in 1000 and one in 10,000 lie beyond the quantiles.
    for (double share : new double[] {1e-3, 1e-4}) {
      double low = wanted.inverseCumulativeProbability(share);
      double high = wanted.inverseCumulativeProbability(1 - share);
      double below = Arrays.stream(drawn).filter(x -> x < low).count() / (double) drawn.length;
      double above = Arrays.stream(drawn).filter(x -> x > high).count() / (double) drawn.length;
      assertEquals(share, below, 0.25 * share);
      assertEquals(share, above, 0.25 * share);
    }
  }

  /** Many short streams, as batches make them: each is a sample, and so are their first numbers. */
  @ParameterizedTest
  @EnumSource
  void streamsOfManyKeys_haveTheDistribution(Noise noise) {
    KolmogorovSmirnovTest test = new KolmogorovSmirnovTest();
    SplittableRandom keys = new SplittableRandom(9);
    double[] firsts = new double[2000];
    int rare = 0;
    for (int k = 0; k < firsts.length; k++) {
      double[] drawn = draws(noise, k % 2 == 0 ? k : keys.nextLong(), 300);
      firsts[k] = drawn[0];
      rare += test.kolmogorovSmirnovTest(distribution(noise), drawn) < 0.01 ? 1 : 0;
    }
    // 20 are expected, with a deviation of 4.4.
    assertTrue(rare < 40, rare + " of 2000 streams are rare samples");
    double p = test.kolmogorovSmirnovTest(distribution(noise), firsts);
    assertTrue(p > 0.001, "first numbers: p = " + p);
  }

  @Test
  void draws_areNotCorrelated() {
    int count = 1 << 18;
    double[] one = draws(Noise.GAUSSIAN, 77, count + 1100);
    PearsonsCorrelation correlation = new PearsonsCorrelation();
    double[] base = Arrays.copyOf(one, count);
    for (int lag : new int[] {1, 2, 3, 4, 8, 16, 64, 255, 256, 1023, 1024}) {
      double[] later = Arrays.copyOfRange(one, lag, lag + count);
      assertEquals(0, correlation.correlation(base, later), 0.01, "lag " + lag);
      assertEquals(0, correlation.correlation(squares(base), squares(later)), 0.01, "lag " + lag);
    }
    for (long key : new long[] {78, 76, 77 + (1L << 32), 77 + (1L << 33), -77, 77 * 2}) {
      double[] other = draws(Noise.GAUSSIAN, key, count);
      assertEquals(0, correlation.correlation(base, other), 0.01, "key " + key);
      assertEquals(0, correlation.correlation(squares(base), squares(other)), 0.01, "key " + key);
    }
  }

  private static double[] squares(double[] values) {
    return Arrays.stream(values).map(x -> x * x).toArray();
  }

  /** One by one, many, or added to scores: the same bits, whatever was taken before. */
  @ParameterizedTest
  @EnumSource
  void allWays_takeTheNextNumbers(Noise noise) {
    float[] from = new float[5000];
    for (int i = 0; i < from.length; i++) {
      from[i] = i % 7 - 3f;
    }
    float[] to = from.clone();
    float[] drawn = new float[1000];
    NoiseStream many = stream(noise, -5);
    NoiseStream single = stream(noise, -5);
    int[] ends = {0, 0, 1, 30, 1023, 1025, 1026, 3500, 4999};
    for (int r = 1; r < ends.length; r++) {
      many.add(0.3f, from, to, ends[r - 1], ends[r]);
      for (int i = ends[r - 1]; i < ends[r]; i++) {
        assertEquals(Math.fma(0.3f, single.next(), from[i]), to[i]);
      }
      many.next(drawn, 100 * r);
      for (int i = 0; i < 100 * r; i++) {
        assertEquals(single.next(), drawn[i]);
      }
    }
    assertEquals(from[4999], to[4999]);
    assertEquals(single.next(), many.next());
  }

  /** Rankings of one evaluation, and rows of one ranking, have nothing in common. */
  @Test
  void rowsAndRankings_areIndependent() {
    int rows = 512;
    int columns = 512;
    float[] scores = new float[rows * columns];
    RankingBatch batch =
        RankingBatch.rows(ScoreArray.of(scores), rows, columns, Relevance.of(ItemSets.none()));
    SplittableRandom random = new SplittableRandom(3);
    NoisyScores noisy = new NoisyScores();
    double[][] rankings = new double[6][];
    for (int m = 0; m < rankings.length; m++) {
      RankingBatch drawn = noisy.withNoise(batch, Noise.GAUSSIAN, 1, random);
      rankings[m] = IntStream.range(0, scores.length).mapToDouble(drawn.scores()::get).toArray();
    }
    PearsonsCorrelation correlation = new PearsonsCorrelation();
    for (int m = 1; m < rankings.length; m++) {
      assertEquals(0, correlation.correlation(rankings[0], rankings[m]), 0.01, "ranking " + m);
    }
    // 130,816 pairs of rows; the correlation of each has deviation 1 / sqrt(512).
    double squares = 0;
    double largest = 0;
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < i; j++) {
        double sum = 0;
        for (int c = 0; c < columns; c++) {
          sum += rankings[0][i * columns + c] * rankings[0][j * columns + c];
        }
        double z = sum / Math.sqrt(columns);
        squares += z * z;
        largest = Math.max(largest, Math.abs(z));
      }
    }
    assertEquals(1, squares / (rows * (rows - 1) / 2), 0.02);
    assertTrue(largest < 6, "largest deviation " + largest);
  }

  /** Ties between numbers are as rare as floats allow. */
  @Test
  void numbers_seldomTie() {
    double[] drawn = draws(Noise.GAUSSIAN, 6, 4096);
    long distinct = Arrays.stream(drawn).distinct().count();
    assertTrue(distinct >= 4090, distinct + " of 4096 numbers are distinct");
  }

  /** Compiled or not, on any machine. */
  @Test
  void numbers_staySame() {
    assertArrayEquals(
        new double[] {-0.13598198f, 0.97140425f, -0.7280484f, 0.5491762f},
        draws(Noise.GAUSSIAN, 1, 4));
    assertArrayEquals(
        new double[] {0.2134703f, 1.7082772f, -0.37510374f, 1.0657f}, draws(Noise.GUMBEL, 1, 4));
  }

  /** Rows, columns, segments and ranges: the k-th candidate gets the k-th number in each. */
  @Test
  void layouts_shareTheNoise() {
    int rows = 3;
    int columns = 700;
    float[] byRow = new float[rows * columns];
    float[] byColumn = new float[rows * columns];
    int[] ids = new int[rows * columns];
    for (int q = 0; q < rows; q++) {
      for (int p = 0; p < columns; p++) {
        byRow[q * columns + p] = (q * 31 + p * 17) % 101 / 10f;
        byColumn[p * rows + q] = byRow[q * columns + p];
        ids[p * rows + q] = q;
      }
    }
    float[] noisyRows = noisy(byRow, Layout.rows(rows, columns));
    assertArrayEquals(noisyRows, noisy(byRow, Layout.ragged(0, columns, 2 * columns, 3 * columns)));
    for (Layout layout : new Layout[] {Layout.columns(columns, rows), Layout.segments(ids)}) {
      float[] other = noisy(byColumn, layout);
      for (int q = 0; q < rows; q++) {
        for (int p = 0; p < columns; p++) {
          assertEquals(noisyRows[q * columns + p], other[p * rows + q]);
        }
      }
    }
  }

  private static float[] noisy(float[] scores, Layout layout) {
    RankingBatch batch =
        RankingBatch.of(ScoreArray.of(scores), layout, Relevance.of(ItemSets.none()));
    RankingBatch noisy =
        new NoisyScores().withNoise(batch, Noise.GAUSSIAN, 0.1, new SplittableRandom(4));
    return ((ScoreArray.Floats) noisy.scores()).values().clone();
  }
}
