package io.solvegrad.ranking;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Hands the lists of a batch to several workers. Which worker gets which list is left to chance, so
 * a task must write its result to a place that belongs to the list.
 */
public final class ListLoop {
  private static final int CHUNKS_PER_WORKER = 8;

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
    if (workers == 1) {
      for (int q = 0; q < lists; q++) {
        task.accept(0, q);
      }
      return;
    }
    int chunk = Math.max(1, lists / (workers * CHUNKS_PER_WORKER));
    AtomicInteger next = new AtomicInteger();
    List<ForkJoinTask<?>> others = new ArrayList<>(workers - 1);
    for (int w = 1; w < workers; w++) {
      int worker = w;
      others.add(ForkJoinPool.commonPool().submit(() -> drain(next, lists, chunk, worker, task)));
    }
    try {
      drain(next, lists, chunk, 0, task);
    } finally {
      next.set(lists);
      others.forEach(ForkJoinTask::quietlyJoin);
    }
    others.forEach(ForkJoinTask::join);
  }

  private static void drain(AtomicInteger next, int lists, int chunk, int worker, Task task) {
    try {
      for (int begin = next.getAndAdd(chunk); begin < lists; begin = next.getAndAdd(chunk)) {
        for (int q = begin; q < Math.min(lists, begin + chunk); q++) {
          task.accept(worker, q);
        }
      }
    } catch (Throwable failure) {
      next.set(lists);
      throw failure;
    }
  }
}
