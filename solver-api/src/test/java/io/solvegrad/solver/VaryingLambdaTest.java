package io.solvegrad.solver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class VaryingLambdaTest {
  private static final double TOLERANCE = 1e-12;

  @Test
  void startAndUnit_areThoseGiven() {
    assertEquals(7, Lambda.adaptive(Lambda.plain(7), 0.1).plainValue(100));
    assertEquals(50, Lambda.adaptive(Lambda.normalised(0.5), 0.1).plainValue(100));
  }

  @Test
  void geometricSchedule_endsWhereItShall() {
    VaryingLambda lambda = Lambda.varying(Lambda.plain(100), LambdaRule.geometric(0.01, 4));
    double[] expected = {100, 31.622776601683793, 10, 3.1622776601683795, 1, 1, 1};
    for (double value : expected) {
      assertEquals(value, lambda.plainValue(3), TOLERANCE);
      lambda.step(0.5);
    }
  }

  @Test
  void tooFewMoved_raiseTheStrengthAndTheOtherWayRound() {
    VaryingLambda lambda = Lambda.adaptive(Lambda.plain(1), 0.25);
    lambda.step(0.25);
    assertEquals(1, lambda.factor());
    lambda.step(0);
    assertEquals(Math.exp(0.2), lambda.factor(), TOLERANCE);
    lambda.step(0.25 * Math.exp(0.5));
    assertEquals(Math.exp(0.1), lambda.factor(), TOLERANCE);
    lambda.step(1);
    assertEquals(Math.exp(-0.1), lambda.factor(), TOLERANCE);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 1})
  void strength_staysBounded(double share) {
    VaryingLambda lambda = Lambda.adaptive(Lambda.plain(1), 0.01);
    for (int step = 0; step < 500; step++) {
      lambda.step(share);
    }
    assertEquals(share == 0 ? 1000 : 0.001, lambda.factor(), TOLERANCE);
  }

  @Test
  void resumedRun_continuesAsIfNotInterrupted() {
    VaryingLambda whole = Lambda.adaptive(Lambda.plain(2), 0.3);
    VaryingLambda second = Lambda.adaptive(Lambda.plain(2), 0.3);
    for (int step = 0; step < 20; step++) {
      if (step == 11) {
        second.resumeAfter(whole.steps(), whole.factor());
      }
      whole.step(step / 20.0);
      if (step >= 11) {
        second.step(step / 20.0);
      }
    }
    assertEquals(whole.steps(), second.steps());
    assertEquals(whole.plainValue(9), second.plainValue(9));
  }

  @Test
  void ownRule_isAnExpression() {
    VaryingLambda lambda =
        Lambda.varying(Lambda.plain(3), (factor, steps, movedShare) -> 1.0 / (1 + steps));
    lambda.step(0);
    assertEquals(1.5, lambda.plainValue(1));
  }

  @Test
  void badNumbers_areRefused() {
    VaryingLambda lambda = Lambda.adaptive(Lambda.plain(1), 0.5);
    assertThrows(IllegalArgumentException.class, () -> Lambda.adaptive(Lambda.plain(1), 0));
    assertThrows(IllegalArgumentException.class, () -> Lambda.adaptive(Lambda.plain(1), 1));
    assertThrows(IllegalArgumentException.class, () -> Lambda.adaptive(lambda, 0.5));
    assertThrows(IllegalArgumentException.class, () -> LambdaRule.geometric(0, 5));
    assertThrows(IllegalArgumentException.class, () -> LambdaRule.geometric(2, 0));
    assertThrows(IllegalArgumentException.class, () -> lambda.resumeAfter(-1, 1));
    assertThrows(IllegalArgumentException.class, () -> lambda.resumeAfter(1, Double.NaN));
    String message =
        assertThrows(IllegalArgumentException.class, () -> lambda.step(Double.NaN)).getMessage();
    assertTrue(message.contains("NaN"), message);
    VaryingLambda broken = Lambda.varying(Lambda.plain(1), (factor, steps, share) -> -1);
    assertThrows(IllegalArgumentException.class, () -> broken.step(0.5));
  }
}
