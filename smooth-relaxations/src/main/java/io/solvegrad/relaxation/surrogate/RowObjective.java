package io.solvegrad.relaxation.surrogate;

/**
 * An objective with one element a list that can also read a row of single-precision scores where
 * the caller keeps it, without a copy: nothing excluded, all weights 1, labels as they are.
 */
interface RowObjective extends ListObjective {

  /**
   * The loss of a row; adds scale times the gradient to the caller's array.
   *
   * @return the loss, without the scale, or NaN if the row has to be read in the general way;
   *     nothing has been added then
   */
  double evaluateRow(PlainRow row, double scale);

  @Override
  default double elements(LabelledList list) {
    return 1;
  }
}
