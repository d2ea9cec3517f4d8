package io.solvegrad.evaluation.retrieval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers that would make an outcome wrong without a word. */
final class BadInputTest {
  private static final List<RetrievalMetric> METRICS = RetrievalMetric.hitRates(1);
  private static final float TINY = 1e-30f;

  /** Two embeddings in each direction, which belong together. */
  private static EmbeddingSet set(float first, float second) {
    return new EmbeddingSet(
        new float[] {first, 0, first, 0, 0, second, 0, second}, 2, new int[] {0, 0, 1, 1});
  }

  private static double hitRate(Similarity similarity, EmbeddingSet set) {
    return new RetrievalEvaluator(similarity, TiePolicy.PESSIMISTIC, 1)
        .evaluate(RetrievalTask.within(set), METRICS)
        .mean("hitRate@1");
  }

  private static String refusal(Executable call) {
    return String.valueOf(assertThrows(IllegalArgumentException.class, call).getMessage());
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "COSINE")
  void embeddingsWhoseSimilaritiesUnderflow_areRefusedByRow(Similarity similarity) {
    RetrievalEvaluator evaluator = new RetrievalEvaluator(similarity, TiePolicy.INDEX, 1);
    for (float sign : new float[] {1, -1}) {
      String message = refusal(() -> hitRate(similarity, set(1, sign * TINY)));
      assertTrue(
          message.startsWith("the embedding of query 2 (from 0) has no component beyond"), message);
      assertTrue(message.contains("1.0E-30") && message.contains("scale"), message);
    }
    RetrievalTask task = RetrievalTask.against(set(1, 1), set(1, TINY));
    String message = refusal(() -> evaluator.evaluate(task, METRICS));
    assertTrue(message.contains("gallery item 2"), message);
    message = refusal(() -> evaluator.neighbors(task, new int[] {0}, 1));
    assertTrue(message.contains("gallery item 2"), message);
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "COSINE")
  void shardsRefuseThemToo(Similarity similarity) {
    long[] ids = {5, 6, 17, 18};
    String message = refusal(() -> new GalleryShard(ids, set(1, TINY), similarity));
    assertTrue(message.contains("id 17 "), message);
    GalleryShard shard = new GalleryShard(ids, set(1, 1), similarity);
    message = refusal(() -> shard.nearest(new QueryBlock(set(1, TINY), new long[4][0]), 1));
    assertTrue(message.contains("query 2 "), message);
  }

  @ParameterizedTest
  @EnumSource
  void embeddingsOfAnyOtherSize_areRankedRight(Similarity similarity) {
    for (float size : new float[] {2e-12f, 1e-6f, 1, 1e6f, 1e18f}) {
      assertEquals(1, hitRate(similarity, set(size, size)), similarity + " " + size);
    }
    for (float size : new float[] {Float.MIN_VALUE, TINY, 1e38f}) {
      assertEquals(1, hitRate(Similarity.COSINE, set(size, size)), "cosine " + size);
    }
    assertEquals(1, hitRate(Similarity.DOT_PRODUCT, set(2e-19f, 2e-19f)));
  }

  /** The nearest floats of the smallest size that is allowed still have a distance. */
  @Test
  void euclideanDistancesOfAllowedSizes_doNotUnderflow() {
    float least = 0x1p-39f;
    EmbeddingSet queries = new EmbeddingSet(new float[] {least}, 1, new int[1]);
    EmbeddingSet gallery = new EmbeddingSet(new float[] {Math.nextUp(least), least}, 1, new int[2]);
    Neighbors found =
        new RetrievalEvaluator(Similarity.EUCLIDEAN)
            .neighbors(RetrievalTask.against(queries, gallery), new int[1], 2)
            .getFirst();
    assertEquals(1, found.items()[0]);
    assertTrue(found.similarities()[1] <= -Float.MIN_NORMAL, "of full precision");
  }

  @ParameterizedTest
  @EnumSource
  void zerosAndTinyComponentsBesideOthers_areAccepted(Similarity similarity) {
    assertNotNull(hitRate(similarity, set(1, 0)));
    EmbeddingSet beside =
        new EmbeddingSet(
            new float[] {1, TINY, 1, -TINY, TINY, 1, Float.MIN_VALUE, 1},
            2,
            new int[] {0, 0, 1, 1});
    assertEquals(1, hitRate(similarity, beside));
  }

  @ParameterizedTest
  @CsvSource({"NaN, is NaN", "Infinity, is Infinity"})
  void metricsThatAreNotFinite_areNamedWithTheQuery(double value, String problem) {
    EmbeddingSet set = new EmbeddingSet(new float[] {1, 2, 3}, 1, new int[3]);
    RetrievalEvaluator evaluator = new RetrievalEvaluator(Similarity.COSINE);
    RetrievalMetric metric = new RetrievalMetric("odd", ranks -> ranks.length == 1 ? value : 1);
    // Only query 1 has a single relevant candidate.
    RetrievalTask task = RetrievalTask.within(set).ignoring(new int[][] {{}, {0}, {}});
    String message = refusal(() -> evaluator.evaluate(task, List.of(METRICS.getFirst(), metric)));
    assertEquals("metric odd of query 1 " + problem + ", must be finite", message);
    ResultBuilder result = new ResultBuilder(new int[2], List.of(metric));
    result.addRanks(new int[] {1, 2});
    message = refusal(() -> result.addRanks(new int[] {1}));
    assertEquals("metric odd of query 1 " + problem + ", must be finite", message);
  }

  @Test
  void metricsThatFail_areNamedWithTheQuery() {
    RetrievalMetric metric = new RetrievalMetric("third", ranks -> ranks[2]);
    RetrievalTask task = RetrievalTask.within(set(1, 1));
    RetrievalEvaluator evaluator = new RetrievalEvaluator(Similarity.COSINE);
    IllegalArgumentException failure =
        assertThrows(
            IllegalArgumentException.class, () -> evaluator.evaluate(task, List.of(metric)));
    String message = String.valueOf(failure.getMessage());
    assertTrue(message.startsWith("metric third fails for query 0: "), message);
    assertTrue(failure.getCause() instanceof ArrayIndexOutOfBoundsException);
  }

  @ParameterizedTest
  @ValueSource(ints = {Integer.MIN_VALUE, 0, 10_000_001, Integer.MAX_VALUE})
  void resamplesBeyondReason_areRefused(int resamples) {
    RetrievalResult result =
        new RetrievalEvaluator(Similarity.COSINE)
            .evaluate(RetrievalTask.within(set(1, 1)), METRICS);
    assertEquals(
        "resamples = " + resamples + ", must be 1 to 10000000",
        refusal(() -> result.interval("hitRate@1", 0.9, resamples, 0)));
    assertEquals(1, result.interval("hitRate@1", 0.9, 1, 0).low());
  }
}
