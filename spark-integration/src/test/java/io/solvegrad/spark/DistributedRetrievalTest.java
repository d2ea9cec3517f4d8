package io.solvegrad.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.solvegrad.evaluation.retrieval.EmbeddingSet;
import io.solvegrad.evaluation.retrieval.Neighbors;
import io.solvegrad.evaluation.retrieval.RetrievalEvaluator;
import io.solvegrad.evaluation.retrieval.RetrievalMetric;
import io.solvegrad.evaluation.retrieval.RetrievalResult;
import io.solvegrad.evaluation.retrieval.RetrievalTask;
import io.solvegrad.evaluation.retrieval.Similarity;
import io.solvegrad.evaluation.retrieval.TiePolicy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.SparkException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DistributedRetrievalTest {
  private static final List<RetrievalMetric> METRICS =
      List.of(
          RetrievalMetric.hitRate(1),
          RetrievalMetric.recall(10),
          RetrievalMetric.mapAtR(),
          RetrievalMetric.parse("nDCG@10"),
          RetrievalMetric.parse("MRR"));

  private static SparkSession session;

  @BeforeAll
  static void start() {
    session = LocalSpark.threads(2);
  }

  @AfterAll
  static void stop() {
    session.stop();
  }

  @ParameterizedTest
  @CsvSource({
    "COSINE, INDEX, 1, 1, 7",
    "COSINE, OPTIMISTIC, 0, 3, 1000",
    "DOT_PRODUCT, INDEX, 1, 5, 1",
    "DOT_PRODUCT, PESSIMISTIC, 1, 2, 13",
    "EUCLIDEAN, INDEX, 2, 4, 40",
  })
  void metrics_equalThoseOfOneMachineBitForBit(
      Similarity similarity, TiePolicy ties, int steps, int partitions, int block) {
    Embeddings queries = Embeddings.random(41, 5, 6, steps, 1, 11);
    Embeddings gallery = Embeddings.random(157, 5, 6, steps, 0, 12);
    RetrievalResult expected =
        new RetrievalEvaluator(similarity, ties, 1)
            .evaluate(
                RetrievalTask.against(queries.withoutSources(), gallery.withoutSources()), METRICS);
    DistributedResult found =
        new DistributedRetrieval(similarity, ties, EmbeddingColumns.standard(), false, block)
            .evaluate(queries.frame(session, 3, 5), gallery.frame(session, partitions, 6), METRICS);
    assertSame(expected, found.summary());
  }

  @Test
  void selfSourcesAndListed_areIgnoredAsOnOneMachine() {
    Embeddings set = Embeddings.random(90, 4, 8, 2, 5, 21);
    int[][] ignored = new int[90][];
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 90; i++) {
      int first = i;
      ignored[i] = IntStream.of(7, 30 + i % 11, 80).filter(g -> g != first).toArray();
      Row row = set.rows().get(i);
      rows.add(
          RowFactory.create(
              row.get(0),
              row.get(1),
              row.get(2),
              row.get(3),
              Arrays.stream(ignored[i]).mapToObj(g -> set.ids()[g]).toList()));
    }
    Dataset<Row> queries =
        session.createDataFrame(
            rows, Embeddings.SCHEMA.add("junk", DataTypes.createArrayType(DataTypes.LongType)));
    List<String> perQuery = new ArrayList<>();
    RetrievalResult expected =
        new RetrievalEvaluator(Similarity.COSINE, TiePolicy.INDEX, 1)
            .evaluate(
                RetrievalTask.within(set.set()).ignoring(ignored),
                METRICS,
                (query, values) -> perQuery.add(Arrays.toString(values)));
    DistributedResult found =
        new DistributedRetrieval(
                Similarity.COSINE,
                TiePolicy.INDEX,
                new EmbeddingColumns("id", "embedding", "label", "camera", "junk"),
                true,
                32)
            .evaluate(queries, set.frame(session, 4, 3), METRICS);
    assertSame(expected, found.summary());
    List<Row> values = found.perQuery().orderBy("id").collectAsList();
    for (int q = 0; q < 90; q++) {
      Row row = values.get(q);
      assertEquals(set.ids()[q], row.getLong(0));
      if (perQuery.get(q).equals("[]")) {
        assertNull(row.get(1));
      } else {
        assertEquals(
            perQuery.get(q),
            IntStream.range(1, row.length()).mapToObj(row::get).toList().toString());
      }
    }
  }

  @Test
  void neighbors_equalThoseOfOneMachine() {
    Embeddings set = Embeddings.random(80, 3, 5, 1, 2, 31);
    int[] all = IntStream.range(0, 80).toArray();
    List<Neighbors> expected =
        new RetrievalEvaluator(Similarity.COSINE, TiePolicy.INDEX, 1)
            .neighbors(RetrievalTask.within(set.withoutSources()), all, 6);
    List<Row> rows =
        new DistributedRetrieval(Similarity.COSINE)
            .excludingSelf()
            .neighbors(set.frame(session, 2, 1), set.frame(session, 5, 2), 6)
            .collectAsList();
    assertEquals(480, rows.size());
    for (int i = 0; i < rows.size(); i++) {
      Neighbors of = expected.get(i / 6);
      assertEquals(set.ids()[i / 6], rows.get(i).getLong(0));
      assertEquals(i % 6 + 1, rows.get(i).getInt(1));
      assertEquals(set.ids()[of.items()[i % 6]], rows.get(i).getLong(2));
      assertEquals(of.similarities()[i % 6], rows.get(i).getFloat(3));
    }
  }

  @Test
  void parquet_inAndOut(@TempDir Path folder) {
    Embeddings set = Embeddings.random(30, 4, 5, 0, 0, 41);
    String in = folder.resolve("gallery.parquet").toString();
    String out = folder.resolve("values.parquet").toString();
    set.frame(session, 3, 1).write().parquet(in);
    Dataset<Row> read = session.read().parquet(in);
    DistributedResult found =
        new DistributedRetrieval(Similarity.COSINE).excludingSelf().evaluate(read, read, METRICS);
    found.perQuery().write().parquet(out);
    RetrievalResult expected =
        new RetrievalEvaluator(Similarity.COSINE)
            .evaluate(RetrievalTask.within(set.withoutSources()), METRICS);
    assertSame(expected, found.summary());
    assertEquals(30, session.read().parquet(out).count());
  }

  @Test
  void labelsOfStrings_areReported() {
    Embeddings set = Embeddings.random(12, 2, 3, 0, 0, 51);
    EmbeddingColumns byCamera = new EmbeddingColumns("id", "embedding", "camera", null, null);
    Dataset<Row> frame = set.frame(session, 2, 1);
    DistributedResult found =
        new DistributedRetrieval(Similarity.COSINE, TiePolicy.INDEX, byCamera, true, 5)
            .evaluate(frame, frame, METRICS);
    EmbeddingSet relabelled = new EmbeddingSet(set.set().values(), 2, set.set().sources());
    assertEquals(
        new RetrievalEvaluator(Similarity.COSINE)
            .evaluate(RetrievalTask.within(relabelled), METRICS)
            .mean("MAP@R"),
        found.summary().mean("MAP@R"));
    assertTrue(found.labels().contains("camera" + set.set().sources()[0]));
  }

  @Test
  void rowsThatCannotBeRead_failWithTheirId() {
    assertFails(row(7L, null, 1L), "gallery, id 7: embedding is null");
    assertFails(row(7L, List.of(1f), 1L), "gallery, id 7: embedding has 1 components, must have 2");
    assertFails(row(7L, List.of(1f, Float.NaN), 1L), "gallery, id 7: component 1 = NaN");
    assertFails(row(7L, Arrays.asList(1f, null), 1L), "gallery, id 7: component 1 = null");
    assertFails(row(7L, List.of(1f, 2f), null), "gallery, id 7: label is null");
    assertFails(row(1L, List.of(1f, 2f), 2L), "id 1 occurs more than once in the gallery");
    assertFails(row(null, List.of(1f, 2f), 2L), "the gallery has a row without id");
  }

  @Test
  void strangeButValidTables_areEvaluated() {
    Embeddings set = Embeddings.random(9, 2, 3, 1, Long.MAX_VALUE - 40, 42);
    Dataset<Row> frame = set.frame(session, 12, 1);
    frame =
        frame
            .withColumn(
                "my.vector",
                frame.col("embedding").cast(DataTypes.createArrayType(DataTypes.DoubleType)))
            .withColumnRenamed("id", "the id")
            .withColumnRenamed("label", "a`label")
            .drop("embedding");
    DistributedRetrieval retrieval =
        new DistributedRetrieval(
            Similarity.COSINE,
            TiePolicy.INDEX,
            new EmbeddingColumns("the id", "my.vector", "a`label", null, null),
            true,
            4);
    RetrievalResult expected =
        new RetrievalEvaluator(Similarity.COSINE)
            .evaluate(RetrievalTask.within(set.withoutSources()), METRICS);
    DistributedResult found = retrieval.evaluate(frame, frame, METRICS);
    assertSame(expected, found.summary());
    assertEquals("the id", found.perQuery().columns()[0]);
    List<Row> all = retrieval.neighbors(frame, frame, Integer.MAX_VALUE).collectAsList();
    assertEquals(9 * 8, all.size());
    Dataset<Row> single = frame.filter(frame.col("the id").equalTo(set.ids()[0]));
    assertEquals(0, retrieval.evaluate(single, single, METRICS).summary().mean("MAP@R"));
  }

  @Test
  void tablesWithoutRows_areRefused(@TempDir Path folder) {
    Dataset<Row> good = frame(row(1L, List.of(1f, 2f), 1L));
    String empty = folder.resolve("empty.parquet").toString();
    good.limit(0).write().parquet(empty);
    refused(good, session.read().parquet(empty), "the gallery is empty");
    refused(session.read().parquet(empty), good, "there are no queries");
    refused(good, session.createDataFrame(List.<Row>of(), Embeddings.SCHEMA), "gallery is empty");
  }

  @Test
  void queriesThatCannotBeRead_failWithTheirId() {
    Dataset<Row> gallery = frame(row(1L, List.of(1f, 2f), 1L));
    Row good = row(1L, List.of(1f, 2f), 1L);
    refused(frame(good, row(7L, null, 1L)), gallery, "queries, id 7: embedding is null");
    refused(
        frame(good, row(7L, List.of(1f), 1L)), gallery, "queries, id 7: embedding has 1 component");
    refused(
        frame(good, row(7L, List.of(1f, Float.NEGATIVE_INFINITY), 1L)),
        gallery,
        "queries, id 7: component 1 = -Infinity");
    refused(frame(good, row(7L, List.of(1f, 2f), null)), gallery, "queries, id 7: label is null");
    refused(frame(good, good), gallery, "id 1 occurs more than once in the queries");
    refused(frame(good, row(null, List.of(1f, 2f), 1L)), gallery, "queries have a row without id");
    refused(frame(row(7L, List.of(), 1L)), gallery, "queries, id 7: embedding has 0 components");
    refused(frame(row(7L, null, 1L)), gallery, "queries, id 7: embedding is null");
    refused(frame(row(1L, List.of(1f), 1L)), gallery, "gallery, id 1: embedding has 2 components");
  }

  @Test
  void dimensionsThatDifferBetweenPartitions_failWithAnId() {
    Dataset<Row> mixed =
        frame(row(1L, List.of(1f, 2f), 1L))
            .union(frame(row(2L, List.of(1f, 2f, 3f), 1L)))
            .union(frame(row(3L, List.of(1f, 2f), 1L)));
    refused(
        mixed.filter("id <> 2"), mixed, "gallery, id 2: embedding has 3 components, must have 2");
    refused(
        frame(row(1L, List.of(1f, 2f), 1L)),
        frame(row(4L, List.of(1f, 2f), 1L)).union(frame(row(4L, List.of(1f, 2f), 1L))),
        "id 4 occurs more than once in the gallery");
  }

  @Test
  void schemasThatDoNotFit_areRefusedBeforeAnyJob() {
    Dataset<Row> good = frame(row(1L, List.of(1f, 2f), 1L));
    refused(good.drop("label"), good, "queries has no column label");
    refused(good, good.withColumn("embedding", good.col("id")), "must hold arrays of float");
    refused(
        good,
        good.withColumn("embedding", functions.array(good.col("embedding"))),
        "holds array<array<float>>, must hold");
    refused(
        good,
        good.withColumn(
            "embedding", org.apache.spark.ml.functions.array_to_vector(good.col("embedding"))),
        "Maybe use vector_to_array");
    refused(good, good.withColumn("id", good.col("label").cast("double")), "must hold whole");
    refused(
        good, good.withColumn("label", good.col("label").cast("string")), "holds bigint in the");
    refused(good.filter("id > 5"), good, "there are no queries");
    refused(good, good.filter("id > 5"), "the gallery is empty");
  }

  private static void refused(Dataset<Row> queries, Dataset<Row> gallery, String message) {
    DistributedRetrieval retrieval = new DistributedRetrieval(Similarity.COSINE);
    var e =
        assertThrows(
            IllegalArgumentException.class, () -> retrieval.evaluate(queries, gallery, METRICS));
    assertTrue(e.getMessage().contains(message), e.getMessage());
  }

  private static void assertFails(Row bad, String message) {
    Dataset<Row> queries = frame(row(1L, List.of(1f, 2f), 1L));
    Dataset<Row> gallery = frame(row(1L, List.of(1f, 2f), 1L), bad);
    DistributedRetrieval retrieval = new DistributedRetrieval(Similarity.COSINE);
    Exception e =
        assertThrows(Exception.class, () -> retrieval.evaluate(queries, gallery, METRICS));
    assertTrue(e instanceof SparkException || e instanceof IllegalArgumentException, e::toString);
    assertTrue(e.getMessage().contains(message), e.getMessage());
  }

  private static Row row(Long id, List<Float> embedding, Long label) {
    return RowFactory.create(id, embedding, label, null);
  }

  private static Dataset<Row> frame(Row... rows) {
    StructType schema = Embeddings.SCHEMA;
    return session.createDataFrame(List.of(rows), schema);
  }

  static void assertSame(RetrievalResult expected, RetrievalResult found) {
    assertArrayEquals(expected.totals(), found.totals());
    assertArrayEquals(expected.lone(), found.lone());
    assertArrayEquals(expected.counts(), found.counts());
    assertArrayEquals(expected.sums(), found.sums());
  }
}
