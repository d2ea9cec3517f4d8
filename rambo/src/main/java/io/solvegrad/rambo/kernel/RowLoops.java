package io.solvegrad.rambo.kernel;

/**
 * The loops over a row for which there is a plain and a vector form. Ranges are half-open; nothing
 * is modified but what a method is there to write.
 */
interface RowLoops {

  /** Floats in a vector, 1 without vectors. */
  int lanes();

  /** Index of the first NaN in a range, or -1. */
  int firstNaN(float[] y, int begin, int end);

  /** Ranks of a short row by comparing every score with every other. */
  void countRanks(float[] y, int begin, int n, int[] ranks);

  /**
   * Ranks of a row of at most {@link SortingNetwork#SIZE} by a network; false, and nothing said
   * about ranks, if this row is none for it.
   */
  boolean networkRanks(float[] y, int begin, int n, int[] ranks);

  /**
   * The bucket of each score, min(last, max(0, (int) ((top - y) * scale))).
   *
   * @param buckets receives end - begin values from index 0
   */
  void buckets(float[] y, int begin, int end, Scale scale, int[] buckets);

  /** Adds values[buckets[i]] to the gradient at begin + i, for count values of i. */
  void addLookedUp(float[] gradient, int begin, int count, int[] buckets, float[] values);

  /**
   * A linear map from scores to buckets, larger scores first. Mutable, so that it can be reused.
   */
  final class Scale {
    float top;
    float factor;
    int last;

    void set(float newTop, float newFactor, int newLast) {
      top = newTop;
      factor = newFactor;
      last = newLast;
    }

    int bucket(float score) {
      return Math.min(last, Math.max(0, (int) ((top - score) * factor)));
    }
  }
}
