package io.solvegrad.ranking;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every ranking loss owes to those who call it. */
public abstract class RankingLossContract {
  private static final double TOLERANCE = 1e-9;
  private static final double FLOAT_TOLERANCE = 2e-5;
  private static final Cells CELLS = Cells.random(7, 6, 9);

  /**
   * A new loss, with nothing remembered.
   *
   * @param strength multiplies the interpolation strength; losses without one ignore it
   * @param threads how many it may use
   */
  protected abstract RankingLoss loss(double strength, int threads);

  private RankingLoss loss() {
    return loss(1, 1);
  }

  private static List<ScoreArray> precisions(Cells cells) {
    return List.of(cells.doubles(), cells.floats());
  }

  @Test
  void gradient_isAdded() {
    for (ScoreArray scores : precisions(CELLS)) {
      RankingBatch batch = CELLS.batch(scores);
      Outcome alone = Outcome.of(loss(), batch).requireGradient();
      ScoreArray gradient = scores.zeros(scores.length());
      for (int i = 0; i < gradient.length(); i++) {
        gradient.set(i, i - 3);
      }
      double value = loss().evaluate(batch, 1, gradient, new Diagnostics());
      double[] added = Outcome.values(gradient);
      Arrays.setAll(added, i -> added[i] - (i - 3));
      new Outcome(value, added).assertClose(alone, FLOAT_TOLERANCE);
    }
  }

  @Test
  void value_doesNotDependOnAGradientBeingAskedFor() {
    for (ScoreArray scores : precisions(CELLS)) {
      RankingBatch batch = CELLS.batch(scores);
      assertEquals(Outcome.of(loss(), batch).value(), loss().value(batch));
    }
  }

  /** A factor is one more average: it multiplies what is pulled back, not what comes out. */
  @Test
  void factor_actsInside() {
    RankingBatch batch = CELLS.batch();
    for (double factor : new double[] {0.125, 4, 16}) {
      Outcome inside = Outcome.of(loss(1, 1), batch, factor).requireGradient();
      Outcome stronger = Outcome.of(loss(factor, 1), batch);
      double[] expected = stronger.gradient();
      Arrays.setAll(expected, i -> factor * expected[i]);
      inside.assertClose(new Outcome(factor * stronger.value(), expected), TOLERANCE);
    }
  }

  @Test
  void factorZero_givesNothing() {
    Outcome outcome = Outcome.of(loss(), CELLS.batch(), 0);
    assertEquals(0, outcome.value());
    assertArrayEquals(new double[CELLS.scores().length], outcome.gradient());
  }

  @Test
  void factorThatIsNotFinite_isRefused() {
    for (double factor : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
      String message =
          assertThrows(
                  IllegalArgumentException.class, () -> Outcome.of(loss(), CELLS.batch(), factor))
              .getMessage();
      assertTrue(message.contains("factor") && message.contains("" + factor), message);
    }
  }

  @Test
  void outcome_isTheSameForAnyNumberOfThreads() {
    Cells cells = Cells.random(8, 96, 224);
    for (ScoreArray scores : precisions(cells)) {
      RankingBatch batch = cells.batch(scores);
      Outcome alone = Outcome.of(loss(64, 1), batch).requireGradient();
      for (int threads = 2; threads <= 8; threads++) {
        Outcome together = Outcome.of(loss(64, threads), batch);
        assertEquals(alone.value(), together.value());
        assertArrayEquals(alone.gradient(), together.gradient());
      }
    }
  }

  @Test
  void excludedCells_getNoGradient() {
    for (ScoreArray scores : precisions(CELLS)) {
      ScoreArray gradient = scores.zeros(scores.length());
      for (int i = 0; i < gradient.length(); i++) {
        gradient.set(i, 7);
      }
      loss().evaluate(CELLS.batch(scores), gradient);
      for (int i = 0; i < gradient.length(); i++) {
        if (CELLS.excluded()[i]) {
          assertEquals(7, gradient.get(i));
        }
      }
    }
  }

  @Test
  void excludedCells_areNotRanked() {
    Outcome expected = Outcome.of(loss(), CELLS.batch()).requireGradient();
    Cells cells = CELLS;
    for (int i = 0; i < cells.scores().length; i++) {
      cells = cells.excluded()[i] ? cells.withScore(i, 1e6) : cells;
    }
    Outcome.of(loss(), cells.batch()).assertClose(expected, 0);
  }

  @Test
  void padding_changesNothing() {
    int[] rowOf = {0, -1, 1, 2, 3, 4, 5, -1, -1};
    int[] columnOf = {-1, 0, 1, 2, 3, -1, 4, 5, 6, 7, 8, -1};
    assertPicked(rowOf, columnOf);
  }

  @Test
  void order_ofRowsAndColumnsDoesNotMatter() {
    Random random = new Random(9);
    for (int i = 0; i < 5; i++) {
      assertPicked(shuffled(CELLS.rows(), random), shuffled(CELLS.columns(), random));
    }
  }

  private static int[] shuffled(int n, Random random) {
    List<Integer> order = new ArrayList<>(IntStream.range(0, n).boxed().toList());
    Collections.shuffle(order, random);
    return order.stream().mapToInt(i -> i).toArray();
  }

  private void assertPicked(int[] rowOf, int[] columnOf) {
    Outcome original = Outcome.of(loss(), CELLS.batch()).requireGradient();
    Cells picked = CELLS.pick(rowOf, columnOf);
    double[] expected = new double[picked.scores().length];
    for (int i = 0; i < expected.length; i++) {
      int from = CELLS.source(i, rowOf, columnOf);
      expected[i] = from < 0 ? 0 : original.gradient()[from];
    }
    Outcome.of(loss(), picked.batch())
        .assertClose(new Outcome(original.value(), expected), TOLERANCE);
  }

