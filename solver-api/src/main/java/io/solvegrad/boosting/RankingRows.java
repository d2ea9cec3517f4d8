package io.solvegrad.boosting;

/**
 * Features, labels and query groups in arrays, checked before a boosting library sees them: the
 * libraries read as many numbers as they are told, and a shape that does not fit is memory that is
 * not theirs.
 *
 * @param features row after row. Not copied.
 * @param columns number of features of a row
 * @param labels one for each row. Not copied.
 * @param groups the number of rows of each query group, in the order of the rows. Not copied.
 */
public record RankingRows(float[] features, int columns, float[] labels, int[] groups) {

  /**
   * Checks shapes, labels and groups, and that no feature is infinite. NaN features are missing
   * values to boosting libraries; {@link #requireComplete} refuses them.
   *
   * @throws IllegalArgumentException if something does not fit, naming it
   */
  public RankingRows {
    GroupedLabels.ofSizes(labels, groups);
    if (columns < 1 || features.length != (long) labels.length * columns) {
      throw new IllegalArgumentException(
          "there are %d features for %d rows of %d"
              .formatted(features.length, labels.length, columns));
    }
    for (int i = 0; i < features.length; i++) {
      if (Float.isInfinite(features[i])) {
        throw wrong(i, columns, features[i]);
      }
    }
  }

  /**
   * Refuses missing values.
   *
   * @return these rows
   * @throws IllegalArgumentException if a feature is NaN, naming row and column
   */
  public RankingRows requireComplete() {
    for (int i = 0; i < features.length; i++) {
      if (Float.isNaN(features[i])) {
        throw wrong(i, columns, features[i]);
      }
    }
    return this;
  }

  /** {@return the number of rows} */
  public int rows() {
    return labels.length;
  }

  private static IllegalArgumentException wrong(int i, int columns, float feature) {
    return new IllegalArgumentException(
        "feature is %s at row %d, column %d".formatted(feature, i / columns, i % columns));
  }
}
