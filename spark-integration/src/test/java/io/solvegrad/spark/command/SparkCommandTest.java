package io.solvegrad.spark.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.solvegrad.evaluation.retrieval.RetrievalEvaluator;
import io.solvegrad.evaluation.retrieval.RetrievalMetric;
import io.solvegrad.evaluation.retrieval.RetrievalTask;
import io.solvegrad.evaluation.retrieval.Similarity;
import io.solvegrad.spark.Embeddings;
import io.solvegrad.spark.LocalSpark;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.SparkSession;
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
  void badInput_isOneSentenceAndExitCode2() {
    System.setProperty("spark.master", "local[1]");
    try {
      assertRefused("does-not-exist", "evaluate", "--gallery", "/does-not-exist.parquet");
      assertRefused("median", "evaluate", "--gallery", "x", "--metrics", "median");
      assertRefused("--gallery", "evaluate");
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
