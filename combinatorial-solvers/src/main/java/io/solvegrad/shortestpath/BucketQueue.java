package io.solvegrad.shortestpath;

import java.util.Arrays;

/**
 * A ring of buckets of equal width, each a list in ascending order, so that the order is exactly
 * that of {@link VertexQueue} at a constant cost a vertex while weights are of one magnitude. Where
 * they are not, lists become long and the queue gives up.
 */
final class BucketQueue implements MonotoneQueue {
  private static final int STEPS_PER_VERTEX = 12;

  private final double[] keys;
  private final int[] followers;
  private final int[] heads;
  private final double perWidth;
  private long current;
  private int stepsLeft;
  private double lastKey;

  /**
   * A queue.
   *
   * @param vertices vertices are below this number, each is pushed once
   * @param buckets a power of two
   * @param reach the largest weight, positive: all keys are at most so far above the last popped
   */
  BucketQueue(int vertices, int buckets, double reach) {
    assert Integer.bitCount(buckets) == 1 && reach > 0;
    keys = new double[vertices];
    followers = new int[vertices];
    heads = new int[buckets];
    Arrays.fill(heads, -1);
    // Two to spare for what rounding adds.
    perWidth = (buckets - 2) / reach;
    stepsLeft = STEPS_PER_VERTEX * vertices;
  }

  @Override
  public void push(double key, int vertex) {
    int bucket = (int) ((long) (key * perWidth) & (heads.length - 1));
    keys[vertex] = key;
    int before = -1;
    int after = heads[bucket];
    while (after >= 0 && (keys[after] < key || (keys[after] == key && after < vertex))) {
      before = after;
      after = followers[after];
      stepsLeft--;
    }
    followers[vertex] = after;
    if (before < 0) {
      heads[bucket] = vertex;
    } else {
      followers[before] = vertex;
    }
  }

  @Override
  public int pop() {
    if (stepsLeft < 0) {
      return -1;
    }
    int mask = heads.length - 1;
    long bucket = current;
    while (heads[(int) (bucket & mask)] < 0) {
      bucket++;
    }
    stepsLeft -= (int) (bucket - current);
    current = bucket;
    int vertex = heads[(int) (bucket & mask)];
    heads[(int) (bucket & mask)] = followers[vertex];
    lastKey = keys[vertex];
    return vertex;
  }

  @Override
  public double lastKey() {
    return lastKey;
  }
}
