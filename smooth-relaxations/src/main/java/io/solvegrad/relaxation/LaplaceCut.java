package io.solvegrad.relaxation;

import io.solvegrad.ranking.SmoothFunction;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Soft membership among the k largest, F((s - anchor - offset) / scale) for finite scores; in two
 * parts because the sum of both may have no room for the digits of the second. Equal infinities
 * share equally what is left for them.
 *
 * @param atInfinity the membership of infinity
 * @param atMinusInfinity that of negative infinity
 */
record LaplaceCut(
    SmoothFunction step, double anchor, double offset, double atInfinity, double atMinusInfinity) {

  /**
   * The cut-off whose memberships add up to k.
   *
   * @param k at least 1, less than n
   * @param loaded sums of the same scores, null if there are none
   */
  static LaplaceCut at(int k, double[] scores, int n, double scale, @Nullable LaplaceSums loaded) {
    SmoothFunction step = Steps.laplace(scale);
    int above = 0;
    int below = 0;
    for (int i = 0; i < n; i++) {
      above += scores[i] == Double.POSITIVE_INFINITY ? 1 : 0;
      below += scores[i] == Double.NEGATIVE_INFINITY ? 1 : 0;
    }
    int finite = n - above - below;
    if (k <= above) {
      return new LaplaceCut(step, Double.POSITIVE_INFINITY, 0, (double) k / above, 0);
    }
    if (k >= above + finite) {
      double left = k - above - finite;
      return new LaplaceCut(step, Double.NEGATIVE_INFINITY, 0, 1, left / Math.max(1, below));
    }
    if (loaded != null && finite == n) {
      return loaded.cut(k, step);
    }
    LaplaceSums sums = new LaplaceSums(scale);
    sums.load(Arrays.stream(scores, 0, n).filter(Double::isFinite).toArray(), finite);
    return sums.cut(k - above, step);
  }

  double member(double score) {
    if (Double.isInfinite(score)) {
      return score > 0 ? atInfinity : atMinusInfinity;
    }
    return step.at(score - anchor - offset);
  }

  /** The derivative of the membership by the score alone. */
  double slope(double score) {
    return Double.isInfinite(score) ? 0 : step.slope(score - anchor - offset);
  }
}
