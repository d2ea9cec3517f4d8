/**
 * Surrogate losses: functions of scores and labels that are easier to minimise than a rank metric.
 *
 * <p>A {@link io.solvegrad.relaxation.surrogate.SurrogateLoss} is an objective on one list plus a
 * reduction. When to use what: {@link io.solvegrad.relaxation.surrogate.Softmax} (ListNet with
 * {@link io.solvegrad.relaxation.surrogate.LabelTransform#softmax}) is the strongest cheap default
 * for lists with few relevant items; {@link io.solvegrad.relaxation.surrogate.UniqueSoftmax} and
 * {@link io.solvegrad.relaxation.surrogate.ListMle} use graded labels; {@link
 * io.solvegrad.relaxation.surrogate.PairwiseLoss} with a {@link
 * io.solvegrad.relaxation.surrogate.LambdaWeight} aims at NDCG or precision itself (LambdaRank,
 * LambdaLoss); {@link io.solvegrad.relaxation.surrogate.PointwiseLoss} is for calibrated scores.
 * All take masks, ragged lists, item and query weights from the batch, and all pairwise sums are
 * streamed: memory is proportional to the longest list, never to its square.
 *
 * <p>Irrelevant candidates with a score of -infinity, which is what padding often has, change
 * nothing under softmax, unique softmax, ListMLE, the logistic, hinge and soft zero-one pairwise
 * losses, cross entropy, focal loss and the soft precision; squared and quantile losses refuse
 * them, and Spearman's and the rank regression count them as ranked last. Excluding padding from
 * the batch serves all of them.
 */
@NullMarked
package io.solvegrad.relaxation.surrogate;

import org.jspecify.annotations.NullMarked;
