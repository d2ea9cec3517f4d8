package io.solvegrad.ranking;

/** What a list in which there is nothing to find counts for. Its gradient is zero in any case. */
public enum EmptyQueries {
  /** It is left out of every mean. */
  SKIP,
  /** Its metric is 0: the loss of the list is 1. */
  ZERO,
  /** Its metric is 1: the loss of the list is 0, and it counts in the mean. */
  ONE
}
