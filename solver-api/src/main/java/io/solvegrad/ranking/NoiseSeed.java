package io.solvegrad.ranking;

import java.util.SplittableRandom;

/** Random numbers that depend on a seed and on how often they were asked for. */
final class NoiseSeed {
  static final long STEP = 0x9E3779B97F4A7C15L;

  private final long seed;
  private long evaluations;

  NoiseSeed(long seed) {
    this.seed = seed;
  }

  long evaluations() {
    return evaluations;
  }

  void resumeAfter(long count) {
    if (count < 0) {
      throw new IllegalArgumentException("evaluations must not be negative, but is " + count);
    }
    evaluations = count;
  }

  /** The numbers of the next evaluation. */
  SplittableRandom next() {
    // Mixed, not counted: SplittableRandom itself goes on by STEP, so that the numbers of one
    // evaluation
    // would be those of the one before, shifted.
    return new SplittableRandom(mixed(seed + STEP * evaluations++));
  }

  /** The finaliser of MurmurHash3, a bijection in which every bit depends on every bit. */
  static long mixed(long bits) {
    long z = (bits ^ (bits >>> 33)) * 0xFF51AFD7ED558CCDL;
    z = (z ^ (z >>> 33)) * 0xC4CEB9FE1A85EC53L;
    return z ^ (z >>> 33);
  }
}
