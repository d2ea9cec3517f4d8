package io.solvegrad.relaxation.surrogate;

/**
 * The loss of one list before any reduction. Implementations are immutable and may be shared by
 * threads; {@link SurrogateLoss} does masks, weights of queries, averages and threads.
 */
public interface ListObjective {

  /**
   * {@return how many elements (lists, pairs, items) the list contributes to a mean over elements}
   * Labels only.
   *
   * @param list the labels
   */
  double elements(LabelledList list);

  /**
   * The sum over the elements of the list; adds scale times the gradient to the list.
   *
   * @param list scores and labels. Its gradient is modified.
   * @param scale what the gradient is multiplied by; 0 if only the value is wanted
   * @return the loss, without the scale
   */
  double evaluate(LabelledList list, double scale);

  /**
   * Tells the losses of the elements one by one. Objectives that are no sum over candidates or
   * pairs tell one loss for the list, as this form does.
   *
   * @param list scores and labels
   * @param receiver takes the losses; elements that do not count are left out
   */
  default void each(LabelledList list, ElementLosses receiver) {
    receiver.accept(list.number(), -1, -1, evaluate(list, 0));
  }

  /**
   * {@return the same objective, its mean taken over relevant candidates: each candidate with a
   * label above 0 is an element}
   */
  default ListObjective perRelevant() {
    return new PerRelevant(this);
  }
}
