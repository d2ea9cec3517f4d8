package io.solvegrad.rambo.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.solvegrad.ranking.ExponentialKernel;
import io.solvegrad.ranking.ScalarExponentials;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Exponentials on vectors give the bits of the scalar reference, which is close to the truth. */
final class ExponentialTwinTest {
  private final ExponentialKernel kernel = KernelMode.best().exponentials();
  private final ScalarExponentials reference = new ScalarExponentials();

  @Test
  void simdModes_runOnVectors() {
    boolean simd = KernelMode.best() == KernelMode.SIMD;
    assertEquals(simd, kernel instanceof VectorExponentials);
  }

  @Test
  void doubles_haveTheSameBits() {
    Random random = new Random(1);
    for (int n = 0; n < 70; n++) {
      double[] values = random.doubles(n, -750, 750).toArray();
      awkward(values, random);
      double[] expected = values.clone();
      reference.exp(expected, n);
      kernel.exp(values, n);
      assertArrayEquals(expected, values);
    }
  }

  private static void awkward(double[] values, Random random) {
    double[] all = {
      0,
      -0.0,
      -708,
      -708.5,
      709,
      709.5,
      1e30,
      -1e30,
      Double.NaN,
      1e-300,
      Double.NEGATIVE_INFINITY,
      Double.POSITIVE_INFINITY
    };
    for (int i = 0; i < values.length; i++) {
      if (random.nextInt(4) == 0) {
        values[i] = all[random.nextInt(all.length)];
      }
    }
  }

  @Test
  void doubles_areCloseToTheTruth() {
    Random random = new Random(2);
    for (int i = 0; i < 100_000; i++) {
      double x = i % 2 == 0 ? random.nextDouble(-708, 709) : random.nextGaussian();
      double truth = Math.exp(x);
      assertEquals(truth, ScalarExponentials.exp(x), 2 * Math.ulp(truth));
    }
    assertEquals(0, ScalarExponentials.exp(Double.NEGATIVE_INFINITY));
    assertEquals(Double.POSITIVE_INFINITY, ScalarExponentials.exp(Double.POSITIVE_INFINITY));
    assertEquals(1, ScalarExponentials.exp(0.0));
    assertEquals(Double.NaN, ScalarExponentials.exp(Double.NaN));
  }

  @Test
  void floats_areCloseToTheTruth() {
    Random random = new Random(3);
    for (int i = 0; i < 100_000; i++) {
      float x = -random.nextFloat() * (i % 2 == 0 ? 87 : 1);
      float truth = (float) Math.exp(x);
      assertEquals(truth, ScalarExponentials.exp(x), 2 * Math.ulp(truth));
    }
    assertEquals(0, ScalarExponentials.exp(Float.NEGATIVE_INFINITY));
    assertEquals(1, ScalarExponentials.exp(0f));
    assertEquals(Float.NaN, ScalarExponentials.exp(Float.NaN));
  }

  @Test
  void rows_haveTheSameBits() {
    Random random = new Random(4);
    for (int n = 0; n < 200; n++) {
      int offset = random.nextInt(5);
      float[] row = new float[offset + n + 3];
      double[] labels = new double[row.length];
      for (int i = 0; i < row.length; i++) {
        row[i] = (float) random.nextGaussian() * (i % 7 == 0 ? 100 : 3);
        labels[i] = random.nextInt(3) == 0 ? random.nextDouble() : 0;
        if (n % 5 == 0 && random.nextInt(20) == 0) {
          row[i] = Float.NEGATIVE_INFINITY;
        }
      }
      float shift = reference.largest(row, offset, n);
      assertEquals(shift, kernel.largest(row, offset, n));
      float[] expected = new float[n];
      float[] actual = new float[n];
      double[] expectedSums = random.doubles(3 * ExponentialKernel.LANES).toArray();
      double[] sums = expectedSums.clone();
      reference.expSums(row, labels, offset, n, shift, expected, expectedSums);
      kernel.expSums(row, labels, offset, n, shift, actual, sums);
      assertArrayEquals(expected, actual);
      assertArrayEquals(expectedSums, sums);
      float[] gradient = row.clone();
      int changed = reference.addDifferences(expected, 0.3, labels, 0.7, row, offset, n);
      assertEquals(changed, kernel.addDifferences(actual, 0.3, labels, 0.7, gradient, offset, n));
      assertArrayEquals(row, gradient);
    }
  }

  @Test
  void largest_isNaNWhereOneIs() {
    for (int n = 1; n < 50; n++) {
      float[] row = new float[n];
      row[n / 2] = Float.NaN;
      assertEquals(Float.NaN, kernel.largest(row, 0, n));
    }
    assertEquals(Float.NEGATIVE_INFINITY, kernel.largest(new float[3], 1, 0));
  }
}
