package io.solvegrad.process;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
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
    int[] round = {-1};
    CyclicBarrier barrier =
        new CyclicBarrier(
            threads,
            () -> {
              try {
                preparation.run(++round[0]);
              } catch (Throwable e) {
                failure.compareAndSet(null, e);
              }
            });
    List<Thread> all = new ArrayList<>();
    for (int t = 0; t < threads; t++) {
      int thread = t;
      all.add(Thread.ofPlatform().daemon().start(() -> rounds(thread, barrier, task, failure)));
    }
    for (Thread thread : all) {
      assertTrue(thread.join(PATIENCE), "a thread hangs");
    }
    switch (failure.get()) {
      case null -> {}
      case Exception e -> throw e;
      case Error e -> throw e;
      case Throwable e -> throw new AssertionError(e);
    }
  }

  private void rounds(
      int thread, CyclicBarrier barrier, Task task, AtomicReference<Throwable> failure) {
    try {
      for (int round = 0; round < rounds; round++) {
        barrier.await(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        if (failure.get() != null) {
          return;
        }
        task.run(thread, round);
      }
    } catch (Throwable e) {
      failure.compareAndSet(null, e);
      barrier.reset();
    }
  }
}
