/**
 * Losses on embeddings of a batch, from which metric learning starts: a similarity of every pair,
 * and a ranking loss on the rows of the similarity matrix, in which candidates of the query's class
 * are relevant and the query itself takes no part.
 *
 * <p>Any {@link io.solvegrad.ranking.RankingLoss} will do: {@link
 * io.solvegrad.relaxation.embedding.EmbeddingLosses} names the compositions that people look for
 * (contrastive, triplet, NT-Xent, supervised contrastive, multi-similarity, FastAP); average
 * precision under a pairwise sigmoid is Smooth-AP, recall under the blackbox ranker is RaMBO.
 */
@NullMarked
package io.solvegrad.relaxation.embedding;

import org.jspecify.annotations.NullMarked;
