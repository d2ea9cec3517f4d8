package io.solvegrad.evaluation.retrieval;

import java.io.Serializable;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * The relevant candidates of one query and how similar they are to it.
 *
 * @param ids gallery ids, ascending
 * @param similarities one for each
 */
public record RelevantCandidates(long[] ids, float[] similarities) implements Serializable {

  /** Checks that nothing is missing. */
  public RelevantCandidates {
    Objects.requireNonNull(ids, "ids must not be null");
    Objects.requireNonNull(similarities, "similarities must not be null");
  }

  /**
   * Brings together what the shards of a gallery hold; the order of the shards does not matter.
   *
   * @param parts the candidates of one query, one part from each shard. Not modified.
   * @return all of them, ids ascending
   * @throws IllegalArgumentException if an id occurs twice
   */
  public static RelevantCandidates merge(List<RelevantCandidates> parts) {
    Objects.requireNonNull(parts, "parts must not be null");
    int m = parts.stream().mapToInt(part -> part.ids.length).sum();
    long[] all = new long[m];
    float[] similarities = new float[m];
    int at = 0;
    for (RelevantCandidates part : parts) {
      System.arraycopy(part.ids, 0, all, at, part.ids.length);
      System.arraycopy(part.similarities, 0, similarities, at, part.ids.length);
      at += part.ids.length;
    }
    int[] order =
        IntStream.range(0, m)
            .boxed()
            .sorted((i, j) -> Long.compare(all[i], all[j]))
            .mapToInt(Integer::intValue)
            .toArray();
    long[] ids = IntStream.of(order).mapToLong(i -> all[i]).toArray();
    GalleryShard.checkAscending("ids", ids);
    float[] sorted = new float[m];
    for (int i = 0; i < m; i++) {
      sorted[i] = similarities[order[i]];
    }
    return new RelevantCandidates(ids, sorted);
  }
}
