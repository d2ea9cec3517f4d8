package io.solvegrad.rambo.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.solvegrad.ranking.NoiseKernel;
import io.solvegrad.ranking.PerturbedLoss.Noise;
import io.solvegrad.ranking.ScalarNoise;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Noise on vectors gives the bits of the scalar reference. */
final class NoiseTwinTest {
  private final NoiseKernel kernel = KernelMode.best().noise();
  private final ScalarNoise reference = new ScalarNoise();

  @Test
  void simdModes_runOnVectors() {
    boolean simd = KernelMode.best() == KernelMode.SIMD;
    assertEquals(simd, kernel instanceof VectorNoise);
  }

  @ParameterizedTest
  @EnumSource
  void numbers_haveTheSameBits(Noise noise) {
    Random random = new Random(1);
    for (int n = 0; n < 200; n++) {
      int first = random.nextInt();
      int second = random.nextInt();
      int place = n % 3 == 0 ? random.nextInt() : random.nextInt(100_000);
      float[] values = new float[n + 2];
      float[] expected = new float[n + 2];
      reference.draw(noise, first, second, place, expected, n);
      kernel.draw(noise, first, second, place, values, n);
      assertArrayEquals(expected, values);
    }
  }

  @ParameterizedTest
  @EnumSource
  void sums_haveTheSameBits(Noise noise) {
    Random random = new Random(2);
    float[] scales = {0, 0.1f, 3, Float.MAX_VALUE / ScalarNoise.BOUND};
    float[] special = {0, -0f, Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY, Float.MAX_VALUE};
    for (int n = 0; n < 200; n++) {
      float[] from = new float[n + 40];
      for (int i = 0; i < from.length; i++) {
        from[i] =
            random.nextInt(5) == 0
                ? special[random.nextInt(special.length)]
                : (float) random.nextGaussian();
      }
      int start = random.nextInt(20);
      int key = random.nextInt();
      float[] to = from.clone();
      float[] expected = from.clone();
      float scale = scales[n % scales.length];
      reference.add(noise, key, n, 7 * n, scale, from, expected, start, start + n);
      kernel.add(noise, key, n, 7 * n, scale, from, to, start, start + n);
      assertArrayEquals(expected, to);
    }
  }

  /** A large sample, so that both tails are reached. */
  @ParameterizedTest
  @EnumSource
  void manyNumbers_haveTheSameBits(Noise noise) {
    int n = 1 << 20;
    float[] values = new float[n];
    float[] expected = new float[n];
    reference.draw(noise, 5, 6, 0, expected, n);
    kernel.draw(noise, 5, 6, 0, values, n);
    assertArrayEquals(expected, values);
  }
}
