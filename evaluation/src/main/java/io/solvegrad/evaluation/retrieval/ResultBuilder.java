package io.solvegrad.evaluation.retrieval;

import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * Turns the ranks of queries, which arrive in order, into averages and sums by class. Memory
 * O(queries + classes x metrics).
 */
public final class ResultBuilder {
  private final int[] classOf;
  private final List<RetrievalMetric> metrics;
  private final ItemGroups classes;
  private final double[] total;
  private final double[][] sums;
  private final int[] counts;
  private final IntStream.Builder lone = IntStream.builder();
  private int query;

  /**
   * A result without values yet.
   *
   * @param classOf the class id of each query, in their order. Not modified.
   * @param metrics what to compute
   */
  public ResultBuilder(int[] classOf, List<RetrievalMetric> metrics) {
    Objects.requireNonNull(classOf, "classOf must not be null");
    this.classOf = classOf;
    this.metrics = checked(metrics);
    classes = new ItemGroups(classOf);
    total = new double[metrics.size()];
    sums = new double[classes.count()][metrics.size()];
    counts = new int[classes.count()];
  }

  /**
   * Adds the next query.
   *
   * @param ranks the ranks of its relevant candidates, ascending; none mean that it is lone. Not
   *     modified.
   * @return its values, one for each metric; empty for a lone query
   * @throws IllegalArgumentException if a metric fails or is not finite
   */
  public double[] addRanks(int[] ranks) {
    Objects.requireNonNull(ranks, "ranks must not be null");
    double[] values = values(metrics, query, ranks);
    add(values);
    return values;
  }

  /** A copy of metrics of which none is missing. */
  static List<RetrievalMetric> checked(List<RetrievalMetric> metrics) {
    Objects.requireNonNull(metrics, "metrics must not be null");
    for (RetrievalMetric metric : metrics) {
      Objects.requireNonNull(metric, "metrics must not contain null");
    }
    return List.copyOf(metrics);
  }

  /** The values of one query, none if it is lone. */
  static double[] values(List<RetrievalMetric> metrics, int query, int[] ranks) {
    return ranks.length == 0
        ? new double[0]
        : metrics.stream().mapToDouble(metric -> value(metric, query, ranks)).toArray();
  }

  private static double value(RetrievalMetric metric, int query, int[] ranks) {
    double value;
    try {
      value = metric.formula().value(ranks);
    } catch (RuntimeException e) {
      throw new IllegalArgumentException(
          "metric %s fails for query %d: %s".formatted(metric.name(), query, e), e);
    }
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException(
          "metric %s of query %d is %s, must be finite".formatted(metric.name(), query, value));
    }
    return value;
  }

  /** Adds the next query; no values mean that it is lone. Returns its index. */
  int add(double[] values) {
    if (values.length == 0 && !metrics.isEmpty()) {
      lone.add(query);
    } else {
      int group = classes.find(classOf[query]);
      counts[group]++;
      for (int i = 0; i < values.length; i++) {
        sums[group][i] += values[i];
        total[i] += values[i];
      }
    }
    return query++;
  }

  /**
   * The result so far.
   *
   * @return averages, lone queries and sums by class of the queries added
   */
  public RetrievalResult result() {
    return new RetrievalResult(
        metrics.stream().map(RetrievalMetric::name).toList(),
        query,
        lone.build().toArray(),
        total,
        classes.ids(),
        counts,
        sums);
  }
}
