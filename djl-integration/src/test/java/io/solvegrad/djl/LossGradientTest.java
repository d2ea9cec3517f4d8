package io.solvegrad.djl;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import ai.djl.training.loss.Loss;
import io.solvegrad.ranking.AveragePrecision;
import io.solvegrad.ranking.CandidateMemory;
import io.solvegrad.ranking.MetricLoss;
import io.solvegrad.relaxation.PairwiseSigmoid;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/**
 * Smooth-AP is differentiable, so the engine's own automatic differentiation of the same formula
 * gives the exact gradient to compare with.
 */
class LossGradientTest {
  private static final float TEMPERATURE = 0.1f;
  private static final MetricLoss SMOOTH_AP =
      MetricLoss.of(new AveragePrecision(), new PairwiseSigmoid(TEMPERATURE));

  @Test
  void scoreLossHasTheGradientOfAutomaticDifferentiation() {
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray scores = scores(manager, 6, 40, 1);
      NDArray labels = labels(manager, 6, 40, 2);
      ScoreLoss loss = new ScoreLoss("smooth AP", SMOOTH_AP);
      assertSameLossAndGradient(
          scores,
          () -> loss.evaluate(new NDList(labels), new NDList(scores)),
          () -> smoothAp(scores, labels, manager.zeros(scores.getShape())));
      assertEquals(6, loss.diagnostics().lists());
    }
  }

  @Test
  void scoresMayBeAViewThatIsNotContiguous() {
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray columns = scores(manager, 12, 5, 3);
      NDArray labels = labels(manager, 5, 12, 4);
      ScoreLoss loss = new ScoreLoss("smooth AP", SMOOTH_AP);
      assertSameLossAndGradient(
          columns,
          () -> loss.evaluate(new NDList(labels), new NDList(columns.transpose())),
          () -> smoothAp(columns.transpose(), labels, manager.zeros(new Shape(5, 12))));
    }
  }

  @Test
  void embeddingLossLeavesOutTheQueryItself() {
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray embeddings = scores(manager, 12, 4, 5);
      NDArray classes = manager.create(new int[] {0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 3});
      EmbeddingLoss loss = new EmbeddingLoss("smooth AP", SMOOTH_AP);
      assertSameLossAndGradient(
          embeddings,
          () -> loss.evaluate(new NDList(classes), new NDList(embeddings)),
          () ->
              smoothAp(
                  embeddings.matMul(embeddings.transpose()),
                  sameId(classes, classes),
                  manager.eye(12)));
    }
  }

  @Test
  void rememberedEmbeddingsAreCandidatesWithoutGradient() {
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray former = scores(manager, 8, 4, 6);
      NDArray formerClasses = manager.create(new int[] {0, 0, 1, 1, 2, 2, 3, 3});
      NDArray formerSources = manager.create(new int[] {0, 1, 0, 1, 0, 1, 0, 1});
      NDArray embeddings = scores(manager, 6, 4, 7);
      NDArray classes = manager.create(new int[] {0, 0, 1, 1, 2, 2});
      NDArray sources = manager.create(new int[] {0, 2, 0, 2, 0, 2});
      Supplier<NDArray> ours =
          () -> {
            EmbeddingLoss loss = new EmbeddingLoss("smooth AP", SMOOTH_AP, new ListMemory(4));
            loss.evaluate(new NDList(formerClasses, formerSources), new NDList(former));
            return loss.evaluate(new NDList(classes, sources), new NDList(embeddings));
          };
      Supplier<NDArray> theirs =
          () ->
              smoothAp(
                  embeddings.matMul(embeddings.concat(former, 0).transpose()),
                  sameId(classes, classes.concat(formerClasses, 0)),
                  sameId(sources, sources.concat(formerSources, 0)));
      assertSameLossAndGradient(embeddings, ours, theirs);
    }
  }

  @Test
  void refusesWhatItCannotUse() {
    try (NDManager manager = NDManager.newBaseManager()) {
      ScoreLoss loss = new ScoreLoss("smooth AP", SMOOTH_AP);
      NDArray labels = labels(manager, 2, 3, 1);
      NDArray nan = manager.create(new float[] {1, 2, 3, 4, Float.NaN, 6}, new Shape(2, 3));
      assertMessage("score is NaN at row 1, column 1", loss, labels, nan);
      assertMessage("two equal matrices", loss, labels, manager.zeros(new Shape(3, 2)));
      NDArray doubles = manager.zeros(new Shape(2, 3), DataType.FLOAT64);
      assertMessage("float32", loss, labels, doubles);
    }
  }

  @Test
  void infiniteScoresOfPaddingDoNotSpoilTheLoss() {
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray labels = manager.create(new float[] {1, 0, 0, 0}, new Shape(1, 4));
      float padding = Float.NEGATIVE_INFINITY;
      NDArray scores = manager.create(new float[] {1, 2, padding, padding}, new Shape(1, 4));
      NDArray bare = manager.create(new float[] {1, 2}, new Shape(1, 2));
      NDArray bareLabels = manager.create(new float[] {1, 0}, new Shape(1, 2));
      ScoreLoss loss = new ScoreLoss("smooth AP", SMOOTH_AP);
      float[] padded =
          gradient(scores, () -> loss.evaluate(new NDList(labels), new NDList(scores)));
      float[] expected =
          gradient(bare, () -> loss.evaluate(new NDList(bareLabels), new NDList(bare)));
      assertArrayEquals(
          new float[] {expected[0], expected[1], 0, 0}, padded, 1e-6f, "loss and gradient");
    }
  }

  /** The gradient, once the loss is known to be a number. */
  private static float[] gradient(NDArray scores, Supplier<NDArray> loss) {
    scores.setRequiresGradient(true);
    try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
      NDArray value = loss.get();
      assertTrue(Float.isFinite(value.getFloat()), "loss is " + value.getFloat());
      collector.backward(value);
      return scores.getGradient().toFloatArray();
    }
  }

  @Test
  void classesAreNeverCutToOtherClasses() {
    try (NDManager manager = NDManager.newBaseManager()) {
      NDList classes = new NDList(manager.create(new long[] {1, (1L << 32) + 1}));
      NDList scores = new NDList(manager.zeros(new Shape(2, 3)));
      for (Loss loss :
          List.of(
              new ClassificationLoss("AP", SMOOTH_AP), new EmbeddingLoss("smooth AP", SMOOTH_AP))) {
        IllegalArgumentException failure =
            assertThrows(IllegalArgumentException.class, () -> loss.evaluate(classes, scores));
        assertTrue(
            String.valueOf(failure.getMessage()).contains("that of item 1 is 4294967297"),
            failure.getMessage());
        assertThrows(
            IllegalArgumentException.class, () -> loss.evaluate(new NDList(), scores), "labels");
      }
    }
  }

  private static void assertMessage(String part, ScoreLoss loss, NDArray labels, NDArray scores) {
    IllegalArgumentException failure =
        assertThrows(
            IllegalArgumentException.class,
            () -> loss.evaluate(new NDList(labels), new NDList(scores)));
    assertTrue(String.valueOf(failure.getMessage()).contains(part), failure.getMessage());
  }

  private static void assertSameLossAndGradient(
      NDArray parameter, Supplier<NDArray> ours, Supplier<NDArray> theirs) {
    parameter.setRequiresGradient(true);
    float[][] expected = lossAndGradient(parameter, theirs);
    float[][] actual = lossAndGradient(parameter, ours);
    float largest = 0;
    for (float g : expected[1]) {
      largest = Math.max(largest, Math.abs(g));
    }
    assertTrue(largest > 1e-3f, "the expected gradient must not be zero");
    assertArrayEquals(expected[0], actual[0], 2e-6f);
    assertArrayEquals(expected[1], actual[1], 2e-5f * largest);
  }

  private static float[][] lossAndGradient(NDArray parameter, Supplier<NDArray> loss) {
    try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
      collector.zeroGradients();
      NDArray value = loss.get();
      collector.backward(value);
      return new float[][] {{value.getFloat()}, parameter.getGradient().toFloatArray()};
    }
  }

  /** Smooth-AP in tensor operations; excluded cells neither rank nor count. */
  private static NDArray smoothAp(NDArray scores, NDArray labels, NDArray excluded) {
    NDManager manager = scores.getManager();
    int candidates = (int) scores.getShape().get(1);
    NDArray valid = excluded.eq(0).toType(DataType.FLOAT32, true);
    NDArray relevant = labels.toType(DataType.FLOAT32, true).mul(valid);
    NDArray differences = scores.expandDims(1).sub(scores.expandDims(2)).div(TEMPERATURE);
    NDArray steps =
        ai.djl.nn.Activation.sigmoid(differences)
            .mul(manager.ones(new Shape(candidates, candidates)).sub(manager.eye(candidates)));
    NDArray ranks = steps.mul(valid.expandDims(1)).sum(new int[] {2}).add(1);
    NDArray among = steps.mul(relevant.expandDims(1)).sum(new int[] {2}).add(1);
    NDArray counts = relevant.sum(new int[] {1});
    NDArray precision = among.div(ranks).mul(relevant).sum(new int[] {1});
    NDArray present = counts.gt(0).toType(DataType.FLOAT32, true);
    NDArray lists = present.sum();
    return precision.div(counts.maximum(1)).mul(present).sum().div(lists).neg().add(1);
  }

  private static NDArray sameId(NDArray queries, NDArray candidates) {
    return queries.expandDims(1).eq(candidates.expandDims(0)).toType(DataType.FLOAT32, true);
  }

  private static NDArray scores(NDManager manager, int rows, int columns, long seed) {
    Random random = new Random(seed);
    float[] values = new float[rows * columns];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextFloat() - 0.5f;
    }
    return manager.create(values, new Shape(rows, columns));
  }

  private static NDArray labels(NDManager manager, int rows, int columns, long seed) {
    Random random = new Random(seed);
    float[] values = new float[rows * columns];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextInt(4) == 0 ? 1 : 0;
    }
    return manager.create(values, new Shape(rows, columns));
  }

  /** A memory without bounds. */
  private static final class ListMemory implements CandidateMemory {
    private final int dimension;
    private ByteBuffer embeddings = ByteBuffer.allocateDirect(0);
    private int[] classes = {};
    private int[] sources = {};

    ListMemory(int dimension) {
      this.dimension = dimension;
    }

    @Override
    public int size() {
      return classes.length;
    }

    @Override
    public int dimension() {
      return dimension;
    }

    @Override
    public ByteBuffer embeddings() {
      return embeddings;
    }

    @Override
    public void copyClasses(int[] target, int offset) {
      System.arraycopy(classes, 0, target, offset, classes.length);
    }

    @Override
    public void copySources(int[] target, int offset) {
      System.arraycopy(sources, 0, target, offset, sources.length);
    }

    @Override
    public void add(float[] batch, int[] batchClasses, int[] batchSources) {
      embeddings =
          ByteBuffer.allocateDirect(batch.length * Float.BYTES).order(ByteOrder.nativeOrder());
      embeddings.asFloatBuffer().put(batch);
      classes = batchClasses.clone();
      sources = batchSources.clone();
    }
  }
}
