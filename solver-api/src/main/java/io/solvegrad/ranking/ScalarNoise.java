package io.solvegrad.ranking;

import java.util.List;

/**
 * The reference of all noise kernels, one number after the other.
 *
 * <p>A number comes from a hash of its place: the four bytes of the hash are added, a fraction made
 * of all its bits fills the steps between the sums, and a polynomial takes the result to the
 * quantile of the wanted distribution that has the same probability. No branches and no look-ups,
 * so that every element of a vector does the same.
 *
 * <p>Both polynomials are least squares fits to the quantiles, weighted by the root of the density.
 */
public final class ScalarNoise implements NoiseKernel {

  /** More than the absolute value of any number. */
  public static final int BOUND = 32;

  /** The first multiplier of the hash. */
  public static final int FIRST_FACTOR = 0x7feb352d;

  /** The second multiplier of the hash. */
  public static final int SECOND_FACTOR = 0x846ca68b;

  /** The multiplier of the fraction, 2^32 by the golden ratio. */
  public static final int FRACTION_FACTOR = 0x9e3779b1;

  /** How many bits the fraction has: with the sum of four bytes, as many as a float holds. */
  public static final int FRACTION_BITS = 14;

  /** Every second byte. */
  public static final int BYTES = 0x00ff00ff;

  /** Half of the hash. */
  public static final int HALF = 0xffff;

  /** The unit of the sum with its fraction: a byte is a number below 1. */
  public static final float UNIT = 1f / (1 << (8 + FRACTION_BITS));

  /** The mean of the sum with its fraction. */
  public static final float MEAN = 510.5f / 256;

  // By powers, odd ones only.
  private static final float[] GAUSSIAN = {
    1.6700635f, 0.009160797f, 0.15367463f, -0.18114917f, 0.10503603f, -0.028013265f, 0.0029377725f
  };
  // By powers, all of them.
  private static final float[] GUMBEL = {
    0.36641935f,
    1.9241241f,
    0.5713668f,
    0.13661364f,
    -0.00079665694f,
    0.2695003f,
    0.18332629f,
    -0.31883875f,
    -0.21256171f,
    0.19312574f,
    0.12212077f,
    -0.054053396f,
    -0.032878052f,
    0.0060260985f,
    0.0034927574f
  };

  /** The reference. */
  public ScalarNoise() {}

  /**
   * {@return the coefficients of a distribution's polynomial, lowest power first} That of Gaussians
   * is in the square of the sum and is multiplied by the sum.
   *
   * @param noise the distribution
   */
  public static List<Float> coefficients(PerturbedLoss.Noise noise) {
    float[] values = array(noise);
    Float[] boxed = new Float[values.length];
    for (int i = 0; i < values.length; i++) {
      boxed[i] = values[i];
    }
    return List.of(boxed);
  }

  private static float[] array(PerturbedLoss.Noise noise) {
    return switch (noise) {
      case GAUSSIAN -> GAUSSIAN;
      case GUMBEL -> GUMBEL;
    };
  }

  /**
   * {@return one number of a stream, as all kernels compute it}
   *
   * @param noise the distribution
   * @param firstKey with the second key, which stream it is
   * @param secondKey see there
   * @param place the place of the number
   */
  public static float number(PerturbedLoss.Noise noise, int firstKey, int secondKey, int place) {
    float s = sum(hash(place, firstKey, secondKey));
    return switch (noise) {
      case GAUSSIAN -> s * polynomial(GAUSSIAN, s * s);
      case GUMBEL -> polynomial(GUMBEL, s);
    };
  }

  private static int hash(int place, int firstKey, int secondKey) {
    int a = place + firstKey;
    a = (a ^ (a >>> 16)) * FIRST_FACTOR + secondKey;
    a = (a ^ (a >>> 15)) * SECOND_FACTOR;
    return a ^ (a >>> 16);
  }

  /** Nearly the sum of four uniform numbers less its mean, between -2 and 2. */
  private static float sum(int bits) {
    int pairs = (bits & BYTES) + ((bits >>> 8) & BYTES);
    int bytes = (pairs & HALF) + (pairs >>> 16);
    int fraction = (bits * FRACTION_FACTOR) >>> (Integer.SIZE - FRACTION_BITS);
    return Math.fma((float) ((bytes << FRACTION_BITS) | fraction), UNIT, -MEAN);
  }

  private static float polynomial(float[] coefficients, float x) {
    float p = coefficients[coefficients.length - 1];
    for (int i = coefficients.length - 2; i >= 0; i--) {
      p = Math.fma(p, x, coefficients[i]);
    }
    return p;
  }

  @Override
  public void draw(
      PerturbedLoss.Noise noise, int firstKey, int secondKey, int place, float[] values, int n) {
    for (int i = 0; i < n; i++) {
      values[i] = number(noise, firstKey, secondKey, place + i);
    }
  }

  @Override
  public void add(
      PerturbedLoss.Noise noise,
      int firstKey,
      int secondKey,
      int place,
      float scale,
      float[] from,
      float[] to,
      int start,
      int end) {
    for (int i = start; i < end; i++) {
      to[i] = Math.fma(scale, number(noise, firstKey, secondKey, place + i - start), from[i]);
    }
  }
}
