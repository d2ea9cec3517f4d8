package io.solvegrad.evaluation.ranking;

import io.solvegrad.evaluation.ranking.RankingMetric.Average;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Metrics of many queries, each and on average.
 *
 * @param metrics the names of the metrics
 * @param values for each query that counts the value of each metric
 * @param averages for each metric its average, 0 if no query counts
 * @param empty the queries without a relevant item
 */
public record RankingResult(
    List<String> metrics, Map<String, double[]> values, double[] averages, List<String> empty) {
  private static final double SMALLEST_OF_GEOMETRIC_MEAN = 1e-5;

  /** Checks that nothing is missing. */
  public RankingResult {
    Objects.requireNonNull(metrics, "metrics must not be null");
    Objects.requireNonNull(values, "values must not be null");
    Objects.requireNonNull(averages, "averages must not be null");
    Objects.requireNonNull(empty, "empty must not be null");
  }

  /**
   * Evaluates rankings.
   *
   * @param rankings the ranking of each query by its name, in the order of the result
   * @param metrics what to compute
   * @param empties what a query without a relevant item counts
   * @return the values
   * @throws IllegalArgumentException if a metric cannot be computed for a query, named in the
   *     message
   */
  public static RankingResult evaluate(
      Map<String, JudgedRanking> rankings, List<RankingMetric> metrics, EmptyQueries empties) {
    Objects.requireNonNull(rankings, "rankings must not be null");
    Objects.requireNonNull(metrics, "metrics must not be null");
    Objects.requireNonNull(empties, "empties must not be null");
    Map<String, double[]> values = new LinkedHashMap<>();
    List<String> empty = new ArrayList<>();
    rankings.forEach((query, ranking) -> {
      boolean isEmpty = ranking.relevant() == 0;
      if (isEmpty) {
        empty.add(query);
      }
      if (!isEmpty || empties != EmptyQueries.SKIP) {
        boolean perfect = isEmpty && empties == EmptyQueries.ONE;
        values.put(query, valuesOf(query, ranking, metrics, perfect));
      }
    });
    double[] averages = new double[metrics.size()];
    for (int m = 0; m < averages.length; m++) {
      averages[m] = average(values.values(), m, metrics.get(m).average());
    }
    List<String> names = metrics.stream().map(RankingMetric::name).toList();
    return new RankingResult(
        names, Collections.unmodifiableMap(values), averages, List.copyOf(empty));
  }

  private static double[] valuesOf(
      String query, JudgedRanking ranking, List<RankingMetric> metrics, boolean perfect) {
    double[] values = new double[metrics.size()];
    for (int m = 0; m < values.length; m++) {
      RankingMetric metric = metrics.get(m);
      boolean bounded = metric.average() == Average.MEAN || metric.average() == Average.GEOMETRIC;
      try {
        values[m] = perfect && bounded ? 1 : metric.formula().value(ranking);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException("query " + query + ": " + e.getMessage(), e);
      }
    }
    return values;
  }

  private static double average(Iterable<double[]> values, int metric, Average kind) {
    double sum = 0;
    int count = 0;
    for (double[] ofQuery : values) {
      double value = ofQuery[metric];
      sum +=
          kind == Average.GEOMETRIC ? Math.log(Math.max(value, SMALLEST_OF_GEOMETRIC_MEAN)) : value;
      count++;
    }
    if (count == 0) {
      return 0;
    }
    return switch (kind) {
      case SUM -> sum;
      case MEAN, UNBOUNDED_MEAN -> sum / count;
      case GEOMETRIC -> Math.exp(sum / count);
    };
  }

  /**
   * The average of a metric.
   *
   * @param metric its name
   * @return the average
   * @throws IllegalArgumentException if there is no such metric
   */
  public double average(String metric) {
    Objects.requireNonNull(metric, "metric must not be null");
    int index = metrics.indexOf(metric);
    if (index < 0) {
      throw new IllegalArgumentException("metric " + metric + " is not among " + metrics);
    }
    return averages[index];
  }
}
