package io.solvegrad.shortestpath;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.solvegrad.graph.EdgeList;
import io.solvegrad.graph.RandomGraphs;
import io.solvegrad.graph.SolverContract;
import io.solvegrad.solver.SolverException;
import io.solvegrad.solver.SolverException.Reason;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class DirectedShortestPathTest extends SolverContract {

  @Override
  protected Instance instance(SplittableRandom random) {
    EdgeList edges = RandomGraphs.any(random, random.nextInt(2, 7), 14);
    int target = random.nextInt(edges.vertices());
    return new Instance(new DirectedShortestPath(edges, 0, target), Paths.all(edges, 0, target));
  }

  @Test
  void disconnectedTarget_isNamed() {
    var solver = new DirectedShortestPath(EdgeList.of(3, new int[][] {{0, 1}}), 0, 2);
    String message =
        assertThrows(SolverException.class, () -> solver.solve(new double[1], new double[1]))
            .getMessage();
    assertEquals("no path leads from vertex 0 to vertex 2", message);
  }

  @Test
  void negativeCycleInALargeGraph_isRefused() {
    int n = 40;
    int[][] ring =
        IntStream.range(0, n).mapToObj(v -> new int[] {v, (v + 1) % n}).toArray(int[][]::new);
    var solver = new DirectedShortestPath(EdgeList.of(n, ring), 0, n - 1);
    double[] costs = new double[n];
    Arrays.fill(costs, -1);
    SolverException failure =
        assertThrows(SolverException.class, () -> solver.solve(costs, new double[n]));
    assertEquals(Reason.OUTSIDE_DOMAIN, failure.reason());
    assertTrue(failure.getMessage().contains("Maybe"), failure.getMessage());
  }

  @Test
  void negativeEdgesWithoutANegativeCycle_areFineAtAnySize() {
    int n = 60;
    int[][] chain =
        IntStream.range(0, n - 1).mapToObj(v -> new int[] {v, v + 1}).toArray(int[][]::new);
    var solver = new DirectedShortestPath(EdgeList.of(n, chain), 0, n - 1);
    double[] costs = new double[n - 1];
    Arrays.fill(costs, -1);
    double[] solution = new double[n - 1];
    solver.solve(costs, solution);
    assertEquals(n - 1, Arrays.stream(solution).sum());
  }

  @Test
  void forbiddinglyLargeWeight_doesNotHideTheOthers() {
    var solver =
        new DirectedShortestPath(
            EdgeList.of(4, new int[][] {{0, 1}, {1, 3}, {0, 2}, {2, 3}, {0, 3}}), 0, 3);
    double[] solution = new double[5];
    solver.solve(new double[] {3, 0, -5, 0, 1e18}, solution);
    assertArrayEquals(new double[] {0, 0, 1, 1, 0}, solution);
  }

  /** Edges against the order of the path: sweeps over all of them would find one at a time. */
  @Test
  void longChainFromItsEnd_isFound() {
    int n = 200_000;
    int[][] chain =
        IntStream.range(0, n - 1)
            .mapToObj(e -> new int[] {n - 2 - e, n - 1 - e})
            .toArray(int[][]::new);
    var solver = new DirectedShortestPath(EdgeList.of(n, chain), 0, n - 1);
    double[] costs = new double[n - 1];
    Arrays.fill(costs, 1);
    double[] solution = new double[n - 1];
    solver.solve(costs, solution);
    assertArrayEquals(costs, solution);
  }
}
