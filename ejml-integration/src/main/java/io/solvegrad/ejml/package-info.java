/**
 * Training an embedding on the JVM alone, for people whose features come from elsewhere.
 *
 * <p>{@link io.solvegrad.ejml.EmbeddingHead} maps features to embeddings of length 1 by one matrix
 * of EJML; {@link io.solvegrad.ejml.HeadTraining} trains it by any {@link
 * io.solvegrad.ranking.RankingLoss}. No native library, no engine.
 *
 * <p>Use it on features that some other model has computed; a network of your own needs an engine
 * with automatic differentiation, such as DJL's.
 */
@NullMarked
package io.solvegrad.ejml;

import org.jspecify.annotations.NullMarked;
