/**
 * Ranking losses and metrics inside LightGBM (lightgbm4j).
 *
 * <p>LightGBM has no hook for custom objectives: the caller computes gradients and hands them over
 * round by round. {@link io.solvegrad.lightgbm.RankingObjective} does one round with any {@link
 * io.solvegrad.ranking.RankingLoss}; {@link io.solvegrad.lightgbm.RankingTraining} is the loop
 * around it, with a metric after each round and early stopping.
 *
 * <p>Use {@code RankingTraining} unless the loop is yours already, and {@code RankingObjective} in
 * such a loop. LightGBM's own {@code lambdarank} needs nothing of this.
 */
@NullMarked
package io.solvegrad.lightgbm;

import org.jspecify.annotations.NullMarked;
