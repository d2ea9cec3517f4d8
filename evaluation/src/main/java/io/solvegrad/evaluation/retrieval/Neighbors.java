package io.solvegrad.evaluation.retrieval;

import java.util.Objects;

/**
 * The nearest candidates of one query, best first; equal similarities by lower gallery index.
 *
 * <p>Arrays are kept and handed out without a copy. Not modified.
 *
 * @param query the index of the query
 * @param items the gallery indices, fewer than asked for if there are fewer candidates
 * @param similarities their similarities
 */
public record Neighbors(int query, int[] items, float[] similarities) {
  /** Checks that nothing is missing. */
  public Neighbors {
    Objects.requireNonNull(items, "items must not be null");
    Objects.requireNonNull(similarities, "similarities must not be null");
  }
}
