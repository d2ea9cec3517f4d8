package io.solvegrad.rambo.kernel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/**
 * Locates every candidate among many thresholds, in time that hardly depends on their number.
 *
 * <p>The thresholds are sorted. Between two of them lies a slot, numbered by the thresholds ahead
 * of it, and a candidate's slot is all there is to know about it. A linear table maps scores to
 * buckets: all candidates of a bucket without thresholds are in the same slot, those of a crowded
 * one look at the few thresholds in it, by score and position.
 */
final class ThresholdCells {
  private static final int BUCKETS_PER_THRESHOLD = 32;
  private static final int FEWEST_BUCKETS = 1 << 8;
  private static final int MOST_BUCKETS = 1 << 18;
  private static final int SAMPLE = 64;
  // 2^32 divided by the golden ratio.
  private static final long GOLDEN = 0x9E3779B9L;

  private final Supplier<? extends RowLoops> loops;
  private final FullRanks fullRanks;

  private int count;
  private int[] ranks = {};
  private float[] sorted = {};
  private long[] keys = {};
  float[] summand = {};

  final RowLoops.Scale scale = new RowLoops.Scale();
  // Of each bucket: thresholds ahead of it, 1 if it holds any, the summand of its candidates.
  private int[] first = {};
  int[] crowded = {};
  float[] bucketSummand = {};
  // The buckets that hold thresholds, ascending, and behind them the number of buckets.
  private int[] crowds = {};
  private int crowdCount;
  private int size;
  // What each stretch of the row has counted; in the end the first has it all.
  private final List<CellCount> counts = new ArrayList<>();

  ThresholdCells(Supplier<? extends RowLoops> loops, FullRanks fullRanks) {
    this.loops = loops;
    this.fullRanks = fullRanks;
  }

  /**
   * Sorts thresholds and lays the table for a row.
   *
   * @param values the thresholds; among equal ones the earlier is ahead. Not modified.
   * @param positions where in the row they stand, never falling. Not modified.
   */
  void prepare(Row row, float[] values, int[] positions, int thresholds) {
    count = thresholds;
    if (sorted.length < count) {
      int room = count + count / 4 + 1;
      ranks = new int[room];
      sorted = new float[room];
      keys = new long[room];
      summand = new float[room + 1];
      crowds = new int[room + 1];
    }
    fullRanks.rank(values, 0, count, ranks);
    for (int t = 0; t < count; t++) {
      sorted[ranks[t] - 1] = values[t];
      keys[ranks[t] - 1] = key(values[t], positions[t]);
    }
    int wanted = Integer.highestOneBit(Math.max(1, count)) * BUCKETS_PER_THRESHOLD;
    int worth = Math.min(MOST_BUCKETS, Integer.highestOneBit(row.length | 1));
    layTable(Math.max(FEWEST_BUCKETS, Math.min(wanted, worth)), row);
  }

  private void layTable(int buckets, Row row) {
    size = buckets;
    if (crowded.length < size) {
      first = new int[size + 1];
      crowded = new int[size];
      bucketSummand = new float[size];
    }
    setScale(row);
    Arrays.fill(crowded, 0, size, 0);
    crowdCount = 0;
    int last = -1;
    for (int slot = 0; slot < count; slot++) {
      int bucket = scale.bucket(sorted[slot]);
      if (bucket != last) {
        Arrays.fill(first, last + 1, bucket + 1, slot);
        crowded[bucket] = 1;
        crowds[crowdCount++] = bucket;
        last = bucket;
      }
    }
    Arrays.fill(first, last + 1, size + 1, count);
    crowds[crowdCount] = size;
  }

  /**
   * A score of the sample. Multiples of the golden ratio, because equal distances would meet the
   * same cell of every picture of a detector.
   */
  private static float sampled(Row row, int number) {
    long fraction = (number * GOLDEN) & 0xFFFFFFFFL;
    return row.scores[row.begin + (int) ((fraction * row.length) >>> Integer.SIZE)];
  }

