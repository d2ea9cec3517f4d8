package io.solvegrad.assignment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.solvegrad.graph.SolverContract;
import io.solvegrad.solver.SolverException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.SplittableRandom;
import org.jgrapht.alg.matching.KuhnMunkresMinimalWeightBipartitePerfectMatching;
import org.jgrapht.graph.DefaultWeightedEdge;
import org.jgrapht.graph.SimpleWeightedGraph;
import org.junit.jupiter.api.Test;

final class LinearAssignmentTest extends SolverContract {

  @Override
  protected Instance instance(SplittableRandom random) {
    int rows = random.nextInt(1, 5);
    int columns = random.nextBoolean() ? rows : random.nextInt(rows, 6);
    List<double[]> all = new ArrayList<>();
    extend(new double[rows * columns], rows, columns, 0, 0, all);
    if (random.nextInt(3) > 0) {
      return new Instance(new LinearAssignment(rows, columns), all);
    }
    return new Instance(
        new LinearAssignment(columns, rows),
        all.stream().map(chosen -> transposed(chosen, rows, columns)).toList());
  }

  private static double[] transposed(double[] matrix, int rows, int columns) {
    double[] transposed = new double[matrix.length];
    Arrays.setAll(transposed, i -> matrix[i % rows * columns + i / rows]);
    return transposed;
  }

  private static void extend(
      double[] chosen, int rows, int columns, int row, int taken, List<double[]> all) {
    if (row == rows) {
      all.add(chosen.clone());
      return;
    }
    for (int j = 0; j < columns; j++) {
      if ((taken >> j & 1) == 0) {
        chosen[row * columns + j] = 1;
        extend(chosen, rows, columns, row + 1, taken | 1 << j, all);
        chosen[row * columns + j] = 0;
      }
    }
  }

  /** Larger ones, where paths are long, against another algorithm. */
  @Test
  void sixtyRows_costAsMuchAsJGraphTs() {
    int n = 60;
    for (long seed = 0; seed < 5; seed++) {
      double[] costs = new SplittableRandom(seed).doubles((long) n * n, -5, 5).toArray();
      var graph = new SimpleWeightedGraph<Integer, DefaultWeightedEdge>(DefaultWeightedEdge.class);
      List<Integer> rows = new ArrayList<>();
      List<Integer> columns = new ArrayList<>();
      for (int i = 0; i < n; i++) {
        graph.addVertex(i);
        graph.addVertex(n + i);
        rows.add(i);
        columns.add(n + i);
      }
      for (int i = 0; i < n * n; i++) {
        graph.setEdgeWeight(graph.addEdge(i / n, n + i % n), costs[i]);
      }
      double expected =
          new KuhnMunkresMinimalWeightBipartitePerfectMatching<>(
                  graph, new HashSet<>(rows), new HashSet<>(columns))
              .getMatching()
              .getWeight();
      double[] solution = new double[n * n];
      new LinearAssignment(n, n).solve(costs, solution);
      double actual = 0;
      for (int i = 0; i < n * n; i++) {
        actual += costs[i] * solution[i];
      }
      assertEquals(expected, actual, 1e-9);
    }
  }

  @Test
  void moreRowsThanColumns_leaveRowsAlone() {
    LinearAssignment solver = new LinearAssignment(3, 2);
    assertArrayEquals(new int[] {1, -1, 0}, solver.columnOfRow(new double[] {3, 1, 4, 2, 1, 5}));
    assertThrows(IllegalArgumentException.class, () -> new LinearAssignment(3, 0));
  }

  @Test
  void costsThatAreNone_areNamed() {
    for (LinearAssignment solver :
        List.of(new LinearAssignment(3, 3), new LinearAssignment(9, 1))) {
      for (int length : new int[] {2, 20}) {
        assertRefused(solver, new double[length], "costs has length " + length + ", ", "size 9");
      }
      double[] costs = new double[9];
      costs[4] = Double.NaN;
      assertRefused(solver, costs, "costs[4] is NaN");
      Arrays.fill(costs, Double.POSITIVE_INFINITY);
      assertRefused(solver, costs, "costs[0] is Infinity");
    }
  }

  private static void assertRefused(LinearAssignment solver, double[] costs, String... parts) {
    SolverException failure = assertThrows(SolverException.class, () -> solver.columnOfRow(costs));
    for (String part : parts) {
      assertTrue(failure.getMessage().contains(part), failure.getMessage());
    }
  }
}
