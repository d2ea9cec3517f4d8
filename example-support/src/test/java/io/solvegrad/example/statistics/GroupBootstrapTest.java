package io.solvegrad.example.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class GroupBootstrapTest {
  private static final int RESAMPLES = 999;

  @Test
  void isSureWhereAllGroupsAgree() {
    GroupBootstrap drawn =
        GroupBootstrap.of(new double[] {1, 2, 1}, new int[] {2, 4, 2}, RESAMPLES, 1);
    // Every group has the mean 1/2, so every resample has.
    assertEquals(0.5, drawn.low(), 1e-12);
    assertEquals(0.5, drawn.high(), 1e-12);
    assertEquals(2.0 / 1000, drawn.pValue(), 1e-12);
  }

  @Test
  void isUnsureWhereGroupsCancel() {
    GroupBootstrap drawn =
        GroupBootstrap.of(new double[] {1, -1, 1, -1}, new int[] {1, 1, 1, 1}, RESAMPLES, 1);
    assertTrue(drawn.low() < 0 && drawn.high() > 0, drawn.toString());
    assertTrue(drawn.pValue() > 0.5, drawn.toString());
  }

  @Test
  void knowsTheNormalIntervalOfManyGroups() {
    double[] differences = new double[400];
    int[] counts = new int[400];
    Arrays.setAll(differences, g -> g % 2);
    Arrays.fill(counts, 1);
    GroupBootstrap drawn = GroupBootstrap.of(differences, counts, 20_000, 1);
    // Mean 1/2, standard error sqrt(1/4 / 400) = 0.025.
    assertEquals(0.5 - 1.96 * 0.025, drawn.low(), 0.003);
    assertEquals(0.5 + 1.96 * 0.025, drawn.high(), 0.003);
  }

  @Test
  void leavesOutGroupsOfNothingAndRepeatsWithItsSeed() {
    double[] differences = {0.1, Double.NaN, -0.2, 0.4};
    int[] counts = {1, 0, 1, 1};
    GroupBootstrap drawn = GroupBootstrap.of(differences, counts, RESAMPLES, 7);
    assertEquals(drawn, GroupBootstrap.of(differences, counts, RESAMPLES, 7));
    assertTrue(Double.isFinite(drawn.low()) && Double.isFinite(drawn.high()));
    assertThrows(
        IllegalArgumentException.class,
        () -> GroupBootstrap.of(new double[1], new int[1], RESAMPLES, 1));
  }
}
