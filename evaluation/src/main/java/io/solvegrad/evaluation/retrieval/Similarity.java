package io.solvegrad.evaluation.retrieval;

import java.util.function.IntFunction;

/** How near two embeddings are; larger is nearer. Arithmetic is float, in a fixed order. */
public enum Similarity {
  /** Cosine of the angle: embeddings are brought to length 1 first; zero embeddings score 0. */
  COSINE(0),
  /**
   * Inner product, sum of q_k g_k. Equals the cosine for embeddings of length 1, without a copy. An
   * embedding that is not zero needs a component of magnitude 2^-63 (1.1e-19) or more: then what
   * underflow takes from a similarity is no more than what rounding takes from it anyway.
   */
  DOT_PRODUCT(0x1p-63f),
  /**
   * Negative squared Euclidean distance, -sum of (q_k - g_k)^2, by differences (no cancellation).
   * An embedding that is not zero needs a component of magnitude 2^-39 (1.8e-12) or more: then the
   * squared difference of two largest components does not underflow, unless they are equal.
   */
  EUCLIDEAN(0x1p-39f);

  private final float least;

  Similarity(float least) {
    this.least = least;
  }

  /**
   * The embeddings as they are compared: of length 1 for the cosine, otherwise unchanged.
   *
   * @param name what a message calls an item
   * @throws IllegalArgumentException if one is so small that similarities underflow
   */
  EmbeddingSet prepare(EmbeddingSet set, IntFunction<String> name) {
    if (this == COSINE) {
      return set.normalized();
    }
    set.requireLargest(least, name);
    return set;
  }

  /**
   * Refuses values whose similarities may overflow.
   *
   * @param queries the largest magnitude among the queries
   * @param gallery the largest magnitude in the gallery
   */
  void check(float queries, float gallery, int dimension) {
    double largest = (double) queries + gallery;
    if (this != COSINE && largest * largest * dimension > Float.MAX_VALUE) {
      throw new IllegalArgumentException(
          "embeddings with components up to %s may overflow in %d dimensions. Maybe use the cosine?"
              .formatted(Math.max(queries, gallery), dimension));
    }
  }
}
