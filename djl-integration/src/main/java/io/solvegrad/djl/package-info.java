/**
 * Ranking losses and combinatorial solvers inside models of the Deep Java Library.
 *
 * <p>{@link io.solvegrad.djl.ScoreLoss} takes a matrix of scores with labels for each cell, {@link
 * io.solvegrad.djl.ClassificationLoss} the scores of a classifier with a class for each item,
 * {@link io.solvegrad.djl.EmbeddingLoss} embeddings with a class each, of which it makes the
 * similarities itself. All carry any {@link io.solvegrad.ranking.RankingLoss} and work wherever DJL
 * takes a {@code Loss}. {@link io.solvegrad.djl.RankingEvaluator} is any metric as an {@code
 * Evaluator} for the same three forms.
 *
 * <p>{@link io.solvegrad.djl.SolverBlock} puts a combinatorial solver between two blocks; {@link
 * io.solvegrad.djl.SolverTrainer} trains such models, and {@link io.solvegrad.djl.SolverLoss}
 * carries losses that judge predicted costs by solves of their own. The PyTorch engine is what all
 * this is tested on.
 *
 * <p>Use {@code ScoreLoss} where a model scores candidates, {@code ClassificationLoss} for average
 * precision over classes, {@code EmbeddingLoss} for retrieval, {@code SolverBlock} where the loss
 * looks at solutions, and {@code SolverLoss} where true costs or solutions are known. Models
 * outside DJL need none of it: see {@link io.solvegrad.ranking}.
 */
@NullMarked
package io.solvegrad.djl;

import org.jspecify.annotations.NullMarked;
