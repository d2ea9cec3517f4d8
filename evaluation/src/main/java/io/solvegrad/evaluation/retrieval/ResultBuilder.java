package io.solvegrad.evaluation.retrieval;

import java.util.List;
import java.util.stream.IntStream;

/** Sums the values of queries, which arrive in order, by class. */
final class ResultBuilder {
  private final int[] classOf;
  private final List<RetrievalMetric> metrics;
  private final ItemGroups classes;
  private final double[] total;
  private final double[][] sums;
  private final int[] counts;
  private final IntStream.Builder lone = IntStream.builder();
  private int query;

  ResultBuilder(int[] classOf, List<RetrievalMetric> metrics) {
    this.classOf = classOf;
    this.metrics = metrics;
    classes = new ItemGroups(classOf);
    total = new double[metrics.size()];
    sums = new double[classes.count()][metrics.size()];
    counts = new int[classes.count()];
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

  RetrievalResult result() {
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
