package io.solvegrad.rambo.kernel;

import java.util.Arrays;

/** The loops in plain Java, written so that the optimising compiler finds vectors by itself. */
final class PlainLoops implements RowLoops {
  private static final int INFINITY_BITS = 0x7f800000;
  private static final int CHUNK = 4096;

  @Override
  public int lanes() {
    return 1;
  }

  @Override
  public int firstNaN(float[] y, int begin, int end) {
    for (int from = begin; from < end; from += CHUNK) {
      int to = Math.min(end, from + CHUNK);
      if (largestMagnitude(y, from, to) > INFINITY_BITS) {
        return searchNaN(y, from, to);
      }
    }
    return -1;
  }

  /** As float bits; NaNs are the largest of all. */
  private static int largestMagnitude(float[] y, int begin, int end) {
    int largest = 0;
    for (int i = begin; i < end; i++) {
      largest = Math.max(largest, Float.floatToRawIntBits(y[i]) & Integer.MAX_VALUE);
    }
    return largest;
  }

  static int searchNaN(float[] y, int begin, int end) {
    for (int i = begin; i < end; i++) {
      if (Float.isNaN(y[i])) {
        return i;
      }
    }
    return -1;
  }

  @Override
  public boolean networkRanks(float[] y, int begin, int n, int[] ranks) {
    return false;
  }

  @Override
  public void countRanks(float[] y, int begin, int n, int[] ranks) {
    Arrays.fill(ranks, 0, n, 1);
    for (int i = 1; i < n; i++) {
      float score = y[begin + i];
      int ahead = 0;
      for (int j = 0; j < i; j++) {
        boolean first = y[begin + j] >= score;
        ahead += first ? 1 : 0;
        ranks[j] += first ? 0 : 1;
      }
      ranks[i] += ahead;
    }
  }

  @Override
  public void buckets(float[] y, int begin, int end, Scale scale, int[] buckets) {
    float top = scale.top;
    float factor = scale.factor;
    int last = scale.last;
    for (int i = begin; i < end; i++) {
      buckets[i - begin] = Math.min(last, Math.max(0, (int) ((top - y[i]) * factor)));
    }
  }

  @Override
  public void addLookedUp(float[] gradient, int begin, int count, int[] buckets, float[] values) {
    for (int i = 0; i < count; i++) {
      gradient[begin + i] += values[buckets[i]];
    }
  }
}
