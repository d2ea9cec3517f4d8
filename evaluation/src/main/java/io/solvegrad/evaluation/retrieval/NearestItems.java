package io.solvegrad.evaluation.retrieval;

import java.io.Serializable;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The nearest candidates of one query, best first; equal similarities by lower gallery id.
 *
 * @param ids gallery ids
 * @param similarities one for each
 */
public record NearestItems(long[] ids, float[] similarities) implements Serializable {
  /** Checks that nothing is missing. */
  public NearestItems {
    Objects.requireNonNull(ids, "ids must not be null");
    Objects.requireNonNull(similarities, "similarities must not be null");
  }

  private record Item(long id, float similarity) {
    static int compare(Item a, Item b) {
      // 0f removes the sign of -0.0, which equals 0.0
      int bySimilarity = Float.compare(b.similarity + 0f, a.similarity + 0f);
      return bySimilarity != 0 ? bySimilarity : Long.compare(a.id, b.id);
    }
  }

  /**
   * The nearest candidates of a whole gallery from those of its shards; exact, whatever the order
   * of the shards.
   *
   * @param parts the k nearest candidates of one query in each shard. Not modified.
   * @param k how many to keep, at least 1
   * @return the k nearest of all, fewer if there are fewer
   * @throws IllegalArgumentException if k is below 1
   */
  public static NearestItems merge(List<NearestItems> parts, int k) {
    Objects.requireNonNull(parts, "parts must not be null");
    if (k < 1) {
      throw new IllegalArgumentException("k = " + k + ", must be at least 1");
    }
    List<Item> best =
        parts.stream().flatMap(NearestItems::items).sorted(Item::compare).limit(k).toList();
    float[] similarities = new float[best.size()];
    for (int i = 0; i < similarities.length; i++) {
      similarities[i] = best.get(i).similarity;
    }
    return new NearestItems(best.stream().mapToLong(Item::id).toArray(), similarities);
  }

  private Stream<Item> items() {
    return IntStream.range(0, ids.length).mapToObj(i -> new Item(ids[i], similarities[i]));
  }
}
