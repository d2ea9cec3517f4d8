package io.solvegrad.ranking;

import java.util.Arrays;

/**
 * Scores, or the gradient with respect to them, in one of two precisions.
 *
 * <p>Float is what models produce and what the fast kernels read. Double is the reference path:
 * central differences of a loss need it. A score array is a view of the caller's array, so it can be
 * made once and reused while the numbers in the array change.
 */
public sealed interface ScoreArray {

  /** A view of single-precision numbers. The array is not copied. */
  static ScoreArray of(float... values) {
    return new Floats(values);
  }

  /** A view of double-precision numbers. The array is not copied. */
  static ScoreArray of(double... values) {
    return new Doubles(values);
  }

  /** Number of elements. */
  int length();

  /** Element i, widened exactly. */
  double get(int i);

  /** Sets element i, rounded to the precision of the array. */
  void set(int i, double value);

  /** Adds to element i; the summand is rounded to the precision of the array first. */
  void add(int i, double value);

  /** The value rounded to the precision of the array. */
  double round(double value);

  /** A new array of zeros in the same precision. */
  ScoreArray zeros(int length);

  /** Sets a range to zero. */
  void clear(int from, int to);

  /**
   * Copies a range to another array of the same precision.
   *
   * @throws IllegalArgumentException if the precisions differ
   */
  void copyTo(int from, ScoreArray target, int to, int count);

  /** Single precision. */
  final class Floats implements ScoreArray {
    private final float[] values;

    private Floats(float[] values) {
      this.values = values;
    }

    /** The array behind this view. */
    public float[] values() {
      return values;
    }

    @Override
    public int length() {
      return values.length;
    }

    @Override
    public double get(int i) {
      return values[i];
    }

    @Override
    public void set(int i, double value) {
      values[i] = (float) value;
    }

    @Override
    public void add(int i, double value) {
      values[i] += (float) value;
    }

    @Override
    public double round(double value) {
      return (float) value;
    }

    @Override
    public ScoreArray zeros(int length) {
      return new Floats(new float[length]);
    }

    @Override
    public void clear(int from, int to) {
      Arrays.fill(values, from, to, 0f);
    }

    @Override
    public void copyTo(int from, ScoreArray target, int to, int count) {
      if (!(target instanceof Floats other)) {
        throw new IllegalArgumentException("target is in double precision, the source in float");
      }
      System.arraycopy(values, from, other.values, to, count);
    }
  }

  /** Double precision. */
  final class Doubles implements ScoreArray {
    private final double[] values;

    private Doubles(double[] values) {
      this.values = values;
    }

    /** The array behind this view. */
    public double[] values() {
      return values;
    }

    @Override
    public int length() {
      return values.length;
    }

    @Override
    public double get(int i) {
      return values[i];
    }

    @Override
    public void set(int i, double value) {
      values[i] = value;
    }

    @Override
    public void add(int i, double value) {
      values[i] += value;
    }

    @Override
    public double round(double value) {
      return value;
    }

    @Override
    public ScoreArray zeros(int length) {
      return new Doubles(new double[length]);
    }

    @Override
    public void clear(int from, int to) {
      Arrays.fill(values, from, to, 0.0);
    }

    @Override
    public void copyTo(int from, ScoreArray target, int to, int count) {
      if (!(target instanceof Doubles other)) {
        throw new IllegalArgumentException("target is in float precision, the source in double");
      }
      System.arraycopy(values, from, other.values, to, count);
    }
  }
}
