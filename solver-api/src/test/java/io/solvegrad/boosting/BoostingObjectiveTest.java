package io.solvegrad.boosting;

import static io.solvegrad.boosting.LearningCases.refused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.solvegrad.ranking.AveragePrecision;
import io.solvegrad.ranking.Layout;
import io.solvegrad.ranking.MetricLoss;
import io.solvegrad.ranking.PerturbedLoss;
import io.solvegrad.ranking.RankingBatch;
import io.solvegrad.ranking.RankingLoss;
import io.solvegrad.ranking.Reduction;
import io.solvegrad.ranking.ReferenceRanker;
import io.solvegrad.ranking.Relevance;
import io.solvegrad.ranking.ScoreArray;
import io.solvegrad.ranking.ThresholdedLoss;
import io.solvegrad.ranking.metric.RankMetrics;
import io.solvegrad.solver.Lambda;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

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
    assertArrayEquals(expected, single, 1e-5f);
  }

  @Test
  void partsHaveTheGradientOfTheWhole() {
    float[] labels = {1, 0, 0, 0, 2, 0, 3, 0, 0};
    float[] scores = {0.5f, 0.25f, 0, -1, 4, 2, 1, 1, 0};
    RankingLoss loss = MetricLoss.of(RankMetrics.ndcg(), new ReferenceRanker(Lambda.plain(3)));
    for (Curvature curvature :
        List.of(Curvature.constant(1), Curvature.gaussNewton().atLeast(0.1))) {
      BoostingObjective objective = BoostingObjective.of(loss).curvature(curvature).scale(1.5);
      GroupedLabels all = GroupedLabels.ofSizes(labels, 2, 2, 3, 2);
      float[] expected = objective.step(scores, all).gradient();
      float[] first =
          objective
              .stepOfPart(
                  Arrays.copyOf(scores, 4), GroupedLabels.ofSizes(Arrays.copyOf(labels, 4), 2, 2))
              .gradient();
      float[] second =
          objective
              .stepOfPart(
                  Arrays.copyOfRange(scores, 4, 7),
                  GroupedLabels.ofSizes(Arrays.copyOfRange(labels, 4, 7), 3))
              .gradient();
      float[] nothing =
          objective.stepOfPart(new float[2], GroupedLabels.ofSizes(new float[2], 2)).gradient();
      assertArrayEquals(Arrays.copyOf(expected, 4), first, 1e-6f);
      assertArrayEquals(Arrays.copyOfRange(expected, 4, 7), second, 1e-6f);
      assertArrayEquals(new float[2], nothing);
    }
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
    refused("score of row 2 is NaN", () -> bare.step(new float[] {0, 1, Float.NaN, 0, 0}, TWO));
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

  @Test
  void groupsWithNothingToFindChangeNothingForTheOthers() {
    GroupedLabels more =
        GroupedLabels.ofSizes(new float[] {1, 0, 2, 0, 3, 0, 0, 1, 1}, 2, 3, 1, 1, 0, 2);
    float[] scores = {0.5f, 0.75f, 0, 1, 0.5f, 7, 7, 2, 1};
    MetricLoss mean = MetricLoss.of(new AveragePrecision(), new ReferenceRanker(Lambda.plain(30)));
    List<RankingLoss> losses =
        List.of(
            mean,
            mean.reduction(Reduction.SUM),
            new ThresholdedLoss(mean, 2),
            new PerturbedLoss(mean, PerturbedLoss.Noise.GAUSSIAN, 0, 3, 1));
    for (RankingLoss loss : losses) {
      for (Curvature curvature :
          List.of(Curvature.constant(1), Curvature.gaussNewton().atLeast(1))) {
        float[] gradient =
            BoostingObjective.of(loss).curvature(curvature).step(scores, more).gradient();
        float[] alone = new float[3];
        loss.evaluate(
            RankingBatch.of(
                ScoreArray.of(new float[] {0, 1, 0.5f}),
                Layout.ragged(0, 3),
                Relevance.grades(2, 0, 3)),
            ScoreArray.of(alone));
        assertArrayEquals(alone, Arrays.copyOfRange(gradient, 2, 5), 1e-6f, loss.toString());
        assertTrue(alone[0] != 0, "nothing to compare");
      }
    }
  }

  @Test
  void theCostOfAGroupDoesNotDependOnTheOthers() {
    int groups = 20_000;
    float[] labels = new float[2 * groups];
    float[] weights = new float[labels.length];
    int[] sizes = new int[groups];
    Arrays.fill(sizes, 2);
    Arrays.fill(weights, 1);
    labels[0] = 1;
    // Looking at all weights for every group would be 8e8 looks.
    long[] seen = new long[1];
    RankingLoss counting =
        (batch, factor, gradient, diagnostics) -> {
          seen[0] += batch.scores().length();
          return 0;
        };
    BoostingObjective.of(counting)
        .curvature(Curvature.gaussNewton().atLeast(1))
        .step(new float[labels.length], GroupedLabels.ofSizes(labels, sizes).weights(weights));
    assertEquals(labels.length, seen[0]);
  }
}
