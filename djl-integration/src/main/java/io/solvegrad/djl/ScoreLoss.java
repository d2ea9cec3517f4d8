package io.solvegrad.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.training.loss.Loss;
import io.solvegrad.ranking.Diagnostics;
import io.solvegrad.ranking.RankingLoss;

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
 *
 * <p>May be shared by threads if the ranking loss may.
 */
public final class ScoreLoss extends Loss {
  private final FormLoss form;

  /**
   * A DJL loss.
   *
   * @param name what DJL calls it in reports
   * @param loss any ranking loss
   */
  public ScoreLoss(String name, RankingLoss loss) {
    super(name);
    form = new FormLoss(BatchForm.scores(), loss);
  }

  /**
   * {@return what the gradients have been like since the last reset} Not thread-safe: look at it
   * between steps.
   */
  public Diagnostics diagnostics() {
    return form.diagnostics();
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException if the shapes are not two equal matrices, the scores are not
   *     float32, or a score is NaN
   * @throws IllegalStateException if an array has been released or the engine cannot differentiate
   */
  @Override
  public NDArray evaluate(NDList labels, NDList predictions) {
    return form.evaluate(labels, predictions);
  }
}
