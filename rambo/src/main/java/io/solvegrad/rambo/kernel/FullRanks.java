package io.solvegrad.rambo.kernel;

/** Full ranks of a row of any length. */
final class FullRanks {
  private final RowLoops loops;
  private final RowLoops plain = new PlainLoops();
  private final RadixRanks radix = new RadixRanks();

  FullRanks(RowLoops loops) {
    this.loops = loops;
  }

  /** On one thread. */
  void rank(float[] y, int begin, int n, int[] ranks) {
    rank(y, begin, n, ranks, 1);
  }

  void rank(float[] y, int begin, int n, int[] ranks, int threads) {
    switch (Dispatcher.ranking(n, loops.lanes(), threads)) {
      case TINY -> plain.countRanks(y, begin, n, ranks);
      case COUNTING -> loops.countRanks(y, begin, n, ranks);
      case NETWORK -> {
        if (!loops.networkRanks(y, begin, n, ranks)) {
          radix.rankNarrow(y, begin, n, ranks);
        }
      }
      case NARROW_RADIX -> radix.rankNarrow(y, begin, n, ranks);
      case WIDE_RADIX -> radix.rankWide(y, begin, n, ranks);
      case PARALLEL_RADIX -> radix.rankParallel(y, begin, n, ranks, threads);
    }
  }
}
