package io.solvegrad.ranking;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.solvegrad.ranking.PerturbedLoss.Noise;
import io.solvegrad.solver.Lambda;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PerturbedLossTest {
  private static final Cells CELLS = Cells.random(41, 6, 10).withoutExclusions();
  private static final MetricLoss LOSS =
      MetricLoss.of(new AveragePrecision(), new ReferenceRanker(Lambda.plain(30)));

  /** Keeps the scores that it is shown. */
  private record Probe(List<double[]> seen) implements RankingLoss {
    Probe() {
      this(new ArrayList<>());
    }

    @Override
    public double evaluate(
        RankingBatch batch, double factor, @Nullable ScoreArray gradient, Diagnostics diagnostics) {
      seen.add(Outcome.values(batch.scores()));
      return LOSS.evaluate(batch, factor, gradient, diagnostics);
    }
  }

  private static List<double[]> seen(int evaluations, Noise noise, double scale, long seed) {
    Probe probe = new Probe();
    PerturbedLoss loss = new PerturbedLoss(probe, noise, scale, 2, seed);
    for (int i = 0; i < evaluations; i++) {
      loss.value(CELLS.batch());
    }
    return probe.seen;
  }

  @ParameterizedTest
  @EnumSource
  void noise_dependsOnTheSeedAlone(Noise noise) {
    assertArrayEquals(
        seen(3, noise, 0.1, 5).toArray(double[][]::new),
        seen(3, noise, 0.1, 5).toArray(double[][]::new));
    assertFalse(Arrays.equals(seen(1, noise, 0.1, 5).get(0), seen(1, noise, 0.1, 6).get(0)));
  }

  @ParameterizedTest
  @EnumSource
  void noise_isNewForEachSampleAndEvaluation(Noise noise) {
    List<double[]> seen = seen(3, noise, 0.1, 5);
    assertEquals(6, seen.size());
    int equal = 0;
    for (int i = 0; i < 6; i++) {
      for (int j = 0; j < i; j++) {
        for (int c = 0; c < seen.get(0).length; c++) {
          equal += seen.get(i)[c] == seen.get(j)[c] ? 1 : 0;
        }
      }
    }
    // Of 900 pairs of draws from about 2^23 values.
    assertTrue(equal <= 1, equal + " equal scores");
  }

  @Test
  void resumeAfter_continuesWithTheSameNoise() {
    List<double[]> uninterrupted = seen(5, Noise.GAUSSIAN, 0.1, 5);
    Probe probe = new Probe();
    PerturbedLoss resumed = new PerturbedLoss(probe, Noise.GAUSSIAN, 0.1, 2, 5);
    resumed.resumeAfter(3);
    assertEquals(3, resumed.evaluations());
    resumed.value(CELLS.batch());
    resumed.evaluate(CELLS.batch(), CELLS.doubles());
    assertEquals(5, resumed.evaluations());
    assertArrayEquals(
        uninterrupted.subList(6, 10).toArray(double[][]::new), probe.seen.toArray(double[][]::new));
  }

  /** What was evaluated before does not matter, only how often. */
  @Test
  void noise_doesNotDependOnFormerBatches() {
    Probe probe = new Probe();
    PerturbedLoss loss = new PerturbedLoss(probe, Noise.GAUSSIAN, 0.1, 2, 5);
    loss.value(Cells.random(1, 2, 3).batch());
    Cells floats = Cells.random(2, 8, 9);
    loss.value(floats.batch(floats.floats()));
    loss.value(CELLS.batch());
    assertArrayEquals(
        seen(3, Noise.GAUSSIAN, 0.1, 5).subList(4, 6).toArray(double[][]::new),
        probe.seen.subList(4, 6).toArray(double[][]::new));
  }

  @Test
  void scaleZero_isThePlainLoss() {
    for (ScoreArray scores : List.of(CELLS.doubles(), CELLS.floats())) {
      RankingBatch batch = CELLS.batch(scores);
      PerturbedLoss loss = new PerturbedLoss(LOSS, Noise.GUMBEL, 0, 1, 5);
      Outcome.of(loss, batch, 3).assertClose(Outcome.of(LOSS, batch, 3).requireGradient(), 0);
    }
  }

  /** The mean over samples, with 1 / m inside. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5})
  void samples_areAveragedInside(int samples) {
    Probe probe = new Probe();
    PerturbedLoss loss = new PerturbedLoss(probe, Noise.GAUSSIAN, 0.2, samples, 5);
    Outcome actual = Outcome.of(loss, CELLS.batch(), 2).requireGradient();
    double value = 0;
    double[] gradient = new double[actual.gradient().length];
    for (double[] scores : probe.seen) {
      Outcome one = Outcome.of(LOSS, CELLS.withScores(scores).batch(), 2.0 / samples);
      value += one.value();
      Arrays.setAll(gradient, i -> gradient[i] + one.gradient()[i]);
    }
    assertEquals(samples, probe.seen.size());
    actual.assertClose(new Outcome(value, gradient), 1e-12);
  }

  @Test
  void scores_areLeftAlone() {
    ScoreArray scores = CELLS.doubles();
    new PerturbedLoss(LOSS, Noise.GAUSSIAN, 1, 3, 5).value(CELLS.batch(scores));
    assertArrayEquals(CELLS.scores(), Outcome.values(scores));
  }

  @Test
  void scores_mayChangeBetweenEvaluations() {
    Probe probe = new Probe();
    PerturbedLoss loss = new PerturbedLoss(probe, Noise.GAUSSIAN, 0, 1, 5);
    ScoreArray scores = CELLS.doubles();
    RankingBatch batch = CELLS.batch(scores);
    loss.value(batch);
    scores.set(3, 42);
    loss.value(batch);
    assertEquals(42, probe.seen.get(1)[3]);
  }

  @ParameterizedTest
  @EnumSource
  void noise_hasTheMomentsOfItsDistribution(Noise noise) {
    Probe probe = new Probe();
    Cells cells = Cells.random(42, 200, 200).withoutExclusions();
    new PerturbedLoss(probe, noise, 0.5, 1, 7).value(cells.batch());
    double[] drawn = probe.seen.get(0);
    Arrays.setAll(drawn, i -> (drawn[i] - cells.scores()[i]) / 0.5);
    double mean = Arrays.stream(drawn).average().orElseThrow();
    double variance =
        Arrays.stream(drawn).map(x -> (x - mean) * (x - mean)).average().orElseThrow();
    double below = Arrays.stream(drawn).filter(x -> x < 0).count() / (double) drawn.length;
    boolean gaussian = noise == Noise.GAUSSIAN;
    // 40,000 draws: five standard errors are 0.03 for the mean and about 0.05 for the variance.
    assertEquals(gaussian ? 0 : 0.5772156649, mean, 0.03);
    assertEquals(gaussian ? 1 : Math.PI * Math.PI / 6, variance, 0.09);
    assertEquals(gaussian ? 0.5 : Math.exp(-1), below, 0.0125);
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, Double.NaN, Double.POSITIVE_INFINITY})
  void scale_mustBeFiniteAndNotNegative(double scale) {
    assertRefused("scale", "" + scale, scale, 1);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1})
  void samples_mustBeOneOrMore(int samples) {
    assertRefused("samples", "" + samples, 0.1, samples);
  }

  private static void assertRefused(String name, String value, double scale, int samples) {
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> new PerturbedLoss(LOSS, Noise.GAUSSIAN, scale, samples, 1))
            .getMessage();
    assertTrue(message.contains(name) && message.contains(value), message);
  }

  @Test
  void resumeAfter_mustNotBeNegative() {
    PerturbedLoss loss = new PerturbedLoss(LOSS, Noise.GAUSSIAN, 1, 1, 1);
    String message =
        assertThrows(IllegalArgumentException.class, () -> loss.resumeAfter(-1)).getMessage();
    assertTrue(message.contains("evaluations") && message.contains("-1"), message);
  }

  /** Valid candidates draw, others do not: padding leaves the noise of all others as it is. */
  @Test
  void padding_leavesTheNoiseAlone() {
    Cells cells = Cells.random(43, 4, 5);
    int[] columns = {-1, 0, 1, -1, 2, 3, 4, -1};
    int[] rows = {0, 1, 2, 3};
    Cells padded = cells.pick(rows, columns);
    for (NoiseScale scale : List.of(NoiseScale.fixed(0.3), NoiseScale.relative(0.5))) {
      Probe probe = new Probe();
      new PerturbedLoss(probe, Noise.GAUSSIAN, scale, 1, 5).value(cells.batch());
      new PerturbedLoss(probe, Noise.GAUSSIAN, scale, 1, 5).value(padded.batch());
      double[] plain = probe.seen.get(0);
      double[] wide = probe.seen.get(1);
      for (int i = 0; i < wide.length; i++) {
        int from = cells.source(i, rows, columns);
        if (from >= 0) {
          assertEquals(plain[from], wide[i]);
          assertEquals(cells.excluded()[from], plain[from] == cells.scores()[from]);
        }
      }
    }
  }

  /** A relative scale is a share of the deviation within lists, whatever lies between lists. */
  @Test
  void relativeScale_followsTheSpreadWithinLists() {
    double[] scores = {1, 3, 101, 103, Double.NEGATIVE_INFINITY, 102};
    RankingBatch batch =
        RankingBatch.of(
            ScoreArray.of(scores), Layout.ragged(0, 2, 6), Relevance.grades(1, 0, 1, 0, 0, 0));
    Probe probe = new Probe();
    new PerturbedLoss(probe, Noise.GUMBEL, NoiseScale.relative(0.5), 1, 3).value(batch);
    // Squares 1 + 1 + 1 + 1 + 0 over five finite scores.
    double expected = 0.5 * Math.sqrt(4.0 / 5);
    new PerturbedLoss(probe, Noise.GUMBEL, expected, 1, 3).value(batch);
    assertArrayEquals(probe.seen.get(1), probe.seen.get(0), 1e-12);
    double[] tenfold = Arrays.stream(scores).map(s -> 10 * s).toArray();
    new PerturbedLoss(probe, Noise.GUMBEL, NoiseScale.relative(0.5), 1, 3)
        .value(batch.withScores(ScoreArray.of(tenfold)));
    assertArrayEquals(
        Arrays.stream(probe.seen.get(0)).map(s -> 10 * s).toArray(), probe.seen.get(2), 1e-9);
  }

  @Test
  void relativeScale_isDefinedForEqualAndHugeScores() {
    Probe probe = new Probe();
    PerturbedLoss loss = new PerturbedLoss(probe, Noise.GAUSSIAN, NoiseScale.relative(1), 1, 3);
    RankingBatch batch =
        RankingBatch.rows(ScoreArray.of(2.0, 2.0, 2.0), 1, 3, Relevance.grades(1, 0, 0));
    loss.value(batch);
    assertArrayEquals(new double[] {2, 2, 2}, probe.seen.get(0));
    double huge = Double.MAX_VALUE;
    assertTrue(Double.isFinite(loss.value(batch.withScores(ScoreArray.of(huge, -huge, 0)))));
    loss.value(RankingBatch.rows(ScoreArray.of(new double[0]), 0, 3, Relevance.grades()));
  }

  @Test
  void nullArguments_areNamed() {
    String message =
        assertThrows(
                NullPointerException.class,
                () -> new PerturbedLoss(LOSS, Noise.GAUSSIAN, missing(), 1, 1))
            .getMessage();
    assertEquals("scale must not be null", message);
  }

  @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"}) // what a careless caller does
  private static NoiseScale missing() {
    return null;
  }

  @Test
  void twoEvaluationsAtOnceAreRefused() {
    RankingLoss[] outer = new RankingLoss[1];
    // What another thread would do in the midst of an evaluation.
    RankingLoss inner =
        (batch, factor, gradient, diagnostics) -> {
          String message =
              assertThrows(IllegalStateException.class, () -> outer[0].value(batch)).getMessage();
          assertTrue(String.valueOf(message).contains("at once"), message);
          return LOSS.evaluate(batch, factor, gradient, diagnostics);
        };
    for (RankingLoss noisy :
        List.of(
            new PerturbedLoss(inner, Noise.GAUSSIAN, 0.1, 1, 1), new RandomMargin(inner, 0.1, 1))) {
      outer[0] = noisy;
      double first = noisy.value(CELLS.batch());
      assertTrue(first > 0 && noisy.value(CELLS.batch()) > 0, "released after each");
    }
  }

  /** Noise that is as large as numbers can be is not infinite: it would make NaN of infinity. */
  @ParameterizedTest
  @EnumSource
  void hugeNoise_staysFinite(Noise noise) {
    double[] scores = {Double.NEGATIVE_INFINITY, 0, Double.POSITIVE_INFINITY, 1};
    float[] floats = {Float.NEGATIVE_INFINITY, 0, Float.POSITIVE_INFINITY, 1};
    for (ScoreArray array : List.of(ScoreArray.of(scores), ScoreArray.of(floats))) {
      Probe probe = new Probe();
      PerturbedLoss loss = new PerturbedLoss(probe, noise, Double.MAX_VALUE, 100, 4);
      loss.value(RankingBatch.rows(array, 1, 4, Relevance.grades(1, 1, 0, 0)));
      for (double[] seen : probe.seen) {
        assertEquals(Double.NEGATIVE_INFINITY, seen[0]);
        assertTrue(Double.isFinite(seen[1]), Arrays.toString(seen));
        assertEquals(Double.POSITIVE_INFINITY, seen[2]);
        assertTrue(Double.isFinite(seen[3]), Arrays.toString(seen));
      }
    }
  }
}
