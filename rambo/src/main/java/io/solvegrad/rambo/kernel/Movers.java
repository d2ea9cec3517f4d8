package io.solvegrad.rambo.kernel;

import java.util.Arrays;

/**
 * The targets that move, each as the interval of scores that it passes: a score s is passed if lo
 * <= s < hi. The sign says whether the mover goes up, which costs those it passes a rank, or down.
 */
final class Movers {
  private static final int GROUP = 4;

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

  /** What a candidate's gradient gains by a change of rank d, at d & tableMask and repeated. */
  float[] summands = {};

  /** The same as bits. */
  int[] table = {};

  int tableMask;

  /** Room for places in the table, a block. */
  final int[] lookUp;

  private final int blockSize;

  Movers(int blockSize) {
    this.blockSize = blockSize;
    lookUp = new int[blockSize];
  }

  /** Takes up the targets whose score changes. Returns false if there are more than max. */
  boolean collect(float[] before, float[] after, int targets, int max) {
    ensure(max);
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
    Arrays.fill(lo, count, lo.length, 0);
    Arrays.fill(hi, count, hi.length, 0);
    Arrays.fill(sign, count, sign.length, 0);
    Arrays.fill(passed, 0);
    count = (moving + GROUP - 1) & -GROUP;
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

  /**
   * Fills the table; adding -0.0 leaves every float as it is, adding 0.0 would turn -0.0 around.
   */
  void tabulate(double lambda) {
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
      float summand = d == 0 ? -0f : (float) (d / lambda);
      for (int i = d & tableMask; i < size; i += period) {
        summands[i] = summand;
        table[i] = Float.floatToRawIntBits(summand);
      }
    }
  }

  /** What a change of rank adds to the gradient. */
  float summand(int change) {
    return summands[change & tableMask];
  }

  /** Candidates behind the mover in index order meet it with thresholds one float higher. */
  void cross(int mover) {
    lo[mover] = Math.nextUp(lo[mover]);
    hi[mover] = Math.nextUp(hi[mover]);
  }
}
