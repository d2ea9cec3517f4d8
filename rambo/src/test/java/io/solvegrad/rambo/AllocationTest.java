package io.solvegrad.rambo;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import io.solvegrad.ranking.AveragePrecision;
import io.solvegrad.ranking.Cells;
import io.solvegrad.ranking.Diagnostics;
import io.solvegrad.ranking.MetricLoss;
import io.solvegrad.ranking.Outcome;
import io.solvegrad.ranking.PerturbedLoss;
import io.solvegrad.ranking.RankingBatch;
import io.solvegrad.ranking.RankingLoss;
import io.solvegrad.ranking.Recall;
import io.solvegrad.ranking.ScoreArray;
import io.solvegrad.solver.Lambda;
import java.lang.management.ManagementFactory;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A step on one thread allocates nothing once the scratch has grown. */
final class AllocationTest {
  private static final int STEPS = 50;
  private static final long PATIENCE_NANOS = 60_000_000_000L;
  private static final Cells CELLS = Cells.random(95, 24, 40);
  private static final BlackboxRanker RANKER = new BlackboxRanker(Lambda.plain(200));

  @BeforeEach
  void scalarKernelsOnly() {
    // Vectors are objects until the compiler has removed them.
    assumeTrue(
        !"simd".equals(System.getProperty("solvegrad.testMode")),
        "vector kernels allocate while they are interpreted");
  }

  private static void assertAllocates(int bytesAtMost, Supplier<RankingLoss> losses) {
    for (ScoreArray scores : new ScoreArray[] {CELLS.floats(), CELLS.doubles()}) {
      RankingLoss loss = losses.get();
      RankingBatch batch = CELLS.batch(scores);
      ScoreArray gradient = scores.zeros(scores.length());
      Diagnostics diagnostics = new Diagnostics();
      long least = Long.MAX_VALUE;
      ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
      // Until the compiler is done, short-lived objects are real: the best round counts.
      long begin = System.nanoTime();
      while (least > (long) bytesAtMost * STEPS && System.nanoTime() - begin < PATIENCE_NANOS) {
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int step = 0; step < STEPS; step++) {
          loss.evaluate(batch, 1, gradient, diagnostics);
        }
        least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
      }
      assertTrue(new Outcome(0, Outcome.values(gradient)).hasGradient());
      long allocated = least;
      assertTrue(
          allocated <= (long) bytesAtMost * STEPS,
          () -> allocated + " bytes in " + STEPS + " steps");
    }
  }

  @Test
  void recall() {
    assertAllocates(0, () -> MetricLoss.of(Recall.log(), RANKER).margin(0.1).threads(1));
  }

  /** One generator of noise. */
  @Test
  void perturbedLoss() {
    MetricLoss loss = MetricLoss.of(new AveragePrecision(), RANKER).threads(1);
    assertAllocates(64, () -> new PerturbedLoss(loss, PerturbedLoss.Noise.GAUSSIAN, 0.1, 2, 1));
  }

  @Test
  void averagePrecisionOverClassesWithMemory() {
    assertAllocates(
        0,
        () ->
            new ClassAveragePrecision(
                new ClassAveragePrecision.Settings(Lambda.plain(200), 0.1, 0.5, 30, 0)));
  }
}
