package io.solvegrad.spark;

import org.apache.spark.SparkException;

/** Finds in a failed job the sentence that an executor said about a row. */
final class FailedRow {
  private FailedRow() {}

  /** Work that starts jobs. */
  interface Work<T> {
    T run();
  }

  /**
   * Runs jobs; what an executor refused is refused here.
   *
   * @throws IllegalArgumentException with the message that names the row, caused by the failed job
   */
  static <T> T unwrap(Work<T> work) {
    try {
      return work.run();
    } catch (Exception e) { // Spark's exceptions are checked and undeclared
      for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
        if (e instanceof SparkException && cause instanceof IllegalArgumentException) {
          throw new IllegalArgumentException(cause.getMessage(), e);
        }
      }
      throw e;
    }
  }
}
