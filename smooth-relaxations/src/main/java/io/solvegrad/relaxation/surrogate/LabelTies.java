package io.solvegrad.relaxation.surrogate;

/** In which order {@link ListMle} takes candidates with equal labels. */
public enum LabelTies {
  /** In the order of the list. */
  INDEX,
  /**
   * At random, all orders equally likely; which one it is depends on the seed and on the number of
   * the list, not on scores or threads. Another seed for every step of a training makes the loss an
   * unbiased estimate of the mean over all orders.
   */
  RANDOM,
  /**
   * In none: each competes with all that have the same label or a smaller one. Does not depend on
   * the order of the list and bounds the loss of every order from above.
   *
   * <p>Source: Breslow, Biometrics 30, 1974, doi:10.2307/2529620, for the likelihood of Cox's model
   * with ties.
   */
  SHARED
}
