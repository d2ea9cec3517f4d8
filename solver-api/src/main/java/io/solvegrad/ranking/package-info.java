/**
 * Rankings inside a loss: metric x ranker = loss.
 *
 * <p>A {@link io.solvegrad.ranking.RankMetric} is a function of the ranks of the relevant
 * candidates (recall, average precision, NDCG). A {@link io.solvegrad.ranking.Ranker} supplies
 * those ranks and pulls derivatives with respect to them back to the scores: exactly and with the
 * blackbox gradient (module rambo), or smoothed (module smooth-relaxations). {@link
 * io.solvegrad.ranking.MetricLoss#of} joins the two over a {@link
 * io.solvegrad.ranking.RankingBatch}; everything that carries a loss into a framework knows {@link
 * io.solvegrad.ranking.RankingLoss} alone.
 *
 * <p>Conventions: rank 1 is the largest score; among equal scores the lower index comes first; -0.0
 * equals 0.0; NaN is refused; losses are 1 - metric.
 *
 * <p>Use {@link io.solvegrad.ranking.Recall} or {@link io.solvegrad.ranking.AveragePrecision} for
 * yes-or-no relevance, {@link io.solvegrad.ranking.DiscountedGain} for grades, and {@link
 * io.solvegrad.ranking.metric} for metrics by their names. {@link io.solvegrad.ranking.ExactRanker}
 * evaluates, other rankers train. {@link io.solvegrad.ranking.PerturbedLoss} averages over noisy
 * rankings, {@link io.solvegrad.ranking.MatrixView} and {@link io.solvegrad.ranking.WeightedSum}
 * compose losses.
 */
@NullMarked
package io.solvegrad.ranking;

import org.jspecify.annotations.NullMarked;
