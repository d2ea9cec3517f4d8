/**
 * RaMBO: rank metrics themselves as losses, through the blackbox gradient of the exact ranking.
 *
 * <p>{@link io.solvegrad.rambo.BlackboxRanker} composes with every metric of {@link
 * io.solvegrad.ranking}: {@code MetricLoss.of(Recall.logLog(), new
 * BlackboxRanker(Lambda.plain(100))).margin(0.05)} is the loss for retrieval. For classes over a
 * batch use {@link io.solvegrad.rambo.ClassAveragePrecision}. Small batches rank too easily:
 * enlarge them with remembered scores ({@link io.solvegrad.rambo.ScoreMemory}) or, for retrieval,
 * remembered embeddings ({@link io.solvegrad.rambo.EmbeddingMemory}).
 *
 * <p>Source: Rolinek, Musil, Paulus, Vlastelica, Michaelis, Martius: Optimizing Rank-based Metrics
 * with Blackbox Differentiation, CVPR 2020, arXiv:1912.03500.
 */
@NullMarked
package io.solvegrad.rambo;

import org.jspecify.annotations.NullMarked;
