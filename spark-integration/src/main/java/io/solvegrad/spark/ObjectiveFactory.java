package io.solvegrad.spark;

import io.solvegrad.boosting.BoostingObjective;
import java.io.Serializable;

/**
 * Makes an objective of gradient boosting on each worker: objectives themselves do not travel. A
 * lambda does.
 *
 * <pre>{@code
 * ObjectiveFactory ndcg = () -> BoostingObjective.of(
 *         MetricLoss.of(RankMetrics.ndcg(), new BlackboxRanker(Lambda.plain(20))).margin(0.1))
 *     .curvature(Curvature.proportional(1).atLeast(0.01));
 * }</pre>
 */
@FunctionalInterface
public interface ObjectiveFactory extends Serializable {

  /** {@return a new objective} */
  BoostingObjective create();
}
