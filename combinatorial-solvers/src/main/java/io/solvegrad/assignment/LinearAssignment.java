package io.solvegrad.assignment;

import io.solvegrad.solver.BlackboxSolver;
import io.solvegrad.solver.WeightDomain;
import java.util.Arrays;

/**
 * The linear assignment problem: every row gets a column of its own such that the sum of the chosen
 * costs is least. Costs and solution are row-major matrices; the solution has a one in every row and
 * at most one in a column. Any finite costs.
 *
 * <p>Shortest augmenting paths over dual prices: O(rows&sup2; columns), memory O(columns). Ties go to
 * the assignment that scanning rows and columns in ascending order finds first, always the same.
 *
 * <p>Sources: Jonker, Volgenant: A shortest augmenting path algorithm for dense and sparse linear
 * assignment problems, Computing 38, 1987, doi:10.1007/BF02278710; Crouse: On implementing 2D
 * rectangular assignment algorithms, IEEE TAES 52, 2016, doi:10.1109/TAES.2016.140952.
 *
 * @param rows number of rows, at least 1
 * @param columns number of columns, at least as many
 */
public record LinearAssignment(int rows, int columns) implements BlackboxSolver {

  /**
   * Checks the shape.
   *
   * @throws IllegalArgumentException if there are no rows, fewer columns than rows, or too many cells
   */
  public LinearAssignment {
    if (rows < 1 || columns < rows || (long) rows * columns > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          "rows is %d and columns %d: need 1 <= rows <= columns and an array's length of cells"
              .formatted(rows, columns));
    }
  }

  @Override
  public int size() {
    return rows * columns;
  }

  @Override
  public void solve(double[] costs, double[] solution) {
    WeightDomain.FINITE.require(costs, solution, size());
    int[] columnOfRow = columnOfRow(costs);
    Arrays.fill(solution, 0);
    for (int i = 0; i < rows; i++) {
      solution[i * columns + columnOfRow[i]] = 1;
    }
  }

  /**
   * The assignment itself.
   *
   * @param costs a row-major matrix of finite numbers. Not modified.
   * @return for each row its column
   */
  public int[] columnOfRow(double[] costs) {
    return new AugmentingPaths(costs, rows, columns).solve();
  }
}
