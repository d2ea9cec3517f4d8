package io.solvegrad.ranking;

/**
 * Random numbers by their place in a stream: each depends on two keys and its place alone, so that
 * a stream can be entered anywhere. All kernels give the same bits as {@link ScalarNoise}, on
 * vectors of any length. Stateless, for any number of threads; {@link RankKernels#noise} chooses
 * the best that the JVM can run.
 */
public interface NoiseKernel {

  /**
   * Writes consecutive numbers of a stream.
   *
   * @param noise their distribution
   * @param firstKey with the second key, which stream it is
   * @param secondKey see there
   * @param place the place of the first number
   * @param values receives n numbers from index 0. Modified.
   * @param n how many
   */
  void draw(
      PerturbedLoss.Noise noise, int firstKey, int secondKey, int place, float[] values, int n);

  /**
   * Writes scores plus a scale times consecutive numbers of a stream, each rounded once.
   *
   * @param noise their distribution
   * @param firstKey with the second key, which stream it is
   * @param secondKey see there
   * @param place the place of the first number
   * @param scale what the numbers are multiplied by
   * @param from holds the scores. Not modified, unless it is the same array.
   * @param to receives the sums at the same indices. Modified.
   * @param start index of the first score
   * @param end index behind the last one
   */
  void add(
      PerturbedLoss.Noise noise,
      int firstKey,
      int secondKey,
      int place,
      float scale,
      float[] from,
      float[] to,
      int start,
      int end);
}
