package io.solvegrad.ranking;

/**
 * The reference of all exponential kernels, one element after the other.
 *
 * <p>e^x = 2^m e^r with m the whole number nearest to x / ln 2 and |r| up to ln 2 / 2, where e^r is
 * its Taylor polynomial: degree 7 in single precision, 13 in double. Adding 1.5 x 2^23 (2^52)
 * rounds to a whole number and leaves m in the low bits, from where it is shifted into the
 * exponent.
 */
public final class ScalarExponentials implements ExponentialKernel {

  /** Below this exponent, single-precision results are 0. */
  public static final float LEAST = -87;

  /** Below this exponent, double-precision results are 0. */
  public static final double LEAST_DOUBLE = -708;

  /** Above this exponent, double-precision results are infinite. */
  public static final double LARGEST_DOUBLE = 709;

  /** 1 / ln 2. */
  public static final double INVERSE_LN2 = 1 / Math.log(2);

  /** The leading bits of ln 2 in single precision; multiples up to 2^8 are exact. */
  public static final float HIGH = 0x1.63p-1f;

  /** What HIGH leaves of ln 2. */
  public static final float LOW = (float) (Math.log(2) - 0.693359375);

  /** The leading bits of ln 2 in double precision; multiples up to 2^20 are exact. */
  public static final double HIGH_DOUBLE = 0x1.62e42feep-1;

  /** What HIGH_DOUBLE leaves of ln 2. */
  public static final double LOW_DOUBLE = 0x1.a39ef35793c76p-33;

  /** Rounds single precision to whole numbers. */
  public static final float ROUND = 0x1.8p23f;

  /** Rounds double precision to whole numbers. */
  public static final double ROUND_DOUBLE = 0x1.8p52;

  private static final double[] FACTORIALS = new double[14];

  static {
    FACTORIALS[0] = 1;
    for (int i = 1; i < FACTORIALS.length; i++) {
      FACTORIALS[i] = i * FACTORIALS[i - 1];
    }
  }

  /** The reference. */
  public ScalarExponentials() {}

  /**
   * {@return 1 / degree!, the coefficient of a power}
   *
   * @param degree 0 to 13
   */
  public static double coefficient(int degree) {
    return 1 / FACTORIALS[degree];
  }

  /**
   * {@return e^x as all kernels compute it in single precision}
   *
   * @param x at most 0, or NaN
   */
  public static float exp(float x) {
    if (x < LEAST) {
      return 0;
    }
    float rounded = Math.fma(x, (float) INVERSE_LN2, ROUND);
    float m = rounded - ROUND;
    float r = Math.fma(m, -LOW, Math.fma(m, -HIGH, x));
    float p = (float) coefficient(7);
    for (int degree = 6; degree >= 0; degree--) {
      p = Math.fma(p, r, (float) coefficient(degree));
    }
    return p * Float.intBitsToFloat((Float.floatToRawIntBits(rounded) + 127) << 23);
  }

  /**
   * {@return e^x as all kernels compute it in double precision}
   *
   * @param x any number, or NaN
   */
  public static double exp(double x) {
    if (x < LEAST_DOUBLE) {
      return 0;
    }
    if (x > LARGEST_DOUBLE) {
      return Double.POSITIVE_INFINITY;
    }
    double rounded = Math.fma(x, INVERSE_LN2, ROUND_DOUBLE);
    double m = rounded - ROUND_DOUBLE;
    double r = Math.fma(m, -LOW_DOUBLE, Math.fma(m, -HIGH_DOUBLE, x));
    double p = coefficient(13);
    for (int degree = 12; degree >= 0; degree--) {
      p = Math.fma(p, r, coefficient(degree));
    }
    return p * Double.longBitsToDouble((Double.doubleToRawLongBits(rounded) + 1023) << 52);
  }

  @Override
  public void exp(double[] values, int n) {
    for (int i = 0; i < n; i++) {
      values[i] = exp(values[i]);
    }
  }

  @Override
  public float largest(float[] row, int offset, int n) {
    float largest = Float.NEGATIVE_INFINITY;
    for (int i = 0; i < n; i++) {
      largest = Math.max(largest, row[offset + i]);
    }
    return largest;
  }

  @Override
  public void expSums(
      float[] row, double[] labels, int offset, int n, float shift, float[] result, double[] sums) {
    for (int i = 0; i < n; i++) {
      float p = exp(row[offset + i] - shift);
      result[i] = p;
      double label = labels[offset + i];
      int lane = i % LANES;
      sums[lane] += p;
      sums[LANES + lane] += label;
      double gap = (double) row[offset + i] - shift;
      sums[2 * LANES + lane] = Math.fma(label, gap, sums[2 * LANES + lane]);
    }
  }

  @Override
  public int addDifferences(
      float[] values,
      double scale,
      double[] labels,
      double labelScale,
      float[] row,
      int offset,
      int n) {
    int changed = 0;
    for (int i = 0; i < n; i++) {
      float summand = (float) Math.fma(labels[offset + i], -labelScale, scale * values[i]);
      row[offset + i] += summand;
      changed += summand == 0 ? 0 : 1;
    }
    return changed;
  }
}
