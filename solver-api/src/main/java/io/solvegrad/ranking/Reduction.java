package io.solvegrad.ranking;

/** How the losses of lists become one number. Query weights multiply each list's share. */
public enum Reduction {
  /** The mean over lists of loss / normaliser, as in the papers: every query counts the same. */
  QUERY_MEAN,
  /** The sum of losses over the sum of normalisers: every relevant candidate counts the same. */
  MICRO,
  /** The sum over lists of loss / normaliser. */
  SUM,
  /** The sum over lists of the loss, not divided by anything. */
  TOTAL
}
