package io.solvegrad.ranking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;

/** The value and gradient of one evaluation. */
public record Outcome(double value, double[] gradient) {

  public static Outcome of(RankingLoss loss, RankingBatch batch, double factor) {
    ScoreArray gradient = batch.scores().zeros(batch.scores().length());
    double value = loss.evaluate(batch, factor, gradient, new Diagnostics());
    return new Outcome(value, values(gradient));
  }

  public static Outcome of(RankingLoss loss, RankingBatch batch) {
    return of(loss, batch, 1);
  }

  public static double[] values(ScoreArray array) {
    double[] values = new double[array.length()];
    Arrays.setAll(values, array::get);
    return values;
  }

  public boolean hasGradient() {
    return Arrays.stream(gradient).anyMatch(g -> g != 0);
  }

  /** Fails unless the gradient has something to show. */
  public Outcome requireGradient() {
    assertTrue(hasGradient(), "a gradient of zeros proves nothing");
    return this;
  }

  /** Compares with a tolerance that is relative above 1 and absolute below. */
  public void assertClose(Outcome expected, double tolerance) {
    assertClose(expected.value, value, tolerance, "value");
    assertEquals(expected.gradient.length, gradient.length);
    for (int i = 0; i < gradient.length; i++) {
      assertClose(expected.gradient[i], gradient[i], tolerance, "gradient " + i);
    }
  }

  private static void assertClose(double expected, double actual, double tolerance, String name) {
    assertEquals(expected, actual, tolerance * Math.max(1, Math.abs(expected)), name);
  }
}
