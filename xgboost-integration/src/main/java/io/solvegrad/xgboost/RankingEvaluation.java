package io.solvegrad.xgboost;

import io.solvegrad.ranking.RankingLoss;
import io.solvegrad.ranking.ScoreArray;
import java.util.Arrays;
import java.util.Objects;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.IEvaluation;
import ml.dmlc.xgboost4j.java.XGBoost;

/**
 * Any ranking metric or loss as a custom evaluation of XGBoost, for reports and early stopping.
 *
 * <p>A metric is a loss on exact ranks, 1 - metric:
 *
 * <pre>{@code
 * var ndcg = MetricLoss.of(RankMetrics.ndcgAt(10), new ExactRanker(TieOrder.AVERAGED));
 * IEvaluation evaluation = RankingEvaluation.metric("ndcg@10", ndcg);
 * }</pre>
 *
 * <p>Early stopping in XGBoost learns from the beginning of the name whether more is better; names
 * that would make it stop at the worst round are refused here. (The parameter {@code
 * maximize_evaluation_metrics} overrides the name: leave it out.) The first number of each round is
 * the one of the last matrix watched.
 */
public final class RankingEvaluation implements IEvaluation {
  private static final long serialVersionUID = 1;

  private final String name;

  // XGBoost declares evaluations serializable and does not serialize them on one machine.
  @SuppressWarnings("serial")
  private final RankingLoss loss;

  private final boolean metric;

  private RankingEvaluation(String name, RankingLoss loss, boolean metric) {
    Objects.requireNonNull(name, "name must not be null");
    Objects.requireNonNull(loss, "loss must not be null");
    boolean maximised = Arrays.stream(XGBoost.MAXIMIZ_METRICES).anyMatch(name::startsWith);
    if (maximised != metric) {
      throw new IllegalArgumentException(
          "XGBoost would stop early where '%s' is %s. Maybe use RankingEvaluation.%s."
              .formatted(
                  name,
                  metric ? "least" : "largest",
                  metric ? "loss(\"1-" + name + "\", ...)" : "metric"));
    }
    this.name = name;
    this.loss = loss;
    this.metric = metric;
  }

  /**
   * {@return the evaluation 1 - loss, of which more is better}
   *
   * @param name begins as XGBoost's own metrics to be maximised: ndcg, map, pre or auc
   * @param loss 1 - metric
   * @throws IllegalArgumentException if XGBoost would minimise a metric of this name
   */
  public static RankingEvaluation metric(String name, RankingLoss loss) {
    return new RankingEvaluation(name, loss, true);
  }

  /**
   * {@return the evaluation of a loss, of which less is better}
   *
   * @param name begins with none of the names that XGBoost maximises, such as 1-recall@10
   * @param loss any ranking loss
   * @throws IllegalArgumentException if XGBoost would maximise a metric of this name
   */
  public static RankingEvaluation loss(String name, RankingLoss loss) {
    return new RankingEvaluation(name, loss, false);
  }

  @Override
  public String getMetric() {
    return name;
  }

  /**
   * The number that XGBoost reports.
   *
   * @param predictions the score of each row, an array of length 1 each. Not modified.
   * @param data the rows
   * @return metric or loss, 0 or 1 if no group has anything to find
   * @throws IllegalArgumentException if labels or groups are missing or do not fit the rows, or a
   *     score is NaN
   */
  @Override
  public float eval(float[][] predictions, DMatrix data) {
    ScoreArray scores = ScoreArray.of(RankingMatrix.scores(predictions));
    double value = loss.value(RankingMatrix.labels(data).batch(scores));
    return (float) (metric ? 1 - value : value);
  }
}
