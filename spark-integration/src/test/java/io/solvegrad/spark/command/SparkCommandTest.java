package io.solvegrad.spark.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.solvegrad.evaluation.file.NpyFile;
import io.solvegrad.evaluation.retrieval.RetrievalEvaluator;
import io.solvegrad.evaluation.retrieval.RetrievalMetric;
import io.solvegrad.evaluation.retrieval.RetrievalTask;
import io.solvegrad.evaluation.retrieval.Similarity;
import io.solvegrad.spark.Embeddings;
import io.solvegrad.spark.LocalSpark;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The jobs as {@code spark-submit} starts them: the master comes from outside. */
class SparkCommandTest {

  @Test
  void evaluate_printsWhatOneMachineComputesAndWritesParquet(@TempDir Path folder)
      throws IOException {
    Embeddings set = Embeddings.random(40, 4, 6, 0, 0, 71);
    String gallery = folder.resolve("gallery.parquet").toString();
    String values = folder.resolve("values").toString();
    String neighbors = folder.resolve("neighbors").toString();
    try (SparkSession session = LocalSpark.threads(2)) {
      set.frame(session, 2, 1).write().parquet(gallery);
    }
    PrintStream console = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    System.setProperty("spark.master", "local[2]");
    System.setProperty("spark.ui.enabled", "false");
    try {
      System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
      assertEquals(
          0,
          SparkCommand.run(
              System.err,
              "evaluate",
              "--gallery",
              gallery,
              "--metrics",
              "hitRate@1,MAP@R",
              "--per-query",
              values,
              "--neighbors",
              neighbors,
              "--k",
              "3"));
    } finally {
      System.setOut(console);
      System.clearProperty("spark.master");
      System.clearProperty("spark.ui.enabled");
    }
    double expected =
        new RetrievalEvaluator(Similarity.COSINE)
            .evaluate(RetrievalTask.within(set.withoutSources()), List.of(RetrievalMetric.mapAtR()))
            .mean("MAP@R");
    String text = printed.toString(StandardCharsets.UTF_8);
    assertTrue(text.contains(String.format(Locale.ROOT, "%.6f", expected)), text);
    try (SparkSession session = LocalSpark.threads(2)) {
      assertEquals(40, session.read().parquet(values).count());
      assertEquals(120, session.read().parquet(neighbors).count());
    }
  }

  @Test
  void train_writesAHeadAndWhatItIsGoodFor(@TempDir Path folder) throws IOException {
    Embeddings set = Embeddings.random(120, 6, 20, 0, 0, 72);
    Path features =
        Files.write(
            folder.resolve("features.npy"),
            NpyFile.toBytes(new NpyFile.Matrix(set.set().values(), 120, 6)));
    Path labels = labels(folder, set.set().classes());
    String rows = folder.resolve("rows.parquet").toString();
    try (SparkSession session = LocalSpark.threads(2)) {
      set.frame(session, 3, 1)
          .withColumn("id", functions.expr("id div 3"))
          .drop("camera")
          .write()
          .parquet(rows);
    }
    String[] common = {
      "--outputs", "4", "--batch", "16", "--shards", "3", "--steps", "6", "--memory", "broadcast"
    };
    Path one = folder.resolve("one");
    Path two = folder.resolve("two");
    train(
        common,
        "--features",
        features.toString(),
        "--labels",
        labels.toString(),
        "--out",
        one.toString());
    train(common, "--rows", rows, "--out", two.toString());
    NpyFile.Matrix head = NpyFile.readFloats(one.resolve("head.npy"));
    assertEquals(6, head.rows());
    assertEquals(4, head.columns());
    assertArrayEquals(head.values(), NpyFile.readFloats(two.resolve("head.npy")).values());
    JsonNode results = new ObjectMapper().readTree(one.resolve("results.json").toFile());
    assertEquals(6, results.path("losses").size());
    assertEquals(120, results.path("trainRows").asInt() + results.path("testRows").asInt());
    for (String of : List.of("features", "untrained", "trained")) {
      double rate = results.path(of).path("hitRate@1").asDouble(-1);
      assertTrue(rate >= 0 && rate <= 1, of);
    }
    assertEquals("BROADCAST", results.path("settings").path("memory").asText());

    // The head as it is cannot be overwritten, but can be trained further.
    assertRefused(
        "is not empty. Maybe choose another --out",
        "train",
        "--rows",
        rows,
        "--out",
        one.toString());
    common[7] = "9";
    train(common, "--rows", rows, "--out", two.toString(), "--resume");
    JsonNode longer = new ObjectMapper().readTree(two.resolve("results.json").toFile());
    assertEquals(6, longer.path("resumedAfter").asInt());
    assertEquals(9, longer.path("losses").size());
  }

  private static void train(String[] common, String... more) {
    List<String> all = new ArrayList<>(List.of("train"));
    all.addAll(List.of(common));
    all.addAll(List.of(more));
    assertEquals(0, SparkCommand.run(System.err, all.toArray(String[]::new)));
  }

  private static Path labels(Path folder, int[] classes) throws IOException {
    String header =
        "{'descr': '<i4', 'fortran_order': False, 'shape': (%d,), }".formatted(classes.length);
    header += " ".repeat(63 - (10 + header.length()) % 64) + "\n";
    ByteBuffer bytes =
        ByteBuffer.allocate(10 + header.length() + 4 * classes.length)
            .order(ByteOrder.LITTLE_ENDIAN);
    bytes
        .put((byte) 0x93)
        .put("NUMPY".getBytes(StandardCharsets.US_ASCII))
        .put((byte) 1)
        .put((byte) 0);
    bytes.putShort((short) header.length()).put(header.getBytes(StandardCharsets.US_ASCII));
    for (int label : classes) {
      bytes.putInt(label);
    }
    return Files.write(folder.resolve("labels.npy"), bytes.array());
  }

  @Test
  void badInput_isOneSentenceAndExitCode2() {
    System.setProperty("spark.master", "local[1]");
    try {
      assertRefused("does-not-exist", "evaluate", "--gallery", "/does-not-exist.parquet");
      assertRefused("median", "evaluate", "--gallery", "x", "--metrics", "median");
      assertRefused("--gallery", "evaluate");
      assertRefused("give --rows, or --features and --labels", "train");
      assertRefused("give --rows, or --features", "train", "--rows", "x", "--labels", "y");
      assertRefused("0.0 is not between 0 and 1", "train", "--rows", "x", "--test-share", "0");
      assertRefused("in 0 shards", "train", "--rows", "x", "--shards", "0");
      assertRefused("lambda", "train", "--rows", "x", "--lambda", "-1");
      assertRefused("does-not-exist", "train", "--rows", "/does-not-exist", "--out", "target/none");
      assertRefused("nothing can be learnt", "scaling", "--queries", "0");
    } finally {
      System.clearProperty("spark.master");
    }
  }

  private static void assertRefused(String part, String... arguments) {
    ByteArrayOutputStream errors = new ByteArrayOutputStream();
    PrintStream stream = new PrintStream(errors, true, StandardCharsets.UTF_8);
    PrintStream before = System.err;
    System.setErr(stream);
    try {
      assertEquals(2, SparkCommand.run(stream, arguments));
    } finally {
      System.setErr(before);
    }
    assertTrue(errors.toString(StandardCharsets.UTF_8).contains(part), errors::toString);
  }
}
