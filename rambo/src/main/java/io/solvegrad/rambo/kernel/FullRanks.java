package io.solvegrad.rambo.kernel;

/** Full ranks of a row of any length. */
final class FullRanks {
  // Up to here a few scalar comparisons beat setting up vectors.
  private static final int TINY = 8;

  private final RowLoops loops;
  private final RowLoops tiny = new PlainLoops();
  private final RadixRanks radix;

  FullRanks(RowLoops loops, int threads) {
    this.loops = loops;
    this.radix = new RadixRanks(threads);
  }

  void rank(float[] y, int begin, int n, int[] ranks) {
    if (n <= TINY) {
      tiny.shortRanks(y, begin, n, ranks);
    } else if (!loops.shortRanks(y, begin, n, ranks)) {
      radix.rank(y, begin, n, ranks);
    }
  }
}
