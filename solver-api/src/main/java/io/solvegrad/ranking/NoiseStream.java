package io.solvegrad.ranking;

/** Random numbers one after the other, or many at once, from a key. */
final class NoiseStream {
  private final NoiseKernel kernel;
  private PerturbedLoss.Noise noise = PerturbedLoss.Noise.GAUSSIAN;
  private int firstKey;
  private int secondKey;
  private int place;

  NoiseStream(NoiseKernel kernel) {
    this.kernel = kernel;
  }

  /** Begins at the first number of a stream. Keys next to each other have nothing in common. */
  void begin(PerturbedLoss.Noise distribution, long key) {
    noise = distribution;
    long keys = NoiseSeed.mixed(key + NoiseSeed.STEP);
    firstKey = (int) keys;
    secondKey = (int) (keys >>> Integer.SIZE);
    place = 0;
  }

  /** The next number. */
  float next() {
    return ScalarNoise.number(noise, firstKey, secondKey, place++);
  }

  /** The next n numbers. */
  void next(float[] values, int n) {
    kernel.draw(noise, firstKey, secondKey, place, values, n);
    place += n;
  }

  /** Adds the next numbers, times a scale, to a range of scores. */
  void add(float scale, float[] from, float[] to, int start, int end) {
    kernel.add(noise, firstKey, secondKey, place, scale, from, to, start, end);
    place += end - start;
  }
}
