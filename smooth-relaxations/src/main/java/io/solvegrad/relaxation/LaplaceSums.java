package io.solvegrad.relaxation;

import io.solvegrad.ranking.RankKernels;
import io.solvegrad.ranking.SmoothFunction;

/**
 * Sums over all j of F((s_j - s_i) / scale), with F the Laplace distribution function, and of its
 * density, for all i at once: after sorting, e^-distance becomes a running sum that shrinks by the
 * gap at every step, so nothing overflows. O(n log n).
 */
final class LaplaceSums {
  private static final double FAR = 2000;

  /** e^-WIDE times any number of scores is nothing beside 1, even its root, but no underflow. */
  private static final double WIDE = 200;

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
   * two scores that enclose it. For finite scores.
   */
  LaplaceCut cut(int k, SmoothFunction step) {
    int n = scores.size;
    assert k >= 1 && k < n;
    double first = scores.sorted[0];
    if (rankAt(0) - 0.5 >= k) {
      return new LaplaceCut(step, first, -scale * Math.log(2 * k / (behind[0] + 1)), 1, 0);
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
    double last = scores.sorted[low];
    if (low == n - 1) {
      return new LaplaceCut(step, last, scale * Math.log(2 * free / above), 1, 0);
    }
    double next = scores.sorted[low + 1];
    double gap = last - next;
    if (gap / scale > WIDE) {
      return acrossWideGap(low, free, step);
    }
    // above y^2 - 2 free y - below = 0 for y = e^-(distance below place low).
    double below = (behind[low + 1] + 1) * Math.exp(-gap / scale);
    double root = Math.sqrt(free * free + above * below);
    double y = free < 0 ? below / (root - free) : (free + root) / above;
    return new LaplaceCut(step, last, -Math.clamp(-scale * Math.log(y), 0, gap), 1, 0);
  }

  /** Where neither side of the gap behind a place feels the other. */
  private LaplaceCut acrossWideGap(int low, double free, SmoothFunction step) {
    double last = scores.sorted[low];
    double next = scores.sorted[low + 1];
    if (free > 0) {
      return new LaplaceCut(step, last, scale * Math.log(2 * free / (before[low] + 1)), 1, 0);
    }
    if (free < 0) {
      double share = -2 * free / (behind[low + 1] + 1);
      return new LaplaceCut(step, next, -scale * Math.log(share), 1, 0);
    }
    return new LaplaceCut(step, last / 2 + next / 2, 0, 1, 0);
  }
}
