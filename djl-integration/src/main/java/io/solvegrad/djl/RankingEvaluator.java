package io.solvegrad.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.training.evaluator.Evaluator;
import io.solvegrad.ranking.MetricLoss;
import io.solvegrad.ranking.RankingBatch;
import io.solvegrad.ranking.ScoreArray;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A ranking metric as a DJL evaluator: the mean over all lists of all batches since the last reset,
 * however long the batches are. A metric is a loss on exact ranks:
 *
 * <pre>{@code
 * var ndcg = MetricLoss.of(RankMetrics.ndcgAt(10), new ExactRanker(TieOrder.AVERAGED));
 * new DefaultTrainingConfig(loss).addEvaluator(RankingEvaluator.ofScores("ndcg@10", ndcg));
 * }</pre>
 *
 * <p>Lists in which there is nothing to find are left out, or count as the metric loss says. Keeps
 * a sum and a count for each accumulator, no scores. May be shared by threads.
 */
public final class RankingEvaluator extends Evaluator {

  /** What has been added up so far. */
  private record Sum(double metrics, long lists) {
    Sum plus(Sum other) {
      return new Sum(metrics + other.metrics, lists + other.lists);
    }

    double mean() {
      return lists == 0 ? 0 : metrics / lists;
    }
  }

  private final BatchForm form;
  private final MetricLoss metric;
  private final Map<String, Sum> sums = new ConcurrentHashMap<>();

  private RankingEvaluator(String name, BatchForm form, MetricLoss metric) {
    super(name);
    this.form = form;
    this.metric = Objects.requireNonNull(metric, "metric must not be null");
  }

  /**
   * {@return an evaluator of a matrix of scores with labels for each cell, as {@link ScoreLoss}}
   *
   * @param name what DJL calls it in reports
   * @param metric usually with an exact ranker
   */
  public static RankingEvaluator ofScores(String name, MetricLoss metric) {
    return new RankingEvaluator(name, BatchForm.scores(), metric);
  }

  /**
   * {@return an evaluator of a classifier, as {@link ClassificationLoss}}
   *
   * @param name what DJL calls it in reports
   * @param metric usually with an exact ranker
   */
  public static RankingEvaluator ofClasses(String name, MetricLoss metric) {
    return new RankingEvaluator(name, BatchForm.classification(), metric);
  }

  /**
   * {@return an evaluator of embeddings, as {@link EmbeddingLoss} without memory} The candidates of
   * a query are those of its batch, which makes the task easier than a whole collection would.
   *
   * @param name what DJL calls it in reports
   * @param metric usually with an exact ranker
   */
  public static RankingEvaluator ofEmbeddings(String name, MetricLoss metric) {
    return new RankingEvaluator(name, BatchForm.embeddings(), metric);
  }

  /**
   * The mean metric of one batch.
   *
   * @param labels as the loss of the same form takes them
   * @param predictions as the loss of the same form takes them
   * @return a scalar
   * @throws IllegalArgumentException as the loss of the same form
   * @throws IllegalStateException if an array has been released
   */
  @Override
  public NDArray evaluate(NDList labels, NDList predictions) {
    Sum sum = sum(labels, predictions);
    return predictions.singletonOrThrow().getManager().create((float) sum.mean());
  }

  @Override
  public void addAccumulator(String key) {
    sums.put(key, new Sum(0, 0));
  }

  @Override
  public void updateAccumulator(String key, NDList labels, NDList predictions) {
    updateAccumulators(new String[] {key}, labels, predictions);
  }

  @Override
  public void updateAccumulators(String[] keys, NDList labels, NDList predictions) {
    Sum sum = sum(labels, predictions);
    for (String key : keys) {
      sums.merge(key, sum, Sum::plus);
    }
  }

  @Override
  public void resetAccumulator(String key) {
    sums.put(key, new Sum(0, 0));
  }

  /**
   * The mean over all lists so far.
   *
   * @param key name of the accumulator
   * @return the mean, 0 if no list had anything to find
   * @throws IllegalArgumentException if there is no such accumulator
   */
  @Override
  public float getAccumulator(String key) {
    Sum sum = sums.get(key);
    if (sum == null) {
      throw new IllegalArgumentException("no accumulator is called " + key);
    }
    return (float) sum.mean();
  }

  private Sum sum(NDList labels, NDList predictions) {
    LossBridge.requireAlive("labels", labels);
    LossBridge.requireAlive("predictions", predictions);
    NDArray output = predictions.singletonOrThrow();
    var make = form.batch(labels, output.getShape());
    float[] scores;
    try (NDArray constant = output.stopGradient();
        NDArray matrix = form.scores(constant)) {
      scores = matrix.toFloatArray();
    }
    RankingBatch batch = make.apply(ScoreArray.of(scores));
    double[] metrics = new double[batch.layout().lists()];
    metric.metrics(batch, metrics);
    double[] found = Arrays.stream(metrics).filter(m -> !Double.isNaN(m)).toArray();
    return new Sum(Arrays.stream(found).sum(), found.length);
  }
}
