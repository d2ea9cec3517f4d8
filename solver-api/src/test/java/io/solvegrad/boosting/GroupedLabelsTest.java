package io.solvegrad.boosting;

import static io.solvegrad.boosting.LearningCases.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.solvegrad.ranking.RankingBatch;
import io.solvegrad.ranking.ScoreArray;
import org.junit.jupiter.api.Test;

class GroupedLabelsTest {
  private static final float NAN = Float.NaN;

  @Test
  void sizesAndOffsetsAreTheSameGroups() {
    float[] labels = {1, 0, 2};
    RankingBatch sizes = GroupedLabels.ofSizes(labels, 2, 0, 1).batch(ScoreArray.of(new float[3]));
    RankingBatch offsets =
        GroupedLabels.ofOffsets(labels, 0, 2, 2, 3).batch(ScoreArray.of(new float[3]));
    for (int q = 0; q < 3; q++) {
      assertEquals(offsets.layout().start(q), sizes.layout().start(q));
      assertEquals(offsets.layout().length(q), sizes.layout().length(q));
    }
  }

  @Test
  void refusesGroupsThatDoNotAddUp() {
    float[] labels = {1, 0, 2};
    refused("2 groups hold 4 rows, but there are 3", () -> GroupedLabels.ofSizes(labels, 2, 2));
    refused("hold 2 rows, but there are 3 labels", () -> GroupedLabels.ofOffsets(labels, 0, 2));
    refused("hold 2 rows, but there are 3 labels", () -> GroupedLabels.ofOffsets(labels, 1, 3));
    refused("group 1 has size -1", () -> GroupedLabels.ofSizes(labels, 4, -1));
    refused("group 1 has size", () -> GroupedLabels.ofSizes(labels, Integer.MAX_VALUE, 2));
    refused("offsets[2] = 1 is less", () -> GroupedLabels.ofOffsets(labels, 0, 3, 1));
    refused("query groups are missing", () -> GroupedLabels.ofSizes(labels));
    refused("labels are missing", () -> GroupedLabels.ofSizes(new float[0], 0));
  }

  @Test
  void refusesLabelsAndWeightsThatAreNoNumbers() {
    refused("label of row 1 is NaN", () -> GroupedLabels.ofSizes(new float[] {1, NAN}, 2));
    float infinity = Float.POSITIVE_INFINITY;
    refused("label of row 0 is Inf", () -> GroupedLabels.ofSizes(new float[] {infinity, 1}, 2));
    GroupedLabels labels = GroupedLabels.ofSizes(new float[] {1, 0, 2}, 2, 1);
    refused("weight 1 must be finite", () -> labels.weights(1, NAN));
    refused("weight 0 must be finite", () -> labels.weights(-1, 1));
    refused("there are 4 weights for 2 groups of 3 rows", () -> labels.weights(1, 1, 1, 1));
  }

  @Test
  void weightsBelongToGroupsOrToRows() {
    GroupedLabels labels = GroupedLabels.ofSizes(new float[] {1, 0, 2}, 2, 1);
    ScoreArray scores = ScoreArray.of(new float[3]);
    assertEquals(5, labels.weights(4, 5).batch(scores).queryWeight(1));
    assertEquals(6, labels.weights(4, 5, 6).batch(scores).itemWeight(2));
    assertEquals(1, labels.weights(4, 5).weights().batch(scores).queryWeight(1));
  }

  @Test
  void rowsAreCheckedBeforeALibrarySeesThem() {
    float[] labels = {1, 0};
    int[] groups = {2};
    new RankingRows(new float[] {1, 2, 3, NAN}, 2, labels, groups);
    refused(
        "there are 3 features for 2 rows of 2",
        () -> new RankingRows(new float[3], 2, labels, groups));
    refused("of 0", () -> new RankingRows(new float[0], 0, labels, groups));
    refused(
        "feature is Infinity at row 1, column 0",
        () -> new RankingRows(new float[] {1, 2, 1 / 0f, 4}, 2, labels, groups));
    refused(
        "feature is NaN at row 1, column 1",
        () -> new RankingRows(new float[] {1, 2, 3, NAN}, 2, labels, groups).requireComplete());
    refused("groups hold 3 rows", () -> new RankingRows(new float[4], 2, labels, new int[] {3}));
  }

  @Test
  void relevantWeight_isThatOfGroupsWithSomethingToFind() {
    GroupedLabels labels = GroupedLabels.ofSizes(new float[] {0, 1, 0, -1, 2, 0}, 2, 2, 0, 2);
    assertEquals(2, labels.relevantWeight());
    assertEquals(8, labels.weights(3, 7, 9, 5).relevantWeight());
    assertEquals(0, GroupedLabels.ofSizes(new float[] {0, -1}, 2).relevantWeight());
  }
}
