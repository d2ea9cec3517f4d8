package io.solvegrad.ranking.metric;

import io.solvegrad.ranking.RankMetric;
import io.solvegrad.ranking.Ranks;
import io.solvegrad.ranking.Targets;
import java.util.Arrays;

/**
 * 1 - Spearman's rank correlation: the correlation between the rank by score and the rank by label,
 * where equal labels share the mean of their ranks. The loss lies between 0 and 2.
 *
 * <p>The covariance is linear in the ranks and candidates without relevance share one label rank c,
 * so that the ranks of relevant candidates are enough: n x covariance = the sum over them of rank x
 * (label rank - c) plus a constant. Slope: (c - label rank) / divisor. O(m log m) for m relevant
 * candidates; item weights do not matter; labels of 0 and less are one grade. The variance of the
 * ranks by score is that of 1 to n, so for equal scores this is the mean over tie orders, not the
 * correlation of shared ranks.
 *
 * <p>Source: Spearman, The proof and measurement of association between two things, 1904,
 * doi:10.2307/1412159.
 */
public record Spearman() implements RankMetric<Ranks> {

  /** {@return the standard deviations' product times n; 0 if all labels are equal} */
  @Override
  public double normaliser(Targets targets) {
    int count = targets.count();
    double[] grades = sortedGrades(targets);
    double n = targets.candidates();
    double cubes = n * n * n - n;
    double ties = cubed(n - count);
    for (int begin = 0; begin < count; ) {
      int end = begin + 1;
      while (end < count && grades[end] == grades[begin]) {
        end++;
      }
      ties += cubed(end - begin);
      begin = end;
    }
    return cubes == 0 ? 0 : Math.sqrt((cubes - ties) / 12 * cubes / 12);
  }

  private static double cubed(double ties) {
    return ties * ties * ties - ties;
  }

  @Override
  public double loss(Targets targets, Ranks ranks, double scale) {
    int count = targets.count();
    double n = targets.candidates();
    double divisor = normaliser(targets);
    double[] grades = sortedGrades(targets);
    double unlabelled = (count + 1 + n) / 2;
    double covariance = (unlabelled - (n + 1) / 2) * n * (n + 1) / 2;
    for (int k = 0; k < count; k++) {
      double slope = labelRank(grades, count, targets.grade(k)) - unlabelled;
      covariance += slope * ranks.meanRank(k);
      ranks.pushRank(k, -scale * slope);
    }
    return divisor - covariance;
  }

  /** The grades, the smallest first. */
  private static double[] sortedGrades(Targets targets) {
    double[] grades = targets.scratch(targets.count());
    for (int k = 0; k < targets.count(); k++) {
      grades[k] = targets.grade(k);
    }
    Arrays.sort(grades, 0, targets.count());
    return grades;
  }

  /** The mean of the ranks, 1 for the largest grade, that candidates of a grade share. */
  private static double labelRank(double[] grades, int count, double grade) {
    int below = firstNotLess(grades, count, grade);
    int notAbove = firstNotLess(grades, count, Math.nextUp(grade));
    return count - (below + notAbove - 1) / 2.0;
  }

  private static int firstNotLess(double[] grades, int count, double grade) {
    int low = 0;
    int high = count;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (grades[middle] < grade) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
