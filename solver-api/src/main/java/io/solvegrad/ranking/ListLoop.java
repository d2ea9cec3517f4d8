package io.solvegrad.ranking;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Hands the lists of a batch to several workers. Which worker gets which list is left to chance, so
 * a task must write its result to a place that belongs to the list.
 */
public final class ListLoop {
  // All wait for the last chunk: with 32 that is a sixtieth of the work of two.
  private static final int CHUNKS_PER_WORKER = 32;

  /** What is done with one list; calls with the same worker number never overlap. */
  public interface Task {

    /**
     * Does it.
     *
     * @param worker number of the worker, from 0
     * @param list index of the list, from 0
     */
    void accept(int worker, int list);
  }

  private ListLoop() {}

  /**
   * Runs the task for all lists and returns when the last is done; the caller is worker 0.
   *
   * @param lists number of lists
   * @param workers number of workers, at least 1
   * @param task what is done with each list
   */
  public static void run(int lists, int workers, Task task) {
    if (workers == 1 || lists <= 1) {
      for (int q = 0; q < lists; q++) {
        task.accept(0, q);
      }
      return;
    }
    int chunk = Math.max(1, lists / (workers * CHUNKS_PER_WORKER));
    Shared shared = new Shared(lists, chunk, task);
    List<ForkJoinTask<?>> others = new ArrayList<>(workers - 1);
    for (int w = 1; w < Math.min(workers, lists); w++) {
      int worker = w;
      others.add(ForkJoinPool.commonPool().submit(() -> shared.drain(worker)));
    }
    shared.drain(0);
    others.forEach(ForkJoinTask::join);
    shared.rethrow();
  }

  /** What the workers of one run have in common. */
  private static final class Shared {
    private final int lists;
    private final int chunk;
    private final Task task;
    private final AtomicInteger next = new AtomicInteger();
    private int failedList = Integer.MAX_VALUE;
    private @Nullable Throwable failure;

    Shared(int lists, int chunk, Task task) {
      this.lists = lists;
      this.chunk = chunk;
      this.task = task;
    }

    void drain(int worker) {
      for (int begin = next.getAndAdd(chunk); begin < lists; begin = next.getAndAdd(chunk)) {
        for (int q = begin; q < Math.min(lists, begin + chunk); q++) {
          try {
            task.accept(worker, q);
          } catch (RuntimeException | Error e) {
            next.set(lists);
            fail(q, e);
            return;
          }
        }
      }
    }

    // Chunks are begun in ascending order and finished, so the first list that fails is always
    // among those recorded: the same failure for any number of threads.
    private synchronized void fail(int list, Throwable e) {
      if (list < failedList) {
        failedList = list;
        failure = e;
      }
    }

    /** Throws the failure as it is, which a fork-join task would wrap. */
    synchronized void rethrow() {
      if (failure instanceof Error error) {
        throw error;
      }
      if (failure instanceof RuntimeException exception) {
        throw exception;
      }
    }
  }
}
