package io.solvegrad.relaxation.surrogate;

import java.util.Arrays;
import java.util.SplittableRandom;

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

  /**
   * The numbers 0 to n - 1 by descending key, equal keys in a random order that depends on seed and
   * list alone.
   */
  static int[] descending(double[] keys, int n, long seed, int list) {
    // Far seeds for near lists: a generator with the next seed would give the same numbers later.
    long mixed = (seed ^ (0xD6E8FEB86659FD93L * (list + 1))) * 0xBF58476D1CE4E5B9L;
    SplittableRandom random = new SplittableRandom(mixed ^ (mixed >>> 31));
    int[] shuffled = new int[n];
    for (int i = 0; i < n; i++) {
      int j = random.nextInt(i + 1);
      shuffled[i] = shuffled[j];
      shuffled[j] = i;
    }
    double[] permuted = new double[n];
    Arrays.setAll(permuted, p -> keys[shuffled[p]]);
    int[] order = descending(permuted, n);
    for (int p = 0; p < n; p++) {
      order[p] = shuffled[order[p]];
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
