package io.solvegrad.boosting;

import io.solvegrad.ranking.Layout;
import io.solvegrad.ranking.RankingBatch;
import io.solvegrad.ranking.Relevance;
import io.solvegrad.ranking.ScoreArray;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The labels of rows that stand together by query group, checked once: every row has a finite label
 * and belongs to exactly one group.
 *
 * <p>Rows with a label above 0 are relevant and the label is their grade, unless the loss says
 * otherwise, see {@link io.solvegrad.ranking.ThresholdedLoss}. Immutable.
 */
public final class GroupedLabels {
  private final double[] labels;
  private final int[] offsets;
  private final double @Nullable [] groupWeights;
  private final double @Nullable [] rowWeights;

  private GroupedLabels(
      double[] labels,
      int[] offsets,
      double @Nullable [] groupWeights,
      double @Nullable [] rowWeights) {
    this.labels = labels;
    this.offsets = offsets;
    this.groupWeights = groupWeights;
    this.rowWeights = rowWeights;
  }

  /**
   * Labels of groups given by their sizes.
   *
   * @param labels one for each row. Not modified; copied.
   * @param sizes the number of rows of each group, in the order of the rows. Not modified.
   * @return the labels
   * @throws IllegalArgumentException if a size is negative, the sizes do not add up to the number
   *     of labels, or a label is NaN or infinite
   */
  public static GroupedLabels ofSizes(float[] labels, int... sizes) {
    int[] offsets = new int[sizes.length + 1];
    for (int q = 0; q < sizes.length; q++) {
      long end = (long) offsets[q] + sizes[q];
      if (sizes[q] < 0 || end > Integer.MAX_VALUE) {
        throw new IllegalArgumentException("group %d has size %d".formatted(q, sizes[q]));
      }
      offsets[q + 1] = (int) end;
    }
    return ofOffsets(labels, offsets);
  }

  /**
   * Labels of groups given by where each begins.
   *
   * @param labels one for each row. Not modified; copied.
   * @param offsets number of groups + 1 values from 0 to the number of rows that never decrease.
   *     Not modified; copied.
   * @return the labels
   * @throws IllegalArgumentException if there is no row or no group, the groups do not cover the
   *     rows, or a label is NaN or infinite
   */
  public static GroupedLabels ofOffsets(float[] labels, int... offsets) {
    if (labels.length == 0) {
      throw new IllegalArgumentException("labels are missing: there are none");
    }
    if (offsets.length < 2) {
      throw new IllegalArgumentException(
          "query groups are missing: %d rows belong to no group".formatted(labels.length));
    }
    int[] begins = offsets.clone();
    int rows = Layout.ragged(begins).extent();
    if (begins[0] != 0 || rows != labels.length) {
      throw new IllegalArgumentException(
          "%d groups hold %d rows, but there are %d labels. Maybe ids were given instead of sizes."
              .formatted(begins.length - 1, rows - begins[0], labels.length));
    }
    double[] wide = new double[rows];
    for (int i = 0; i < rows; i++) {
      if (!Float.isFinite(labels[i])) {
        throw new IllegalArgumentException("label of row %d is %s".formatted(i, labels[i]));
      }
      wide[i] = labels[i];
    }
    return new GroupedLabels(wide, begins, null, null);
  }

  /**
   * The same labels with weights: one for each group, as XGBoost has them for ranking, or one for
   * each row, as LightGBM has them; of the latter only those of relevant rows matter. If there are
   * as many groups as rows, they belong to groups.
   *
   * @param weights finite and not negative; none at all means 1 everywhere. Not modified; copied.
   * @return the labels with these weights
   * @throws IllegalArgumentException if their number is neither that of the groups nor that of the
   *     rows, or one is negative or not finite
   */
  public GroupedLabels weights(float... weights) {
    if (weights.length == 0) {
      return new GroupedLabels(labels, offsets, null, null);
    }
    if (weights.length != groups() && weights.length != rows()) {
      throw new IllegalArgumentException(
          "there are %d weights for %d groups of %d rows"
              .formatted(weights.length, groups(), rows()));
    }
    double[] wide = new double[weights.length];
    for (int i = 0; i < wide.length; i++) {
      if (!(weights[i] >= 0) || weights[i] == Float.POSITIVE_INFINITY) {
        throw new IllegalArgumentException(
            "weight %d must be finite and not negative, but is %s".formatted(i, weights[i]));
      }
      wide[i] = weights[i];
    }
    boolean ofGroups = wide.length == groups();
    return new GroupedLabels(labels, offsets, ofGroups ? wide : null, ofGroups ? null : wide);
  }

  /** {@return the number of rows} */
  public int rows() {
    return labels.length;
  }

  /**
   * {@return the sum of the weights of all groups with a label above 0; a weight is 1 if none is
   * set}
   */
  public double relevantWeight() {
    double sum = 0;
    for (int q = 0; q < groups(); q++) {
      if (hasRelevantRow(q)) {
        sum += groupWeight(q);
      }
    }
    return sum;
  }

  private boolean hasRelevantRow(int group) {
    for (int i = offsets[group]; i < offsets[group + 1]; i++) {
      if (labels[i] > 0) {
        return true;
      }
    }
    return false;
  }

  /** {@return the number of query groups} */
  public int groups() {
    return offsets.length - 1;
  }

  /**
   * {@return all groups with their scores}
   *
   * @param scores one for each row. Not modified, not copied.
   * @throws IllegalArgumentException if their number is not that of the rows
   */
  public RankingBatch batch(ScoreArray scores) {
    RankingBatch batch = withoutGroupWeights(scores);
    return groupWeights == null ? batch : batch.queryWeights(groupWeights);
  }

  /** All groups as if they weighed the same. */
  RankingBatch withoutGroupWeights(ScoreArray scores) {
    requireRows(scores);
    RankingBatch batch = RankingBatch.of(scores, Layout.ragged(offsets), Relevance.grades(labels));
    return rowWeights == null ? batch : batch.itemWeights(rowWeights);
  }

  /**
   * {@return one group alone with copies of its numbers, so that its cost does not depend on the
   * other groups; its group weight is left out, because it would cancel in a mean over one group}
   *
   * @param group index of the group, from 0
   * @param scores one for each row. Not modified.
   */
  RankingBatch alone(int group, float[] scores) {
    int begin = offsets[group];
    int end = offsets[group + 1];
    RankingBatch batch =
        RankingBatch.of(
            ScoreArray.of(Arrays.copyOfRange(scores, begin, end)),
            Layout.ragged(0, end - begin),
            Relevance.grades(Arrays.copyOfRange(labels, begin, end)));
    return rowWeights == null
        ? batch
        : batch.itemWeights(Arrays.copyOfRange(rowWeights, begin, end));
  }

  boolean hasGroupWeights() {
    return groupWeights != null;
  }

  double groupWeight(int group) {
    return groupWeights == null ? 1 : groupWeights[group];
  }

  int begin(int group) {
    return offsets[group];
  }

  int end(int group) {
    return offsets[group + 1];
  }

  /** There must be something to learn from. */
  void requireRelevantRow() {
    for (double label : labels) {
      if (label > 0) {
        return;
      }
    }
    throw new IllegalArgumentException(
        "none of %d rows has a label above 0. Maybe the labels were never set."
            .formatted(labels.length));
  }

  private void requireRows(ScoreArray scores) {
    if (scores.length() != labels.length) {
      throw new IllegalArgumentException(
          "there are %d scores for %d rows".formatted(scores.length(), labels.length));
    }
  }
}
