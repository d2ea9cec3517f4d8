package io.solvegrad.boosting;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.solvegrad.ranking.MetricLoss;
import io.solvegrad.ranking.RankingLoss;
import io.solvegrad.ranking.ReferenceRanker;
import io.solvegrad.ranking.metric.RankMetrics;
import io.solvegrad.solver.Lambda;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class BoostingObjectiveTest {
  private static final GroupedLabels TWO = GroupedLabels.ofSizes(new float[] {1, 0, 2, 0, 3}, 2, 3);
  private static final float[] SCORES = {0.5f, 0.25f, 0, -1, 4};
  private static final float[] ERRORS = {-0.5f, 0.25f, -2, -1, 1};

  @Test
  void aGroupHasTheGradientThatItWouldHaveAlone() {
    GradientStep step = BoostingObjective.of(new SquaredError()).step(SCORES, TWO);
    assertArrayEquals(ERRORS, step.gradient(), 1e-6f);
    assertArrayEquals(new float[] {1, 1, 1, 1, 1}, step.hessian());
    assertEquals((0.25 + 0.0625 + 4 + 1 + 1) / 2, step.loss(), 1e-6);
  }

  @Test
  void groupByGroupIsTheSameGradient() {
    BoostingObjective objective = BoostingObjective.of(new SquaredError());
    GradientStep step =
        objective.curvature(Curvature.gaussNewton().atLeast(1e-3)).step(SCORES, TWO);
    assertArrayEquals(ERRORS, step.gradient(), 1e-6f);
    assertEquals(objective.step(SCORES, TWO).loss(), step.loss(), 1e-9);
  }

  @Test
  void gaussNewtonIsExactForTheSquaredErrorOfOneRow() {
    GroupedLabels single = GroupedLabels.ofSizes(new float[] {1, 2}, 1, 1);
    BoostingObjective objective =
        BoostingObjective.of(new SquaredError()).curvature(Curvature.gaussNewton());
    assertArrayEquals(
        new float[] {1, 1}, objective.step(new float[] {5, -1}, single).hessian(), 1e-6f);
    GradientStep scaled = objective.scale(8).step(new float[] {5, -1}, single);
    assertArrayEquals(new float[] {8, 8}, scaled.hessian(), 1e-5f);
    assertArrayEquals(new float[] {32, -24}, scaled.gradient(), 1e-5f);
  }

  @Test
  void weightsOfGroupsActTheSameWayEitherWay() {
    GroupedLabels weighted = TWO.weights(1, 3);
    float[] expected = {-0.25f, 0.125f, -3, -1.5f, 1.5f};
    BoostingObjective objective = BoostingObjective.of(new SquaredError());
    assertArrayEquals(expected, objective.step(SCORES, weighted).gradient(), 1e-6f);
    float[] single =
        objective.curvature(Curvature.gaussNewton().atLeast(1)).step(SCORES, weighted).gradient();
    for (int i = 0; i < single.length; i++) {
      assertEquals(expected[i] / expected[0], single[i] / single[0], 1e-5);
    }
  }

  @Test
  void partsHaveTheGradientOfTheWhole() {
    float[] labels = {1, 0, 0, 0, 2, 0, 3, 0, 0};
    float[] scores = {0.5f, 0.25f, 0, -1, 4, 2, 1, 1, 0};
    RankingLoss loss = MetricLoss.of(RankMetrics.ndcg(), new ReferenceRanker(Lambda.plain(3)));
    for (Curvature curvature :
        List.of(Curvature.constant(1), Curvature.gaussNewton().atLeast(0.1))) {
      BoostingObjective objective = BoostingObjective.of(loss).curvature(curvature).scale(1.5);
      GroupedLabels all = GroupedLabels.ofSizes(labels, 2, 2, 3, 2).weights(1, 2, 3, 1);
      float[] expected = objective.step(scores, all).gradient();
      var whole = new BoostingObjective.Whole(4, all.relevantWeight());
      assertEquals(4, whole.relevantWeight());
      float[] first =
          objective
              .step(
                  Arrays.copyOf(scores, 4),
                  GroupedLabels.ofSizes(Arrays.copyOf(labels, 4), 2, 2).weights(1, 2),
                  whole)
              .gradient();
      float[] second =
          objective
              .step(
                  Arrays.copyOfRange(scores, 4, 7),
                  GroupedLabels.ofSizes(Arrays.copyOfRange(labels, 4, 7), 3).weights(3),
                  whole)
              .gradient();
      float[] nothing =
          objective.step(new float[2], GroupedLabels.ofSizes(new float[2], 2), whole).gradient();
      assertArrayEquals(Arrays.copyOf(expected, 4), first, 1e-6f);
      assertArrayEquals(Arrays.copyOfRange(expected, 4, 7), second, 1e-6f);
      assertArrayEquals(new float[2], nothing);
    }
    assertThrows(IllegalArgumentException.class, () -> new BoostingObjective.Whole(3, 0));
  }

  @Test
  void curvaturesCompose() {
    assertEquals(2, Curvature.constant(2).of(-7, Double.NaN));
    assertEquals(3.5, Curvature.proportional(0.5).of(-7, Double.NaN));
    assertEquals(4, Curvature.proportional(0.5).atLeast(4).of(-7, Double.NaN));
    assertEquals(49 / 4.0, Curvature.gaussNewton().of(-7, 2));
    assertEquals(0, Curvature.gaussNewton().of(-7, 0));
    assertTrue(Curvature.gaussNewton().atLeast(1).needsGroupLoss());
    refused("curvature", () -> Curvature.constant(0));
    refused("curvature", () -> Curvature.proportional(Double.NaN));
    refused("curvature", () -> Curvature.constant(1).atLeast(Double.POSITIVE_INFINITY));
  }

  @Test
  void refusesWhatBoostingCannotUse() {
    RankingLoss broken =
        (batch, factor, gradient, diagnostics) -> {
          gradient.set(1, Double.NaN);
          return 0;
        };
    refused("gradient of row 1 is NaN", () -> BoostingObjective.of(broken).step(SCORES, TWO));
    BoostingObjective bare =
        BoostingObjective.of(new SquaredError()).curvature(Curvature.proportional(1));
    refused("curvature of row 0 is 0.0", () -> bare.step(new float[] {1, 0, 2, 0, 3}, TWO));
    refused("scores for 5 rows", () -> bare.step(new float[4], TWO));
    refused("scale", () -> bare.scale(0));
    GroupedLabels nothing = GroupedLabels.ofSizes(new float[] {0, -1}, 2);
    refused("Maybe the labels were never set", () -> bare.step(new float[2], nothing));
  }

  @Test
  void diagnosticsAddUp() {
    BoostingObjective objective = BoostingObjective.of(new SquaredError());
    objective.step(SCORES, TWO);
    objective.step(SCORES, TWO);
    assertEquals(4, objective.diagnostics().lists());
  }

  static void refused(String part, Executable action) {
    String message = assertThrows(IllegalArgumentException.class, action).getMessage();
    assertTrue(String.valueOf(message).contains(part), message);
  }
}
