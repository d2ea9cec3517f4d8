/**
 * Ranking losses as objectives of gradient boosting: what the integrations into XGBoost and
 * LightGBM share.
 *
 * <p>{@link io.solvegrad.boosting.GroupedLabels} checks labels, query groups and weights as
 * boosting libraries hold them. {@link io.solvegrad.boosting.BoostingObjective} turns any {@link
 * io.solvegrad.ranking.RankingLoss} into a gradient and a positive second derivative for each row,
 * the latter by a {@link io.solvegrad.boosting.Curvature} of the user's choice. {@link
 * io.solvegrad.boosting.RankingRows} holds features, labels and groups for those who have them in
 * arrays.
 *
 * <p>Use this package to carry a ranking loss into a boosting library that has no integration here;
 * for XGBoost and LightGBM, take the integrations, which read their data themselves.
 */
@NullMarked
package io.solvegrad.boosting;

import org.jspecify.annotations.NullMarked;
