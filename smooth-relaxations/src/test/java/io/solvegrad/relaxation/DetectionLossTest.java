package io.solvegrad.relaxation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.solvegrad.relaxation.surrogate.PointFunction;
import org.junit.jupiter.api.Test;

/** Focal loss and cross entropy, as detectors use them, against their formulas. */
final class DetectionLossTest {
  private static final double[] SCORES = {-7, -1.5, 0, 0.3, 4};

  private static double probability(double score) {
    return 1 / (1 + Math.exp(-score));
  }

  @Test
  void focal_isItsFormula() {
    PointFunction focal = PointFunction.focal(2, 0.25);
    for (double score : SCORES) {
      double p = probability(score);
      assertEquals(-0.25 * (1 - p) * (1 - p) * Math.log(p), focal.value(score, 1), 1e-12);
      assertEquals(-0.75 * p * p * Math.log(1 - p), focal.value(score, 0), 1e-12);
    }
  }

  @Test
  void focalWithoutFocus_isHalfTheCrossEntropy() {
    PointFunction focal = PointFunction.focal(0, 0.5);
    PointFunction cross = PointFunction.sigmoidCrossEntropy();
    for (double score : SCORES) {
      for (double label : new double[] {0, 1}) {
        assertEquals(cross.value(score, label) / 2, focal.value(score, label), 1e-12);
        assertEquals(cross.slope(score, label) / 2, focal.slope(score, label), 1e-12);
      }
    }
  }

  @Test
  void crossEntropy_takesSoftAndClipsOtherLabels() {
    PointFunction cross = PointFunction.sigmoidCrossEntropy();
    for (double score : SCORES) {
      double p = probability(score);
      assertEquals(-0.3 * Math.log(p) - 0.7 * Math.log(1 - p), cross.value(score, 0.3), 1e-12);
      assertEquals(cross.value(score, 1), cross.value(score, 4));
      assertEquals(cross.value(score, 0), cross.value(score, -1));
    }
    assertEquals(0.5, cross.slope(0, 0), "exactly 0 is no special case");
  }

  @Test
  void farScores_areDefined() {
    PointFunction focal = PointFunction.focal(2, 0.25);
    assertEquals(0, focal.value(1e30, 1));
    assertEquals(0.25e30, focal.value(-1e30, 1), 1e20);
    assertEquals(-0.25, focal.slope(-1e30, 1), 1e-12);
    assertThrows(IllegalArgumentException.class, () -> PointFunction.focal(-1, 0.5));
    assertThrows(IllegalArgumentException.class, () -> PointFunction.focal(2, 1.5));
  }
}
