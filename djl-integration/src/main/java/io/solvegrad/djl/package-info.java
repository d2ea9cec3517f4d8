/**
 * Ranking losses inside models of the Deep Java Library.
 *
 * <p>{@link io.solvegrad.djl.ScoreLoss} takes a matrix of scores with labels for each cell, {@link
 * io.solvegrad.djl.EmbeddingLoss} takes embeddings with a class each and makes the similarities
 * itself. Both carry any {@link io.solvegrad.ranking.RankingLoss} and work wherever DJL takes a
 * {@code Loss}. The PyTorch engine is what they are tested on.
 */
@NullMarked
package io.solvegrad.djl;

import org.jspecify.annotations.NullMarked;
