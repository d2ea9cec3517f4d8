package io.solvegrad.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.solvegrad.ejml.EmbeddingHead;
import io.solvegrad.rambo.BlackboxRanker;
import io.solvegrad.ranking.MetricLoss;
import io.solvegrad.ranking.PerturbedLoss;
import io.solvegrad.ranking.Recall;
import io.solvegrad.solver.Lambda;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DistributedHeadTrainingTest {
  static final LossFactory RECALL =
      seed -> MetricLoss.of(Recall.logLog(), new BlackboxRanker(Lambda.plain(50))).margin(0.05);
  private static final LossFactory NOISY =
      seed -> new PerturbedLoss(RECALL.create(seed), PerturbedLoss.Noise.GAUSSIAN, 0.1, 2, seed);

  private static final int INPUTS = 6;
  private static final int OUTPUTS = 3;
  private static final Embeddings SET = Embeddings.random(150, INPUTS, 23, 0, -9, 81);

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
    "NONE, 1, 1, 1, false",
    "NONE, 1, 5, 3, true",
    "PARTITIONED, 2, 5, 7, false",
    "BROADCAST, 3, 5, 2, true",
    "BROADCAST, 2, 40, 2, false",
  })
  void head_equalsThatOfOneMachineBitForBit(
      MemoryPlacement memory, int memorySteps, int shards, int partitions, boolean noisy) {
    LossFactory loss = noisy ? NOISY : RECALL;
    HeadSettings settings = settings(6, shards).remembering(memory, memorySteps);
    float[] start = head().weights().data;
    float[] expected =
        new HeadTrainingTwin(loss, settings)
            .weights(start, SET.set().values(), SET.set().classes(), INPUTS, OUTPUTS);
    TrainedHead found =
        new DistributedHeadTraining(loss, settings)
            .fit(head(), SET.frame(session, partitions, partitions));
    assertArrayEquals(expected, found.head().weights().data);
    assertEquals(150, found.rows());
    assertEquals(6, found.losses().length);
    long memoryBytes = memory == MemoryPlacement.BROADCAST ? 4 * OUTPUTS : 0;
    long weights = 4L * INPUTS * OUTPUTS;
    long remembered = found.bytesToExecutor() - weights;
    assertTrue(memoryBytes == 0 ? remembered == 0 : remembered % memoryBytes == 0);
    assertEquals(found.usedShards() * weights + remembered, found.bytesToDriver());
  }

  @Test
  void training_lowersTheLossOfFeaturesWithLoudNoise() {
    List<Row> rows = new ArrayList<>();
    Embeddings centers = Embeddings.random(30, 3, 30, 0, 0, 5);
    Embeddings noise = Embeddings.random(360, 9, 2, 0, 0, 6);
    for (int i = 0; i < 360; i++) {
      List<Float> features = new ArrayList<>();
      for (int k = 0; k < 9; k++) {
        float loud = noise.set().values()[9 * i + k];
        features.add(k < 3 ? centers.set().values()[3 * (i / 12) + k] + 0.2f * loud : 1.5f * loud);
      }
      rows.add(RowFactory.create((long) i, features, (long) (i / 12), "x"));
    }
    Dataset<Row> frame = session.createDataFrame(rows, Embeddings.SCHEMA).repartition(3);
    double[] losses =
        new DistributedHeadTraining(
                RECALL, new HeadSettings(40, 64, 4, 0.05, 3, MemoryPlacement.NONE, 1, 1))
            .fit(EmbeddingHead.random(9, 4, 1), frame)
            .losses();
    double before = Arrays.stream(losses, 0, 5).average().orElseThrow();
    double after = Arrays.stream(losses, 35, 40).average().orElseThrow();
    assertTrue(after < 0.7 * before, before + " -> " + after);
  }

  @ParameterizedTest
  @CsvSource({"NONE, 4", "PARTITIONED, 5", "BROADCAST, 3"})
  void resumedTraining_equalsTheUninterrupted(
      MemoryPlacement memory, int interrupted, @TempDir Path folder) {
    HeadSettings settings = settings(8, 4).remembering(memory, 2);
    TrainedHead expected =
        new DistributedHeadTraining(NOISY, settings).fit(head(), SET.frame(session, 2, 1));
    var training =
        new DistributedHeadTraining(NOISY, settings).checkpoints(folder.toUri().toString(), 1);
    assertThrows(
        IllegalStateException.class,
        () ->
            training.fit(
                head(),
                SET.frame(session, 2, 1),
                (step, loss) -> {
                  if (step == interrupted + 1) {
                    throw new IllegalStateException("interrupted");
                  }
                }));
    TrainedHead found = training.fit(head(), SET.frame(session, 3, 2));
    assertEquals(interrupted, found.resumedAfter());
    assertArrayEquals(expected.head().weights().data, found.head().weights().data);
    assertArrayEquals(expected.losses(), found.losses());
    TrainedHead again = training.fit(head(), SET.frame(session, 1, 3));
    assertEquals(8, again.resumedAfter());
    assertArrayEquals(expected.head().weights().data, again.head().weights().data);
  }

  @Test
  void checkpointsThatCannotBeGoneOnFrom_areRefused(@TempDir Path folder) throws IOException {
    Dataset<Row> rows = SET.frame(session, 2, 1);
    String where = folder.toUri().toString();
    new DistributedHeadTraining(RECALL, settings(5, 2)).checkpoints(where, 2).fit(head(), rows);
    List<Path> files = checkpointFiles(folder);
    assertEquals(
        List.of("step-000000004.checkpoint", "step-000000005.checkpoint"),
        files.stream().map(file -> file.getFileName().toString()).toList());
    var longer = new DistributedHeadTraining(RECALL, settings(9, 2)).checkpoints(where, 2);
    refused(
        "another seed",
        () ->
            new DistributedHeadTraining(
                    RECALL, new HeadSettings(9, 16, 4, 0.02, 2, MemoryPlacement.NONE, 1, 77))
                .checkpoints(where, 2)
                .fit(head(), rows));
    LossFactory weaker =
        seed -> MetricLoss.of(Recall.logLog(), new BlackboxRanker(Lambda.plain(100))).margin(0.05);
    for (LossFactory other : List.of(NOISY, weaker)) {
      refused(
          "another loss",
          () ->
              new DistributedHeadTraining(other, settings(9, 2))
                  .checkpoints(where, 2)
                  .fit(head(), rows));
    }
    refused("another set of rows", () -> longer.fit(head(), rows.filter("id > 0")));
    refused(
        "another head to begin with",
        () -> longer.fit(EmbeddingHead.random(INPUTS, OUTPUTS, 5), rows));
    refused(
        "5 steps already",
        () ->
            new DistributedHeadTraining(RECALL, settings(3, 2))
                .checkpoints(where, 2)
                .fit(head(), rows));
    byte[] good = Files.readAllBytes(files.getLast());
    for (int damage : new int[] {200, good.length - 1}) {
      byte[] bad = good.clone();
      bad[damage] ^= 4;
      rewrite(files.getLast(), bad);
      refused("is damaged: its checksum is wrong", () -> longer.fit(head(), rows));
    }
    rewrite(files.getLast(), good);
    // The sum that Hadoop keeps beside the file, of other bytes.
    Files.write(
        files.getLast().resolveSibling("." + files.getLast().getFileName() + ".crc"),
        new byte[] {'c', 'r', 'c', 0, 0, 0, 2, 0, 1, 2, 3, 4});
    refused("000005.checkpoint is damaged: its checksum", () -> longer.fit(head(), rows));
    rewrite(files.getLast(), Arrays.copyOf(good, 100));
    refused("checkpoint", () -> longer.fit(head(), rows));
    rewrite(files.getLast(), new byte[3]);
    refused("is cut short after 3 bytes", () -> longer.fit(head(), rows));
    byte[] other = good.clone();
    other[7] = 9;
    rewrite(files.getLast(), other);
    refused("is of version 9 instead of 2", () -> longer.fit(head(), rows));
    rewrite(files.getLast(), "PK some zip file that is long enough".getBytes());
    refused("is no checkpoint", () -> longer.fit(head(), rows));
    Files.delete(files.getLast());
    assertEquals(4, longer.fit(head(), rows).resumedAfter());
  }

  @Test
  void rowsThatCannotBeTrainedOn_areRefused() {
    Row good = row(1L, List.of(1f, 2f), 1L);
    var training = new DistributedHeadTraining(RECALL, settings(1, 2));
    EmbeddingHead head = EmbeddingHead.random(2, 2, 1);
    assertFails(training, head, "id 7: embedding is null", good, row(7L, null, 1L));
    assertFails(
        training,
        head,
        "training set, id 7: embedding has 1 components, must have 2",
        good,
        row(7L, List.of(1f), 1L));
    assertFails(
        training, head, "id 7: component 0 = NaN", good, row(7L, List.of(Float.NaN, 1f), 1L));
    assertFails(
        training,
        head,
        "id 7: component 1 = Infinity",
        good,
        row(7L, List.of(1f, Float.POSITIVE_INFINITY), 1L));
    assertFails(training, head, "id 7: label is null", good, row(7L, List.of(1f, 2f), null));
    assertFails(training, head, "id 1 occurs more than once in the training set", good, good);
    assertFails(training, head, "has a row without id", good, row(null, List.of(1f, 2f), 1L));
    assertFails(training, head, "no label has two of 2 rows", good, row(2L, List.of(1f, 2f), 2L));
    assertFails(training, head, "there are no training rows");
    Dataset<Row> frame = session.createDataFrame(List.of(good), Embeddings.SCHEMA);
    refused("training set has no column label", () -> training.fit(head, frame.drop("label")));
    refused("no training has -1 steps", () -> settings(-1, 2));
    refused("in 0 shards", () -> settings(1, 0));
    refused("every 0 steps", () -> training.checkpoints("x", 0));
  }

  private static void assertFails(
      DistributedHeadTraining training, EmbeddingHead head, String message, Row... rows) {
    Dataset<Row> frame = session.createDataFrame(List.of(rows), Embeddings.SCHEMA).repartition(2);
    refused(message, () -> training.fit(head, frame));
  }

  private static void refused(String part, Executable action) {
    String message = assertThrows(IllegalArgumentException.class, action).getMessage();
    assertTrue(message.contains(part), message);
  }

  private static Row row(Long id, List<Float> embedding, Long label) {
    return RowFactory.create(id, embedding, label, null);
  }

  private static List<Path> checkpointFiles(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".checkpoint")).sorted().toList();
    }
  }

  /** Hadoop's own checksums, which lie beside files of this machine, must not find it first. */
  private static void rewrite(Path file, byte[] content) throws IOException {
    Files.deleteIfExists(file.resolveSibling("." + file.getFileName() + ".crc"));
    Files.write(file, content);
  }

  static HeadSettings settings(int steps, int shards) {
    return new HeadSettings(steps, 16, 4, 0.02, shards, MemoryPlacement.NONE, 1, 3);
  }

  static EmbeddingHead head() {
    return EmbeddingHead.random(INPUTS, OUTPUTS, 4);
  }
}
