/**
 * Ranking losses inside models of the Deep Java Library.
 *
 * <p>{@link io.solvegrad.djl.ScoreLoss} takes a matrix of scores with labels for each cell, {@link
 * io.solvegrad.djl.ClassificationLoss} the scores of a classifier with a class for each item,
 * {@link io.solvegrad.djl.EmbeddingLoss} embeddings with a class each, of which it makes the
 * similarities itself. All carry any {@link io.solvegrad.ranking.RankingLoss} and work wherever DJL
 * takes a {@code Loss}. {@link io.solvegrad.djl.RankingEvaluator} is any metric as an {@code
 * Evaluator} for the same three forms. The PyTorch engine is what they are tested on.
 */
@NullMarked
package io.solvegrad.djl;

import org.jspecify.annotations.NullMarked;
