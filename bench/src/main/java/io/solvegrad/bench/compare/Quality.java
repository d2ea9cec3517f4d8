package io.solvegrad.bench.compare;

import java.util.Map;

/**
 * What a model is worth on some classes or queries.
 *
 * @param metrics the metrics by name
 * @param sums of each group (class or query) the sum of the primary metric over its queries
 * @param counts of each group how many queries that are
 */
record Quality(Map<String, Double> metrics, double[] sums, int[] counts) {

  /** A metric by its name. */
  double get(String metric) {
    Double value = metrics.get(metric);
    if (value == null) {
      throw new IllegalArgumentException("metric " + metric + " is not among " + metrics.keySet());
    }
    return value;
  }
}
