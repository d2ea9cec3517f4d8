package io.solvegrad.bench.compare;

/** A training under way. */
interface Trial extends AutoCloseable {

  /** Takes one step and returns the share of its lists that had no gradient. */
  double step();

  /** Seconds spent in the loss itself so far. */
  double lossSeconds();

  /** Measures the model on the validation classes or queries. */
  Quality validation();

  /** Measures the model on the test classes or queries. */
  Quality test();

  /** Keeps all threads out of native engines for ever; the program is about to end. */
  default void freeze() {}

  @Override
  default void close() {}
}
