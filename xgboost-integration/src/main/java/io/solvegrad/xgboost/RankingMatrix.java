package io.solvegrad.xgboost;

import io.solvegrad.boosting.GroupedLabels;
import io.solvegrad.boosting.RankingRows;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoostError;

/** What ranking needs of XGBoost's matrices, checked. */
public final class RankingMatrix {
  private RankingMatrix() {}

  /**
   * A matrix with labels and groups; NaN features are missing values.
   *
   * @param rows features, labels and groups
   * @return a new matrix, which the caller disposes of
   * @throws XGBoostError if XGBoost refuses the numbers
   */
  public static DMatrix of(RankingRows rows) throws XGBoostError {
    DMatrix data = new DMatrix(rows.features(), rows.rows(), rows.columns(), Float.NaN);
    data.setLabel(rows.labels());
    data.setGroup(rows.groups());
    return data;
  }

  /**
   * Reads and checks labels, groups and weights. Call it before training to be told of mistakes
   * before any work is done.
   *
   * @param data the matrix. Not modified.
   * @return what it says
   * @throws IllegalArgumentException if labels or groups are missing, do not fit the rows, or a
   *     label is not finite
   */
  public static GroupedLabels labels(DMatrix data) {
    try {
      float[] labels = data.getLabel();
      if (labels == null || labels.length != data.rowNum()) {
        throw new IllegalArgumentException(
            "labels are missing: %d for %d rows. Maybe call setLabel."
                .formatted(labels == null ? 0 : labels.length, data.rowNum()));
      }
      int[] groups = data.getGroup();
      if (groups == null || groups.length < 2) {
        throw new IllegalArgumentException(
            "query groups are missing for %d rows. Maybe call setGroup.".formatted(labels.length));
      }
      float[] weights = data.getWeight();
      GroupedLabels grouped = GroupedLabels.ofOffsets(labels, groups);
      return weights == null ? grouped : grouped.weights(weights);
    } catch (XGBoostError e) {
      throw new IllegalArgumentException("XGBoost does not hand out its labels and groups", e);
    }
  }

  /** The only score of each row. */
  static float[] scores(float[][] predictions) {
    float[] scores = new float[predictions.length];
    for (int i = 0; i < scores.length; i++) {
      if (predictions[i].length != 1) {
        throw new IllegalArgumentException(
            "row %d has %d scores, but ranking needs 1. Maybe num_class or num_target is set."
                .formatted(i, predictions[i].length));
      }
      scores[i] = predictions[i][0];
    }
    return scores;
  }
}
