package io.solvegrad.rambo.kernel;

/**
 * Chooses the way by the length of a row, the number of its targets and the width of vectors. All
 * thresholds of this package stand here, with what set them: measurements on two Zen 4 cores with
 * 512-bit vectors, one thread, normal scores, and moves of standard deviation 0.3. bench/RESULTS.md
 * has the tables of whole runs.
 */
final class Dispatcher {

  /** Ways to full ranks. */
  enum Ranking {
    /** Every score against every other, in plain Java. */
    TINY,
    /** The same with the loops at hand. */
    COUNTING,
    NETWORK,
    NARROW_RADIX,
    WIDE_RADIX,
    PARALLEL_RADIX
  }

  /** Ways to what depends on targets alone. */
  enum Sparse {
    /** Every candidate against few thresholds. */
    FEW,
    /** Every candidate into a cell between sorted thresholds. */
    CELLS,
    /** Full ranks, where targets are dense. */
    FULL
  }

  // Up to 8 scores a few scalar comparisons beat setting up vectors.
  private static final int TINY_ROW = 8;
  // Nanoseconds a score, 512 bits: counting 2.4 at 64 and 6.3 at 256, and the network 2.9 for
  // all of its 256 places however few are in use. In plain Java radix is used from 25 scores on.
  private static final int COUNTED_ROW = 144;
  private static final int PLAIN_COUNTED_ROW = 24;
  // Four digits of 8 bits take 7.1 at 256 and 6.2 at 1024, three of 11 bits 10.2 and 6.4: those
  // have more counters to clear. At 4096 it is 6.0 and 5.8.
  private static final int NARROW_ROW = 2048;
  // Three rounds of hand-over: worth it where a row takes milliseconds. At 1M two threads gain
  // 1.95 with full ranks, 1.57 with cells and 1.42 with few targets. The limit was not searched.
  private static final int PARALLEL_ROW = 1 << 18;

  // Rows of 4096 with 64 movers: 11 microseconds by the tree of 128 thresholds, 20 by cells,
  // some 43 by two full ranks. Wider trees do not fit into registers. With 8 lanes this one does
  // not either, and comparing with every mover is done up to 32; with 4 lanes there is no look-up
  // by vector, so the table of summands has to fit into one register.
  private static final int FEW_MOVERS = 64;
  private static final int FEW_MOVERS_NARROW = 32;
  // Rows of 4096: comparing with each of 16 thresholds takes 2.8 microseconds; with 64 it takes 17,
  // and cells take 11.
  private static final int FEW_THRESHOLDS = 32;
  // One target among so few candidates: sorting thresholds costs as much as sorting the row.
  private static final int DENSE = 8;
  // So many comparisons a candidate in crowded cells take as long as two full ranks.
  private static final double MOST_COMPARISONS = 3;

  private Dispatcher() {}

  /** {@return into how many stretches a row is split for what depends on targets alone} */
  static int stretches(int n, int threads) {
    return n < PARALLEL_ROW ? 1 : threads;
  }

  /**
   * {@return how to rank a row}
   *
   * @param lanes floats in a vector, 1 without vectors
   */
  static Ranking ranking(int n, int lanes, int threads) {
    if (n <= TINY_ROW) {
      return Ranking.TINY;
    }
    if (n <= (lanes > 1 ? COUNTED_ROW : PLAIN_COUNTED_ROW)) {
      return Ranking.COUNTING;
    }
    if (lanes > 1 && n <= SortingNetwork.SIZE) {
      return Ranking.NETWORK;
    }
    if (n <= NARROW_ROW) {
      return Ranking.NARROW_RADIX;
    }
    return n < PARALLEL_ROW || threads == 1 ? Ranking.WIDE_RADIX : Ranking.PARALLEL_RADIX;
  }

  /** {@return how to find the ranks of targets} */
  static Sparse targetRanks(int targets, int n, int lanes) {
    return targets <= Math.min(FEW_THRESHOLDS, mostMovers(lanes)) ? Sparse.FEW : many(targets, n);
  }

  /** {@return how to find the change of ranks when targets move} */
  static Sparse rankChange(int targets, int n, int lanes) {
    return targets <= mostMovers(lanes) ? Sparse.FEW : many(targets, n);
  }

  /** {@return how to go on where there are too many targets to compare with} */
  static Sparse many(int targets, int n) {
    return (long) targets * DENSE > n ? Sparse.FULL : Sparse.CELLS;
  }

  /** {@return the most movers with which every candidate is compared} */
  static int mostMovers(int lanes) {
    if (lanes >= 16) {
      return FEW_MOVERS;
    }
    return lanes >= 8 ? FEW_MOVERS_NARROW : lanes - 1;
  }

  /** {@return the most movers whose tree of thresholds the registers hold} */
  static int mostInTree(int lanes) {
    return lanes >= 16 ? FEW_MOVERS : 0;
  }

  /**
   * {@return whether cells are too crowded}
   *
   * @param comparisons how many a candidate takes in its cell, by a sample
   */
  static boolean crowded(double comparisons) {
    return comparisons > MOST_COMPARISONS;
  }
}
