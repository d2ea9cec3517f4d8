package io.solvegrad.assignment;

import io.solvegrad.solver.BlackboxSolver;
import io.solvegrad.solver.WeightDomain;
import java.util.Arrays;

/**
 * The linear assignment problem: every row gets a column of its own, or every column a row where
 * there are fewer columns, such that the sum of the chosen costs is least. Costs and solution are
 * row-major matrices; the solution has a one for each of the fewer and at most one for each of the
 * others. Any finite costs.
 *
 * <p>Shortest augmenting paths over dual prices: O(rows&sup2; columns), memory O(columns); with
 * fewer columns than rows the matrix is transposed. Ties go to the assignment that scanning rows
 * and columns in ascending order finds first, always the same.
 *
 * <p>Sources: Jonker, Volgenant: A shortest augmenting path algorithm for dense and sparse linear
 * assignment problems, Computing 38, 1987, doi:10.1007/BF02278710; Crouse: On implementing 2D
 * rectangular assignment algorithms, IEEE TAES 52, 2016, doi:10.1109/TAES.2016.140952.
 *
 * @param rows number of rows, at least 1
 * @param columns number of columns, at least 1
 */
public record LinearAssignment(int rows, int columns) implements BlackboxSolver {

  /**
   * Checks the shape.
   *
   * @throws IllegalArgumentException if there are no rows or columns, or too many cells
   */
  public LinearAssignment {
    if (rows < 1 || columns < 1 || (long) rows * columns > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          "rows is %d and columns %d: need one of each and an array's length of cells"
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
    int[] columnOfRow = assigned(costs);
    Arrays.fill(solution, 0);
    for (int i = 0; i < rows; i++) {
      if (columnOfRow[i] >= 0) {
        solution[i * columns + columnOfRow[i]] = 1;
      }
    }
  }

  /**
   * The assignment itself.
   *
   * @param costs a row-major matrix of finite numbers. Not modified.
   * @return for each row its column, -1 for rows that get none
   * @throws io.solvegrad.solver.SolverException if there are not as many costs as cells, or one is
   *     outside the domain
   */
  public int[] columnOfRow(double[] costs) {
    WeightDomain.FINITE.require(costs, size());
    return assigned(costs);
  }

  private int[] assigned(double[] costs) {
    if (rows <= columns) {
      return new AugmentingPaths(costs, rows, columns).solve();
    }
    double[] transposed = new double[costs.length];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        transposed[j * rows + i] = costs[i * columns + j];
      }
    }
    int[] rowOfColumn = new AugmentingPaths(transposed, columns, rows).solve();
    int[] columnOfRow = new int[rows];
    Arrays.fill(columnOfRow, -1);
    for (int j = 0; j < columns; j++) {
      columnOfRow[rowOfColumn[j]] = j;
    }
    return columnOfRow;
  }
}
