package io.solvegrad.djl;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.EasyTrain;
import ai.djl.training.Trainer;
import ai.djl.training.dataset.ArrayDataset;
import ai.djl.training.listener.TrainingListener;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Adam;
import ai.djl.training.tracker.Tracker;
import ai.djl.util.passthrough.PassthroughNDManager;
import io.solvegrad.rambo.BlackboxRanker;
import io.solvegrad.ranking.CandidateMemory;
import io.solvegrad.ranking.Diagnostics;
import io.solvegrad.ranking.ExactRanker;
import io.solvegrad.ranking.MetricLoss;
import io.solvegrad.ranking.Recall;
import io.solvegrad.ranking.metric.RankMetrics;
import io.solvegrad.solver.Lambda;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** The losses in DJL's own training loop, on several threads, and where they cannot work. */
class FrameworkTest {
  private static final MetricLoss RECALL =
      MetricLoss.of(Recall.logLog(), new BlackboxRanker(Lambda.plain(500))).margin(0.1);
  private static final MetricLoss HIT = MetricLoss.of(RankMetrics.hitRateAt(1), new ExactRanker());

  @Test
  void classifierTrainsInEasyTrain() throws Exception {
    Loss loss = new ClassificationLoss("recall", RECALL);
    try (Model model = Model.newInstance("classifier");
        NDManager manager = NDManager.newBaseManager()) {
      float accuracy =
          train(
              model,
              new SequentialBlock()
                  .add(Linear.builder().setUnits(16).build())
                  .add(Activation::relu)
                  .add(Linear.builder().setUnits(3).build()),
              loss,
              RankingEvaluator.ofClasses("accuracy", HIT),
              points(manager));
      assertTrue(accuracy > 0.9, "accuracy is only " + accuracy);
    }
  }

  @Test
  void embeddingsTrainInEasyTrainAndAreRememberedOnce() throws Exception {
    CountingMemory memory = new CountingMemory();
    Loss loss = new EmbeddingLoss("recall", RECALL, memory);
    try (Model model = Model.newInstance("embedding");
        NDManager manager = NDManager.newBaseManager()) {
      train(
          model,
          Linear.builder().setUnits(4).build(),
          loss,
          RankingEvaluator.ofEmbeddings("hit rate", HIT),
          points(manager));
    }
    // 40 epochs of 10 batches; validation is not remembered.
    assertEquals(400, memory.batches);
  }

  /** Trains with DJL's own loop and returns what the evaluator says at the end. */
  private static float train(
      Model model, Block block, Loss loss, RankingEvaluator evaluator, ArrayDataset data)
      throws Exception {
    Engine.getInstance().setRandomSeed(1);
    model.setBlock(block);
    DefaultTrainingConfig config =
        new DefaultTrainingConfig(loss)
            .addEvaluator(evaluator)
            .optOptimizer(Adam.builder().optLearningRateTracker(Tracker.fixed(0.05f)).build())
            .addTrainingListeners(TrainingListener.Defaults.basic());
    try (Trainer trainer = model.newTrainer(config)) {
      trainer.initialize(new Shape(30, 2));
      EasyTrain.fit(trainer, 40, data, data);
      return trainer.getTrainingResult().getValidateEvaluation(evaluator.getName());
    }
  }

  /** Three classes of points in the plane, in directions of their own. */
  private static ArrayDataset points(NDManager manager) {
    Random random = new Random(1);
    float[][] points = new float[300][2];
    long[] classes = new long[300];
    for (int i = 0; i < 300; i++) {
      classes[i] = i % 3;
      double angle = 2 * Math.PI * classes[i] / 3 + 0.3 * random.nextGaussian();
      points[i] = new float[] {(float) Math.cos(angle), (float) Math.sin(angle)};
    }
    return new ArrayDataset.Builder()
        .setData(manager.create(points))
        .optLabels(manager.create(classes))
        .setSampling(30, false)
        .build();
  }

