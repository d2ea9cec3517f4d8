package io.solvegrad.example.training;

import java.io.IOException;
import java.io.OutputStream;

/** A training that can be interrupted, saved and continued. */
public interface Training {

  /** {@return the number of steps taken} */
  long steps();

  /** {@return the seconds spent in steps} */
  double seconds();

  /** {@return the share of the budget that is used up, 1 or more at the end} */
  double used();

  /**
   * Waits for the running step and keeps all other threads from the engine for ever. For use before
   * the process ends: the engine is torn down then, and a thread inside it would crash.
   */
  void freeze();

  /**
   * Writes all that is needed to continue.
   *
   * @param data which data it is trained on
   * @param out where it goes; not closed
   * @throws IOException if it cannot be written
   */
  void save(String data, OutputStream out) throws IOException;
}
