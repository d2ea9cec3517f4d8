/**
 * Differentiable approximations of rankings: the peers of the blackbox ranker. Each is a {@link
 * io.solvegrad.ranking.Ranker}, so each composes with every metric that it can serve ({@link
 * io.solvegrad.ranking.MetricLoss#of}).
 *
 * <p>When to use what:
 *
 * <ul>
 *   <li>{@link io.solvegrad.relaxation.PairwiseSigmoid}: the usual choice (ApproxNDCG, Smooth-AP,
 *       Recall@k surrogate), fast up to some thousand candidates. O(n x relevant).
 *   <li>{@link io.solvegrad.relaxation.LapSum}: the same with another step in O(n log n), with an
 *       exact soft top-k; for long lists.
 *   <li>{@link io.solvegrad.relaxation.SoftRank}: projection on the permutahedron in O(n log n);
 *       {@link io.solvegrad.relaxation.Permutahedron} also sorts softly.
 *   <li>{@link io.solvegrad.relaxation.PairwiseSteps}: any step function; hinge bounds, SupAP.
 *   <li>{@link io.solvegrad.relaxation.PerturbedRanks}: expected ranks under Gaussian noise by
 *       sampling.
 *   <li>{@link io.solvegrad.relaxation.NeuralSort}, {@link io.solvegrad.relaxation.SoftSort},
 *       {@link io.solvegrad.relaxation.SortingNetwork}, {@link io.solvegrad.relaxation.Sinkhorn}:
 *       soft permutation matrices. They know the expected worth of a position and not a rank, so
 *       they serve NDCG, recall@k and reciprocal ranks; average precision does not compile.
 * </ul>
 *
 * <p>A cut-off at k is softened by {@link io.solvegrad.relaxation.SoftCutoff}. Scores of minus
 * infinity stand for candidates that were not retrieved: they gain nothing. Gumbel noise around any
 * loss: {@link io.solvegrad.ranking.PerturbedLoss} with {@link
 * io.solvegrad.relaxation.SmoothedScores}.
 */
@NullMarked
package io.solvegrad.relaxation;

import org.jspecify.annotations.NullMarked;
