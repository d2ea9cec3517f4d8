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
  EUCLIDEAN
}
