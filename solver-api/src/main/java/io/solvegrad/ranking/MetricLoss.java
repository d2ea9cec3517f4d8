package io.solvegrad.ranking;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A rank metric together with a ranker: the one mechanism behind RaMBO's losses and their smooth
 * counterparts.
 *
 * <p>For each list with something to find, the loss is metric loss / normaliser, and {@link
 * Reduction} makes one number of them. Averages, weights and factors multiply dL/drank before it is
 * pulled back to the scores. Immutable; the methods that change a setting return a new loss. May be
 * shared by threads. If nearly all of the lists that have a loss are left without a gradient, each
 * loss says so once, as a warning of the {@link System.Logger} {@code io.solvegrad.ranking}.
 *
 * <p>Cost: one pass over the labels for the normalisers and one ranking forward and backward;
 * memory for the longest list and a number for each list. On one thread nothing is allocated once
 * that room has grown.
 */
public final class MetricLoss implements RankingLoss {
  // Below this many scores a second thread costs more than it saves.
  private static final int PARALLEL_SCORES = 1 << 14;

  private final Evaluation.Plan<?> plan;
  private final int threads;
  private final AtomicReference<@Nullable Evaluation<?>> spare = new AtomicReference<>();
  private final SilenceWatch watch = new SilenceWatch();

  private MetricLoss(Evaluation.Plan<?> plan, int threads) {
    this.plan = plan;
    this.threads = threads;
  }

  /**
   * The loss 1 - metric under a way of ranking, with margin 0, the mean over queries, empty queries
   * skipped and as many threads as there are processors.
   *
   * @param <V> what the ranker tells the metric
   * @param metric the metric
   * @param ranker how lists are ranked and derivatives pulled back
   * @return the loss
   */
  public static <V extends PositionValues> MetricLoss of(
      RankMetric<? super V> metric, Ranker<V> ranker) {
    Objects.requireNonNull(metric, "metric must not be null");
    Objects.requireNonNull(ranker, "ranker must not be null");
    return new MetricLoss(
        new Evaluation.Plan<>(metric, ranker, 0, Reduction.QUERY_MEAN, EmptyQueries.SKIP, false),
        Runtime.getRuntime().availableProcessors());
  }

  /**
   * Shifts the scores of relevant candidates down by a margin, so that they must lead by more than
   * it to count as ahead. The published form moves relevant candidates by -margin/2 and the others
   * by +margin/2, which is the same ranking.
   *
   * @param margin in the unit of the scores, 0 for none
   * @return the same loss with this margin
   * @throws IllegalArgumentException if the margin is negative or not finite
   */
  public MetricLoss margin(double margin) {
    requireMargin(margin);
    return new MetricLoss(plan.withMargin(margin), threads);
  }

  /** Scores of single precision must be able to move by it. */
  static void requireMargin(double margin) {
    if (!(margin >= 0 && margin <= Float.MAX_VALUE)) {
      throw new IllegalArgumentException(
          "margin must be 0 to %s, but is %s".formatted(Float.MAX_VALUE, margin));
    }
  }

  /**
   * {@return the same loss with another way to average}
   *
   * @param reduction how the losses of lists become one number
   */
  public MetricLoss reduction(Reduction reduction) {
    return new MetricLoss(
        plan.withReduction(Objects.requireNonNull(reduction, "reduction must not be null")),
        threads);
  }

  /**
   * {@return the same loss with another meaning of lists in which there is nothing to find}
   *
   * @param emptyQueries what such a list counts for
   */
  public MetricLoss emptyQueries(EmptyQueries emptyQueries) {
    return new MetricLoss(
        plan.withEmptyQueries(
            Objects.requireNonNull(emptyQueries, "emptyQueries must not be null")),
        threads);
  }

  /**
   * {@return the loss -metric instead of 1 - metric} The gradient is the same. Rax's
   * transformations of metrics into losses have this form, and it suits metrics without a bound,
   * such as DCG.
   */
  public MetricLoss negatedMetric() {
    return new MetricLoss(plan.asNegated(), threads);
  }

  /**
   * {@return the same loss on at most this many threads} Value and gradient do not depend on it.
   *
   * @param count number of threads, the caller's included
   * @throws IllegalArgumentException if it is less than 1
   */
  public MetricLoss threads(int count) {
    if (count < 1) {
      throw new IllegalArgumentException("threads must be at least 1, but is " + count);
    }
    return new MetricLoss(plan, count);
  }

  @Override
  public double evaluate(
      RankingBatch batch, double factor, @Nullable ScoreArray gradient, Diagnostics diagnostics) {
    RankingLoss.requireGradient(batch, gradient);
    Objects.requireNonNull(diagnostics, "diagnostics must not be null");
    if (!Double.isFinite(factor)) {
      throw new IllegalArgumentException("factor must be finite, but is " + factor);
    }
    Evaluation<?> evaluation = evaluation();
    double loss = evaluation.run(batch, factor, gradient, diagnostics, workers(batch));
    watch.look(evaluation.step());
    spare.set(evaluation);
    return loss;
  }

  /**
   * The metric of each list, before query weights and reduction.
   *
   * @param batch lists, scores and labels
   * @param metrics receives 1 - loss / normaliser of each list; for one in which there is nothing
   *     to find what {@link EmptyQueries} says, NaN if it is left out. Modified.
   * @throws IllegalArgumentException if there is less room than lists, or as {@link #evaluate}
   */
  public void metrics(RankingBatch batch, double[] metrics) {
    Objects.requireNonNull(batch, "batch must not be null");
    Objects.requireNonNull(metrics, "metrics must not be null");
    if (metrics.length < batch.layout().lists()) {
      throw new IllegalArgumentException(
          "metrics has room for %d of %d lists".formatted(metrics.length, batch.layout().lists()));
    }
    Evaluation<?> evaluation = evaluation();
    evaluation.each(batch, metrics, workers(batch));
    spare.set(evaluation);
  }

  @Override
  public double divisor(RankingBatch batch) {
    Objects.requireNonNull(batch, "batch must not be null");
    Evaluation<?> evaluation = evaluation();
    double divisor = evaluation.divisor(batch, workers(batch));
    spare.set(evaluation);
    return divisor;
  }

  private Evaluation<?> evaluation() {
    Evaluation<?> kept = spare.getAndSet(null);
    return kept == null ? new Evaluation<>(plan) : kept;
  }

  private int workers(RankingBatch batch) {
    return batch.layout().extent() < PARALLEL_SCORES ? 1 : threads;
  }
}
