package io.solvegrad.ranking;

/**
 * Exponentials of whole rows, which is what softmax and pairwise sigmoids spend their time on. All
 * kernels give the same bits as {@link ScalarExponentials}, on vectors of any length: sums are kept
 * in {@link #LANES} parts, element i in part i mod LANES, which the caller adds up. Stateless, for
 * any number of threads; {@link RankKernels#exponentials} chooses the best that the JVM can run.
 */
public interface ExponentialKernel {

  /** The number of partial sums. */
  int LANES = 8;

  /**
   * Replaces each number by its exponential, to within two units in the last place: 0 below -708,
   * infinity above 709.
   *
   * @param values the exponents, NaN for NaN. Modified.
   * @param n how many there are, from index 0
   */
  void exp(double[] values, int n);

  /**
   * {@return the largest number of a row, NaN if one is NaN, -infinity if there is none}
   *
   * @param row holds the numbers. Not modified.
   * @param offset index of the first
   * @param n how many there are
   */
  float largest(float[] row, int offset, int n);

  /**
   * Writes e^(row - shift) in single precision, 0 where that is below e^-87, and adds to partial
   * sums in double precision: the exponentials from index 0 of the sums, the labels from LANES, and
   * label x (row - shift) from 2 x LANES.
   *
   * @param row holds the numbers, none of them above the shift. Not modified.
   * @param labels holds a label for each number at the same index. Not modified.
   * @param offset index of the first
   * @param n how many there are
   * @param shift what is subtracted
   * @param result receives n exponentials from index 0. Modified.
   * @param sums 3 x LANES partial sums. Modified (added to).
   */
  void expSums(
      float[] row, double[] labels, int offset, int n, float shift, float[] result, double[] sums);

  /**
   * Adds scale x value - labelScale x label, rounded to single precision, to each number of a row.
   *
   * @param values n numbers from index 0. Not modified.
   * @param scale what they are multiplied by
   * @param labels holds a label for each number of the row at the same index. Not modified.
   * @param labelScale what labels are multiplied by
   * @param row holds the sums. Modified (added to).
   * @param offset index of the first
   * @param n how many there are
   * @return how many summands were not zero
   */
  int addDifferences(
      float[] values,
      double scale,
      double[] labels,
      double labelScale,
      float[] row,
      int offset,
      int n);
}
