package io.solvegrad.relaxation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.solvegrad.ranking.RankingBatch;
import io.solvegrad.ranking.Relevance;
import io.solvegrad.ranking.ScoreArray;
import io.solvegrad.relaxation.surrogate.ErrorDriven;
import io.solvegrad.relaxation.surrogate.SurrogateLoss;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ErrorDrivenTest {

  private static double evaluate(
      ErrorDriven objective, double[] scores, double[] labels, double[] gradient) {
    RankingBatch batch =
        RankingBatch.rows(ScoreArray.of(scores), 1, scores.length, Relevance.grades(labels));
    return SurrogateLoss.of(objective).threads(1).evaluate(batch, ScoreArray.of(gradient));
  }

  /** By hand: the relevant candidate ranks third of four under steps as good as hard. */
  @Test
  void hardStepsGiveOneMinusAveragePrecision() {
    double[] scores = {5, 4, 3, 2, 1};
    double[] labels = {0, 1, 0, 1, 0};
    double[] gradient = new double[5];
    double loss = evaluate(new ErrorDriven(0.01, false), scores, labels, gradient);
    assertEquals(1 - (1 / 2.0 + 2 / 4.0) / 2, loss, 1e-12);
    // Errors 1/2 and 1/2; the first is caused by candidate 0, the second by 0 and 2 alike.
    assertArrayEquals(new double[] {0.25 + 0.125, -0.25, 0.125, -0.25, 0}, gradient, 1e-12);
  }

  @Test
  void sortingMovesWorseOnesDown() {
    double[] scores = {2, 1};
    double[] labels = {0.2, 0.9};
    double[] gradient = new double[2];
    double loss = evaluate(new ErrorDriven(0.01, true), scores, labels, gradient);
    // Of candidate 1: (0.8 + 0.1) / 2 - 0.1 = 0.35; of candidate 0 nothing is amiss.
    assertEquals(0.35 / 2, loss, 1e-12);
    assertArrayEquals(new double[] {0.35 / 2, -0.35 / 2}, gradient, 1e-12);
    double[] sorted = new double[2];
    assertEquals(0, evaluate(new ErrorDriven(0.01, true), new double[] {1, 2}, labels, sorted));
    assertArrayEquals(new double[2], sorted);
  }

  @Test
  void updatesCancelAndPullTheRelevantUp() {
    Random random = new Random(4);
    for (int run = 0; run < 200; run++) {
      int n = 2 + random.nextInt(30);
      double[] scores = random.doubles(n, -2, 2).toArray();
      double[] labels = new double[n];
      for (int i = 0; i < n; i++) {
        labels[i] = random.nextInt(3) == 0 ? 0.01 + 0.99 * random.nextDouble() : 0;
      }
      double[] gradient = new double[n];
      double loss = evaluate(ErrorDriven.averagePrecision(), scores, labels, gradient);
      assertTrue(loss >= 0 && loss <= 1);
      double sum = 0;
      for (int i = 0; i < n; i++) {
        sum += gradient[i];
        assertTrue(labels[i] > 0 ? gradient[i] <= 0 : gradient[i] >= 0);
      }
      assertEquals(0, sum, 1e-12);
      evaluate(ErrorDriven.rankAndSort(), scores, labels, gradient);
      assertEquals(0, java.util.Arrays.stream(gradient).sum(), 1e-12);
    }
  }

  @Test
  void nothingToFindIsZero() {
    double[] gradient = new double[3];
    assertEquals(
        0, evaluate(ErrorDriven.rankAndSort(), new double[] {1, 2, 3}, new double[3], gradient));
    assertArrayEquals(new double[3], gradient);
    assertThrows(IllegalArgumentException.class, () -> new ErrorDriven(0, false));
    assertThrows(IllegalArgumentException.class, () -> new ErrorDriven(Double.NaN, false));
  }
}
