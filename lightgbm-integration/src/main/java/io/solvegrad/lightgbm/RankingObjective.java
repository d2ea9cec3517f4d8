package io.solvegrad.lightgbm;

import io.github.metarank.lightgbm4j.LGBMBooster;
import io.github.metarank.lightgbm4j.LGBMDataset;
import io.github.metarank.lightgbm4j.LGBMException;
import io.solvegrad.boosting.BoostingObjective;
import io.solvegrad.boosting.GradientStep;
import io.solvegrad.boosting.GroupedLabels;
import java.util.Objects;

/**
 * Any ranking loss as an objective of LightGBM, one round at a time.
 *
 * <pre>{@code
 * var objective = new RankingObjective(train, BoostingObjective.of(loss));
 * try (var booster = LGBMBooster.create(train, "objective=none learning_rate=0.1")) {
 *   for (int round = 0; round < 100; round++) objective.update(booster);
 * }
 * }</pre>
 *
 * <p>Labels, groups and weights are read once, when the objective is made. One booster at a time:
 * LightGBM's boosters are not thread-safe.
 */
public final class RankingObjective {
  private final LGBMDataset train;
  private final GroupedLabels labels;
  private final BoostingObjective objective;

  /**
   * An objective for one data set.
   *
   * @param train the training data, with labels and groups. Not modified.
   * @param objective the loss, its scale and its curvature
   * @throws IllegalArgumentException if labels or groups are missing or do not fit the rows
   */
  public RankingObjective(LGBMDataset train, BoostingObjective objective) {
    this.train = train;
    labels = RankingDataset.labels(train);
    this.objective = Objects.requireNonNull(objective, "objective must not be null");
  }

  /**
   * Grows the trees of one round.
   *
   * @param booster made with the training data and objective=none. Modified.
   * @return whether no tree could be grown, which ends training
   * @throws IllegalArgumentException if the booster has other data or a gradient comes out that
   *     LightGBM cannot use
   * @throws IllegalStateException if the training data has been closed
   * @throws LGBMException if LightGBM fails, such as with an objective of its own
   */
  public boolean update(LGBMBooster booster) throws LGBMException {
    RankingDataset.requireOpen("training data", train);
    GradientStep step = objective.step(RankingDataset.scores(booster, 0, labels), labels);
    return booster.updateOneIterCustom(step.gradient(), step.hessian());
  }
}
