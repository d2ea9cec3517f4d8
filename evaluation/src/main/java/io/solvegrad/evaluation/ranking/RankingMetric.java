package io.solvegrad.evaluation.ranking;

import java.util.Objects;

/**
 * A metric of a ranked list.
 *
 * @param name how the metric is called in results
 * @param formula its value for one query
 * @param average how values of queries become one
 */
public record RankingMetric(String name, Formula formula, Average average) {

  /** Checks that nothing is missing. */
  public RankingMetric {
    Objects.requireNonNull(name, "name must not be null");
    Objects.requireNonNull(formula, "formula must not be null");
    Objects.requireNonNull(average, "average must not be null");
  }

  /** The value of a metric for one query. */
  @FunctionalInterface
  public interface Formula {
    /**
     * Computes the value.
     *
     * @param ranking one query's ranking
     * @return the value
     * @throws IllegalArgumentException if the ranking has ties without order and the metric has no
     *     mean over orders
     */
    double value(JudgedRanking ranking);
  }

  /** How values of queries become one. */
  public enum Average {
    /** The mean of values between 0 and 1. */
    MEAN,
    /** The mean of values without an upper bound. */
    UNBOUNDED_MEAN,
    /** The sum: counts. */
    SUM,
    /** exp(mean(log(max(value, 1e-5)))), as trec_eval's gm_map. */
    GEOMETRIC
  }

  /**
   * The same metric under another name.
   *
   * @param other the name
   * @return the metric
   */
  public RankingMetric named(String other) {
    Objects.requireNonNull(other, "other must not be null");
    return new RankingMetric(other, formula, average);
  }
}
