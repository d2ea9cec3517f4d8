package io.solvegrad.ranking;

/**
 * What a list in which there is nothing to find counts for. Its gradient is zero in any case.
 *
 * <p>Data has such lists, so they are no error, and neither are lists that have no candidates at
 * all, which are left out of every mean whatever is chosen here. A batch without lists, or with
 * none that counts, has loss 0 and gradient 0. Errors are offsets that run backwards, arrays of
 * other lengths than the batch and numbers that mean nothing.
 */
public enum EmptyQueries {
  /** It is left out of every mean. */
  SKIP,
  /** Its metric is 0: the loss of the list is 1. */
  ZERO,
  /** Its metric is 1: the loss of the list is 0, and it counts in the mean. */
  ONE
}
