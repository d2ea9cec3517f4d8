package io.solvegrad.rambo.kernel;

import java.util.Arrays;

/** The loops in plain Java, written so that the optimising compiler finds vectors by itself. */
final class PlainLoops implements RowLoops {
  private static final int INFINITY_BITS = 0x7f800000;
  private static final int CHUNK = 4096;

  @Override
  public int blockSize() {
    return 1;
  }

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
  public void countNotBelow(
      float[] y, int begin, int end, float[] thresholds, int[] counts, int m) {
    for (int k = 0; k < m; k++) {
      for (int i = begin; i < end; i++) {
        counts[k] += y[i] >= thresholds[k] ? 1 : 0;
      }
    }
  }

  @Override
  public void prepare(Movers movers, FullRanks fullRanks) {}

  @Override
  public void finish(Movers movers) {}

  @Override
  public void sweep(float[] y, int begin, int end, float[] gradient, int shift, Movers movers) {
    for (int i = begin; i < end; i++) {
      int change = 0;
      for (int j = 0; j < movers.count; j++) {
        boolean passed = movers.passes(j, y[i]);
        movers.passed[j] += passed ? 1 : 0;
        change += passed ? movers.sign[j] : 0;
      }
      if (change != 0) {
        gradient[i + shift] += movers.summand(change);
        movers.changed++;
      }
    }
  }

  @Override
  public int countEqual(float[] y, int begin, int end, float a, float b) {
    int count = 0;
    for (int i = begin; i < end; i++) {
      count += (y[i] == a ? 1 : 0) + (y[i] == b ? 1 : 0);
    }
    return count;
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
