package io.solvegrad.rambo.kernel;

import java.util.Arrays;

/**
 * The targets that move, each as the interval of scores that it passes: a score s is passed if lo
 * <= s < hi. The sign says whether the mover goes up, which costs those it passes a rank, or down.
 */
final class Movers {
  private static final int GROUP = 4;
  // Lanes of the widest vector.
  private static final int LANES = 16;
  private static final int MOST_KEPT = 64;

  /** Number of movers. */
  int moving;

  /** Number of intervals: the movers, padded with empty intervals to whole groups of 4. */
  int count;

  float[] lo = {};
  float[] hi = {};
  int[] sign = {};
  int[] target = {};

  /** How many candidates each mover has passed. */
  int[] passed = {};

  /** Counters by lane that {@link #addLanes} sums up: of four movers, and of changed ranks. */
  final int[] lanes = new int[(GROUP + 1) * LANES];

  private double lambda;
  // The last lambda is mostly the next one too, and divisions take long.
  private double quotientsLambda;
  private final float[] quotients = new float[2 * MOST_KEPT + 1];

  /** What a candidate's gradient gains by a change of rank d, at d & tableMask and repeated. */
  float[] summands = {};

  /** The same as bits. */
  int[] table = {};

  int tableMask;

  /** Room for places in the table, a block. */
  final int[] lookUp;

  /** How many candidates have changed their rank. */
  int changed;

  /** Their thresholds, if planted: where the loops over the row want a tree. */
  final ThresholdTree tree = new ThresholdTree();

  private boolean planted;

  private final int blockSize;

  Movers(int blockSize) {
    this.blockSize = blockSize;
    lookUp = new int[blockSize];
  }

  /** Takes up the targets whose score changes. Returns false if there are more than max. */
  boolean collect(float[] before, float[] after, int targets, int max, double strength) {
    ensure(max);
    lambda = strength;
    keepQuotients();
    count = 0;
    for (int k = 0; k < targets; k++) {
      if (before[k] == after[k]) {
        continue;
      }
      if (count == max || Math.max(before[k], after[k]) == Float.POSITIVE_INFINITY) {
        // No float lies above infinity, so ties with it cannot be told apart by thresholds.
        return false;
      }
      lo[count] = Math.min(before[k], after[k]);
      hi[count] = Math.max(before[k], after[k]);
      sign[count] = after[k] > before[k] ? 1 : -1;
      target[count++] = k;
    }
    moving = count;
    changed = 0;
    planted = false;
    count = (moving + GROUP - 1) & -GROUP;
    Arrays.fill(lo, moving, count, 0);
    Arrays.fill(hi, moving, count, 0);
    Arrays.fill(sign, moving, count, 0);
    Arrays.fill(passed, 0, count, 0);
    Arrays.fill(lanes, 0);
    return true;
  }

  private void ensure(int max) {
    int room = max + GROUP + blockSize;
    if (lo.length < room) {
      lo = new float[room];
      hi = new float[room];
      sign = new int[room];
      target = new int[room];
      passed = new int[room];
    }
  }

  /** Fills the table. */
  void tabulate() {
    int period = Integer.highestOneBit(Math.max(1, moving)) << 1;
    int size = Math.max(blockSize, period);
    if (table.length < size) {
      table = new int[size];
      summands = new float[size];
    }
    tableMask = period - 1;
    int down = 0;
    for (int j = 0; j < moving; j++) {
      down += sign[j] < 0 ? 1 : 0;
    }
    for (int d = -down; d < period - down; d++) {
      float summand = summand(d);
      for (int i = d & tableMask; i < size; i += period) {
        summands[i] = summand;
        table[i] = Float.floatToRawIntBits(summand);
      }
    }
  }

  /** What a change of rank adds to the gradient, -0.0 for none. */
  float summand(int change) {
    return Math.abs(change) <= MOST_KEPT
        ? quotients[MOST_KEPT + change]
        : (float) (change / lambda);
  }

  private void keepQuotients() {
    if (quotientsLambda != lambda) {
      quotientsLambda = lambda;
      for (int d = -MOST_KEPT; d <= MOST_KEPT; d++) {
        // Adding -0.0 leaves every float as it is, adding 0.0 would turn -0.0 around.
        quotients[MOST_KEPT + d] = d == 0 ? -0f : (float) (d / lambda);
      }
    }
  }

  /** Takes over what has been counted by lane. */
  void addLanes() {
    for (int j = 0; j < Math.min(GROUP, moving); j++) {
      passed[j] += sumOfLanes(j);
    }
    changed += sumOfLanes(GROUP);
  }

  private int sumOfLanes(int row) {
    int vectorLanes = blockSize / 2;
    int sum = 0;
    for (int lane = 0; lane < vectorLanes; lane++) {
      sum += lanes[row * vectorLanes + lane];
    }
    return sum;
  }

  /** Lays the thresholds out as a tree. */
  void plant(FullRanks fullRanks) {
    tree.plant(this, fullRanks);
    planted = true;
  }

  /** Whether a score lies in the interval of a mover. */
  boolean passes(int mover, float score) {
    return score >= lo[mover] && score < hi[mover];
  }

  /** Takes back what a sweep has counted for one score. */
  void forget(float score) {
    if (planted) {
      tree.forget(score);
      return;
    }
    int change = 0;
    for (int j = 0; j < moving; j++) {
      if (passes(j, score)) {
        passed[j]--;
        change += sign[j];
      }
    }
    changed -= change == 0 ? 0 : 1;
  }

  boolean planted() {
    return planted;
  }

  /** Candidates behind the mover in index order meet it with thresholds one float higher. */
  void cross(int mover) {
    lo[mover] = Math.nextUp(lo[mover]);
    hi[mover] = Math.nextUp(hi[mover]);
    if (planted) {
      tree.raise(this, mover);
    }
  }
}
