package io.solvegrad.relaxation;

import io.solvegrad.ranking.RankKernels;

/**
 * Sums over all j of F((s_j - s_i) / scale), with F the Laplace distribution function, and of its
 * density, for all i at once: after sorting, e^-distance becomes a running sum that shrinks by the
 * gap at every step, so nothing overflows. O(n log n).
 */
final class LaplaceSums {
  private static final double FAR = 2000;

  private final double scale;
  private final SortedScores scores = new SortedScores();

  /** Sums of e^-distance over the places before, and over those behind. */
  private double[] before = {};

  private double[] behind = {};

  /** e^-gap between each place and the one before it. */
  private double[] decay = {};

  LaplaceSums(double scale) {
    this.scale = scale;
  }

  void load(double[] values, int n) {
    scores.sort(values, n, FAR * scale);
    if (before.length < n) {
      before = new double[Math.max(n, 2 * before.length)];
      behind = new double[before.length];
      decay = new double[before.length];
    }
    for (int p = 1; p < n; p++) {
      decay[p] = (scores.sorted[p] - scores.sorted[p - 1]) / scale;
    }
    if (n > 0) {
      decay[0] = 0;
    }
    RankKernels.exponentials().exp(decay, n);
    for (int p = 0; p < n; p++) {
      before[p] = p == 0 ? 0 : (before[p - 1] + 1) * decay[p];
    }
    for (int p = n - 1; p >= 0; p--) {
      behind[p] = p == n - 1 ? 0 : (behind[p + 1] + 1) * decay[p + 1];
    }
  }

  /** Soft ranks of all candidates: 1 + the sum over the others. */
  void ranks(double[] ranks) {
    for (int p = 0; p < scores.size; p++) {
      ranks[scores.order[p]] = rankAt(p);
    }
  }

  private double rankAt(int p) {
    return 1 + p - before[p] / 2 + behind[p] / 2;
  }

  /** Adds the gradient of the sum of upstream times rank. */
  void pull(double[] upstream, double[] gradient) {
    double running = 0;
    double last = 0;
    for (int p = 0; p < scores.size; p++) {
      int i = scores.order[p];
      running = p == 0 ? 0 : (running + last) * decay[p];
      last = upstream[i];
      gradient[i] += (running - upstream[i] * (before[p] + behind[p])) / (2 * scale);
    }
    running = 0;
    for (int p = scores.size - 1; p >= 0; p--) {
      int i = scores.order[p];
      running = p == scores.size - 1 ? 0 : (running + last) * decay[p + 1];
      last = upstream[i];
      gradient[i] += running / (2 * scale);
    }
  }

  /**
   * The score b at which soft membership F((s - b) / scale) sums to k, in closed form between the
   * two scores that enclose it.
   */
  double threshold(int k) {
    int n = scores.size;
    assert k >= 1 && k < n;
    double first = scores.sorted[0];
    if (rankAt(0) - 0.5 >= k) {
      return first - scale * Math.log(2 * k / (behind[0] + 1));
    }
    int low = 0;
    int high = n;
    while (high - low > 1) {
      int middle = (low + high) >>> 1;
      if (rankAt(middle) - 0.5 < k) {
        low = middle;
      } else {
        high = middle;
      }
    }
    double above = before[low] + 1;
    double free = low + 1.0 - k;
    if (low == n - 1) {
      return scores.sorted[low] + scale * Math.log(2 * free / above);
    }
    // above y^2 - 2 free y - below = 0 for y = e^-(distance below place low). The gap may be so
    // wide
    // that below is too small for a double, so without free places only its logarithm is used.
    double logBelow =
        Math.log(behind[low + 1] + 1) + (scores.sorted[low + 1] - scores.sorted[low]) / scale;
    double root = Math.sqrt(free * free + above * Math.exp(logBelow));
    double logY;
    if (free > 0) {
      logY = Math.log((free + root) / above);
    } else if (free < 0) {
      logY = logBelow - Math.log(root - free);
    } else {
      logY = (logBelow - Math.log(above)) / 2;
    }
    double gap = scores.sorted[low] - scores.sorted[low + 1];
    return scores.sorted[low] - Math.clamp(-scale * logY, 0, gap);
  }
}
