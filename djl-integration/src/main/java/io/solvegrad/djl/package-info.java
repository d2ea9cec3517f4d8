/**
 * Ranking losses and combinatorial solvers inside models of the Deep Java Library.
 *
 * <p>{@link io.solvegrad.djl.ScoreLoss} takes a matrix of scores with labels for each cell, {@link
 * io.solvegrad.djl.EmbeddingLoss} takes embeddings with a class each and makes the similarities
 * itself. Both carry any {@link io.solvegrad.ranking.RankingLoss} and work wherever DJL takes a
 * {@code Loss}. {@link io.solvegrad.djl.SolverBlock} puts a combinatorial solver between two
 * blocks; {@link io.solvegrad.djl.SolverTrainer} trains such models, and {@link
 * io.solvegrad.djl.SolverLoss} carries losses that judge predicted costs by solves of their own.
 * The PyTorch engine is what they are tested on.
 */
@NullMarked
package io.solvegrad.djl;

import org.jspecify.annotations.NullMarked;
