package io.solvegrad.bench;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/** Random scores and relevant positions. */
final class Scores {
  private Scores() {}

  /** Normal scores without ties, because peers may break ties in another way. */
  static float[] distinct(int n, RandomGenerator random) {
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = (float) random.nextGaussian();
    }
    Arrays.sort(values);
    for (int i = 1; i < n; i++) {
      values[i] = Math.max(values[i], Math.nextUp(values[i - 1]));
    }
    for (int i = n - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      float value = values[i];
      values[i] = values[j];
      values[j] = value;
    }
    return values;
  }

  /** Rows one behind the other, each without ties. */
  static float[] matrix(Config config, RandomGenerator random) {
    float[] matrix = new float[config.rows() * config.n()];
    for (int q = 0; q < config.rows(); q++) {
      float[] row = distinct(config.n(), random);
      System.arraycopy(row, 0, matrix, q * config.n(), config.n());
    }
    return matrix;
  }

  static int[] positions(int n, int p, RandomGenerator random) {
    return random.ints(0, n).distinct().limit(p).sorted().toArray();
  }

  /**
   * Throws unless the gradients (rank after - rank before) / lambda agree in all but a few values,
   * and there by few ranks: peers perturb in single precision, and a perturbed score may tie.
   */
  static void requireSame(float[] ours, float[] theirs, double lambda, double share) {
    int different = 0;
    for (int i = 0; i < ours.length; i++) {
      different += Math.abs(ours[i] - theirs[i]) * lambda < 0.5 ? 0 : 1;
    }
    if (different > ours.length * share) {
      throw new IllegalStateException(
          "libtorch differs from ours in %d of %d gradients".formatted(different, ours.length));
    }
  }
}
