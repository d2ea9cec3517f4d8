package io.solvegrad.spark;

import io.solvegrad.xgboost.RankingObjective;
import java.util.List;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.scala.ObjectiveTrait;
import org.jspecify.annotations.Nullable;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Any ranking loss as a custom objective of XGBoost's Spark ranker: {@link RankingObjective} made
 * anew on each worker. Each group has the gradient that it would have on one machine, which needs
 * whole groups in every partition; {@link DistributedRanker} sees to that.
 */
public final class SparkRankingObjective implements ObjectiveTrait {
  private static final long serialVersionUID = 1;

  /** Makes the objective. */
  private final ObjectiveFactory factory;

  /** Made on the worker. */
  private transient @Nullable RankingObjective made;

  /**
   * An objective.
   *
   * @param factory makes loss, scale and curvature
   */
  public SparkRankingObjective(ObjectiveFactory factory) {
    this.factory = factory;
  }

  /**
   * Gradient and second derivative of every row of a worker.
   *
   * @param predictions the raw score of each row, an array of length 1 each. Not modified.
   * @param data the rows of the worker
   * @return the gradient and the second derivative
   * @throws IllegalArgumentException as {@link RankingObjective#getGradient}
   */
  @Override
  public List<float[]> getGradient(float[][] predictions, DMatrix data) {
    RankingObjective objective = made;
    if (objective == null) {
      objective = new RankingObjective(factory.create()).ofPart();
      made = objective;
    }
    return objective.getGradient(predictions, data);
  }

  /** {@inheritDoc} The same for XGBoost's Scala interface. */
  @Override
  public scala.collection.immutable.List<float[]> getGradient(
      float[][] predictions, ml.dmlc.xgboost4j.scala.DMatrix data) {
    return CollectionConverters.asScala(getGradient(predictions, data.jDMatrix())).toList();
  }
}
