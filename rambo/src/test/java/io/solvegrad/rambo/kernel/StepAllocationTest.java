package io.solvegrad.rambo.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.solvegrad.rambo.BlackboxRanker;
import io.solvegrad.ranking.AveragePrecision;
import io.solvegrad.ranking.Diagnostics;
import io.solvegrad.ranking.ItemSets;
import io.solvegrad.ranking.MetricLoss;
import io.solvegrad.ranking.RankKernel;
import io.solvegrad.ranking.RankMetric;
import io.solvegrad.ranking.RankingBatch;
import io.solvegrad.ranking.Ranks;
import io.solvegrad.ranking.Recall;
import io.solvegrad.ranking.Relevance;
import io.solvegrad.ranking.ScoreArray;
import io.solvegrad.solver.Lambda;
import java.lang.management.ManagementFactory;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A whole training step, value and gradient, leaves no garbage on one thread. */
final class StepAllocationTest {
  private static final int ROWS = 64;
  private static final int COLUMNS = 4096;
  private static final int RELEVANT = 4;
  // A compiler that gets little of the machine needs long; until then there is garbage.
  private static final long PATIENCE_NANOS = 60_000_000_000L;
  // Tasks, lambdas and the counters of two threads; the shortest row alone would take more.
  private static final long MOST_IN_PARALLEL = 40_000;

  @Test
  void recallOnListsOfPositions() {
    int[] offsets = new int[ROWS + 1];
    int[] positions = new int[ROWS * RELEVANT];
    for (int q = 0; q < ROWS; q++) {
      offsets[q + 1] = (q + 1) * RELEVANT;
      for (int k = 0; k < RELEVANT; k++) {
        positions[q * RELEVANT + k] = q + k * 1000;
      }
    }
    requireNoGarbage(Recall.log(), ItemSets.compressed(offsets, positions));
  }

  @Test
  void averagePrecisionOnIds() {
    int[] listIds = new int[ROWS];
    int[] candidateIds = new int[COLUMNS];
    for (int i = 0; i < COLUMNS; i++) {
      candidateIds[i] = i % (COLUMNS / RELEVANT);
    }
    for (int q = 0; q < ROWS; q++) {
      listIds[q] = q;
    }
    requireNoGarbage(new AveragePrecision(), ItemSets.sameId(listIds, candidateIds));
  }

  @Test
  void severalThreadsLeaveLittleGarbageWhateverTheLength() {
    for (int columns : new int[] {1024, 16_384}) {
      float[] scores = normal(16 * columns);
      int[] offsets = new int[17];
      int[] positions = new int[16 * RELEVANT];
      for (int q = 0; q < 16; q++) {
        offsets[q + 1] = (q + 1) * RELEVANT;
        for (int k = 0; k < RELEVANT; k++) {
          positions[q * RELEVANT + k] = q + k * 100;
        }
      }
      RankingBatch batch =
          RankingBatch.rows(
              ScoreArray.of(scores),
              16,
              columns,
              Relevance.of(ItemSets.compressed(offsets, positions)));
      MetricLoss loss =
          MetricLoss.of(Recall.log(), new BlackboxRanker(Lambda.plain(1e4))).threads(2);
      ScoreArray gradient = ScoreArray.of(new float[scores.length]);
      Diagnostics diagnostics = new Diagnostics();
      assertBounded(() -> loss.evaluate(batch, 1, gradient, diagnostics));
    }
  }

  @Test
  void oneHugeRowOnSeveralThreadsLeavesLittleGarbageWhateverTheLength() {
    for (int n : new int[] {1 << 18, 1 << 20}) {
      ScoreArray row = ScoreArray.of(normal(n));
      int[] ranks = new int[n];
      RankKernel kernel = KernelMode.best().newKernel(2);
      assertBounded(() -> kernel.ranks(row, 0, n, ranks));
    }
  }

  @Test
  void oneHugeListOnSeveralThreadsLeavesLittleGarbageAndTheBitsOfOne() {
    for (int n : new int[] {1 << 18, 1 << 20}) {
      for (int relevant : new int[] {RELEVANT, 1000}) {
        RankingBatch batch = hugeList(n, relevant);
        MetricLoss loss =
            MetricLoss.of(Recall.log(), new BlackboxRanker(Lambda.plain(1e7 * relevant)));
        float[] expected = new float[n];
        float[] actual = new float[n];
        double one = loss.threads(1).evaluate(batch, 1, ScoreArray.of(expected), new Diagnostics());
        Diagnostics diagnostics = new Diagnostics();
        double several = loss.threads(5).evaluate(batch, 1, ScoreArray.of(actual), diagnostics);
        assertEquals(one, several);
        assertArrayEquals(expected, actual);
        assertTrue(diagnostics.movedShare() > 0, "there must have been gradients to compute");
        MetricLoss two = loss.threads(2);
        ScoreArray gradient = ScoreArray.of(actual);
        assertBounded(() -> two.evaluate(batch, 1, gradient, diagnostics));
      }
    }
  }

  private static RankingBatch hugeList(int n, int relevant) {
    int[] positions = new int[relevant];
    for (int k = 0; k < relevant; k++) {
      positions[k] = (int) ((long) k * n / relevant);
    }
    return RankingBatch.rows(
        ScoreArray.of(normal(n)),
        1,
        n,
        Relevance.of(ItemSets.compressed(new int[] {0, relevant}, positions)));
  }

  /** All threads together, because the work is handed to others. */
  private static void assertBounded(Runnable step) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long least = Long.MAX_VALUE;
    long begin = System.nanoTime();
    while (least > MOST_IN_PARALLEL && System.nanoTime() - begin < PATIENCE_NANOS) {
      long before = threads.getTotalThreadAllocatedBytes();
      step.run();
      least = Math.min(least, threads.getTotalThreadAllocatedBytes() - before);
    }
    assertTrue(least <= MOST_IN_PARALLEL, least + " bytes allocated by a step on two threads");
  }

  private static float[] normal(int n) {
    float[] scores = new float[n];
    Random random = new Random(1);
    for (int i = 0; i < n; i++) {
      scores[i] = (float) random.nextGaussian();
    }
    return scores;
  }

  private static void requireNoGarbage(RankMetric<Ranks> metric, ItemSets relevant) {
    float[] scores = normal(ROWS * COLUMNS);
    RankingBatch batch =
        RankingBatch.rows(ScoreArray.of(scores), ROWS, COLUMNS, Relevance.of(relevant));
    MetricLoss loss = MetricLoss.of(metric, new BlackboxRanker(Lambda.plain(1e4))).threads(1);
    ScoreArray gradient = ScoreArray.of(new float[scores.length]);
    Diagnostics diagnostics = new Diagnostics();
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long least = Long.MAX_VALUE;
    // The compiler may still be at work, so the round that allocates least is the one that counts.
    long begin = System.nanoTime();
    while (least > 0 && System.nanoTime() - begin < PATIENCE_NANOS) {
      long before = threads.getCurrentThreadAllocatedBytes();
      for (int step = 0; step < 5; step++) {
        loss.evaluate(batch, 1, gradient, diagnostics);
      }
      least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
    }
    assertEquals(0, least, "bytes allocated by five steps");
    assertTrue(diagnostics.movedShare() > 0, "there must have been gradients to compute");
  }
}
