package io.solvegrad.rambo.kernel;

import java.util.Arrays;

/**
 * Ranks by least-significant-digit radix sort of keys that carry their position; the last pass
 * writes ranks and no order.
 */
final class RadixRanks {
  private static final int WIDE = 11;
  private static final int WIDE_MASK = (1 << WIDE) - 1;
  private static final int NARROW = 8;
  private static final int NARROW_MASK = (1 << NARROW) - 1;
  // The digits lie in the upper half of an element, the position in the lower.
  private static final int KEY = 32;

  private final int[] counts = new int[3 << WIDE];
  private int[] keys = {};
  private long[] elements = {};
  private long[] others = {};

  private void ensure(int n) {
    if (elements.length < n) {
      int room = n + n / 4;
      keys = new int[room];
      elements = new long[room];
      others = new long[room];
    }
  }

  /** An int whose unsigned order is that of falling scores. */
  static int key(float score) {
    int bits = Float.floatToRawIntBits(score + 0f);
    return ~(bits ^ ((bits >> 31) | Integer.MIN_VALUE));
  }

  /** By four digits of 8 bits. */
  void rankNarrow(float[] y, int begin, int n, int[] ranks) {
    ensure(n);
    Arrays.fill(counts, 0, 4 << NARROW, 0);
    countNarrow(y, begin, n, keys, counts);
    for (int digit = 0; digit < 4; digit++) {
      toPositions(counts, digit << NARROW, 1 << NARROW);
    }
    placeKeys(keys, n, counts, NARROW_MASK, elements);
    place(elements, 0, n, counts, 1 << NARROW, KEY + NARROW, NARROW_MASK, others);
    place(others, 0, n, counts, 2 << NARROW, KEY + 2 * NARROW, NARROW_MASK, elements);
    placeRanks(elements, 0, n, counts, 3 << NARROW, KEY + 3 * NARROW, ranks);
  }

  /** By three digits of 11 bits. */
  void rankWide(float[] y, int begin, int n, int[] ranks) {
    ensure(n);
    Arrays.fill(counts, 0);
    countWide(y, begin, n, keys, counts);
    for (int digit = 0; digit < 3; digit++) {
      toPositions(counts, digit << WIDE, 1 << WIDE);
    }
    placeKeys(keys, n, counts, WIDE_MASK, elements);
    place(elements, 0, n, counts, 1 << WIDE, KEY + WIDE, WIDE_MASK, others);
    placeRanks(others, 0, n, counts, 2 << WIDE, KEY + 2 * WIDE, ranks);
  }

  private static void countNarrow(float[] y, int begin, int n, int[] keys, int[] counts) {
    for (int i = 0; i < n; i++) {
      int key = key(y[begin + i]);
      keys[i] = key;
      counts[key & NARROW_MASK]++;
      counts[(1 << NARROW) + ((key >>> NARROW) & NARROW_MASK)]++;
      counts[(2 << NARROW) + ((key >>> (2 * NARROW)) & NARROW_MASK)]++;
      counts[(3 << NARROW) + (key >>> (3 * NARROW))]++;
    }
  }

  private static void countWide(float[] y, int begin, int n, int[] keys, int[] counts) {
    for (int i = 0; i < n; i++) {
      int key = key(y[begin + i]);
      keys[i] = key;
      counts[key & WIDE_MASK]++;
      counts[(1 << WIDE) + ((key >>> WIDE) & WIDE_MASK)]++;
      counts[(2 << WIDE) + (key >>> (2 * WIDE))]++;
    }
  }

  private static void toPositions(int[] counts, int base, int digits) {
    int position = 0;
    for (int d = base; d < base + digits; d++) {
      int count = counts[d];
      counts[d] = position;
      position += count;
    }
  }

  private static void placeKeys(int[] keys, int n, int[] positions, int mask, long[] to) {
    for (int i = 0; i < n; i++) {
      int key = keys[i];
      to[positions[key & mask]++] = ((long) key << KEY) | i;
    }
  }

  private static void place(
      long[] from, int begin, int end, int[] positions, int base, int shift, int mask, long[] to) {
    for (int i = begin; i < end; i++) {
      long element = from[i];
      to[positions[base + ((int) (element >>> shift) & mask)]++] = element;
    }
  }

  private static void placeRanks(
      long[] from, int begin, int end, int[] positions, int base, int shift, int[] ranks) {
    for (int i = begin; i < end; i++) {
      long element = from[i];
      ranks[(int) element] = ++positions[base + (int) (element >>> shift)];
    }
  }

  /** Each thread counts and places a stretch of the row; between passes they agree on positions. */
  void rankParallel(float[] y, int begin, int n, int[] ranks, int threads) {
    int[] starts = starts(n, threads);
    ensure(n);
    int[][] counted = new int[threads][1 << WIDE];
    Threads.run(threads, c -> countFirst(y, begin, starts[c], starts[c + 1], counted[c]));
    agree(counted);
    Threads.run(threads, c -> placeFirst(starts[c], starts[c + 1], counted[c]));
    Threads.run(threads, c -> countDigit(elements, starts[c], starts[c + 1], WIDE, counted[c]));
    agree(counted);
    Threads.run(
        threads,
        c ->
            place(
                elements, starts[c], starts[c + 1], counted[c], 0, KEY + WIDE, WIDE_MASK, others));
    Threads.run(threads, c -> countDigit(others, starts[c], starts[c + 1], 2 * WIDE, counted[c]));
    agree(counted);
    Threads.run(
        threads,
        c -> placeRanks(others, starts[c], starts[c + 1], counted[c], 0, KEY + 2 * WIDE, ranks));
  }

  private static int[] starts(int n, int threads) {
    int[] starts = new int[threads + 1];
    for (int c = 0; c <= threads; c++) {
      starts[c] = (int) ((long) n * c / threads);
    }
    return starts;
  }

  private static void agree(int[][] counted) {
    int position = 0;
    for (int d = 0; d <= WIDE_MASK; d++) {
      for (int[] counts : counted) {
        int count = counts[d];
        counts[d] = position;
        position += count;
      }
    }
  }

  private void countFirst(float[] y, int begin, int from, int to, int[] counts) {
    for (int i = from; i < to; i++) {
      int key = key(y[begin + i]);
      keys[i] = key;
      counts[key & WIDE_MASK]++;
    }
  }

  private void placeFirst(int from, int to, int[] positions) {
    for (int i = from; i < to; i++) {
      int key = keys[i];
      elements[positions[key & WIDE_MASK]++] = ((long) key << KEY) | i;
    }
  }

  private static void countDigit(long[] from, int begin, int end, int shift, int[] counts) {
    Arrays.fill(counts, 0);
    for (int i = begin; i < end; i++) {
      counts[(int) (from[i] >>> (KEY + shift)) & WIDE_MASK]++;
    }
  }
}
