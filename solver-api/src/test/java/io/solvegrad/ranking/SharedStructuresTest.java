package io.solvegrad.ranking;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.solvegrad.boosting.BoostingObjective;
import io.solvegrad.boosting.GroupedLabels;
import io.solvegrad.process.Together;
import io.solvegrad.ranking.PerturbedLoss.Noise;
import io.solvegrad.solver.Lambda;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.LongSupplier;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

/** What several threads share, under stress; {@link SharedStructuresLongTest} for longer. */
class SharedStructuresTest {
  private static final int THREADS = 4;

  /** Multiplies the rounds. */
  int times() {
    return 1;
  }

  private Together together(int rounds) {
    return new Together(THREADS, rounds * times());
  }

  /** Every list once, and no two lists at once with the scratch of one worker. */
  @Test
  void listLoops_giveEachListToOneWorkerAtATime() throws Exception {
    int lists = 1000;
    together(60)
        .run((thread, round) -> {
          AtomicIntegerArray visits = new AtomicIntegerArray(lists);
          AtomicIntegerArray busy = new AtomicIntegerArray(3);
          ListLoop.run(
              lists,
              3,
              (worker, list) -> {
                assertEquals(1, busy.incrementAndGet(worker));
                visits.incrementAndGet(list);
                busy.decrementAndGet(worker);
              });
          for (int q = 0; q < lists; q++) {
            assertEquals(1, visits.get(q));
          }
        });
  }

  /** Whichever worker fails first, the caller hears of the first list that does. */
  @Test
  void listLoops_tellOfTheSameFailure() throws Exception {
    together(100)
        .run((thread, round) -> {
          int first = 100 + 7 * round % 300;
          var failure =
              assertThrows(
                  IllegalStateException.class,
                  () ->
                      ListLoop.run(
                          500,
                          3,
                          (worker, list) -> {
                            if (list >= first) {
                              throw new IllegalStateException("list " + list);
                            }
                          }));
          assertEquals("list " + first, failure.getMessage());
        });
  }

  /** Evaluations that overlap are refused; the others are those of one thread, in some order. */
  @Test
  void noisyLosses_refuseOverlapAndLoseNothing() throws Exception {
    RankingBatch batch = Cells.random(41, 2, 9).batch();
    MetricLoss inner =
        MetricLoss.of(new AveragePrecision(), new ReferenceRanker(Lambda.plain(9))).threads(1);
    // Others go first while noisy scores lie in their room, so that evaluations do overlap.
    RankingLoss slow =
        (noisy, factor, gradient, diagnostics) -> {
          Thread.yield();
          return inner.evaluate(noisy, factor, gradient, diagnostics);
        };
    PerturbedLoss perturbed = new PerturbedLoss(slow, Noise.GAUSSIAN, 0.3, 2, 1);
    RandomMargin margins = new RandomMargin(slow, 0.3, 1);
    PerturbedLoss perturbedAlone = new PerturbedLoss(inner, Noise.GAUSSIAN, 0.3, 2, 1);
    RandomMargin marginsAlone = new RandomMargin(inner, 0.3, 1);
    assertSerial(perturbed, perturbedAlone, batch, perturbed::evaluations);
    assertSerial(margins, marginsAlone, batch, margins::evaluations);
  }

  private void assertSerial(
      RankingLoss shared, RankingLoss alone, RankingBatch batch, LongSupplier evaluations)
      throws Exception {
    TreeMap<Double, Integer> seen = new TreeMap<>();
    AtomicInteger refused = new AtomicInteger();
    int rounds = 8;
    int evaluationsEach = 12;
    together(rounds)
        .run((thread, round) -> {
          for (int i = 0; i < evaluationsEach; i++) {
            double value;
            try {
              value = shared.value(batch);
            } catch (IllegalStateException e) {
              assertTrue(e.getMessage().contains("Maybe give each training its own"));
              refused.incrementAndGet();
              continue;
            }
            synchronized (seen) {
              seen.merge(value, 1, Integer::sum);
            }
          }
        });
    int done = seen.values().stream().mapToInt(Integer::intValue).sum();
    assertEquals(evaluationsEach * rounds * times() * THREADS, done + refused.get());
    assertEquals(done, evaluations.getAsLong());
    TreeMap<Double, Integer> expected = new TreeMap<>();
    for (int i = 0; i < done; i++) {
      expected.merge(alone.value(batch), 1, Integer::sum);
    }
    assertEquals(expected, seen);
  }

  /** Of a silent loss every thread may hear, but it complains once. */
  @Test
  void silentLoss_warnsOnce() throws Exception {
    List<String> warnings = new ArrayList<>();
    Handler handler =
        new Handler() {
          @Override
          public synchronized void publish(LogRecord record) {
            warnings.add(record.getMessage());
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    Logger logger = Logger.getLogger("io.solvegrad.ranking");
    logger.addHandler(handler);
    logger.setUseParentHandlers(false);
    try {
      // So many lists that every evaluation is reason enough.
      RankingBatch batch = Cells.random(42, 500, 4).batch();
      MetricLoss silent =
          MetricLoss.of(Recall.log(), new ReferenceRanker(Lambda.plain(1e-9))).threads(1);
      MetricLoss[] loss = new MetricLoss[1];
      int losses = 25;
      together(losses)
          .run(round -> loss[0] = silent.margin(0), (thread, round) -> Outcome.of(loss[0], batch));
      assertEquals(losses * times(), warnings.size());
    } finally {
      logger.removeHandler(handler);
      logger.setUseParentHandlers(true);
    }
  }

  @Test
  void boostingObjective_countsAllSteps() throws Exception {
    GroupedLabels labels = GroupedLabels.ofSizes(new float[] {1, 0, 0, 2, 0}, 2, 3);
    float[] scores = {0.5f, 0.75f, 0.25f, 0, 1};
    BoostingObjective objective =
        BoostingObjective.of(
            MetricLoss.of(new AveragePrecision(), new ReferenceRanker(Lambda.plain(30))));
    float[] alone = objective.step(scores, labels).gradient();
    objective.diagnostics().reset();
    int rounds = 300;
    together(rounds)
        .run(
            (thread, round) -> assertArrayEquals(alone, objective.step(scores, labels).gradient()));
    assertEquals(2L * THREADS * rounds * times(), objective.diagnostics().lists());
  }

  /** Scratch is for one thread, but the service that makes it is for all. */
  @Test
  void kernels_canBeMadeByAll() throws Exception {
    float[] numbers = new float[257];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = i * 7919 % 263;
    }
    var kinds = ConcurrentHashMap.<Class<?>>newKeySet();
    together(200)
        .run((thread, round) -> {
          RankKernel kernel = RankKernels.newKernel();
          kinds.add(kernel.getClass());
          int[] ranks = new int[numbers.length];
          kernel.ranks(ScoreArray.of(numbers), 0, numbers.length, ranks);
          for (int i = 0; i < ranks.length; i++) {
            int above = 0;
            for (float other : numbers) {
              above += other > numbers[i] ? 1 : 0;
            }
            assertEquals(above + 1, ranks[i]);
          }
        });
    assertEquals(1, kinds.size());
  }
}
