package io.solvegrad.solver;

import java.util.List;

/** Any finite set: the cheapest vector of a list, the first one among equals. */
public record ExhaustiveSolver(int size, List<double[]> solutions) implements BlackboxSolver {

  @Override
  public void solve(double[] costs, double[] solution) {
    double[] best = solutions.get(0);
    for (double[] candidate : solutions) {
      best = dot(costs, candidate) < dot(costs, best) ? candidate : best;
    }
    System.arraycopy(best, 0, solution, 0, size);
  }

  static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
