package io.solvegrad.ranking;

/**
 * A way to rank and to pull derivatives with respect to ranks back to scores: exact with the
 * blackbox gradient, or smoothed. Rankers are immutable values; the work is done by passes.
 *
 * @param <V> what the ranker tells a metric
 */
public interface Ranker<V extends PositionValues> {

  /** {@return new scratch for one thread} */
  Pass<V> newPass();

  /**
   * The scratch of one thread, used for one list after the other: forward, then the metric, then
   * backward.
   *
   * @param <V> what the ranker tells a metric
   */
  interface Pass<V extends PositionValues> {

    /**
     * Ranks a list. What comes back is valid until the next call.
     *
     * @param list the candidates with their scores. Not modified.
     * @return what the metric asks for
     */
    V forward(CandidateList list);

    /**
     * Adds the gradient with respect to the scores to the list, from the derivatives that the
     * metric has pushed since {@link #forward}.
     *
     * @param list the list of the last forward pass. Its gradient is modified.
     * @param diagnostics receives what the gradient was like. Modified.
     */
    void backward(CandidateList list, Diagnostics diagnostics);
  }
}
