package io.solvegrad.rambo.kernel;

/**
 * The loops over a row for which there is a plain and a vector form. Ranges are half-open; nothing
 * is modified but what a method is there to write.
 */
interface RowLoops {

  /** Scores that are handled at a time, a power of two and at most 64. */
  int blockSize();

  /** Most thresholds for which comparing each score with each threshold is worth it; may be 0. */
  int fewThresholds();

  /** Index of the first NaN in a range, or -1. */
  int firstNaN(float[] y, int begin, int end);

  /** Ranks of a short row; false, and nothing said about ranks, if this row is none for it. */
  boolean shortRanks(float[] y, int begin, int n, int[] ranks);

  /**
   * Adds to each count how many scores are not below its threshold.
   *
   * @param end a whole number of blocks behind begin
   * @param m a multiple of 4
   */
  void countNotBelow(float[] y, int begin, int end, float[] thresholds, int[] counts, int m);

  /**
   * Counts the scores that each mover passes and adds the change of rank to the gradient: score i
   * belongs to gradient i + shift.
   *
   * @param end a whole number of blocks behind begin
   * @return how many scores have changed their rank
   */
  int sweep(float[] y, int begin, int end, float[] gradient, int shift, Movers movers);

  /**
   * Takes back what a sweep has counted for one score.
   *
   * @return 1 if it has changed the rank of that score
   */
  int undo(float score, Movers movers);

  /**
   * Whether a score of the block at begin equals a or b and stands behind the given lane. May be
   * true without need, never false without reason: the array may end before the block.
   */
  boolean tiedBehind(float[] y, int begin, int lane, float a, float b);

  /**
   * The bucket of each score, min(last, max(0, (int) ((top - y) * scale))).
   *
   * @param buckets receives end - begin values from index 0
   */
  void buckets(float[] y, int begin, int end, Scale scale, int[] buckets);

  /** Adds values[buckets[i]] to the gradient at begin + i, for count values of i. */
  void addLookedUp(float[] gradient, int begin, int count, int[] buckets, float[] values);

  /** A linear map from scores to buckets, larger scores first. */
  record Scale(float top, float factor, int last) {
    int bucket(float score) {
      return Math.min(last, Math.max(0, (int) ((top - score) * factor)));
    }
  }
}
