package io.solvegrad.rambo;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.solvegrad.ranking.Cells;
import io.solvegrad.ranking.Diagnostics;
import io.solvegrad.ranking.MetricLoss;
import io.solvegrad.ranking.PerturbedLoss;
import io.solvegrad.ranking.RankingBatch;
import io.solvegrad.ranking.Recall;
import io.solvegrad.ranking.Reduction;
import io.solvegrad.solver.Lambda;
import io.solvegrad.solver.VaryingLambda;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LambdaStepsTest {
  private static final double TARGET = 0.2;
  private static final RankingBatch BATCH = Cells.random(3, 30, 80).batch();

  private static LambdaSteps loss(double start, int threads) {
    VaryingLambda lambda = Lambda.adaptive(Lambda.plain(start), TARGET);
    return new LambdaSteps(
        MetricLoss.of(Recall.logLog(), new BlackboxRanker(lambda)).threads(threads), lambda);
  }

  private static Diagnostics run(LambdaSteps loss, RankingBatch batch, double factor, int steps) {
    Diagnostics last = new Diagnostics();
    for (int step = 0; step < steps; step++) {
      last.reset();
      loss.evaluate(batch, factor, batch.scores().zeros(batch.scores().length()), last);
    }
    return last;
  }

  /** Far from the target and with an upstream of any size, which is why it need not be tuned. */
  @ParameterizedTest
  @ValueSource(doubles = {1, 0.02, 50})
  void share_reachesTheTarget(double factor) {
    LambdaSteps loss = loss(100, 1);
    assertTrue(Math.abs(run(loss, BATCH, factor, 1).movedShare() - TARGET) > 0.03);
    assertEquals(TARGET, run(loss, BATCH, factor, 60).movedShare(), 0.02);
    assertEquals(61, loss.lambda().steps());
  }

  @Test
  void strengths_areTheSameForAnyNumberOfThreads() {
    Cells cells = Cells.random(4, 200, 120);
    double[] factors = new double[3];
    for (int threads = 1; threads <= 3; threads++) {
      LambdaSteps loss = loss(1, threads);
      run(loss, cells.batch(), 1, 10);
      factors[threads - 1] = loss.lambda().factor();
    }
    assertTrue(factors[0] > 1.5);
    assertArrayEquals(new double[] {factors[0], factors[0], factors[0]}, factors);
  }

  @Test
  void severalRankings_areOneStep() {
    VaryingLambda lambda = Lambda.adaptive(Lambda.plain(1), TARGET);
    MetricLoss one = MetricLoss.of(Recall.log(), new BlackboxRanker(lambda)).threads(1);
    LambdaSteps loss =
        new LambdaSteps(new PerturbedLoss(one, PerturbedLoss.Noise.GAUSSIAN, 0.1, 3, 7), lambda);
    Diagnostics diagnostics = run(loss, BATCH, 1, 1);
    assertEquals(1, lambda.steps());
    assertEquals(90, diagnostics.lists());
  }

  @Test
  void values_leaveTheStrengthAlone() {
    LambdaSteps loss = loss(1, 1);
    loss.value(BATCH);
    assertEquals(0, loss.lambda().steps());
  }

  @Test
  void values_areThoseOfTheLossInside() {
    MetricLoss inside =
        MetricLoss.of(Recall.logLog(), new BlackboxRanker(Lambda.plain(100)))
            .reduction(Reduction.MICRO);
    LambdaSteps steps = new LambdaSteps(inside, Lambda.adaptive(Lambda.plain(100), TARGET));
    assertEquals(inside.value(BATCH), steps.value(BATCH));
    assertTrue(inside.divisor(BATCH) > 1);
    assertEquals(inside.divisor(BATCH), steps.divisor(BATCH));
  }
}
