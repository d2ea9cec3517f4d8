package io.solvegrad.spark;

import io.solvegrad.xgboost.RankingEvaluation;
import io.solvegrad.xgboost.RankingMatrix;
import ml.dmlc.xgboost4j.java.Communicator;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.scala.EvalTrait;
import org.jspecify.annotations.Nullable;

/**
 * Any ranking metric or loss as a custom evaluation of XGBoost's Spark ranker. The workers' values
 * are averaged by their numbers of groups with a label above 0, so that all report, and stop early
 * by, the same number: that of all rows, for metrics that are means over those groups.
 */
public final class SparkRankingEvaluation implements EvalTrait {
  private static final long serialVersionUID = 1;

  /** What XGBoost calls it. */
  private final String name;

  /** Makes 1 - metric, or the loss. */
  private final LossFactory factory;

  /** Whether more is better. */
  private final boolean metric;

  /** Made on the worker. */
  private transient @Nullable RankingEvaluation made;

  private SparkRankingEvaluation(String name, LossFactory factory, boolean metric) {
    this.name = name;
    this.factory = factory;
    this.metric = metric;
    made();
  }

  /**
   * {@return the evaluation 1 - loss, of which more is better}
   *
   * @param name begins as XGBoost's own metrics to be maximised: ndcg, map, pre or auc
   * @param loss makes 1 - metric
   * @throws IllegalArgumentException if XGBoost would minimise a metric of this name
   */
  public static SparkRankingEvaluation metric(String name, LossFactory loss) {
    return new SparkRankingEvaluation(name, loss, true);
  }

  /**
   * {@return the evaluation of a loss, of which less is better}
   *
   * @param name begins with none of the names that XGBoost maximises, such as 1-recall@10
   * @param loss makes the loss
   * @throws IllegalArgumentException if XGBoost would maximise a metric of this name
   */
  public static SparkRankingEvaluation loss(String name, LossFactory loss) {
    return new SparkRankingEvaluation(name, loss, false);
  }

  private RankingEvaluation made() {
    RankingEvaluation evaluation = made;
    if (evaluation == null) {
      evaluation =
          metric
              ? RankingEvaluation.metric(name, factory.create(0))
              : RankingEvaluation.loss(name, factory.create(0));
      made = evaluation;
    }
    return evaluation;
  }

  @Override
  public String getMetric() {
    return name;
  }

  /**
   * The number that every worker reports.
   *
   * @param predictions the score of each row of a worker, an array of length 1 each. Not modified.
   * @param data the rows of the worker
   * @return metric or loss over the rows of all workers
   * @throws IllegalArgumentException as {@link RankingEvaluation#eval}
   */
  @Override
  public float eval(float[][] predictions, DMatrix data) {
    double groups = RankingMatrix.labels(data).relevantWeight();
    float value = made().eval(predictions, data);
    float[] sums =
        Communicator.allReduce(
            new float[] {(float) (value * groups), (float) groups}, Communicator.OpType.SUM);
    return sums[1] == 0 ? value : sums[0] / sums[1];
  }

  /** {@inheritDoc} The same for XGBoost's Scala interface. */
  @Override
  public float eval(float[][] predictions, ml.dmlc.xgboost4j.scala.DMatrix data) {
    return eval(predictions, data.jDMatrix());
  }
}
