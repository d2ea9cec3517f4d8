package io.solvegrad.evaluation.retrieval;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** The same bits for any number of threads and however the gallery is divided. */
class SameBitsTest {
  private static final List<RetrievalMetric> METRICS =
      List.of(
          RetrievalMetric.hitRate(1),
          RetrievalMetric.mapAtR(),
          RetrievalMetric.meanAveragePrecision(),
          RetrievalMetric.ndcg());

  private record Item(int id, float similarity) {}

  private static EmbeddingSet random(Random random, int size, int dimension) {
    float[] values = new float[size * dimension];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    // some embeddings stand twice, so that equal similarities occur
    for (int i = 1; i < size; i += 7) {
      System.arraycopy(values, (i - 1) * dimension, values, i * dimension, dimension);
    }
    return new EmbeddingSet(values, dimension, random.ints(size, 0, 1 + size / 9).toArray());
  }

  private static EmbeddingSet part(EmbeddingSet set, int from, int to) {
    int d = set.dimension();
    return new EmbeddingSet(
        Arrays.copyOfRange(set.values(), from * d, to * d),
        d,
        Arrays.copyOfRange(set.classes(), from, to));
  }

  @Property(tries = 40, seed = "1")
  void threadsDoNotMatter(
      @ForAll int seed,
      @ForAll @IntRange(min = 1, max = 700) int size,
      @ForAll @IntRange(min = 1, max = 40) int dimension,
      @ForAll Similarity similarity,
      @ForAll TiePolicy ties) {
    RetrievalTask task = RetrievalTask.within(random(new Random(seed), size, dimension));
    RetrievalResult one = new RetrievalEvaluator(similarity, ties, 1).evaluate(task, METRICS);
    for (int threads : new int[] {2, 3, 7}) {
      RetrievalResult other =
          new RetrievalEvaluator(similarity, ties, threads).evaluate(task, METRICS);
      assertArrayEquals(one.totals(), other.totals());
      assertArrayEquals(one.lone(), other.lone());
      for (int c = 0; c < one.sums().length; c++) {
        assertArrayEquals(one.sums()[c], other.sums()[c]);
      }
    }
  }

  @Property(tries = 40, seed = "1")
  void partitionsOfTheGalleryDoNotMatter(
      @ForAll int seed,
      @ForAll @IntRange(min = 2, max = 1200) int size,
      @ForAll @IntRange(min = 1, max = 40) int dimension,
      @ForAll @IntRange(min = 1, max = 6) int parts,
      @ForAll @IntRange(min = 1, max = 25) int k,
      @ForAll Similarity similarity) {
    Random random = new Random(seed);
    EmbeddingSet gallery = random(random, size, dimension);
    EmbeddingSet queries = random(random, 5, dimension);
    RetrievalEvaluator evaluator = new RetrievalEvaluator(similarity, TiePolicy.INDEX, 2);
    int[] all = IntStream.range(0, 5).toArray();
    List<Neighbors> whole = evaluator.neighbors(RetrievalTask.against(queries, gallery), all, k);
    List<List<Item>> merged = new ArrayList<>();
    Arrays.stream(all).forEach(query -> merged.add(new ArrayList<>()));
    int[] cuts =
        IntStream.concat(IntStream.of(0, size), random.ints(parts - 1, 0, size + 1))
            .sorted()
            .toArray();
    for (int c = 1; c < cuts.length; c++) {
      int from = cuts[c - 1];
      EmbeddingSet shard = part(gallery, from, cuts[c]);
      if (shard.size() > 0) {
        for (Neighbors found : evaluator.neighbors(RetrievalTask.against(queries, shard), all, k)) {
          for (int i = 0; i < found.items().length; i++) {
            merged
                .get(found.query())
                .add(new Item(from + found.items()[i], found.similarities()[i]));
          }
        }
      }
    }
    Comparator<Item> best =
        Comparator.comparingDouble((Item item) -> -(item.similarity + 0f))
            .thenComparingInt(Item::id);
    for (Neighbors expected : whole) {
      List<Item> items = merged.get(expected.query()).stream().sorted(best).limit(k).toList();
      assertEquals(expected.items().length, items.size());
      for (int i = 0; i < items.size(); i++) {
        assertEquals(expected.items()[i], items.get(i).id);
        assertEquals(
            Float.floatToIntBits(expected.similarities()[i]),
            Float.floatToIntBits(items.get(i).similarity));
      }
    }
  }
}
