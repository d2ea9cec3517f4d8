package io.solvegrad.rambo.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.function.IntConsumer;

/** Runs parts of a row side by side on the common pool; the caller takes the first. */
final class Threads {
  private Threads() {}

  /** Runs the task for 0 to parts - 1 and returns when all are done. */
  static void run(int parts, IntConsumer task) {
    List<ForkJoinTask<?>> others = new ArrayList<>(parts - 1);
    for (int part = 1; part < parts; part++) {
      int number = part;
      others.add(ForkJoinPool.commonPool().submit(() -> task.accept(number)));
    }
    try {
      task.accept(0);
    } finally {
      others.forEach(ForkJoinTask::quietlyJoin);
    }
    others.forEach(ForkJoinTask::join);
  }
}
