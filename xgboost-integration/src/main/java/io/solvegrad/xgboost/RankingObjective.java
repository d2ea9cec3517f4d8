package io.solvegrad.xgboost;

import io.solvegrad.boosting.BoostingObjective;
import io.solvegrad.boosting.GradientStep;
import io.solvegrad.boosting.GroupedLabels;
import io.solvegrad.ranking.RankingLoss;
import java.util.List;
import java.util.Objects;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.IObjective;

/**
 * Any ranking loss as a custom objective of XGBoost.
 *
 * <pre>{@code
 * var ndcg = MetricLoss.of(RankMetrics.ndcg(), new BlackboxRanker(Lambda.plain(4))).margin(0.2);
 * Booster model = XGBoost.train(train, parameters, 100, watches,
 *     new RankingObjective(BoostingObjective.of(ndcg).curvature(...)), null);
 * }</pre>
 *
 * <p>The {@code DMatrix} must have labels and query groups; weights, one for each group, are
 * optional. They are read anew in every round, so that one objective serves several matrices and
 * threads.
 */
public final class RankingObjective implements IObjective {
  private static final long serialVersionUID = 1;

  // XGBoost declares objectives serializable and does not serialize them on one machine.
  @SuppressWarnings("serial")
  private final BoostingObjective objective;

  private final boolean part;

  /**
   * An objective with settings.
   *
   * @param objective the loss, its scale and its curvature
   */
  public RankingObjective(BoostingObjective objective) {
    this(objective, false);
  }

  private RankingObjective(BoostingObjective objective, boolean part) {
    this.objective = Objects.requireNonNull(objective, "objective must not be null");
    this.part = part;
  }

  /**
   * {@return the same objective for matrices that are parts of a training set, see {@link
   * BoostingObjective#stepOfPart}}
   */
  public RankingObjective ofPart() {
    return new RankingObjective(objective, true);
  }

  /**
   * A loss with the default settings, see {@link BoostingObjective#of}.
   *
   * @param loss any ranking loss
   */
  public RankingObjective(RankingLoss loss) {
    this(BoostingObjective.of(loss));
  }

  /** {@return loss, scale and curvature} */
  public BoostingObjective objective() {
    return objective;
  }

  /**
   * Gradient and second derivative of every row.
   *
   * @param predictions the raw score of each row, an array of length 1 each. Not modified.
   * @param data the rows
   * @return the gradient and the second derivative
   * @throws IllegalArgumentException if labels or groups are missing or do not fit the rows, a
   *     score is NaN, there is more than one score a row, or a gradient comes out that XGBoost
   *     cannot use
   */
  @Override
  public List<float[]> getGradient(float[][] predictions, DMatrix data) {
    float[] scores = RankingMatrix.scores(predictions);
    GroupedLabels labels = RankingMatrix.labels(data);
    GradientStep step =
        part ? objective.stepOfPart(scores, labels) : objective.step(scores, labels);
    return List.of(step.gradient(), step.hessian());
  }
}
