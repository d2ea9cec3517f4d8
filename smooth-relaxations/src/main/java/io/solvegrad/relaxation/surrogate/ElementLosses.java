package io.solvegrad.relaxation.surrogate;

/**
 * Receives the losses of a batch element by element, before any average; what is not kept costs
 * nothing.
 */
@FunctionalInterface
public interface ElementLosses {

  /**
   * Takes one element.
   *
   * @param list number of the list, from 0
   * @param first index in the batch's scores of the candidate, or of the first of a pair; -1 if the
   *     element is the whole list
   * @param second index in the batch's scores of the second of a pair, else -1
   * @param loss the loss with its item and lambda weight, before query weights and reduction
   */
  void accept(int list, int first, int second, double loss);
}
