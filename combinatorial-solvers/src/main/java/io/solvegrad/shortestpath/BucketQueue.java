package io.solvegrad.shortestpath;

import java.util.Arrays;

/**
 * A ring of buckets of equal width, so many that most hold one vertex at most; of those that meet
 * in a bucket the nearest leaves first. The order is exactly that of {@link VertexQueue}, at a
 * constant cost a vertex and without branches that are hard to predict. Where weights differ by
 * magnitudes, buckets fill up and the queue gives up.
 */
final class BucketQueue implements MonotoneQueue {
  private static final int STEPS_PER_VERTEX = 12;

  private final double[] keys;
  private final int[] followers;
  private final int[] heads;
  // One bit a bucket: whether it holds a vertex.
  private final long[] occupied;
  private final double perWidth;
  private int current;
  private int stepsLeft;
  private double lastKey;

  /**
   * A queue.
   *
   * @param vertices vertices are below this number, each is pushed once
   * @param buckets a power of two, at least 64
   * @param reach the largest weight, positive: all keys are at most so far above the last popped
   */
  BucketQueue(int vertices, int buckets, double reach) {
    assert Integer.bitCount(buckets) == 1 && buckets >= Long.SIZE && reach > 0;
    keys = new double[vertices];
    followers = new int[vertices];
    heads = new int[buckets];
    occupied = new long[buckets / Long.SIZE];
    Arrays.fill(heads, -1);
    // Two to spare for what rounding adds.
    perWidth = (buckets - 2) / reach;
    stepsLeft = STEPS_PER_VERTEX * vertices;
  }

  @Override
  public void push(double key, int vertex) {
    int bucket = (int) (long) (key * perWidth) & (heads.length - 1);
    keys[vertex] = key;
    followers[vertex] = heads[bucket];
    heads[bucket] = vertex;
    occupied[bucket >>> 6] |= 1L << bucket;
  }

  @Override
  public int pop() {
    int word = current >>> 6;
    long bits = occupied[word] & -1L << current;
    while (bits == 0) {
      word = (word + 1) & (occupied.length - 1);
      bits = occupied[word];
    }
    current = word << 6 | Long.numberOfTrailingZeros(bits);
    int vertex = heads[current];
    if (followers[vertex] >= 0) {
      vertex = removeNearest();
    } else {
      heads[current] = -1;
      occupied[word] &= ~(1L << current);
    }
    lastKey = keys[vertex];
    return stepsLeft < 0 ? -1 : vertex;
  }

  /** Of a bucket with several vertices. */
  private int removeNearest() {
    int nearest = heads[current];
    int beforeNearest = -1;
    int before = nearest;
    for (int v = followers[nearest]; v >= 0; v = followers[v]) {
      if (keys[v] < keys[nearest] || (keys[v] == keys[nearest] && v < nearest)) {
        nearest = v;
        beforeNearest = before;
      }
      before = v;
      stepsLeft--;
    }
    if (beforeNearest < 0) {
      heads[current] = followers[nearest];
    } else {
      followers[beforeNearest] = followers[nearest];
    }
    return nearest;
  }

  @Override
  public double lastKey() {
    return lastKey;
  }
}
