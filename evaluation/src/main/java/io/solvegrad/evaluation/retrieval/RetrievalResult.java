package io.solvegrad.evaluation.retrieval;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * The outcome of an evaluation: averages over queries or over classes, and how sure they are.
 *
 * <p>Lone queries, those without a relevant candidate, are in no average. An average over nothing
 * is 0.
 *
 * <p>Arrays are kept and handed out without a copy. Not modified.
 *
 * @param metrics the names of the metrics
 * @param queries the number of queries, lone ones included
 * @param lone the indices of the lone queries, ascending
 * @param totals for each metric the sum over all queries that are not lone
 * @param classes the class ids of the queries, ascending
 * @param counts for each class the number of its queries that are not lone
 * @param sums for each class and metric the sum over its queries that are not lone
 */
public record RetrievalResult(
    List<String> metrics,
    int queries,
    int[] lone,
    double[] totals,
    int[] classes,
    int[] counts,
    double[][] sums) {
  private static final int MOST_RESAMPLES = 10_000_000; // 80 MB of means

  /** Checks that nothing is missing. */
  public RetrievalResult {
    Objects.requireNonNull(metrics, "metrics must not be null");
    Objects.requireNonNull(lone, "lone must not be null");
    Objects.requireNonNull(totals, "totals must not be null");
    Objects.requireNonNull(classes, "classes must not be null");
    Objects.requireNonNull(counts, "counts must not be null");
    Objects.requireNonNull(sums, "sums must not be null");
  }

  /**
   * A confidence interval.
   *
   * @param low the lower end
   * @param high the upper end
   */
  public record Interval(double low, double high) {}

  /**
   * The number of queries that the averages rest on.
   *
   * @return queries that are not lone
   */
  public int evaluated() {
    return queries - lone.length;
  }

  /**
   * The mean over queries (micro average).
   *
   * @param metric the name of a metric
   * @return the mean over the queries that are not lone
   * @throws IllegalArgumentException if there is no such metric
   */
  public double mean(String metric) {
    Objects.requireNonNull(metric, "metric must not be null");
    int m = index(metric);
    return evaluated() == 0 ? 0 : totals[m] / evaluated();
  }

  /**
   * The mean over classes of the mean over their queries (macro average).
   *
   * @param metric the name of a metric
   * @return the mean over the classes that have a query that is not lone
   * @throws IllegalArgumentException if there is no such metric
   */
  public double classMean(String metric) {
    Objects.requireNonNull(metric, "metric must not be null");
    int m = index(metric);
    double sum = 0;
    int present = 0;
    for (int c = 0; c < counts.length; c++) {
      if (counts[c] > 0) {
        sum += sums[c][m] / counts[c];
        present++;
      }
    }
    return present == 0 ? 0 : sum / present;
  }

  /**
   * A percentile bootstrap interval of the mean over queries. Classes are drawn with replacement,
   * each with all its queries, since queries of a class are not independent (Efron and Tibshirani,
   * An Introduction to the Bootstrap, 1993, chapter 13; Field and Welsh, Bootstrapping clustered
   * data, 2007, doi:10.1111/j.1467-9868.2007.00593.x). O(resamples x classes).
   *
   * @param metric the name of a metric
   * @param level the share of resamples inside, for example 0.95
   * @param resamples how many, 1 to 10,000,000; 1000 give two digits
   * @param seed of the random numbers; the same seed gives the same interval
   * @return the interval; both ends are the mean if there is a single class
   * @throws IllegalArgumentException if level is not inside (0, 1), resamples is below 1 or above
   *     10,000,000, or there is no such metric
   */
  public Interval interval(String metric, double level, int resamples, long seed) {
    Objects.requireNonNull(metric, "metric must not be null");
    int m = index(metric);
    if (!(level > 0 && level < 1)) {
      throw new IllegalArgumentException("level = " + level + ", must be between 0 and 1");
    }
    if (resamples < 1 || resamples > MOST_RESAMPLES) {
      throw new IllegalArgumentException(
          "resamples = %d, must be 1 to %d".formatted(resamples, MOST_RESAMPLES));
    }
    int[] present = IntStream.range(0, counts.length).filter(c -> counts[c] > 0).toArray();
    if (present.length == 0) {
      return new Interval(0, 0);
    }
    SplittableRandom random = new SplittableRandom(seed);
    double[] means = new double[resamples];
    for (int r = 0; r < resamples; r++) {
      double sum = 0;
      long n = 0;
      for (int i = 0; i < present.length; i++) {
        int c = present[random.nextInt(present.length)];
        sum += sums[c][m];
        n += counts[c];
      }
      means[r] = sum / n;
    }
    Arrays.sort(means);
    double tail = (1 - level) / 2;
    return new Interval(quantile(means, tail), quantile(means, 1 - tail));
  }

  private static double quantile(double[] sorted, double share) {
    double at = share * (sorted.length - 1);
    int below = (int) at;
    int next = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (at - below) * (sorted[next] - sorted[below]);
  }

  private int index(String metric) {
    int index = metrics.indexOf(metric);
    if (index < 0) {
      throw new IllegalArgumentException("metric " + metric + " is not among " + metrics);
    }
    return index;
  }
}
