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
  // Where nothing ties, thresholds rise once a chunk: to stop at every target would cost more than
  // to look behind each for ties up to the end of its chunk. Few targets seldom share a chunk.
  private static final int LONG_CHUNK = 256;
  private static final int SPARSE_TARGETS = 16;

  private final SweepLoops loops;
  private final FullRanks fullRanks;
  private final Movers movers;
  private final int size;
  private final int most;
  private final float[] block;
  private final float[] blockGradient;
  private final float[] thresholds;
  private final int[] counts;
  private final float[] saved;

  FewTargets(SweepLoops loops) {
    this.loops = loops;
    fullRanks = new FullRanks(loops);
    size = loops.blockSize();
    movers = new Movers(size);
    block = new float[size];
    blockGradient = new float[size];
    most = Dispatcher.mostMovers(loops.lanes());
    thresholds = new float[most + 4];
    counts = new int[most + 4];
    saved = new float[most];
  }

  /**
   * The first position of the block that is to be handled apart when targets from k on are left.
   */
  private int nextBlock(Row row, int k) {
    return (k < row.targets ? row.positions[k] : row.length) & -size;
  }

  /** Where the chunk of the next target begins, or the last one of a stretch without any. */
  private static int chunkOf(Row row, int k, int limit, int chunk) {
    return Math.min(k < row.targets ? row.positions[k] : limit, limit) & -chunk;
  }

  private int chunk(Row row) {
    return row.targets <= SPARSE_TARGETS ? 2 * size : LONG_CHUNK;
  }

  /**
   * Adds to each rank the number of other candidates of a stretch ahead of the target.
   *
   * @param begin where the stretch begins, a whole number of chunks
   * @param limit where it ends
   */
  void addAhead(Row row, int begin, int limit, int[] ranks) {
    int padded = (row.targets + 3) & -4;
    System.arraycopy(row.before, 0, thresholds, 0, row.targets);
    Arrays.fill(thresholds, row.targets, padded, Float.NaN);
    Arrays.fill(counts, 0, padded, 0);
    int chunk = chunk(row);
    int from = begin;
    int k = row.targetsBefore(begin);
    for (int t = 0; t < k; t++) {
      thresholds[t] = above(thresholds[t]);
    }
    while (from < limit) {
      int start = chunkOf(row, k, limit, chunk);
      int end = Math.min(start + chunk, limit);
      int next = targetsBefore(row, end, k);
      if (end - start == chunk && !tied(row, start, end, k, next)) {
        loops.countNotBelow(
            row.scores, row.begin + from, row.begin + end, thresholds, counts, padded);
        uncount(row, k, next, padded);
        for (int t = k; t < next; t++) {
          thresholds[t] = above(thresholds[t]);
        }
      } else {
        countByBlocks(row, from, end, k, padded);
      }
      k = next;
      from = end;
    }
    for (k = 0; k < row.targets; k++) {
      ranks[k] += counts[k];
    }
  }

  /** Whether a candidate of a chunk equals a target in it. */
  private boolean tied(Row row, int start, int end, int k, int next) {
    for (int t = k; t < next; t++) {
      if (othersEqual(row, start, end, row.positions[t], thresholds[t], thresholds[t])) {
        return true;
      }
    }
    return false;
  }

  private boolean othersEqual(Row row, int start, int end, int position, float a, float b) {
    float own = row.scores[row.begin + position];
    int expected = (own == a ? 1 : 0) + (own == b ? 1 : 0);
    return loops.countEqual(row.scores, row.begin + start, row.begin + end, a, b) != expected;
  }

  /** Targets do not count, whatever stands in the row in their places. */
  private void uncount(Row row, int k, int next, int padded) {
    for (int t = k; t < next; t++) {
      float score = row.scores[row.begin + row.positions[t]];
      for (int j = 0; j < padded; j++) {
        counts[j] -= score >= thresholds[j] ? 1 : 0;
      }
    }
  }

  private void countByBlocks(Row row, int first, int last, int firstTarget, int padded) {
    int from = first;
    int k = firstTarget;
    while (from < last) {
      int start = Math.min(last, nextBlock(row, k));
      if (from < start) {
        int begin = row.begin + from;
        loops.countNotBelow(row.scores, begin, row.begin + start, thresholds, counts, padded);
      }
      if (start < last) {
        int end = Math.min(start + size, last);
        int next = copyBlock(row, start, end, k);
        loops.countNotBelow(block, 0, size, thresholds, counts, padded);
        for (; k < next; k++) {
          cross(k, row.positions[k] - start);
        }
        from = end;
      } else {
        from = last;
      }
    }
  }

  /** Candidates behind the target yield to it where they are equal. */
  private void cross(int k, int lane) {
    float threshold = thresholds[k];
    if (loops.countEqual(block, 0, size, threshold, threshold) > 0) {
      for (int l = lane + 1; l < size; l++) {
        counts[k] -= block[l] == threshold ? 1 : 0;
      }
    }
    thresholds[k] = above(threshold);
  }

  private static float above(float threshold) {
    // Above infinity there is only NaN: nothing is not below it.
    return threshold == Float.POSITIVE_INFINITY ? Float.NaN : Math.nextUp(threshold);
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
   * Adds the change of rank of all candidates of a stretch but the targets to the gradient, and to
   * each change what the target itself gains by passing others.
   *
   * @param begin where the stretch begins, a whole number of chunks
   * @param limit where it ends
   * @param change for each target. Modified.
   * @return how many candidates have changed their rank, or -1, and nothing done, if this row is
   *     none for counting
   */
  int addChange(Row row, int begin, int limit, double lambda, int[] change) {
    if (!movers.collect(row.before, row.after, row.targets, most, lambda)) {
      return -1;
    }
    int from = begin;
    int k = row.targetsBefore(begin);
    int mover = moversBefore(k, 0);
    // Sorted before they rise: only then does their order stay true as they rise one by one.
    loops.prepare(movers, fullRanks);
    raise(0, mover);
    int chunk = chunk(row);
    while (from < limit) {
      int start = chunkOf(row, k, limit, chunk);
      int end = Math.min(start + chunk, limit);
      int next = targetsBefore(row, end, k);
      int nextMover = moversBefore(next, mover);
      if (end - start == chunk && !tiedMovers(row, start, end, mover, nextMover)) {
        sweepThrough(row, from, end, k, next);
        raise(mover, nextMover);
      } else {
        sweepByBlocks(row, from, end, k, mover);
      }
      k = next;
      mover = nextMover;
      from = end;
    }
    loops.finish(movers);
    for (int j = 0; j < movers.moving; j++) {
      change[movers.target[j]] -= movers.sign[j] * movers.passed[j];
    }
    return movers.changed;
  }

  private void sweepByBlocks(Row row, int first, int last, int firstTarget, int firstMover) {
    int from = first;
    int k = firstTarget;
    int mover = firstMover;
    while (from < last) {
      int start = Math.min(last, nextBlock(row, k));
      int end = Math.min(start + size, last);
      int next = targetsBefore(row, end, k);
      int nextMover = moversBefore(next, mover);
      if (end - start == size && !tiedMovers(row, start, end, mover, nextMover)) {
        sweepThrough(row, from, end, k, next);
      } else {
        sweepUpTo(row, from, start, end, k, mover, nextMover);
      }
      raise(mover, nextMover);
      k = next;
      mover = nextMover;
      from = end;
    }
  }

  private int moversBefore(int target, int mover) {
    int next = mover;
    while (next < movers.moving && movers.target[next] < target) {
      next++;
    }
    return next;
  }

  private void raise(int mover, int nextMover) {
    for (int j = mover; j < nextMover; j++) {
      movers.cross(j);
    }
  }

  private static int targetsBefore(Row row, int end, int k) {
    int next = k;
    while (next < row.targets && row.positions[next] < end) {
      next++;
    }
    return next;
  }

  /** Whether a candidate of a stretch equals one of the two scores of a mover in it. */
  private boolean tiedMovers(Row row, int start, int end, int mover, int nextMover) {
    for (int j = mover; j < nextMover; j++) {
      int position = row.positions[movers.target[j]];
      if (othersEqual(row, start, end, position, movers.lo[j], movers.hi[j])) {
        return true;
      }
    }
    return false;
  }

  /** Sweeps up to the end of a stretch without ties, then undoes what that did to its targets. */
  private void sweepThrough(Row row, int from, int end, int k, int next) {
    float[] gradient = row.gradient;
    for (int t = k; t < next; t++) {
      saved[t] = gradient[row.gradientBegin + row.positions[t]];
    }
    sweep(row, from, end);
    for (int t = k; t < next; t++) {
      gradient[row.gradientBegin + row.positions[t]] = saved[t];
      movers.forget(row.scores[row.begin + row.positions[t]]);
    }
  }

  private void sweep(Row row, int from, int end) {
    int shift = row.gradientBegin - row.begin;
    loops.sweep(row.scores, row.begin + from, row.begin + end, row.gradient, shift, movers);
  }

  /** Sweeps up to a block with ties or less than a whole one, which is handled in a copy. */
  private void sweepUpTo(Row row, int from, int start, int end, int k, int mover, int nextMover) {
    if (from < start) {
      sweep(row, from, start);
    }
    if (start < end) {
      copyBlock(row, start, end, k);
      if (tiedCopy(mover, nextMover)) {
        sweepTied(row, start, end, mover, nextMover);
      } else {
        sweepBlock(row, start, end);
      }
    }
  }

  private boolean tiedCopy(int mover, int nextMover) {
    for (int j = mover; j < nextMover; j++) {
      if (loops.countEqual(block, 0, size, movers.lo[j], movers.hi[j]) > 0) {
        return true;
      }
    }
    return false;
  }

  private void sweepBlock(Row row, int start, int end) {
    int filled = end - start;
    System.arraycopy(row.gradient, row.gradientBegin + start, blockGradient, 0, filled);
    loops.sweep(block, 0, size, blockGradient, 0, movers);
    System.arraycopy(blockGradient, 0, row.gradient, row.gradientBegin + start, filled);
  }

  /** One by one, because movers of this block meet equal candidates by position. */
  private void sweepTied(Row row, int start, int end, int mover, int nextMover) {
    for (int i = start; i < end; i++) {
      float score = block[i - start];
      int change = 0;
      for (int j = 0; j < movers.moving; j++) {
        boolean behind = j >= mover && j < nextMover && row.positions[movers.target[j]] < i;
        boolean passed =
            behind ? score > movers.lo[j] && score <= movers.hi[j] : movers.passes(j, score);
        movers.passed[j] += passed ? 1 : 0;
        change += passed ? movers.sign[j] : 0;
      }
      if (change != 0) {
        row.gradient[row.gradientBegin + i] += movers.summand(change);
        movers.changed++;
      }
    }
  }
}
