package io.solvegrad.relaxation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.solvegrad.ranking.Diagnostics;
import io.solvegrad.ranking.ItemSets;
import io.solvegrad.ranking.RankingBatch;
import io.solvegrad.ranking.Reduction;
import io.solvegrad.ranking.Relevance;
import io.solvegrad.ranking.ScoreArray;
import io.solvegrad.relaxation.surrogate.Softmax;
import io.solvegrad.relaxation.surrogate.SurrogateLoss;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Rows of single precision, read where they lie, give what the general way gives. */
final class SoftmaxRowsTest {
  private static final SurrogateLoss LOSS = SurrogateLoss.of(new Softmax()).threads(1);

  private record Outcome(double value, double[] gradient, Diagnostics diagnostics) {}

  private static Outcome evaluate(
      SurrogateLoss loss, ScoreArray scores, double[] labels, int columns, boolean general) {
    RankingBatch batch =
        RankingBatch.rows(scores, labels.length / columns, columns, Relevance.grades(labels));
    if (general) {
      batch = batch.excluding(ItemSets.mask(new boolean[labels.length]));
    }
    ScoreArray gradient = scores.zeros(labels.length);
    Diagnostics diagnostics = new Diagnostics();
    double value = loss.evaluate(batch, 0.7, gradient, diagnostics);
    assertEquals(value, loss.evaluate(batch, 0.7, null, new Diagnostics()));
    double[] pulled = new double[labels.length];
    for (int i = 0; i < pulled.length; i++) {
      pulled[i] = gradient.get(i);
    }
    return new Outcome(value, pulled, diagnostics);
  }

  private static void assertSame(
      SurrogateLoss loss, float[] scores, double[] labels, int columns, String what) {
    Outcome row = evaluate(loss, ScoreArray.of(scores), labels, columns, false);
    Outcome general = evaluate(loss, ScoreArray.of(scores), labels, columns, true);
    assertEquals(general.value, row.value, 1e-6 * Math.max(1, Math.abs(general.value)), what);
    for (int i = 0; i < labels.length; i++) {
      assertEquals(
          general.gradient[i],
          row.gradient[i],
          1e-6 * Math.max(1, Math.abs(general.gradient[i])),
          what + ", " + i);
    }
    if (columns > 4) {
      assertEquals(general.diagnostics.movedShare(), row.diagnostics.movedShare(), 0.05, what);
    }
  }

  @Test
  void rows_agreeWithTheGeneralWay() {
    Random random = new Random(1);
    for (int columns = 1; columns < 120; columns++) {
      float[] scores = new float[3 * columns];
      double[] labels = new double[scores.length];
      for (int i = 0; i < scores.length; i++) {
        scores[i] = (float) random.nextGaussian() * 4;
        labels[i] = random.nextInt(3) == 0 ? random.nextInt(-1, 4) : 0;
      }
      for (Reduction reduction : Reduction.values()) {
        assertSame(LOSS.reduction(reduction), scores, labels, columns, "columns " + columns);
      }
      assertSame(SurrogateLoss.of(new Softmax(0.5)), scores, labels, columns, "columns " + columns);
    }
  }

  @Test
  void awkwardRows_agreeWithTheGeneralWay() {
    float far = Float.MAX_VALUE;
    float none = Float.NEGATIVE_INFINITY;
    float[][] rows = {
      {0, 0, 0, 0},
      {far, -far, 0, 42},
      {none, 1, none, 2},
      {none, none, none, none},
      {-1e30f, 1e30f, 1e30f, 0},
      {0f, -0f, 1e-40f, 88},
    };
    double[][] labels = {{0, 0, 0, 0}, {1, 0, 2, 0}, {0, 1, 0, 1}, {1, 1, 1, 1}};
    for (float[] scores : rows) {
      for (double[] wanted : labels) {
        boolean unretrieved = scores[0] == none && wanted[0] > 0 && scores[1] != none;
        if (!unretrieved) {
          assertSame(LOSS, scores, wanted, 4, scores[0] + " " + wanted[0]);
        }
      }
    }
  }

  @Test
  void brokenRows_areNamed() {
    float[] scores = {1, 2, 3, Float.NaN};
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> evaluate(LOSS, ScoreArray.of(scores), new double[] {1, 0, 0, 1}, 2, false))
            .getMessage();
    assertTrue(message.contains("row 1, column 1"), message);
    double[] labels = {0, 1, Double.NaN, 0};
    message =
        assertThrows(
                IllegalArgumentException.class,
                () -> evaluate(LOSS, ScoreArray.of(new float[4]), labels, 2, false))
            .getMessage();
    assertTrue(message.contains("row 1, column 0"), message);
  }
}
