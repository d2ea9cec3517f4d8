package io.solvegrad.solver;

import java.util.List;

final class ExhaustiveSolverTest extends BlackboxSolverContract {

  @Override
  protected BlackboxSolver solver() {
    return new ExhaustiveSolver(2, solutions());
  }

  @Override
  protected List<double[]> solutions() {
    return List.of(new double[] {1, 0}, new double[] {0, 1}, new double[] {-1, 2});
  }
}
