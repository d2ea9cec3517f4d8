package io.solvegrad.learning.landscape;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Values over a slice.
 *
 * @param lambda of the interpolation; 0 for f itself
 * @param values values[r][c] belongs to the c-th w1 and the r-th w2, both ascending. Do not modify.
 */
record Surface(double lambda, double[][] values) {

  /** Evaluates f, or f_lambda for a positive lambda. */
  static Surface of(Slice slice, double lambda, int points) {
    double[][] values = new double[points][points];
    IntStream.range(0, points)
        .parallel()
        .forEach(r -> {
          double w2 = slice.coordinate(r, points);
          for (int c = 0; c < points; c++) {
            double w1 = slice.coordinate(c, points);
            values[r][c] = lambda == 0 ? slice.loss(w1, w2) : slice.interpolated(w1, w2, lambda);
          }
        });
    return new Surface(lambda, values);
  }

  double least() {
    return Arrays.stream(values).flatMapToDouble(Arrays::stream).min().orElseThrow();
  }

  double largest() {
    return Arrays.stream(values).flatMapToDouble(Arrays::stream).max().orElseThrow();
  }

  /** What it is called in pictures. */
  String title() {
    return lambda == 0 ? "f" : "f_\u03bb, \u03bb = " + number(lambda);
  }

  /** A number without needless zeros. */
  static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e6
        ? Long.toString((long) value)
        : Double.toString(value);
  }
}
