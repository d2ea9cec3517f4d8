package io.solvegrad.rambo.kernel;

import java.util.Arrays;

/**
 * Compares every candidate with every target in one pass over the row.
 *
 * <p>Ties go by position: a candidate before a target yields to it only where its score is less,
 * one behind it also where it is equal, that is, less than the next float. So the pass goes from
 * one target to the next, the threshold of a target rises by one float when the pass crosses it,
 * and the block around a target is handled apart, in a copy from which the targets are erased.
 */
final class FewTargets {
  private final RowLoops loops;
  private final Movers movers;
  private final int size;
  private final float[] block;
  private final float[] blockGradient;
  private final float[] thresholds;
  private final int[] counts;
  private final float[] saved;

  FewTargets(RowLoops loops) {
    this.loops = loops;
    size = loops.blockSize();
    movers = new Movers(size);
    block = new float[size];
    blockGradient = new float[size];
    thresholds = new float[loops.fewThresholds() + 4];
    counts = new int[loops.fewThresholds() + 4];
    saved = new float[loops.fewThresholds()];
  }

  /**
   * The first position of the block that is to be handled apart when targets from k on are left.
   */
  private int nextBlock(Row row, int k) {
    return (k < row.targets ? row.positions[k] : row.length) & -size;
  }

  /** Adds to each rank the number of other candidates ahead of the target. */
  void addAhead(Row row, int[] ranks) {
    int padded = (row.targets + 3) & -4;
    System.arraycopy(row.before, 0, thresholds, 0, row.targets);
    Arrays.fill(thresholds, row.targets, padded, Float.NaN);
    Arrays.fill(counts, 0, padded, 0);
    int from = 0;
    int k = 0;
    while (from < row.length) {
      int start = nextBlock(row, k);
      if (from < start) {
        int begin = row.begin + from;
        loops.countNotBelow(row.scores, begin, row.begin + start, thresholds, counts, padded);
      }
      int end = Math.min(start + size, row.length);
      int next = copyBlock(row, start, end, k);
      loops.countNotBelow(block, 0, size, thresholds, counts, padded);
      for (; k < next; k++) {
        cross(k, row.positions[k] - start);
      }
      from = end;
    }
    for (k = 0; k < row.targets; k++) {
      ranks[k] += counts[k];
    }
  }

  /** Candidates behind the target yield to it where they are equal. */
  private void cross(int k, int lane) {
    float threshold = thresholds[k];
    if (loops.tiedBehind(block, 0, lane, threshold, threshold)) {
      for (int l = lane + 1; l < size; l++) {
        counts[k] -= block[l] == threshold ? 1 : 0;
      }
    }
    // Above infinity there is only NaN: nothing is not below it.
    thresholds[k] = threshold == Float.POSITIVE_INFINITY ? Float.NaN : Math.nextUp(threshold);
  }

  /** Copies a block without its targets and returns the number of the first target behind it. */
  private int copyBlock(Row row, int start, int end, int k) {
    int filled = end - start;
    System.arraycopy(row.scores, row.begin + start, block, 0, filled);
    Arrays.fill(block, filled, size, Float.NaN);
    int next = k;
    while (next < row.targets && row.positions[next] < end) {
      block[row.positions[next++] - start] = Float.NaN;
    }
    return next;
  }

  /**
   * Adds the change of rank of all candidates but the targets to the gradient, and to each change
   * what the target itself gains by passing others.
   *
   * @param change for each target. Modified.
   * @return how many candidates have changed their rank, or -1, and nothing done, if this row is
   *     none for counting
   */
  int addChange(Row row, double lambda, int[] change) {
    if (!movers.collect(row.before, row.after, row.targets, loops.fewThresholds())) {
      return -1;
    }
    movers.tabulate(lambda);
    int changed = 0;
    int from = 0;
    int k = 0;
    int mover = 0;
    while (from < row.length) {
      int start = nextBlock(row, k);
      int end = Math.min(start + size, row.length);
      int next = targetsBefore(row, end, k);
      int nextMover = mover;
      while (nextMover < movers.moving && movers.target[nextMover] < next) {
        nextMover++;
      }
      changed +=
          end - start == size && !tied(row, start, mover, nextMover)
              ? sweepThrough(row, from, end, k, next)
              : sweepUpTo(row, from, start, end, k, mover, nextMover);
      for (; mover < nextMover; mover++) {
        movers.cross(mover);
      }
      k = next;
      from = end;
    }
    for (int j = 0; j < movers.moving; j++) {
      change[movers.target[j]] -= movers.sign[j] * movers.passed[j];
    }
    return changed;
  }

  private static int targetsBefore(Row row, int end, int k) {
    int next = k;
    while (next < row.targets && row.positions[next] < end) {
      next++;
    }
    return next;
  }

  /**
   * Whether a candidate behind a mover of this block, in the block, equals one of its two scores.
   */
  private boolean tied(Row row, int start, int mover, int nextMover) {
    for (int j = mover; j < nextMover; j++) {
      int position = row.positions[movers.target[j]];
      if (loops.tiedBehind(
          row.scores, row.begin + start, position - start, movers.lo[j], movers.hi[j])) {
        return true;
      }
    }
    return false;
  }

  /** Sweeps up to the end of a block without ties, then undoes what that did to its targets. */
  private int sweepThrough(Row row, int from, int end, int k, int next) {
    float[] gradient = row.gradient;
    for (int t = k; t < next; t++) {
      saved[t] = gradient[row.gradientBegin + row.positions[t]];
    }
    int changed = sweep(row, from, end);
    for (int t = k; t < next; t++) {
      gradient[row.gradientBegin + row.positions[t]] = saved[t];
      changed -= loops.undo(row.scores[row.begin + row.positions[t]], movers);
    }
    return changed;
  }

  private int sweep(Row row, int from, int end) {
    int shift = row.gradientBegin - row.begin;
    return loops.sweep(row.scores, row.begin + from, row.begin + end, row.gradient, shift, movers);
  }

  /** Sweeps up to a block with ties or less than a whole one, which is handled in a copy. */
  private int sweepUpTo(Row row, int from, int start, int end, int k, int mover, int nextMover) {
    int changed = from < start ? sweep(row, from, start) : 0;
    if (start < end) {
      copyBlock(row, start, end, k);
      changed +=
          tied(row, start, mover, nextMover)
              ? sweepTied(row, start, end, mover, nextMover)
              : sweepBlock(row, start, end);
    }
    return changed;
  }

  private int sweepBlock(Row row, int start, int end) {
    int filled = end - start;
    System.arraycopy(row.gradient, row.gradientBegin + start, blockGradient, 0, filled);
    int changed = loops.sweep(block, 0, size, blockGradient, 0, movers);
    System.arraycopy(blockGradient, 0, row.gradient, row.gradientBegin + start, filled);
    return changed;
  }

  /** One by one, because movers of this block meet equal candidates by position. */
  private int sweepTied(Row row, int start, int end, int mover, int nextMover) {
    int changed = 0;
    for (int i = start; i < end; i++) {
      float score = block[i - start];
      int change = 0;
      for (int j = 0; j < movers.moving; j++) {
        boolean behind = j >= mover && j < nextMover && row.positions[movers.target[j]] < i;
        boolean passed =
            behind
                ? score > movers.lo[j] && score <= movers.hi[j]
                : score >= movers.lo[j] && score < movers.hi[j];
        movers.passed[j] += passed ? 1 : 0;
        change += passed ? movers.sign[j] : 0;
      }
      if (change != 0) {
        row.gradient[row.gradientBegin + i] += movers.summand(change);
        changed++;
      }
    }
    return changed;
  }
}
