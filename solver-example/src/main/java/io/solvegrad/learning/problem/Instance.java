package io.solvegrad.learning.problem;

import io.solvegrad.solver.BlackboxSolver;
import java.util.Arrays;

/**
 * One generated example.
 *
 * @param pixels what a net sees. Do not modify.
 * @param costs the hidden true costs, as long as the solver's size. Do not modify.
 * @param solution the best solution under these costs, the label. Do not modify.
 */
public record Instance(float[] pixels, double[] costs, double[] solution) {
  private static final double TOLERANCE = 1e-9;

  /**
   * Solves the true costs.
   *
   * @param pixels what a net sees
   * @param costs the true costs
   * @param solver of the problem
   * @return the example
   */
  static Instance solved(float[] pixels, double[] costs, BlackboxSolver solver) {
    double[] solution = new double[solver.size()];
    solver.solve(costs, solution);
    return new Instance(pixels, costs, solution);
  }

  /** {@return the true cost of the best solution} */
  public double optimum() {
    return cost(solution);
  }

  /**
   * The true cost of a solution.
   *
   * @param other zeros and ones. Not modified.
   * @return the sum of the costs of its ones
   */
  public double cost(double[] other) {
    double sum = 0;
    for (int i = 0; i < costs.length; i++) {
      sum += costs[i] * other[i];
    }
    return sum;
  }

  /**
   * Says whether a prediction is a solution of the least true cost, not necessarily the label.
   *
   * @param prediction as long as the solver's size. Not modified.
   * @param solver of the problem
   * @return whether it is optimal
   */
  public boolean isOptimal(double[] prediction, BlackboxSolver solver) {
    double optimum = optimum();
    return Math.abs(cost(prediction) - optimum) <= TOLERANCE * Math.max(1, Math.abs(optimum))
        && isSolution(prediction, solver);
  }

  /**
   * Says whether a prediction is a possible solution. A solver's answer always is; a net that
   * predicts solutions directly has to get that right too. Takes a solve.
   *
   * @param prediction as long as the solver's size. Not modified.
   * @param solver of the problem
   * @return whether it is one; false if a number is neither 0 nor 1
   */
  public boolean isSolution(double[] prediction, BlackboxSolver solver) {
    for (double entry : prediction) {
      if (entry != 0 && entry != 1) {
        return false;
      }
    }
    // What was not predicted costs more than all that was: a solution within the prediction wins.
    double penalty = 1 + 2 * Arrays.stream(costs).sum();
    double[] steered = costs.clone();
    for (int i = 0; i < steered.length; i++) {
      steered[i] += prediction[i] == 1 ? 0 : penalty;
    }
    double[] within = new double[steered.length];
    solver.solve(steered, within);
    return Arrays.equals(within, prediction);
  }
}
