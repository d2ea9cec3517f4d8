package io.solvegrad.evaluation.retrieval;

/** How near two embeddings are; larger is nearer. Arithmetic is float, in a fixed order. */
public enum Similarity {
  /** Cosine of the angle: embeddings are brought to length 1 first; zero embeddings score 0. */
  COSINE,
  /**
   * Inner product, sum of q_k g_k. Equals the cosine for embeddings of length 1, without a copy.
   */
  DOT_PRODUCT,
  /**
   * Negative squared Euclidean distance, -sum of (q_k - g_k)^2, by differences (no cancellation).
   */
  EUCLIDEAN;

  /** The embeddings as they are compared: of length 1 for the cosine, otherwise unchanged. */
  EmbeddingSet prepare(EmbeddingSet set) {
    return this == COSINE ? set.normalized() : set;
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
