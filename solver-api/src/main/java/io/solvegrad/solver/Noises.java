package io.solvegrad.solver;

import java.util.SplittableRandom;

/** The random numbers that estimators use. */
final class Noises {
  private static final int GAMMAS = 10;
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private Noises() {}

  /** A stream of its own for every draw of a seed. */
  static SplittableRandom stream(long seed, long draw) {
    // The generator's own mixing separates seeds that differ in a few bits.
    return new SplittableRandom(new SplittableRandom(seed).nextLong() ^ (draw * GOLDEN));
  }

  /**
   * A sum-of-gamma variable: k of them add up to a Gumbel variable, up to a shift. Their sum is
   * tau / k (sum over i = 1..s of Gamma(1/k, k/i) - log s).
   */
  static double sumOfGamma(SplittableRandom random, int k, double temperature) {
    double sum = 0;
    for (int i = 1; i <= GAMMAS; i++) {
      sum += gamma(random, 1.0 / k) * k / i;
    }
    return temperature / k * (sum - Math.log(GAMMAS));
  }

  /** A gamma variable of scale 1, after Marsaglia and Tsang (2000). */
  static double gamma(SplittableRandom random, double shape) {
    if (shape < 1) {
      return gamma(random, shape + 1) * Math.pow(1 - random.nextDouble(), 1 / shape);
    }
    double d = shape - 1.0 / 3;
    double c = 1 / Math.sqrt(9 * d);
    while (true) {
      double x = random.nextGaussian();
      double root = 1 + c * x;
      double v = root * root * root;
      if (v > 0 && Math.log(1 - random.nextDouble()) < x * x / 2 + d - d * v + d * Math.log(v)) {
        return d * v;
      }
    }
  }
}
