package io.solvegrad.ranking;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.solvegrad.process.Together;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import org.junit.jupiter.api.Test;

/** What a loss that remembers nothing owes as well: any number of threads may use it at once. */
public abstract class SharedLossContract extends RankingLossContract {
  private static final int THREADS = 4;
  private static final int ROUNDS = 30;
  // Small and large in turn, so that room that is kept is too small, then too large.
  private static final List<Cells> BATCHES =
      List.of(
          Cells.random(31, 5, 7),
          Cells.random(32, 40, 3),
          Cells.random(33, 1, 90),
          Cells.random(34, 97, 180));

  /** The loss of each batch when nobody else does anything. */
  private List<Outcome> alone() {
    List<Outcome> outcomes = new ArrayList<>();
    for (Cells cells : BATCHES) {
      outcomes.add(Outcome.of(loss(64, 1), cells.batch()));
    }
    // One row seen by columns is 90 lists of one candidate, which have no gradient.
    outcomes.getLast().requireGradient();
    return outcomes;
  }

  private static void assertSame(Outcome expected, Outcome actual) {
    assertEquals(expected.value(), actual.value());
    assertArrayEquals(expected.gradient(), actual.gradient());
  }

  @Test
  void severalThreads_getWhatEachWouldGetAlone() throws Exception {
    List<Outcome> alone = alone();
    RankingLoss shared = loss(64, 2);
    RankingBatch broken =
        Cells.random(35, 6, 9).withScore(20, Double.NaN).withoutExclusions().batch();
    new Together(THREADS, ROUNDS)
        .run((thread, round) -> {
          int b = (thread + round) % BATCHES.size();
          assertSame(alone.get(b), Outcome.of(shared, BATCHES.get(b).batch()));
          if (thread == 0) {
            // A failure in one thread is nothing to the others.
            assertThrows(IllegalArgumentException.class, () -> shared.value(broken));
          }
        });
  }

  /** The views of a batch are made when they are first asked for, perhaps by all at once. */
  @Test
  void batchesCanBeSharedToo() throws Exception {
    List<Outcome> alone = alone();
    RankingLoss shared = loss(64, 1);
    RankingBatch[] batch = new RankingBatch[1];
    new Together(THREADS, ROUNDS)
        .run(
            round -> batch[0] = BATCHES.get(round % BATCHES.size()).batch(),
            (thread, round) ->
                assertSame(alone.get(round % BATCHES.size()), Outcome.of(shared, batch[0])));
  }

  /** A caller that is itself a task of the pool that the loss hands its lists to. */
  @Test
  void tasksOfTheCommonPool_mayUseThreads() {
    Outcome alone = alone().getLast();
    RankingLoss shared = loss(64, 4);
    List<ForkJoinTask<Outcome>> tasks = new ArrayList<>();
    for (int i = 0; i < 4 * ROUNDS / 10; i++) {
      tasks.add(
          ForkJoinPool.commonPool().submit(() -> Outcome.of(shared, BATCHES.getLast().batch())));
    }
    tasks.forEach(task -> assertSame(alone, task.join()));
  }
}
