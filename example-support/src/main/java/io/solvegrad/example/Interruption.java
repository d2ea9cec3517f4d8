package io.solvegrad.example;

import java.io.IOException;
import java.util.concurrent.locks.LockSupport;

/** What happens when somebody presses Ctrl-C or stops the program in another gentle way. */
public final class Interruption {
  private Interruption() {}

  /** What can be interrupted. */
  @FunctionalInterface
  public interface Work {
    /**
     * Does the work.
     *
     * @throws IOException if a file cannot be read or written
     */
    void run() throws IOException;
  }

  /**
   * Does something such that an interruption of the program does something else before the program
   * goes. That should at least keep all threads out of native engines, which are torn down then.
   *
   * @param beforeExit what is done on an interruption, for example saving the model
   * @param work what is done
   * @throws IOException if the work throws it
   */
  public static void guard(Runnable beforeExit, Work work) throws IOException {
    Thread onExit = new Thread(beforeExit, "before exit");
    Runtime.getRuntime().addShutdownHook(onExit);
    try {
      work.run();
    } finally {
      // Work that failed has nothing left to be saved, so the hook must not outlive it either.
      forget(onExit);
    }
  }

  private static void forget(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The program is being interrupted at this moment; the hook ends it.
      LockSupport.park();
    }
  }
}
