package io.solvegrad.example.statistics;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Whether a difference of two means would hold for other classes or queries: groups are drawn with
 * replacement, each with all that was measured of it.
 *
 * <p>Source: Efron and Tibshirani, An Introduction to the Bootstrap, 1993, chapters 13 and 16.
 *
 * @param low lower end of the 95 % percentile interval of the difference
 * @param high its upper end
 * @param pValue twice the smaller share of resamples on one side of 0, at least 2 / (resamples + 1)
 */
public record GroupBootstrap(double low, double high, double pValue) {
  private static final double TAIL = 0.025;

  /**
   * Resamples the difference of two means.
   *
   * @param differences of each group the sum of own minus reference values. Not modified.
   * @param counts of each group how many values that are; groups of 0 do not count. Not modified.
   * @param resamples how many, at least 1
   * @param seed of the draws
   * @return the interval and the test
   * @throws IllegalArgumentException if the arrays differ in length or no group has a value
   */
  public static GroupBootstrap of(double[] differences, int[] counts, int resamples, long seed) {
    if (differences.length != counts.length || Arrays.stream(counts).noneMatch(c -> c > 0)) {
      throw new IllegalArgumentException(
          "%d differences with %d counts are no groups to draw from"
              .formatted(differences.length, counts.length));
    }
    SplittableRandom random = new SplittableRandom(seed);
    double[] means = new double[resamples];
    int below = 0;
    int above = 0;
    for (int r = 0; r < resamples; r++) {
      double sum = 0;
      long count = 0;
      for (int draw = 0; draw < counts.length || count == 0; draw++) {
        int group = random.nextInt(counts.length);
        sum += counts[group] > 0 ? differences[group] : 0;
        count += counts[group];
      }
      means[r] = sum / count;
      below += means[r] <= 0 ? 1 : 0;
      above += means[r] >= 0 ? 1 : 0;
    }
    Arrays.sort(means);
    double p = Math.min(1, 2.0 * (Math.min(below, above) + 1) / (resamples + 1));
    return new GroupBootstrap(
        means[(int) Math.floor(TAIL * (resamples - 1))],
        means[(int) Math.ceil((1 - TAIL) * (resamples - 1))],
        p);
  }
}
