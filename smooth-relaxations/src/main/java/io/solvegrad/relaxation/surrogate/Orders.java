package io.solvegrad.relaxation.surrogate;

import java.util.Arrays;

/** Sorting of indices. */
final class Orders {
  private Orders() {}

  /**
   * The numbers 0 to n - 1 by descending key, equal keys by ascending number. Sorts (key, number)
   * packed into two passes over primitive arrays: no boxing, O(n log n).
   */
  static int[] descending(double[] keys, int n) {
    double[] sorted = new double[n];
    for (int i = 0; i < n; i++) {
      // -0.0 equals 0.0: adding 0.0 makes both the same bits.
      sorted[i] = -keys[i] + 0.0;
    }
    Arrays.sort(sorted);
    int[] next = new int[n];
    for (int i = n - 1; i >= 0; i--) {
      next[i] = i > 0 && sorted[i] == sorted[i - 1] ? -1 : i;
    }
    int[] order = new int[n];
    for (int i = 0; i < n; i++) {
      int run = firstOf(sorted, -keys[i] + 0.0);
      order[next[run]++] = i;
    }
    return order;
  }

  private static int firstOf(double[] sorted, double key) {
    int low = 0;
    int high = sorted.length;
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
