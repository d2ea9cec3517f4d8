package io.solvegrad.evaluation.retrieval;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetrievalEvaluatorTest {
  private static final List<RetrievalMetric> METRICS = allMetrics();

  private static List<RetrievalMetric> allMetrics() {
    List<RetrievalMetric> metrics = new ArrayList<>(RetrievalMetric.hitRates(1, 3, 10));
    metrics.add(RetrievalMetric.recall(3));
    metrics.add(RetrievalMetric.cappedRecall(3));
    metrics.add(RetrievalMetric.precision(1));
    metrics.add(RetrievalMetric.rPrecision());
    metrics.add(RetrievalMetric.mapAtR());
    metrics.add(RetrievalMetric.meanAveragePrecision());
    metrics.add(RetrievalMetric.reciprocalRank());
    metrics.add(RetrievalMetric.ndcg());
    metrics.add(RetrievalMetric.ndcg(3));
    return metrics;
  }

  /** Small integers as components give many exact ties and exact arithmetic. */
  private static EmbeddingSet random(
      Random random, int n, int dimension, int classes, int sources) {
    float[] values = new float[n * dimension];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextInt(-2, 3);
    }
    return new EmbeddingSet(
        values,
        dimension,
        random.ints(n, 0, classes).toArray(),
        sources == 0 ? null : random.ints(n, 0, sources).toArray());
  }

  @ParameterizedTest
  @CsvSource({
    "1, 40, 40, 3, 5, 0, true", "2, 40, 700, 4, 30, 4, false", "3, 300, 1100, 5, 9, 3, true",
    "4, 17, 33, 1, 40, 2, false", "5, 131, 640, 130, 7, 0, true", "6, 1, 1, 7, 1, 0, true"
  })
  void agreesWithSortingTheWholeMatrix(
      int seed, int queries, int gallery, int dimension, int classes, int sources, boolean self) {
    Random random = new Random(seed);
    EmbeddingSet all = random(random, gallery, dimension, classes, sources);
    EmbeddingSet some =
        self ? head(all, queries) : random(random, queries, dimension, classes, sources);
    int[][] ignored = new int[queries][];
    Arrays.setAll(
        ignored, q -> IntStream.range(0, gallery).filter(i -> random.nextInt(7) == 0).toArray());
    RetrievalTask task = new RetrievalTask(some, all, self, seed % 2 == 0 ? ignored : null);
    for (Similarity similarity : Similarity.values()) {
      for (TiePolicy ties : TiePolicy.values()) {
        double[][] expected = bySorting(task, similarity, ties);
        for (int threads : new int[] {1, 3}) {
          List<double[]> actual = new ArrayList<>();
          new RetrievalEvaluator(similarity, ties, threads)
              .evaluate(task, METRICS, (query, values) -> actual.add(values));
          assertEquals(queries, actual.size());
          for (int q = 0; q < queries; q++) {
            assertArrayEquals(
                expected[q], actual.get(q), 1e-12, similarity + " " + ties + ", query " + q);
          }
        }
      }
    }
  }

  private static EmbeddingSet head(EmbeddingSet set, int n) {
    return new EmbeddingSet(
        Arrays.copyOf(set.values(), n * set.dimension()),
        set.dimension(),
        Arrays.copyOf(set.classes(), n),
        set.sources() == null ? null : Arrays.copyOf(set.sources(), n));
  }

  private static double[][] bySorting(RetrievalTask task, Similarity similarity, TiePolicy ties) {
    EmbeddingSet queries =
        similarity == Similarity.COSINE ? task.queries().normalized() : task.queries();
    EmbeddingSet gallery =
        similarity == Similarity.COSINE ? task.gallery().normalized() : task.gallery();
    double[][] values = new double[queries.size()][];
    for (int q = 0; q < values.length; q++) {
      int query = q;
      double[] scores = new double[gallery.size()];
      Arrays.setAll(scores, i -> similarity(queries, query, gallery, i, similarity));
      int mine = queries.classes()[q];
      Comparator<Integer> order = Comparator.comparing(i -> -scores[i]);
      if (ties != TiePolicy.INDEX) {
        int first = ties == TiePolicy.OPTIMISTIC ? 0 : 1;
        order = order.thenComparing(i -> gallery.classes()[i] == mine ? first : 1 - first);
      }
      List<Integer> ranking =
          IntStream.range(0, gallery.size())
              .filter(i -> !(task.galleryStartsWithQueries() && i == query))
              .filter(i ->
                  gallery.sources() == null || gallery.sources()[i] != queries.sources()[query])
              .filter(
                  i -> task.ignored() == null || Arrays.binarySearch(task.ignored()[query], i) < 0)
              .boxed()
              .sorted(order.thenComparing(i -> i))
              .toList();
      int[] ranks =
          IntStream.range(0, ranking.size())
              .filter(r -> gallery.classes()[ranking.get(r)] == mine)
              .map(r -> r + 1)
              .toArray();
      values[q] =
          ranks.length == 0
              ? new double[0]
              : METRICS.stream().mapToDouble(m -> m.formula().value(ranks)).toArray();
    }
    return values;
  }

  private static float similarity(
      EmbeddingSet queries, int q, EmbeddingSet gallery, int g, Similarity similarity) {
    int d = queries.dimension();
    float sum = 0;
    for (int k = 0; k < d; k++) {
      float a = queries.values()[q * d + k];
      float b = gallery.values()[g * d + k];
      sum = similarity == Similarity.EUCLIDEAN ? Math.fma(b - a, a - b, sum) : Math.fma(a, b, sum);
    }
    return sum + 0f;
  }
}