  /** Spreads the buckets over the scores that occur and that some threshold may be near to. */
  private void setScale(Row row) {
    float low = Float.POSITIVE_INFINITY;
    float high = Float.NEGATIVE_INFINITY;
    for (int s = 0; s < Math.min(SAMPLE, row.length); s++) {
      float score = sampled(row, s);
      if (Float.isFinite(score)) {
        low = Math.min(low, score);
        high = Math.max(high, score);
      }
    }
    int begin = 0;
    while (begin < count && sorted[begin] == Float.POSITIVE_INFINITY) {
      begin++;
    }
    int end = count;
    while (end > begin && sorted[end - 1] == Float.NEGATIVE_INFINITY) {
      end--;
    }
    if (begin < end) {
      float largest = sorted[begin];
      float smallest = sorted[end - 1];
      boolean apart = !(low < high) || largest <= low || smallest >= high;
      low = apart ? Math.min(low, smallest) : Math.max(low, smallest);
      high = apart ? Math.max(high, largest) : Math.min(high, largest);
    }
    // Scores beyond all thresholds have a bucket of their own at either end, without any: most
    // scores of a detector lie below its objects.
    float factor = (size - 3) / (high - low);
    boolean usable = low < high && factor > 0 && factor < Float.POSITIVE_INFINITY;
    scale.set(usable ? high + 1 / factor : 0, usable ? factor : 0, size - 1);
  }

  /** The mean number of thresholds that a candidate has to be compared with, by a sample. */
  double comparisons(Row row) {
    int sum = 0;
    int samples = Math.min(SAMPLE, row.length);
    for (int s = 0; s < samples; s++) {
      float score = sampled(row, s);
      int bucket = scale.bucket(score);
      sum += 32 - Integer.numberOfLeadingZeros(first[bucket + 1] - first[bucket]);
    }
    return (double) sum / Math.max(1, samples);
  }

  /** Place, from 0, of a threshold in sorted order. */
  int place(int threshold) {
    return ranks[threshold] - 1;
  }

  /** Sets what the candidates in a slot gain. */
  void setSummand(int slot, float value) {
    summand[slot] = value;
  }

  /**
   * Counts the candidates of each slot.
   *
   * @param add whether the gradient of a candidate gains the summand of its slot
   */
  void count(Row row, boolean add) {
    if (add) {
      spreadSummands();
    }
    for (int s = 0; s < row.stretches; s++) {
      if (s == counts.size()) {
        counts.add(new CellCount(this, loops.get()));
      }
      counts.get(s).clear(size, count + 1);
    }
    if (row.stretches == 1) {
      counts.get(0).run(row, 0, row.length, add);
    } else {
      Threads.run(row.stretches, s -> counts.get(s).run(row, row.start(s), row.start(s + 1), add));
      for (int s = 1; s < row.stretches; s++) {
        counts.get(0).add(counts.get(s), size, count + 1);
      }
    }
    fold(row, counts.get(0));
  }

  private void spreadSummands() {
    int from = 0;
    for (int c = 0; c <= crowdCount; c++) {
      int crowd = crowds[c];
      Arrays.fill(bucketSummand, from, crowd, summand[first[crowd]]);
      if (c < crowdCount) {
        bucketSummand[crowd] = -0f;
      }
      from = crowd + 1;
    }
  }

  /** Number of thresholds ahead of a candidate. */
  int slot(Row row, int candidate, int bucket) {
    long key = key(row.scores[row.begin + candidate], candidate);
    int low = first[bucket];
    int high = first[bucket + 1];
    while (high - low > 4) {
      int middle = (low + high) >>> 1;
      boolean ahead = keys[middle] < key;
      low = ahead ? middle + 1 : low;
      high = ahead ? high : middle;
    }
    // Not left at the first that is not ahead: that branch could not be foreseen.
    int slot = low;
    for (int s = low; s < high; s++) {
      slot += keys[s] < key ? 1 : 0;
    }
    return slot;
  }

  /** Rises in the order of ranks. */
  private static long key(float score, int position) {
    return ((long) (RadixRanks.key(score) ^ Integer.MIN_VALUE) << 32) | position;
  }

  /** Adds the uncrowded buckets to their slots and takes out the targets, which do not count. */
  private void fold(Row row, CellCount all) {
    int from = 0;
    for (int c = 0; c <= crowdCount; c++) {
      int crowd = crowds[c];
      all.slotSize[first[crowd]] += sum(all.population, from, crowd);
      from = crowd + 1;
    }
    for (int k = 0; k < row.targets; k++) {
      int candidate = row.positions[k];
      all.slotSize[slot(row, candidate, scale.bucket(row.scores[row.begin + candidate]))]--;
    }
  }

  private static int sum(int[] values, int from, int to) {
    int sum = 0;
    for (int i = from; i < to; i++) {
      sum += values[i];
    }
    return sum;
  }

  /** How many candidates other than targets are in a slot. */
  int size(int slot) {
    return counts.get(0).slotSize[slot];
  }
}