  @Test
  void nanScore_isNamedByRowAndColumn() {
    Cells cells = Cells.random(10, 3, 4).withoutExclusions();
    for (int i = 0; i < 12; i++) {
      assertNamed(cells.withScore(i, Double.NaN), i);
    }
  }

  @Test
  void nanScore_isFoundWhereNothingIsRelevant() {
    Cells cells = Cells.random(10, 3, 4).withoutExclusions().withoutRelevant();
    assertNamed(cells.withScore(6, Double.NaN), 6);
  }

  private void assertNamed(Cells cells, int index) {
    for (ScoreArray scores : precisions(cells)) {
      RankingBatch batch = cells.batch(scores);
      String message =
          assertThrows(IllegalArgumentException.class, () -> Outcome.of(loss(), batch))
              .getMessage();
      assertTrue(message.contains("NaN"), message);
      assertTrue(message.contains("row " + index / 4), message);
      assertTrue(message.contains("column " + index % 4), message);
      assertThrows(IllegalArgumentException.class, () -> loss().value(batch));
    }
  }

  @Test
  void nanScore_doesNoHarmWhereExcluded() {
    Outcome expected = Outcome.of(loss(), CELLS.batch());
    Cells cells = CELLS;
    for (int i = 0; i < cells.scores().length; i++) {
      cells = cells.excluded()[i] ? cells.withScore(i, Double.NaN) : cells;
    }
    Outcome.of(loss(), cells.batch()).assertClose(expected, 0);
  }

  @Test
  void afterAFailure_theLossStillWorks() {
    RankingLoss loss = loss();
    Cells broken = CELLS.withoutExclusions().withScore(5, Double.NaN);
    assertThrows(IllegalArgumentException.class, () -> Outcome.of(loss, broken.batch()));
    Outcome.of(loss, CELLS.batch()).assertClose(Outcome.of(loss(), CELLS.batch()), 0);
  }

  @Test
  void emptyBatch_isWorthNothing() {
    for (int[] shape : new int[][] {{0, 0}, {0, 4}, {4, 0}}) {
      Cells cells = Cells.random(1, shape[0], shape[1]);
      for (ScoreArray scores : precisions(cells)) {
        assertEquals(0, Outcome.of(loss(), cells.batch(scores)).value());
      }
    }
  }

  @Test
  protected void nothingToFind_isWorthNothing() {
    for (Cells cells : List.of(CELLS.withoutRelevant(), CELLS.allExcluded())) {
      for (ScoreArray scores : precisions(cells)) {
        Diagnostics diagnostics = new Diagnostics();
        ScoreArray gradient = scores.zeros(scores.length());
        assertEquals(0, loss().evaluate(cells.batch(scores), 1, gradient, diagnostics));
        assertArrayEquals(new double[scores.length()], Outcome.values(gradient));
        assertEquals(0, diagnostics.zeroGradientShare());
      }
    }
  }

  @Test
  void singleCell_isFinite() {
    for (boolean relevant : new boolean[] {true, false}) {
      Cells cells =
          new Cells(1, 1, new double[] {0.5}, new boolean[] {relevant}, new boolean[] {false});
      assertFinite(Outcome.of(loss(), cells.batch()));
    }
  }

  @Test
  void gradientOfAnotherLength_isRefused() {
    RankingBatch batch = CELLS.batch();
    ScoreArray gradient = batch.scores().zeros(53);
    String message =
        assertThrows(IllegalArgumentException.class, () -> loss().evaluate(batch, gradient))
            .getMessage();
    assertTrue(message.contains("gradient has 53") && message.contains("54"), message);
  }

  @Test
  void gradientInAnotherPrecision_isRefused() {
    RankingBatch batch = CELLS.batch(CELLS.doubles());
    String message =
        assertThrows(IllegalArgumentException.class, () -> loss().evaluate(batch, CELLS.floats()))
            .getMessage();
    assertTrue(message.contains("precision"), message);
  }

  @Test
  void precisions_agree() {
    Outcome reference = Outcome.of(loss(), CELLS.batch(CELLS.doubles())).requireGradient();
    Outcome.of(loss(), CELLS.batch(CELLS.floats())).assertClose(reference, FLOAT_TOLERANCE);
  }

  @Test
  protected void infiniteScores_giveNoNaN() {
    SplittableRandom random = new SplittableRandom(11);
    double[] ends = {Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY};
    for (int i = 0; i < 50; i++) {
      double[] scores = CELLS.scores().clone();
      for (int c = 0; c < scores.length; c++) {
        if (random.nextInt(50) < i) {
          scores[c] = ends[i % 3 == 0 ? random.nextInt(2) : 0];
        }
      }
      Cells cells = CELLS.withScores(scores);
      for (ScoreArray array : precisions(cells)) {
        assertFinite(Outcome.of(loss(1000, 1), cells.batch(array)));
      }
    }
  }

  private static void assertFinite(Outcome outcome) {
    assertTrue(Double.isFinite(outcome.value()), () -> "value is " + outcome.value());
    for (double g : outcome.gradient()) {
      assertTrue(Double.isFinite(g), () -> "gradient is " + g);
    }
  }

  @Test
  void inputs_areLeftAlone() {
    ScoreArray scores = CELLS.floats();
    boolean[] relevant = CELLS.relevant().clone();
    boolean[] excluded = CELLS.excluded().clone();
    Outcome.of(loss(), CELLS.batch(scores)).requireGradient();
    assertArrayEquals(CELLS.scores(), Outcome.values(scores));
    assertArrayEquals(relevant, CELLS.relevant());
    assertArrayEquals(excluded, CELLS.excluded());
  }
}
