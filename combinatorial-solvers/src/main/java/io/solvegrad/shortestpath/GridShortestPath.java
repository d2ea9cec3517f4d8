package io.solvegrad.shortestpath;

import io.solvegrad.solver.BlackboxSolver;
import io.solvegrad.solver.Optimality;
import io.solvegrad.solver.SolveLimits;
import io.solvegrad.solver.SolverException;
import io.solvegrad.solver.SolverException.Reason;
import io.solvegrad.solver.WeightDomain;
import java.util.Arrays;
import java.util.Objects;

/**
 * The cheapest path from the top left to the bottom right cell of a grid whose cells have weights;
 * both ends count. Costs and solution are row-major; the solution is 1 on the path and 0 elsewhere.
 *
 * <p>Non-negative weights: Dijkstra with a bucket queue, O(n) for n cells while weights are of one
 * magnitude, otherwise with a heap, O(n log n); memory O(n). Negative weights reward detours, so
 * that the best path is the best <em>simple</em> path; on grids of at most {@link
 * #SIMPLE_PATH_CELLS_FOUR} or {@link #SIMPLE_PATH_CELLS_EIGHT} cells it is found by search, which
 * obeys limits; larger grids refuse them. Put {@link io.solvegrad.solver.NonNegativeClamp} in front
 * for the clamping of the published layer. Ties: the path whose cells Dijkstra settles first, lower
 * cells first among equal distances, always the same.
 *
 * <p>Source of the search order: Dijkstra: A note on two problems in connexion with graphs, 1959,
 * doi:10.1007/BF01386390.
 *
 * @param rows number of rows, at least 1
 * @param columns number of columns, at least 1
 * @param neighbourhood which cells touch
 */
