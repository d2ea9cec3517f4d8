package io.solvegrad.lightgbm;

import io.github.metarank.lightgbm4j.LGBMBooster;
import io.github.metarank.lightgbm4j.LGBMDataset;
import io.github.metarank.lightgbm4j.LGBMException;
import io.solvegrad.boosting.GroupedLabels;
import io.solvegrad.boosting.RankingRows;
import org.jspecify.annotations.Nullable;

/**
 * What ranking needs of LightGBM's data sets, checked.
 *
 * <p>Its first use loads LightGBM's native libraries from a temporary folder of this process's own,
 * deleted at exit. lightgbm4j alone unpacks them where a second process overwrites them.
 */
public final class RankingDataset {
  static {
    Natives.load();
  }

  private RankingDataset() {}

  /**
   * A data set with labels and groups; NaN features are missing values.
   *
   * @param rows features, labels and groups
   * @param parameters of LightGBM, such as {@code max_bin=255}
   * @param reference the training data if this is for validation, or null
   * @return a new data set, which the caller closes
   * @throws IllegalStateException if the reference has been closed
   * @throws LGBMException if LightGBM refuses the numbers
   */
  public static LGBMDataset of(RankingRows rows, String parameters, @Nullable LGBMDataset reference)
      throws LGBMException {
    if (reference != null) {
      requireOpen("reference", reference);
    }
    LGBMDataset data =
        LGBMDataset.createFromMat(
            rows.features(), rows.rows(), rows.columns(), true, parameters, reference);
    data.setField("label", rows.labels());
    data.setField("group", rows.groups());
    return data;
  }

  /**
   * Reads and checks labels, groups and weights. LightGBM has labels of 0 where none were set, and
   * makes NaN labels 0; {@link RankingRows} refuses them before.
   *
   * @param data the data set. Not modified.
   * @return what it says
   * @throws IllegalArgumentException if labels or groups are missing or do not fit the rows
   * @throws IllegalStateException if the data set has been closed
   */
  public static GroupedLabels labels(LGBMDataset data) {
    requireOpen("data set", data);
    try {
      float[] labels = data.getFieldFloat("label");
      int rows = data.getNumData();
      if (labels.length != rows) {
        throw new IllegalArgumentException(
            "labels are missing: %d for %d rows. Maybe call setField(\"label\", ...)."
                .formatted(labels.length, rows));
      }
      int[] groups = data.getFieldInt("group");
      if (groups.length < 2) {
        throw new IllegalArgumentException(
            "query groups are missing for %d rows. Maybe call setField(\"group\", sizes)."
                .formatted(rows));
      }
      return GroupedLabels.ofOffsets(labels, groups).weights(data.getFieldFloat("weight"));
    } catch (LGBMException e) {
      throw new IllegalArgumentException("LightGBM does not hand out its labels and groups", e);
    }
  }

  /** LightGBM itself would read memory that has been freed. */
  static void requireOpen(String name, LGBMDataset data) {
    try {
      data.getNumData();
    } catch (LGBMException e) {
      throw new IllegalStateException(
          "the %s has been closed. Maybe close it after training.".formatted(name), e);
    }
  }

  /** What a booster says of the rows of a data set that it was given: 0 for training. */
  static float[] scores(LGBMBooster booster, int index, GroupedLabels labels) throws LGBMException {
    double[] wide = booster.getPredict(index);
    if (wide.length != labels.rows()) {
      throw new IllegalArgumentException(
          "the booster has %d scores for data set %d, which has %d rows. Maybe it was given another."
              .formatted(wide.length, index, labels.rows()));
    }
    float[] scores = new float[wide.length];
    for (int i = 0; i < wide.length; i++) {
      scores[i] = (float) wide[i];
    }
    return scores;
  }
}
