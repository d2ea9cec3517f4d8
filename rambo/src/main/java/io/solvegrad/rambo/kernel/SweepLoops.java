package io.solvegrad.rambo.kernel;

/**
 * The loops that compare every score with a few thresholds. Only vectors make them worth while, so
 * there is no plain form.
 */
interface SweepLoops extends RowLoops {

  /** Scores that are handled at a time, a power of two and at most 64. */
  int blockSize();

  /**
   * Adds to each count how many scores are not below its threshold.
   *
   * @param end a whole number of blocks behind begin
   * @param m a multiple of 4
   */
  void countNotBelow(float[] y, int begin, int end, float[] thresholds, int[] counts, int m);

  /** Prepares movers for sweeps over a row. */
  void prepare(Movers movers, FullRanks fullRanks);

  /**
   * Counts the scores that each mover passes and adds the change of rank to the gradient: score i
   * belongs to gradient i + shift. Counts stand in the movers after {@link #finish}.
   *
   * @param end a whole number of blocks behind begin
   */
  void sweep(float[] y, int begin, int end, float[] gradient, int shift, Movers movers);

  /** Gives the movers what the sweeps have counted. */
  void finish(Movers movers);

  /**
   * How many scores equal a, plus how many equal b.
   *
   * @param end a whole number of blocks behind begin
   */
  int countEqual(float[] y, int begin, int end, float a, float b);
}
