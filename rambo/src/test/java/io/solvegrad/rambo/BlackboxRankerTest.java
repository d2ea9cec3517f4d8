package io.solvegrad.rambo;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.solvegrad.ranking.ItemSets;
import io.solvegrad.ranking.MetricLoss;
import io.solvegrad.ranking.Outcome;
import io.solvegrad.ranking.RankingBatch;
import io.solvegrad.ranking.Recall;
import io.solvegrad.ranking.Relevance;
import io.solvegrad.ranking.ScoreArray;
import io.solvegrad.ranking.SmoothFunction;
import io.solvegrad.solver.Lambda;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Perturbed scores at the edge of what numbers can hold. */
final class BlackboxRankerTest {
  private static final float INF = Float.POSITIVE_INFINITY;
  private static final Recall LINEAR = new Recall(SmoothFunction.of(r -> r, r -> 1));

  private static MetricLoss loss(double lambda) {
    return MetricLoss.of(LINEAR, new BlackboxRanker(Lambda.plain(lambda)));
  }

  /** The same row in both precisions; the last two candidates are relevant. */
  private static List<RankingBatch> batches(float... scores) {
    double[] doubles = new double[scores.length];
    boolean[] relevant = new boolean[scores.length];
    for (int i = 0; i < scores.length; i++) {
      doubles[i] = scores[i];
      relevant[i] = i >= scores.length - 2;
    }
    Relevance labels = Relevance.of(ItemSets.mask(relevant));
    return List.of(
        RankingBatch.rows(ScoreArray.of(scores), 1, scores.length, labels),
        RankingBatch.rows(ScoreArray.of(doubles), 1, scores.length, labels));
  }

  /** Both relevant candidates go to infinity and tie there: the lower index is ahead. */
  @Test
  void overflow_ranksAsInfinity() {
    double lambda = Double.MAX_VALUE;
    // Over a lambda of that size floats hold nothing but zero, which would go unnoticed.
    assertThrows(
        IllegalArgumentException.class,
        () -> Outcome.of(loss(lambda), batches(3, 2, 0, 1).get(0), 4));
    Outcome doubles = Outcome.of(loss(lambda), batches(3, 2, 0, 1).get(1), 4);
    // Ranks 1 2 4 3 become 3 4 1 2.
    double[] differences = {2, 2, -3, -1};
    for (int i = 0; i < differences.length; i++) {
      assertEquals(differences[i] / lambda, doubles.gradient()[i], 1e-320);
    }
    for (RankingBatch batch : batches(3e38f, 2, 1e38f, 0)) {
      // Floats overflow and doubles do not; the ranking is the same.
      Outcome outcome = Outcome.of(loss(8e38), batch);
      double step = batch.scores().round(1 / 8e38);
      assertTrue(step > 0);
      assertArrayEquals(new double[] {2 * step, step, -step, -2 * step}, outcome.gradient(), 1e-44);
    }
  }

  /** Infinity pushed without bound the other way has no sum, so it stays where it is. */
  @Test
  void infiniteScore_staysUnderAnInfinitePush() {
    // Floats overflow at this lambda as doubles do at the largest.
    double[] lambdas = {1e38, Double.MAX_VALUE};
    for (int i = 0; i < 2; i++) {
      Outcome up = Outcome.of(loss(lambdas[i]), batches(3, 2, -INF, -INF).get(i), 1e10);
      assertEquals(2e10, up.value());
      assertArrayEquals(new double[4], up.gradient());
      Outcome down = Outcome.of(loss(lambdas[i]), batches(3, 2, INF, INF).get(i), -1e10);
      assertArrayEquals(new double[4], down.gradient());
    }
  }

  @Test
  void derivativeThatIsNoNumber_isReported() {
    Recall broken = new Recall(SmoothFunction.of(r -> r, r -> Double.NaN));
    MetricLoss loss = MetricLoss.of(broken, new BlackboxRanker(Lambda.plain(1)));
    for (RankingBatch batch : batches(3, 2, 0, 1)) {
      String message =
          assertThrows(IllegalArgumentException.class, () -> Outcome.of(loss, batch)).getMessage();
      assertTrue(message.contains("NaN as derivative of rank 4"), message);
    }
  }
}
