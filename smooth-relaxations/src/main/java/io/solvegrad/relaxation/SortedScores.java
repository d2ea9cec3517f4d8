package io.solvegrad.relaxation;

import java.util.Arrays;

/** Scores in descending order with the way back; -infinity and infinity become far but finite. */
final class SortedScores {
  int size;
  double[] sorted = {};

  /** Candidate at each place. */
  int[] order = {};

  private double[] keys = {};
  private int[] next = {};

  /**
   * Sorts. Infinite scores are moved to a distance behind the last or before the first finite one.
   */
  void sort(double[] scores, int n, double distance) {
    size = n;
    if (sorted.length < n) {
      int capacity = Math.max(n, 2 * sorted.length);
      sorted = new double[capacity];
      order = new int[capacity];
      keys = new double[capacity];
      next = new int[capacity];
    }
    makeFinite(scores, n, distance);
    // Ascending by -score: Arrays.sort is a dual-pivot quicksort on primitives.
    Arrays.sort(sorted, 0, n);
    for (int p = n - 1; p >= 0; p--) {
      next[p] = p;
    }
    for (int i = 0; i < n; i++) {
      int first = first(keys[i]);
      order[next[first]++] = i;
    }
    for (int p = 0; p < n; p++) {
      sorted[p] = -sorted[p];
    }
  }

  private void makeFinite(double[] scores, int n, double distance) {
    double least = 0;
    double largest = 0;
    boolean any = false;
    for (int i = 0; i < n; i++) {
      if (!Double.isInfinite(scores[i])) {
        least = any ? Math.min(least, scores[i]) : scores[i];
        largest = any ? Math.max(largest, scores[i]) : scores[i];
        any = true;
      }
    }
    for (int i = 0; i < n; i++) {
      double score = scores[i];
      if (Double.isInfinite(score)) {
        score = score > 0 ? beyond(largest, distance) : -beyond(-least, distance);
      }
      keys[i] = -score + 0.0;
      sorted[i] = keys[i];
    }
  }

  /** A finite number above another, by a distance if the number format can tell. */
  private static double beyond(double number, double distance) {
    return Math.min(Double.MAX_VALUE, Math.max(number + distance, Math.nextUp(number)));
  }

  private int first(double key) {
    int low = 0;
    int high = size;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sorted[middle] < key) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
