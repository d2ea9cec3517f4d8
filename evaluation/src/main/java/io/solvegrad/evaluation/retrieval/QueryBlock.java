package io.solvegrad.evaluation.retrieval;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * Queries that are sent to every {@link GalleryShard} of a divided gallery.
 *
 * @param embeddings the queries, with classes and sources numbered as in the gallery
 * @param ignored for each query the gallery ids to ignore, strictly ascending. Not modified.
 */
public record QueryBlock(EmbeddingSet embeddings, long[][] ignored) implements Serializable {

  /**
   * Checks sizes and order.
   *
   * @throws IllegalArgumentException if there are more or fewer lists than queries, or ignored ids
   *     do not ascend
   */
  public QueryBlock {
    Objects.requireNonNull(embeddings, "embeddings must not be null");
    Objects.requireNonNull(ignored, "ignored must not be null");
    if (ignored.length != embeddings.size()) {
      throw new IllegalArgumentException(
          "ignored has %d lists for %d queries".formatted(ignored.length, embeddings.size()));
    }
    for (int q = 0; q < ignored.length; q++) {
      Objects.requireNonNull(ignored[q], "ignored must not contain null");
      GalleryShard.checkAscending("ignored[" + q + "]", ignored[q]);
    }
  }

  /**
   * The same queries in a gallery that holds them: none finds itself.
   *
   * @param ids the gallery id of each query. Not modified.
   * @return a new block
   * @throws IllegalArgumentException if there are more or fewer ids than queries
   */
  public QueryBlock excludingSelf(long[] ids) {
    Objects.requireNonNull(ids, "ids must not be null");
    if (ids.length != embeddings.size()) {
      throw new IllegalArgumentException(
          "%d ids for %d queries".formatted(ids.length, embeddings.size()));
    }
    long[][] withSelf =
        IntStream.range(0, ids.length)
            .mapToObj(q ->
                LongStream.concat(LongStream.of(ids[q]), Arrays.stream(ignored[q]))
                    .sorted()
                    .distinct()
                    .toArray())
            .toArray(long[][]::new);
    return new QueryBlock(embeddings, withSelf);
  }

  /** The indices of the ignored items among ascending ids, ascending, for each query. */
  int[][] ignoredAmong(long[] ids) {
    return Arrays.stream(ignored)
        .map(listed ->
            Arrays.stream(listed)
                .mapToInt(id -> Arrays.binarySearch(ids, id))
                .filter(index -> index >= 0)
                .toArray())
        .toArray(int[][]::new);
  }
}
