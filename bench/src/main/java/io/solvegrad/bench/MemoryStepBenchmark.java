package io.solvegrad.bench;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import io.solvegrad.djl.EmbeddingLoss;
import io.solvegrad.rambo.BlackboxRanker;
import io.solvegrad.rambo.EmbeddingMemory;
import io.solvegrad.ranking.MetricLoss;
import io.solvegrad.ranking.Recall;
import io.solvegrad.solver.Lambda;
import java.util.Arrays;
import java.util.Random;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * A whole step of a loss in DJL against a large embedding memory, value, gradient and the batch
 * remembered, beside the two matrix products that it cannot do without: queries by memory for the
 * scores, and gradient by memory for the queries.
 *
 * <p>{@code ./solvegrad bench --only memory-djl --out D}
 */
@State(Scope.Thread)
public class MemoryStepBenchmark {

  /** What is measured; see {@link Config}: a row is an embedding, n its length, p the queries. */
  @Param("64/16/1000000/1/recall")
  public String config = "";

  private final NDManager manager = NDManager.newBaseManager();
  private NDArray queries = manager.create(0f);
  private NDArray classes = queries;
  private NDArray memory = queries;
  private NDArray upstream = queries;
  private EmbeddingLoss loss = new EmbeddingLoss("recall", recall());

  /** For the harness. */
  public MemoryStepBenchmark() {}

  private static MetricLoss recall() {
    return MetricLoss.of(Recall.logLog(), new BlackboxRanker(Lambda.plain(10_000))).threads(1);
  }

  /** Fills the memory, and checks that the loss sees it. */
  @Setup
  public void prepare() {
    Config c = Config.parse(config);
    Random random = new Random(11);
    EmbeddingMemory remembered = new EmbeddingMemory(c.rows(), c.n());
    float[] rows = new float[c.rows() * c.n()];
    int[] ids = new int[c.rows()];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = random.nextFloat() - 0.5f;
    }
    for (int i = 0; i < ids.length; i++) {
      ids[i] = i / 4;
    }
    remembered.add(rows, ids, new int[ids.length]);
    loss = new EmbeddingLoss("recall", recall(), remembered);
    queries = manager.create(Arrays.copyOf(rows, c.p() * c.n()), new Shape(c.p(), c.n()));
    queries.setRequiresGradient(true);
    classes = manager.create(Arrays.copyOf(ids, c.p()));
    memory = manager.create(rows, new Shape(c.rows(), c.n())).duplicate();
    upstream = manager.ones(new Shape(c.p(), c.rows())).duplicate();
    ours();
    if (loss.diagnostics().lists() != c.p()) {
      throw new IllegalStateException("not every query has a list");
    }
  }

  /** Frees the engine's memory. */
  @TearDown
  public void close() {
    manager.close();
  }

  /** {@return the loss of a step} */
  @Benchmark
  public float ours() {
    try (GradientCollector collector = Engine.getInstance().newGradientCollector();
        NDManager step = manager.newSubManager()) {
      collector.zeroGradients();
      NDArray value = loss.evaluate(new NDList(classes), new NDList(queries));
      value.attach(step);
      collector.backward(value);
      return value.getFloat();
    }
  }

  /** {@return one of the scores} */
  @Benchmark
  public float products() {
    try (NDArray constant = queries.stopGradient();
        NDArray turned = memory.transpose();
        NDArray scores = constant.matMul(turned);
        NDArray gradient = upstream.matMul(memory)) {
      return scores.getFloat(0, 0) + gradient.getFloat(0, 0);
    }
  }
}
