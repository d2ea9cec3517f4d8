package io.solvegrad.ranking;

/**
 * A rank metric as a function of the ranks of the relevant candidates of one list, with its
 * derivatives.
 *
 * <p>The metric gives an un-normalised loss and its normaliser, so that every reduction is the
 * business of {@link MetricLoss}; 1 - loss / normaliser is the metric itself. Implementations are
 * immutable. A metric of one's own takes a few lines:
 *
 * <pre>{@code
 * record MeanRank() implements RankMetric<Ranks> {
 *   public double normaliser(Targets targets) { return targets.count(); }
 *   public double loss(Targets targets, Ranks ranks, double scale) {
 *     double sum = 0;
 *     for (int k = 0; k < targets.count(); k++) {
 *       sum += ranks.rank(k);
 *       ranks.pushRank(k, scale);
 *     }
 *     return sum;
 *   }
 * }
 * }</pre>
 *
 * @param <V> what the metric asks of a ranker: {@link Ranks}, or {@link PositionValues} if the
 *     worth of positions is enough
 */
public interface RankMetric<V extends PositionValues> {

  /**
   * {@return what the loss of the list is divided by; 0 if there is nothing to find} Labels only.
   *
   * @param targets the labels
   */
  double normaliser(Targets targets);

  /**
   * The un-normalised loss of one list; pushes scale times its derivatives into the ranks.
   *
   * @param targets the labels
   * @param values the ranks, and where derivatives go
   * @param scale reduction and factors, which act inside the upstream
   * @return the loss before it is divided by the normaliser, without the scale
   */
  double loss(Targets targets, V values, double scale);
}
