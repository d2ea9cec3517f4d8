package io.solvegrad.spark;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * The names of the columns that hold embeddings.
 *
 * @param id a column of whole numbers, unique in each DataFrame; among equally similar candidates
 *     the lower id stands first
 * @param embedding a column of arrays of float, or of double, which is rounded to float
 * @param label a column of whole numbers or strings: items of equal label are relevant to each
 *     other
 * @param source a column of whole numbers or strings whose equal values keep an item from being a
 *     candidate (camera, document), or null
 * @param ignored a column of arrays of long, in the queries only: gallery ids that the query
 *     ignores, or null
 */
public record EmbeddingColumns(
    String id, String embedding, String label, @Nullable String source, @Nullable String ignored)
    implements Serializable {

  /**
   * The columns {@code id}, {@code embedding} and {@code label}.
   *
   * @return names without sources and ignored items
   */
  public static EmbeddingColumns standard() {
    return new EmbeddingColumns("id", "embedding", "label", null, null);
  }

  /** The same without sources and ignored items. */
  EmbeddingColumns withoutSource() {
    return new EmbeddingColumns(id, embedding, label, null, null);
  }
}
