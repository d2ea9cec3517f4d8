package io.solvegrad.example.statistics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.apache.commons.math3.stat.StatUtils;
import org.apache.commons.math3.stat.inference.TTest;
import org.apache.commons.math3.stat.inference.WilcoxonSignedRankTest;

/**
 * Values compared with those of a reference over the same seeds.
 *
 * <p>A seed decides batches, noise and validation classes for both alike, so differences are taken
 * seed by seed: what is common to a seed cancels. The t test takes the differences as normal; the
 * signed rank test takes them as symmetric, leaves out those that are 0, and is exact up to 20.
 * With 8 seeds the smallest p that it can give is 2/256.
 *
 * @param difference mean of value minus reference
 * @param deviation standard deviation of the differences
 * @param tTest p of the paired t test, two-sided
 * @param signedRank p of the Wilcoxon signed rank test, two-sided
 */
public record PairedTest(double difference, double deviation, double tTest, double signedRank) {
  private static final int EXACT_SEEDS = 20;

  /**
   * Compares values with a reference.
   *
   * @param reference one value a seed, at least two. Not modified.
   * @param own as many, the seeds in the same order. Not modified.
   * @return the tests; where all differences are equal, nothing is known of their spread and p is 1
   * @throws IllegalArgumentException if the numbers of values differ or there are fewer than two
   */
  public static PairedTest of(double[] reference, double[] own) {
    if (own.length != reference.length || own.length < 2) {
      throw new IllegalArgumentException(
          "%d values cannot be compared with %d".formatted(own.length, reference.length));
    }
    double[] differences = new double[own.length];
    for (int i = 0; i < own.length; i++) {
      differences[i] = own[i] - reference[i];
    }
    double deviation = deviation(differences);
    double t = deviation > 0 ? new TTest().pairedTTest(reference, own) : 1;
    return new PairedTest(
        StatUtils.mean(differences), deviation, t, deviation > 0 ? signedRank(differences) : 1);
  }

  /** Differences of 0 have no sign; as Wilcoxon did, they are left out. */
  private static double signedRank(double... differences) {
    double[] signed = Arrays.stream(differences).filter(difference -> difference != 0).toArray();
    double p =
        new WilcoxonSignedRankTest()
            .wilcoxonSignedRankTest(
                new double[signed.length], signed, signed.length <= EXACT_SEEDS);
    // Twice one tail counts the middle of the distribution double.
    return Math.min(1, p);
  }

  /**
   * The standard deviation of a sample.
   *
   * @param values any numbers. Not modified.
   * @return the deviation, 0 for a single value
   */
  public static double deviation(double... values) {
    return values.length < 2 ? 0 : Math.sqrt(StatUtils.variance(values));
  }

  /**
   * Holm's correction, which makes tests hold together: the smallest of m p-values counts m times,
   * the next m - 1 times, and none falls below its former.
   *
   * <p>Source: Holm, A simple sequentially rejective multiple test procedure, Scandinavian Journal
   * of Statistics 6, 1979.
   *
   * @param pValues of the tests. Not modified.
   * @return the corrected ones in the same order, at most 1
   */
  public static double[] holm(double... pValues) {
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < pValues.length; i++) {
      order.add(i);
    }
    order.sort(Comparator.comparingDouble(i -> pValues[i]));
    double[] corrected = new double[pValues.length];
    double largest = 0;
    for (int k = 0; k < order.size(); k++) {
      largest = Math.max(largest, Math.min(1, (order.size() - k) * pValues[order.get(k)]));
      corrected[order.get(k)] = largest;
    }
    return corrected;
  }
}
