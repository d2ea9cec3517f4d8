package io.solvegrad.process;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Threads that do something again and again and at the same time: before every round each waits for
 * all others, so that all rush at what they share in the same moment.
 *
 * @param threads how many, more than there are processors so that they are interrupted anywhere
 * @param rounds how often each does it
 */
public record Together(int threads, int rounds) {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** What a thread does in a round. */
  public interface Task {
    void run(int thread, int round) throws Exception;
  }

  /** What is made anew before every round, by one thread. */
  public interface Preparation {
    void run(int round) throws Exception;
  }

  /** Returns when all are done; fails as the first of them that fails. */
  public void run(Task task) throws Exception {
    run(round -> {}, task);
  }

  /** The same with something fresh to share in every round. */
  public void run(Preparation preparation, Task task) throws Exception {
    AtomicReference<Throwable> failure = new AtomicReference<>();
    int[] round = {0};
    // Decided once a round for all, or some would wait for those that have left.
    AtomicBoolean over = new AtomicBoolean();
    CyclicBarrier barrier =
        new CyclicBarrier(
            threads,
            () -> {
              try {
                if (failure.get() == null && round[0] < rounds) {
                  preparation.run(round[0]++);
                } else {
                  over.set(true);
                }
              } catch (Throwable e) {
                failure.set(e);
                over.set(true);
              }
            });
    List<Thread> all = new ArrayList<>();
    for (int t = 0; t < threads; t++) {
      int thread = t;
      Runnable life =
          () -> {
            while (await(barrier) && !over.get()) {
              try {
                task.run(thread, round[0] - 1);
              } catch (Throwable e) {
                failure.compareAndSet(null, e);
              }
            }
          };
      all.add(Thread.ofPlatform().daemon().start(life));
    }
    for (Thread thread : all) {
      assertTrue(thread.join(PATIENCE), "a thread hangs");
    }
    switch (failure.get()) {
      case null -> assertTrue(over.get(), "all rounds are done");
      case Exception e -> throw e;
      case Error e -> throw e;
      case Throwable e -> throw new AssertionError(e);
    }
  }

  /** False if somebody has not come; the test then fails for that reason. */
  private static boolean await(CyclicBarrier barrier) {
    try {
      barrier.await(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      return true;
    } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
      return false;
    }
  }
}
