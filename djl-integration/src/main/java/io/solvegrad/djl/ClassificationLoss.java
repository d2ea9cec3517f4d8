package io.solvegrad.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.training.loss.Loss;
import io.solvegrad.ranking.Diagnostics;
import io.solvegrad.ranking.RankingLoss;

/**
 * Any ranking loss on the scores of a classifier, as a DJL loss.
 *
 * <p>Predictions: one array of shape (items, classes), float32, such as logits. Labels: the class
 * of each item, whole numbers as for a softmax loss. Each item ranks the classes, of which its own
 * is relevant: recall at 1 is accuracy. A loss on columns, such as AP over classes, ranks the items
 * of the batch within each class instead. For several labels an item, use {@link ScoreLoss}.
 */
public final class ClassificationLoss extends Loss {
  private final FormLoss form;

  /**
   * A DJL loss.
   *
   * @param name what DJL calls it in reports
   * @param loss any ranking loss
   */
  public ClassificationLoss(String name, RankingLoss loss) {
    super(name);
    form = new FormLoss(BatchForm.classification(), loss);
  }

  /** {@return what the gradients have been like since the last reset} Look at it between steps. */
  public Diagnostics diagnostics() {
    return form.diagnostics();
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException if the scores are no float32 matrix, a class is out of range,
   *     or a score is NaN
   * @throws IllegalStateException if an array has been released or the engine cannot differentiate
   */
  @Override
  public NDArray evaluate(NDList labels, NDList predictions) {
    return form.evaluate(labels, predictions);
  }
}