  @Test
  void threadsShareALoss() throws Exception {
    ScoreLoss loss = new ScoreLoss("recall", RECALL);
    List<float[]> expected = new ArrayList<>();
    for (int seed = 0; seed < 8; seed++) {
      expected.add(gradient(loss, seed));
    }
    try (ExecutorService workers = Executors.newFixedThreadPool(4)) {
      for (int round = 0; round < 20; round++) {
        List<Future<float[]>> results = new ArrayList<>();
        for (int seed = 0; seed < 8; seed++) {
          int number = seed;
          results.add(workers.submit(() -> gradient(loss, number)));
        }
        for (int seed = 0; seed < 8; seed++) {
          assertArrayEquals(expected.get(seed), results.get(seed).get());
        }
      }
    }
    assertEquals(8 * 21 * 6L, loss.diagnostics().lists());
  }

  /** The loss of random scores: its value depends on nobody else's scores. */
  private static float[] gradient(ScoreLoss loss, int seed) {
    Random random = new Random(seed);
    float[] scores = new float[6 * 50];
    float[] labels = new float[scores.length];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = random.nextFloat();
      labels[i] = i % 50 < 3 ? 1 : 0;
    }
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray array = manager.create(scores, new Shape(6, 50));
      NDArray truth = manager.create(labels, new Shape(6, 50));
      return new float[] {loss.evaluate(new NDList(truth), new NDList(array)).getFloat()};
    }
  }

  @Test
  void releasedArraysAreNamed() {
    ScoreLoss loss = new ScoreLoss("recall", RECALL);
    NDManager closed = NDManager.newBaseManager();
    NDArray gone = closed.ones(new Shape(2, 3));
    closed.close();
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray alive = manager.ones(new Shape(2, 3));
      assertReleased("predictions", loss, alive, gone);
      assertReleased("labels", loss, gone, alive);
      RankingEvaluator evaluator = RankingEvaluator.ofScores("hit", HIT);
      assertThrows(
          IllegalStateException.class,
          () -> evaluator.evaluate(new NDList(alive), new NDList(gone)));
    }
  }

  private static void assertReleased(String name, Loss loss, NDArray labels, NDArray scores) {
    String message =
        assertThrows(
                IllegalStateException.class,
                () -> loss.evaluate(new NDList(labels), new NDList(scores)))
            .getMessage();
    assertTrue(String.valueOf(message).startsWith(name + " have been released"), message);
  }

  @Test
  void engineWithoutDifferentiationIsNamed() {
    NDManager manager = PassthroughNDManager.INSTANCE;
    LossBridge bridge = new LossBridge(RECALL);
    NDArray scores = manager.create(new float[] {1, 2, 3, 4}, new Shape(2, 2));
    String message =
        assertThrows(
                IllegalStateException.class,
                () -> bridge.apply(scores, array -> null, new Diagnostics()))
            .getMessage();
    assertTrue(String.valueOf(message).contains("has no automatic differentiation"), message);
  }

  @Test
  void nanFeaturesEndAsANamedError() {
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray weights = manager.ones(new Shape(2, 1));
      NDArray features = manager.create(new float[] {1, 2, Float.NaN, 4}, new Shape(2, 2));
      NDArray scores = features.matMul(weights).reshape(1, 2);
      NDArray labels = manager.create(new float[][] {{1, 0}});
      ScoreLoss loss = new ScoreLoss("recall", RECALL);
      String message =
          assertThrows(
                  IllegalArgumentException.class,
                  () -> loss.evaluate(new NDList(labels), new NDList(scores)))
              .getMessage();
      assertTrue(String.valueOf(message).contains("score is NaN at row 0, column 1"), message);
    }
  }

  /** Remembers nothing and counts how often it should have. */
  private static final class CountingMemory implements CandidateMemory {
    private int batches;

    @Override
    public int size() {
      return 0;
    }

    @Override
    public int dimension() {
      return 4;
    }

    @Override
    public ByteBuffer embeddings() {
      return ByteBuffer.allocateDirect(0);
    }

    @Override
    public void copyClasses(int[] target, int offset) {}

    @Override
    public void copySources(int[] target, int offset) {}

    @Override
    public void add(float[] batch, int[] batchClasses, int[] batchSources) {
      batches++;
    }
  }
}
