package io.solvegrad.ranking;

import java.util.Arrays;
import java.util.Objects;

/**
 * Scores, or the gradient with respect to them, in one of two precisions.
 *
 * <p>Float is what models produce and what the fast kernels read. Double is the reference path:
 * central differences of a loss need it. A score array is a view of the caller's array, so it can
 * be made once and reused while the numbers in the array change.
 */
public sealed interface ScoreArray {

  /**
   * {@return a view of single-precision numbers}
   *
   * @param values the numbers. Not copied; modified through the view.
   */
  static ScoreArray of(float... values) {
    return new Floats(Objects.requireNonNull(values, "scores must not be null"));
  }

  /**
   * {@return a view of double-precision numbers}
   *
   * @param values the numbers. Not copied; modified through the view.
   */
  static ScoreArray of(double... values) {
    return new Doubles(Objects.requireNonNull(values, "scores must not be null"));
  }

  /** {@return the number of elements} */
  int length();

  /**
   * {@return element i, widened exactly}
   *
   * @param i index, from 0
   */
  double get(int i);

  /**
   * Sets element i, rounded to the precision of the array.
   *
   * @param i index, from 0
   * @param value the new value
   */
  void set(int i, double value);

  /**
   * Adds to element i; the summand is rounded to the precision of the array first.
   *
   * @param i index, from 0
   * @param value the summand
   */
  void add(int i, double value);

  /**
   * {@return the value rounded to the precision of the array}
   *
   * @param value any number
   */
  double round(double value);

  /**
   * {@return a new array of zeros in the same precision}
   *
   * @param length number of elements
   */
  ScoreArray zeros(int length);

  /**
   * Sets a range to zero.
   *
   * @param from first index of the range
   * @param to index behind its last
   */
  void clear(int from, int to);

  /**
   * Copies a range to another array of the same precision.
   *
   * @param from first index of the range
   * @param target receives the elements. Modified.
   * @param to where the first element goes in the target
   * @param count number of elements
   * @throws IllegalArgumentException if the precisions differ
   */
  void copyTo(int from, ScoreArray target, int to, int count);

  /** Single precision. */
  final class Floats implements ScoreArray {
    private final float[] values;

    private Floats(float[] values) {
      this.values = values;
    }

    /** {@return the array behind this view} Not a copy. */
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

    /** {@return the array behind this view} Not a copy. */
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
