package io.solvegrad.ranking;

/**
 * Sorts indices by descending key, equal keys by ascending index: a bottom-up merge sort with
 * insertion sort for short runs. O(n log n), no allocation once its room has grown.
 */
final class StableOrder {
  private static final int RUN = 16;
  private int[] order = {};
  private int[] room = {};

  /** The indices 0 to n - 1 in order; valid until the next call. */
  int[] descending(double[] keys, int n) {
    if (order.length < n) {
      order = new int[Math.max(n, 2 * order.length)];
      room = new int[order.length];
    }
    for (int begin = 0; begin < n; begin += RUN) {
      insertionSort(keys, begin, Math.min(n, begin + RUN));
    }
    for (int width = RUN; width < n; width *= 2) {
      for (int begin = 0; begin < n; begin += 2 * width) {
        merge(keys, begin, Math.min(n, begin + width), Math.min(n, begin + 2 * width));
      }
      int[] sorted = room;
      room = order;
      order = sorted;
    }
    return order;
  }

  private void insertionSort(double[] keys, int begin, int end) {
    for (int i = begin; i < end; i++) {
      int j = i;
      for (; j > begin && keys[order[j - 1]] < keys[i]; j--) {
        order[j] = order[j - 1];
      }
      order[j] = i;
    }
  }

  private void merge(double[] keys, int begin, int middle, int end) {
    int left = begin;
    int right = middle;
    for (int i = begin; i < end; i++) {
      boolean takeLeft = right >= end || (left < middle && keys[order[left]] >= keys[order[right]]);
      room[i] = takeLeft ? order[left++] : order[right++];
    }
  }
}
