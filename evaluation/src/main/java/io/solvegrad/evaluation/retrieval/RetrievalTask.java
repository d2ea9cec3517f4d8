package io.solvegrad.evaluation.retrieval;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Which queries search which gallery, and what they must not find.
 *
 * <p>A candidate is relevant if its class is that of the query. A candidate is ignored (neither
 * right nor wrong, it takes no rank) if it is the query itself, has the query's source, or is
 * listed.
 *
 * @param queries the embeddings that search
 * @param gallery the embeddings that are searched
 * @param galleryStartsWithQueries whether gallery item i is query i, which is then ignored for
 *     query i
 * @param ignored for each query the gallery indices to ignore, strictly ascending, or null. Not
 *     modified.
 */
public record RetrievalTask(
    EmbeddingSet queries,
    EmbeddingSet gallery,
    boolean galleryStartsWithQueries,
    int @Nullable [][] ignored) {

  /**
   * Checks that the two sets fit together.
   *
   * @throws IllegalArgumentException if dimensions differ, only one set has sources, or a list of
   *     ignored items is not strictly ascending within the gallery
   */
  public RetrievalTask {
    Objects.requireNonNull(queries, "queries must not be null");
    Objects.requireNonNull(gallery, "gallery must not be null");
    if (queries.dimension() != gallery.dimension()) {
      throw new IllegalArgumentException(
          "queries have dimension %d, the gallery %d"
              .formatted(queries.dimension(), gallery.dimension()));
    }
    if ((queries.sources() == null) != (gallery.sources() == null)) {
      throw new IllegalArgumentException(
          "sources are given for the "
              + (queries.sources() == null ? "gallery" : "queries")
              + " only. Maybe leave them out of both?");
    }
    if (galleryStartsWithQueries && gallery.size() < queries.size()) {
      throw new IllegalArgumentException(
          "a gallery of %d items cannot start with %d queries"
              .formatted(gallery.size(), queries.size()));
    }
    if (ignored != null) {
      checkIgnored(ignored, queries.size(), gallery.size());
    }
  }

  /**
   * One set searched by itself: each item is a query, all others are its candidates.
   *
   * @param set the items
   * @return the task
   */
  public static RetrievalTask within(EmbeddingSet set) {
    Objects.requireNonNull(set, "set must not be null");
    return new RetrievalTask(set, set, true, null);
  }

  /**
   * Queries against another set; no candidate is taken for the query itself.
   *
   * @param queries the embeddings that search
   * @param gallery the embeddings that are searched
   * @return the task
   */
  public static RetrievalTask against(EmbeddingSet queries, EmbeddingSet gallery) {
    return new RetrievalTask(queries, gallery, false, null);
  }

  /**
   * The same task with listed items ignored, as the "junk" images of landmark collections.
   *
   * @param lists for each query the gallery indices to ignore, strictly ascending. Not modified.
   * @return a new task
   */
  public RetrievalTask ignoring(int[][] lists) {
    Objects.requireNonNull(lists, "lists must not be null");
    return new RetrievalTask(queries, gallery, galleryStartsWithQueries, lists);
  }

  private static void checkIgnored(int[][] lists, int queries, int gallery) {
    if (lists.length != queries) {
      throw new IllegalArgumentException(
          "ignored has %d lists for %d queries".formatted(lists.length, queries));
    }
    for (int q = 0; q < lists.length; q++) {
      int previous = -1;
      for (int item : Objects.requireNonNull(lists[q], "ignored must not contain null")) {
        if (item <= previous || item >= gallery) {
          throw new IllegalArgumentException(
              "ignored[%d] holds %d after %d, must ascend strictly below %d"
                  .formatted(q, item, previous, gallery));
        }
        previous = item;
      }
    }
  }
}
