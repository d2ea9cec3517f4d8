package io.solvegrad.bench.compare;

import io.solvegrad.retrieval.loss.LossSettings;
import java.util.List;
import java.util.Map;

/** What is trained and measured: data, model and metrics, the same for every loss. */
interface Task {

  /** All that is common to the runs and determines them, for keys and reports. */
  Map<String, String> settings();

  /** The names of the metrics in the order of the tables. */
  List<String> metrics();

  /** The metric that settings are chosen by and that is tested. */
  String primary();

  /** The list of variants that comes with the program. */
  String defaultVariants();

  /** The names of the six of them that say most. */
  List<String> mostTelling();

  /** The loss of a variant; refuses options that do not fit this task. */
  LossSettings loss(Variant variant);

  /** All that determines a run of a variant beside the common settings, as text. */
  String describe(Variant variant);

  /** What the time of a step depends on beside the loss, as text. */
  String model(Variant variant);

  /** Begins a training that is to end after a number of steps. */
  Trial start(Variant variant, long seed, long steps);

  /** How many threads a training may use. */
  int threads();

  /** What the test groups are, in the plural. */
  String groups();

  /** Whether scores are inner products of unit vectors. */
  boolean unitVectors();
}
