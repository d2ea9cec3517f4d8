/**
 * Rank metrics by name.
 *
 * <p>{@link io.solvegrad.ranking.metric.RankMetrics} lists them; each works with the blackbox
 * ranker of module rambo, with smooth rankers and, for plain evaluation, with {@link
 * io.solvegrad.ranking.ExactRanker}. Most are settings of {@link
 * io.solvegrad.ranking.DiscountedGain}, {@link io.solvegrad.ranking.AveragePrecision} and {@link
 * io.solvegrad.ranking.metric.BestOf}. For a metric of your own that is a mean over relevant
 * candidates, give one expression to {@link io.solvegrad.ranking.metric.MeanTerm}; for any other,
 * implement {@link io.solvegrad.ranking.RankMetric}.
 */
@NullMarked
package io.solvegrad.ranking.metric;

import org.jspecify.annotations.NullMarked;