public record GridShortestPath(int rows, int columns, Neighbourhood neighbourhood)
    implements BlackboxSolver {

  /** Up to so many cells negative weights are accepted with four neighbours. */
  public static final int SIMPLE_PATH_CELLS_FOUR = 36;

  /** Up to so many cells negative weights are accepted with eight neighbours. */
  public static final int SIMPLE_PATH_CELLS_EIGHT = 20;

  /** Which cells touch. */
  public enum Neighbourhood {
    /** Those that share a side. */
    FOUR,
    /** Those that share a side or a corner. */
    EIGHT
  }

  /**
   * Checks the shape.
   *
   * @throws IllegalArgumentException if it is empty or has too many cells
   */
  public GridShortestPath {
    Objects.requireNonNull(neighbourhood, "neighbourhood must not be null");
    if (rows < 1 || columns < 1 || (rows + 2L) * (columns + 2L) > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          "rows is %d and columns %d: both must be at least 1 and the grid fit into an array"
              .formatted(rows, columns));
    }
  }

  @Override
  public int size() {
    return rows * columns;
  }

  @Override
  public WeightDomain domain() {
    return smallEnough() ? WeightDomain.FINITE : WeightDomain.NON_NEGATIVE;
  }

  private boolean smallEnough() {
    int most =
        neighbourhood == Neighbourhood.FOUR ? SIMPLE_PATH_CELLS_FOUR : SIMPLE_PATH_CELLS_EIGHT;
    return size() <= most || rows == 1 || columns == 1;
  }

  @Override
  public void solve(double[] costs, double[] solution) {
    solve(costs, solution, SolveLimits.none());
  }

  @Override
  public Optimality solve(double[] costs, double[] solution, SolveLimits limits) {
    Objects.requireNonNull(limits, "limits must not be null");
    WeightDomain.FINITE.require(costs, solution, size());
    int negative = firstNegative(costs);
    if (negative < 0) {
      cheapestPath(costs, solution);
      return Optimality.PROVEN;
    }
    if (rows == 1 || columns == 1) {
      Arrays.fill(solution, 1);
      return Optimality.PROVEN;
    }
    if (!smallEnough()) {
      throw new SolverException(
          Reason.OUTSIDE_DOMAIN,
          ("costs[%d] is %s: on a grid of %d x %d cells the cheapest simple path is out of reach"
                  + " when weights are negative. Maybe put NonNegativeClamp in front, keep the"
                  + " weights positive, or lower lambda")
              .formatted(negative, costs[negative], rows, columns));
    }
    return simplePath(costs, solution, limits);
  }

  private static int firstNegative(double[] costs) {
    for (int i = 0; i < costs.length; i++) {
      if (costs[i] < 0) {
        return i;
      }
    }
    return -1;
  }

  /** Buckets, or a heap where weights are all 0 or of very different magnitudes. */
  private void cheapestPath(double[] costs, double[] solution) {
    double largest = 0;
    for (double cost : costs) {
      largest = Math.max(largest, cost);
    }
    int border = (rows + 2) * (columns + 2);
    int buckets = Math.max(64, Integer.highestOneBit(16 * (rows + columns)) << 1);
    // Distances of more than 2^40 buckets would wear out the counter and never occur in practice.
    boolean even = largest > 1e-300 && (double) size() * buckets < 1L << 40;
    if (!even || !dijkstra(costs, solution, new BucketQueue(border, buckets, largest))) {
      dijkstra(costs, solution, new VertexQueue(size()));
    }
  }

  /**
   * A cell's distance is that of the neighbour it is reached from plus its own weight, so the first
   * neighbour to be settled is the best: every cell enters the queue once, with its final distance.
   * Neighbours that a cell shares with the one before it have been reached from there, so only
   * those {@link GridSteps#onward} are looked at. Cells are numbered in a grid with a border, which
   * counts as reached. False if the queue gave up.
   */
  private boolean dijkstra(double[] costs, double[] solution, MonotoneQueue queue) {
    int width = columns + 2;
    // By which step a cell was reached, 0 for not yet.
    byte[] reachedBy = new byte[(rows + 2) * width];
    double[] weights = new double[reachedBy.length];
    Arrays.fill(reachedBy, (byte) 1);
    for (int r = 0; r < rows; r++) {
      int row = (r + 1) * width + 1;
      Arrays.fill(reachedBy, row, row + columns, (byte) 0);
      System.arraycopy(costs, r * columns, weights, row, columns);
    }
    int first = width + 1;
    int last = rows * width + columns;
    int[] steps = GridSteps.offsets(width);
    GridSteps moves = GridSteps.of(neighbourhood);
    reachedBy[first] = GridSteps.START;
    queue.push(costs[0], first);
    while (reachedBy[last] == 0) {
      int cell = queue.pop();
      if (cell < 0) {
        return false;
      }
      double distance = queue.lastKey();
      for (byte direction : moves.onward(reachedBy[cell])) {
        int next = cell + steps[direction];
        if (reachedBy[next] == 0) {
          reachedBy[next] = direction;
          queue.push(distance + weights[next], next);
        }
      }
    }
    Arrays.fill(solution, 0);
    for (int cell = last; cell != first; cell -= steps[reachedBy[cell]]) {
      solution[(cell / width - 1) * columns + cell % width - 1] = 1;
    }
    solution[0] = 1;
    return true;
  }

  private Optimality simplePath(double[] costs, double[] solution, SolveLimits limits) {
    int[][] successors = new int[size()][];
    double[][] arcCosts = new double[size()][];
    for (int cell = 0; cell < size(); cell++) {
      successors[cell] = neighbours(cell);
      arcCosts[cell] = Arrays.stream(successors[cell]).mapToDouble(next -> costs[next]).toArray();
    }
    var search = new SimplePathSearch(successors, arcCosts, size() - 1, limits);
    Optimality optimality = search.search(0);
    if (search.bestPath().length == 0) {
      limits.check();
    }
    Arrays.fill(solution, 0);
    for (int cell : search.bestPath()) {
      solution[cell] = 1;
    }
    return optimality;
  }

  private int[] neighbours(int cell) {
    int[] found = new int[8];
    int count = 0;
    int row = cell / columns;
    int column = cell % columns;
    for (int r = Math.max(0, row - 1); r <= Math.min(rows - 1, row + 1); r++) {
      for (int c = Math.max(0, column - 1); c <= Math.min(columns - 1, column + 1); c++) {
        boolean side = (r == row) != (c == column);
        boolean corner = r != row && c != column;
        if (side || (corner && neighbourhood == Neighbourhood.EIGHT)) {
          found[count++] = r * columns + c;
        }
      }
    }
    return Arrays.copyOf(found, count);
  }
}
