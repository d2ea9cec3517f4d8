package io.solvegrad.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.loss.Loss;
import io.solvegrad.ranking.CandidateMemory;
import io.solvegrad.ranking.Diagnostics;
import io.solvegrad.ranking.ItemSets;
import io.solvegrad.ranking.RankingBatch;
import io.solvegrad.ranking.RankingLoss;
import io.solvegrad.ranking.Relevance;
import io.solvegrad.ranking.ScoreArray;
import java.util.Arrays;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Any ranking loss on embeddings, as a DJL loss: every embedding of the batch is a query and all
 * others are its candidates, scored by the dot product.
 *
 * <p>Predictions: one array of shape (items, dimension), float32, usually of length 1 each so that
 * dot products are cosines. Labels: the class of each item and, optionally, its source as a second
 * array. Candidates of the query's class are relevant. Candidates of the query's source are left
 * out; without sources, only the query itself is.
 *
 * <p>With a memory, remembered embeddings are candidates too, and each batch is remembered after it
 * has been evaluated; the loss then belongs to one training loop and one thread.
 */
public final class EmbeddingLoss extends Loss {
  private final FormLoss form;
  private final @Nullable CandidateMemory memory;
  // While DJL reports on a batch, which it may have trained on already.
  private boolean reporting;

  /**
   * A DJL loss without memory.
   *
   * @param name what DJL calls it in reports
   * @param loss any ranking loss
   */
  public EmbeddingLoss(String name, RankingLoss loss) {
    this(name, loss, null);
  }

  /**
   * A DJL loss.
   *
   * @param name what DJL calls it in reports
   * @param loss any ranking loss
   * @param memory further candidates, or null
   */
  public EmbeddingLoss(String name, RankingLoss loss, @Nullable CandidateMemory memory) {
    super(name);
    form = new FormLoss(BatchForm.embeddings(), loss);
    this.memory = memory;
  }

  /** {@return what the gradients have been like since the last reset} Look at it between steps. */
  public Diagnostics diagnostics() {
    return form.diagnostics();
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException if the embeddings are no float32 matrix, the number or type of
   *     the labels does not fit, a memory has another dimension, or a score is NaN
   * @throws IllegalStateException if an array has been released or the engine cannot differentiate
   */
  @Override
  public NDArray evaluate(NDList labels, NDList predictions) {
    CandidateMemory former = memory;
    if (former == null || reporting) {
      return form.evaluate(labels, predictions);
    }
    LossBridge.requireAlive("labels", labels);
    LossBridge.requireAlive("predictions", predictions);
    NDArray embeddings = predictions.singletonOrThrow();
    int items = BatchForm.rows("embeddings", embeddings.getShape());
    int[] classes = BatchForm.ids("classes", labels.get(0), items);
    int @Nullable [] sources =
        labels.size() > 1 ? BatchForm.ids("sources", labels.get(1), items) : null;
    Diagnostics step = new Diagnostics();
    NDArray value = withMemory(former, embeddings, classes, sources, step);
    form.record(step);
    return value;
  }

  /**
   * Reports on a batch. DJL does so after it has trained on it, and for validation; with a memory,
   * neither is remembered, and the number reported is the loss within the batch.
   */
  @Override
  public void updateAccumulators(String[] keys, NDList labels, NDList predictions) {
    if (memory == null) {
      super.updateAccumulators(keys, labels, predictions);
      return;
    }
    reporting = true;
    try {
      super.updateAccumulators(keys, labels, predictions);
    } finally {
      reporting = false;
    }
  }

  private NDArray withMemory(
      CandidateMemory former,
      NDArray embeddings,
      int[] classes,
      int @Nullable [] sources,
      Diagnostics step) {
    int items = classes.length;
    int all = items + former.size();
    int[] candidateClasses = Arrays.copyOf(classes, all);
    int[] candidateSources = Arrays.copyOf(sources == null ? new int[items] : sources, all);
    former.copyClasses(candidateClasses, items);
    former.copySources(candidateSources, items);
    ItemSets excluded =
        sources == null ? ItemSets.self() : ItemSets.sameId(sources, candidateSources);
    Relevance relevance = Relevance.of(ItemSets.sameId(classes, candidateClasses));
    Function<ScoreArray, RankingBatch> batch =
        scores -> RankingBatch.rows(scores, items, all, relevance).excluding(excluded);
    NDArray value =
        former.size() == 0
            ? form.bridge().apply(embeddings.matMul(embeddings.transpose()), batch, step)
            : against(former, embeddings, batch, step);
    former.add(
        embeddings.stopGradient().toFloatArray(),
        classes,
        sources == null ? new int[items] : sources);
    return value;
  }

  /**
   * The loss of scores against the batch and the memory, which is read where it lies, twice: once
   * for the scores and once for the gradient. Both are done before this returns, so that nothing in
   * the engine refers to memory that the next batch changes.
   */
  private NDArray against(
      CandidateMemory former,
      NDArray embeddings,
      Function<ScoreArray, RankingBatch> batch,
      Diagnostics step) {
    Shape shape = embeddings.getShape();
    if (shape.get(1) != former.dimension()) {
      throw new IllegalArgumentException(
          "embeddings have dimension %d, but those remembered have %d"
              .formatted(shape.get(1), former.dimension()));
    }
    if (embeddings.getDataType() != DataType.FLOAT32) {
      throw new IllegalArgumentException(
          "embeddings must be of type float32, but are " + embeddings.getDataType());
    }
    long items = shape.get(0);
    try (NDManager manager = embeddings.getManager().newSubManager()) {
      NDArray current = embeddings.stopGradient();
      current.attach(manager);
      NDArray remembered =
          manager.create(
              former.embeddings(), new Shape(former.size(), former.dimension()), DataType.FLOAT32);
      NDArray scores =
          current.matMul(current.transpose()).concat(current.matMul(remembered.transpose()), 1);
      UnaryOperator<NDArray> back =
          gradient -> {
            NDArray within = gradient.get(new NDIndex(":, :{}", items));
            NDArray beyond = gradient.get(new NDIndex(":, {}:", items));
            return within
                .matMul(current)
                .add(within.transpose().matMul(current))
                .add(beyond.matMul(remembered));
          };
      return form.bridge().apply(scores, embeddings, back, batch, step);
    }
  }
}
