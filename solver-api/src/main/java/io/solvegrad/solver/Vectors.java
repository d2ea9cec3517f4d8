package io.solvegrad.solver;

import java.util.Objects;

/** The arithmetic that estimators share. */
final class Vectors {
  private Vectors() {}

  static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  /** a + factor * b, in a new array. */
  static double[] plus(double[] a, double factor, double[] b) {
    double[] sum = new double[a.length];
    for (int i = 0; i < sum.length; i++) {
      sum[i] = a[i] + factor * b[i];
    }
    return sum;
  }

  /** Adds factor * b to a. */
  static void add(double[] a, double factor, double[] b) {
    for (int i = 0; i < a.length; i++) {
      a[i] += factor * b[i];
    }
  }

  /** Writes (after - before) / divisor. */
  static void quotient(double[] after, double[] before, double divisor, double[] result) {
    for (int i = 0; i < result.length; i++) {
      result[i] = (after[i] - before[i]) / divisor;
    }
  }

  static double[] solve(BlackboxSolver solver, double[] costs) {
    double[] solution = new double[solver.size()];
    solver.solve(costs, solution);
    return solution;
  }

  /** Euclidean length, without overflow. */
  static double norm(double[] a) {
    double largest = 0;
    for (double x : a) {
      largest = Math.max(largest, Math.abs(x));
    }
    if (largest == 0 || !Double.isFinite(largest)) {
      return largest;
    }
    double sum = 0;
    for (double x : a) {
      sum += (x / largest) * (x / largest);
    }
    return largest * Math.sqrt(sum);
  }

  /** Whether an upstream is zero everywhere. */
  static boolean isZero(double[] upstream) {
    requireFinite("upstream", upstream);
    boolean zero = true;
    for (double x : upstream) {
      zero &= x == 0;
    }
    return zero;
  }

  static void requireSizes(
      BlackboxSolver solver,
      double[] costs,
      double[] solution,
      double[] upstream,
      double[] gradient) {
    requireSize("costs", costs, solver);
    requireSize("solution", solution, solver);
    requireSize("upstream", upstream, solver);
    requireSize("gradient", gradient, solver);
  }

  /** For a loss that compares costs with something as long. */
  static void requireTargetSizes(
      BlackboxSolver solver, double[] costs, double[] target, double[] gradient) {
    requireSize("costs", costs, solver);
    requireSize("target", target, solver);
    requireSize("gradient", gradient, solver);
  }

  static void requireSize(String name, double[] array, BlackboxSolver solver) {
    Objects.requireNonNull(solver, "solver must not be null");
    requireArray(name, array);
    if (array.length != solver.size()) {
      throw new IllegalArgumentException(
          name + " has length " + array.length + ", but the solver has size " + solver.size());
    }
  }

  private static void requireArray(String name, double[] array) {
    if (array == null) {
      throw new NullPointerException(name + " must not be null");
    }
  }

  static void requireFinite(String name, double[] array) {
    requireArray(name, array);
    for (int i = 0; i < array.length; i++) {
      if (!Double.isFinite(array[i])) {
        throw new IllegalArgumentException(
            name + "[" + i + "] is " + array[i] + " but must be finite");
      }
    }
  }

  static void requireFinite(String name, double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException(name + " must be finite, but is " + value);
    }
  }

  static void requirePositive(String name, double value) {
    if (!(value > 0) || value == Double.POSITIVE_INFINITY) {
      throw new IllegalArgumentException(name + " must be positive and finite, but is " + value);
    }
  }
}
