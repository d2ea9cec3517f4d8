package io.solvegrad.ranking;

/**
 * A way to rank and to pull derivatives with respect to ranks back to scores: exact with the blackbox
 * gradient, or smoothed. Rankers are immutable values; the work is done by passes.
 *
 * @param <V> what the ranker tells a metric
 */
public interface Ranker<V extends PositionValues> {

  /** New scratch for one thread. */
  Pass<V> newPass();

  /**
   * The scratch of one thread, used for one list after the other: forward, then the metric, then
   * backward.
   *
   * @param <V> what the ranker tells a metric
   */
  interface Pass<V extends PositionValues> {

    /** Ranks a list. What comes back is valid until the next call. */
    V forward(CandidateList list);

    /**
     * Adds the gradient with respect to the scores to the list, from the derivatives that the metric
     * has pushed since {@link #forward}.
     */
    void backward(CandidateList list, Diagnostics diagnostics);
  }
}
