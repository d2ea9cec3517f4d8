package io.solvegrad.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.training.loss.Loss;
import io.solvegrad.ranking.Diagnostics;
import io.solvegrad.ranking.RankingBatch;
import io.solvegrad.ranking.RankingLoss;
import io.solvegrad.ranking.Relevance;

/**
 * Any ranking loss on a matrix of scores, as a DJL loss.
 *
 * <p>Predictions: one array of shape (lists, candidates), float32. Labels: one array of the same
 * shape; candidates with a label above 0 are relevant and the label is their grade. For losses over
 * classes the matrix is (items, classes).
 *
 * <pre>{@code
 * Loss recall = new ScoreLoss("recall",
 *     MetricLoss.of(Recall.logLog(), new BlackboxRanker(Lambda.plain(100))).margin(0.05));
 * }</pre>
 */
public final class ScoreLoss extends Loss {
  private final LossBridge bridge;
  private final Diagnostics diagnostics = new Diagnostics();

  /**
   * A DJL loss.
   *
   * @param name what DJL calls it in reports
   * @param loss any ranking loss
   */
  public ScoreLoss(String name, RankingLoss loss) {
    super(name);
    bridge = new LossBridge(loss);
  }

  /**
   * {@return what the gradients have been like since the last reset} Not thread-safe: look at it
   * between steps.
   */
  public Diagnostics diagnostics() {
    return diagnostics;
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException if the shapes are not two equal matrices, the scores are not
   *     float32, or a score is NaN
   */
  @Override
  public NDArray evaluate(NDList labels, NDList predictions) {
    NDArray scores = predictions.singletonOrThrow();
    NDArray relevance = labels.singletonOrThrow();
    if (scores.getShape().dimension() != 2 || !scores.getShape().equals(relevance.getShape())) {
      throw new IllegalArgumentException(
          "predictions of shape %s and labels of shape %s must be two equal matrices"
              .formatted(scores.getShape(), relevance.getShape()));
    }
    double[] grades = toDoubles(relevance);
    int rows = (int) scores.getShape().get(0);
    int columns = (int) scores.getShape().get(1);
    Diagnostics step = new Diagnostics();
    NDArray value =
        bridge.apply(
            scores,
            array -> RankingBatch.rows(array, rows, columns, Relevance.grades(grades)),
            step);
    synchronized (diagnostics) {
      diagnostics.add(step);
    }
    return value;
  }

  private static double[] toDoubles(NDArray relevance) {
    try (NDArray wide = relevance.toType(DataType.FLOAT64, true)) {
      return wide.toDoubleArray();
    }
  }
}
