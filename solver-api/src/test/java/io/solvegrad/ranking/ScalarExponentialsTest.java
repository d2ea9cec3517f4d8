package io.solvegrad.ranking;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The reference of all exponential kernels against the exponential of the JDK. */
final class ScalarExponentialsTest {
  private static final int LANES = ExponentialKernel.LANES;
  private final ScalarExponentials kernel = new ScalarExponentials();

  @Test
  void singlePrecision_isExactToTwoUnits() {
    for (int i = 0; i <= 870_000; i += 7) {
      float x = -i / 10_000f;
      float expected = (float) Math.exp(x);
      assertEquals(expected, ScalarExponentials.exp(x), 2 * Math.ulp(expected), "e^" + x);
    }
    assertEquals(1, ScalarExponentials.exp(0f));
    assertTrue(ScalarExponentials.exp(-87f) > 0);
    assertEquals(0, ScalarExponentials.exp(-87.5f));
    assertEquals(0, ScalarExponentials.exp(Float.NEGATIVE_INFINITY));
    assertTrue(Float.isNaN(ScalarExponentials.exp(Float.NaN)));
  }

  @Test
  void doublePrecision_isExactToTwoUnits() {
    SplittableRandom random = new SplittableRandom(1);
    double[] exponents = random.doubles(100_000, -708, 709).toArray();
    exponents[0] = 0;
    exponents[1] = -708;
    exponents[2] = 709;
    exponents[3] = 1e-20;
    double[] powers = exponents.clone();
    kernel.exp(powers, powers.length - 1);
    for (int i = 0; i < powers.length - 1; i++) {
      double expected = Math.exp(exponents[i]);
      assertEquals(expected, powers[i], 2 * Math.ulp(expected), "e^" + exponents[i]);
    }
    assertEquals(exponents[exponents.length - 1], powers[powers.length - 1], "is not asked for");
    double[] limits = {-708.1, 709.1, Double.NEGATIVE_INFINITY, 1e300, Double.NaN};
    kernel.exp(limits, 5);
    double infinity = Double.POSITIVE_INFINITY;
    assertArrayEquals(new double[] {0, infinity, 0, infinity, Double.NaN}, limits);
  }

  @Test
  void largest_looksAtItsStretchAlone() {
    float[] row = {9, -3, -1, -2, 8};
    assertEquals(-1, kernel.largest(row, 1, 3));
    assertEquals(Float.NEGATIVE_INFINITY, kernel.largest(row, 1, 0));
    assertTrue(Float.isNaN(kernel.largest(new float[] {1, Float.NaN, 2}, 0, 3)));
  }

  @Test
  void sums_areThoseOfTheStretch() {
    int n = 2 * LANES + 3;
    float[] row = new float[n + 2];
    double[] labels = new double[n + 2];
    for (int i = 0; i < row.length; i++) {
      row[i] = -i / 4f;
      labels[i] = 1 + i % 5;
    }
    float shift = 0.5f;
    float[] result = new float[n];
    double[] sums = new double[3 * LANES];
    Arrays.fill(sums, 1);
    kernel.expSums(row, labels, 2, n, shift, result, sums);
    double[] expected = {LANES, LANES, LANES};
    for (int i = 0; i < n; i++) {
      double gap = row[i + 2] - shift;
      assertEquals(Math.exp(gap), result[i], 1e-6);
      expected[0] += Math.exp(gap);
      expected[1] += labels[i + 2];
      expected[2] += labels[i + 2] * gap;
    }
    for (int kind = 0; kind < 3; kind++) {
      double sum = 0;
      for (int lane = 0; lane < LANES; lane++) {
        sum += sums[kind * LANES + lane];
      }
      assertEquals(expected[kind], sum, 1e-5, "sum " + kind);
    }
  }

  @Test
  void differences_areAddedAndCounted() {
    float[] row = {7, 1, 2, 3, 7};
    float[] values = {0.5f, 0.25f, 2};
    double[] labels = {9, 1, 2, 0, 9};
    int changed = kernel.addDifferences(values, 4, labels, 0.5, row, 1, 3);
    assertArrayEquals(new float[] {7, 1 + 2 - 0.5f, 2 + 1 - 1, 3 + 8, 7}, row);
    assertEquals(2, changed, "the second summand is 0");
  }
}
