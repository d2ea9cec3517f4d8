package io.solvegrad.example;

import java.util.SplittableRandom;

/**
 * Random numbers that belong to a place: the same seed and position give the same numbers, whatever
 * was drawn before and on whichever thread. A run that resumes at step 500 therefore draws what the
 * uninterrupted run draws.
 */
public final class RandomStream {
  private RandomStream() {}

  /**
   * Returns the generator of a position. Neighbouring seeds and positions are decorrelated by the
   * finaliser that {@link SplittableRandom} itself uses (Stafford's variant 13 of MurmurHash3's).
   *
   * @param seed seed of the run
   * @param position where in the run, for example step and index in the batch. Not modified.
   * @return a fresh generator
   */
  public static SplittableRandom at(long seed, long... position) {
    long state = mix(seed);
    for (long part : position) {
      state = mix(state + mix(part));
    }
    return new SplittableRandom(state);
  }

  private static long mix(long value) {
    // The odd constant keeps zero, the fixed point of the finaliser, from staying zero.
    long z = value + 0x9e3779b97f4a7c15L;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
