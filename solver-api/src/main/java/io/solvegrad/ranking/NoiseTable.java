package io.solvegrad.ranking;

/**
 * Equally likely values of a distribution: its quantiles at (i + 1/2) / 2^16. A draw is then a look
 * into a table that stays in the cache. What is lost lies beyond 4.2 standard deviations.
 */
final class NoiseTable {
  static final int BITS = 16;
  static final int SIZE = 1 << BITS;

  /** Normal with mean 0 and standard deviation 1. */
  static final class Gaussian {
    static final float[] VALUES = gaussian();

    private Gaussian() {}
  }

  /** Gumbel with location 0 and scale 1. */
  static final class Gumbel {
    static final float[] VALUES = gumbel();

    private Gumbel() {}
  }

  private NoiseTable() {}

  private static double share(int i) {
    return (i + 0.5) / SIZE;
  }

  private static float[] gumbel() {
    float[] values = new float[SIZE];
    for (int i = 0; i < SIZE; i++) {
      values[i] = (float) -Math.log(-Math.log(share(i)));
    }
    return values;
  }

  /** Walks from the middle outwards along the density, in Simpson's steps, and notes the shares. */
  private static float[] gaussian() {
    double[] values = new double[SIZE];
    double step = 1e-4;
    double x = 0;
    double below = 0.5;
    double squares = 0;
    for (int i = SIZE / 2; i < SIZE; i++) {
      double wanted = share(i);
      double area = area(x, step);
      while (below + area < wanted) {
        below += area;
        x += step;
        area = area(x, step);
      }
      values[i] = x + step * (wanted - below) / area;
      squares += 2 * values[i] * values[i];
    }
    // The cut tails cost a little variance.
    double stretch = Math.sqrt(SIZE / squares);
    float[] table = new float[SIZE];
    for (int i = SIZE / 2; i < SIZE; i++) {
      table[i] = (float) (values[i] * stretch);
      table[SIZE - 1 - i] = -table[i];
    }
    return table;
  }

  private static double area(double x, double step) {
    return step / 6 * (density(x) + 4 * density(x + step / 2) + density(x + step));
  }

  private static double density(double x) {
    return Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
  }
}
