package io.solvegrad.graph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.solvegrad.assignment.LinearAssignment;
import io.solvegrad.flow.MinimumCut;
import io.solvegrad.matching.PerfectMatching;
import io.solvegrad.program.MixedIntegerProgram;
import io.solvegrad.selection.TopK;
import io.solvegrad.shortestpath.DirectedShortestPath;
import io.solvegrad.shortestpath.GridShortestPath;
import io.solvegrad.shortestpath.GridShortestPath.Neighbourhood;
import io.solvegrad.solver.BlackboxSolver;
import io.solvegrad.solver.InstanceFailure;
import io.solvegrad.solver.Interpolation;
import io.solvegrad.solver.Lambda;
import io.solvegrad.solver.LayerPass;
import io.solvegrad.solver.SolverException.Reason;
import io.solvegrad.solver.SolverLayer;
import io.solvegrad.spanningtree.MinimumSpanningTree;
import io.solvegrad.tour.TravellingSalesman;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One batch with every kind of bad instance: each is named, the good ones are delivered. */
final class BadInputTest {

  private record Bad(
      BlackboxSolver solver, double[] costs, Reason reason, List<String> inTheMessage) {}

  private static Bad bad(BlackboxSolver solver, double[] costs, Reason reason, String... parts) {
    return new Bad(solver, costs, reason, List.of(parts));
  }

  private static EdgeList edges(int vertices, int[]... pairs) {
    return EdgeList.of(vertices, pairs);
  }

  private static double[] filled(int size, double value) {
    double[] costs = new double[size];
    Arrays.fill(costs, value);
    return costs;
  }

  private static List<Bad> all() {
    double inf = Double.POSITIVE_INFINITY;
    GridShortestPath grid = new GridShortestPath(8, 9, Neighbourhood.EIGHT);
    double[] oneNegative = filled(72, 1);
    oneNegative[40] = -0.5;
    MixedIntegerProgram endless =
        new MixedIntegerProgram(new double[1], new double[] {inf}, new boolean[] {true}, List.of());
    return List.of(
        bad(grid, new double[71], Reason.BAD_INPUT, "length 71", "size 72"),
        bad(grid, oneNegative, Reason.OUTSIDE_DOMAIN, "costs[40] is -0.5", "Maybe"),
        bad(new TopK(2, 1), new double[] {1, Double.NaN}, Reason.BAD_INPUT, "costs[1] is NaN"),
        bad(
            new LinearAssignment(2, 2),
            new double[] {1, 2, 3, inf},
            Reason.BAD_INPUT,
            "costs[3] is Infinity"),
        bad(new TravellingSalesman(4), filled(16, -inf), Reason.BAD_INPUT, "costs[0] is -Infinity"),
        bad(
            new DirectedShortestPath(edges(3, new int[] {0, 1}), 0, 2),
            new double[1],
            Reason.INFEASIBLE,
            "no path leads from vertex 0 to vertex 2"),
        bad(
            new PerfectMatching(edges(4, new int[] {0, 1}, new int[] {0, 2}, new int[] {0, 3})),
            new double[3],
            Reason.INFEASIBLE,
            "no perfect matching"),
        bad(
            new PerfectMatching(edges(3, new int[] {0, 1}, new int[] {1, 2})),
            new double[2],
            Reason.INFEASIBLE,
            "odd number of vertices, 3"),
        bad(
            new MinimumSpanningTree(edges(4, new int[] {0, 1}, new int[] {2, 3})),
            new double[2],
            Reason.INFEASIBLE,
            "2 parts"),
        bad(
            new MinimumCut(edges(2, new int[] {0, 1}), 0, 1),
            new double[] {-2},
            Reason.OUTSIDE_DOMAIN,
            "costs[0] is -2.0"),
        bad(endless, new double[] {-1}, Reason.UNBOUNDED, "cheaper without end", "Maybe"));
  }

  @Test
  void everyBadInstanceIsNamed_andTheRestIsDelivered() {
    List<BlackboxSolver> solvers = new ArrayList<>();
    List<double[]> costs = new ArrayList<>();
    for (Bad bad : all()) {
      solvers.add(new TopK(3, 1));
      costs.add(new double[] {2, 1, 3});
      solvers.add(bad.solver);
      costs.add(bad.costs);
    }
    LayerPass pass =
        SolverLayer.of(solvers.getFirst(), new Interpolation(Lambda.plain(10)))
            .forward(solvers, costs.toArray(double[][]::new));
    List<InstanceFailure> failures = pass.failures();
    assertEquals(all().size(), failures.size());
    double[][] upstreams = new double[costs.size()][];
    for (int b = 0; b < upstreams.length; b++) {
      upstreams[b] = b % 2 == 0 ? new double[] {0, 1, 0} : new double[solvers.get(b).size()];
    }
    double[][] gradients = pass.backward(upstreams);
    for (int k = 0; k < failures.size(); k++) {
      InstanceFailure failure = failures.get(k);
      Bad bad = all().get(k);
      assertEquals(2 * k + 1, failure.instance());
      assertEquals(bad.reason, failure.reason(), failure.message());
      assertTrue(failure.message().startsWith("instance " + (2 * k + 1) + ": "), failure.message());
      for (String part : bad.inTheMessage) {
        assertTrue(failure.message().contains(part), failure.message());
      }
      assertArrayEquals(new double[] {0, 1, 0}, pass.solutions()[2 * k]);
      assertArrayEquals(new double[] {0.1, -0.1, 0}, gradients[2 * k], 1e-15);
      assertArrayEquals(new double[bad.solver.size()], pass.solutions()[2 * k + 1]);
    }
  }

  /** Too short for anything, and too short for a proof. */
  @Test
  void shortTimeLimits_areNamed() {
    int cities = 60;
    double[] lengths = new double[cities * cities];
    Arrays.setAll(lengths, i -> 1 + (i * 7919L % 1000) / 1e5);
    Interpolation estimator = new Interpolation(Lambda.plain(1));
    SolverLayer layer = SolverLayer.of(new TravellingSalesman(cities), estimator);
    LayerPass none = layer.timeLimit(Duration.ofNanos(1)).forward(new double[][] {lengths});
    assertEquals(Reason.TIME_LIMIT, none.failures().getFirst().reason());
    assertTrue(none.failures().getFirst().message().contains("instance 0: no solution within"));
    LayerPass little = layer.timeLimit(Duration.ofMillis(3)).forward(new double[][] {lengths});
    assertTrue(little.failures().isEmpty());
    assertEquals(2 * cities, Arrays.stream(little.solutions()[0]).sum());
    assertTrue(!little.proven(0) && little.diagnostics().unproven() == 1);
  }

  @Test
  void largeTour_obeysItsLimit() {
    int cities = 1500;
    double[] lengths = new double[cities * cities];
    Arrays.setAll(lengths, i -> 1 + (i * 7919L % 100_003) / 1e5);
    long start = System.nanoTime();
    LayerPass pass =
        SolverLayer.of(new TravellingSalesman(cities), new Interpolation(Lambda.plain(1)))
            .timeLimit(Duration.ofMillis(200))
            .forward(new double[][] {lengths});
    assertEquals(2 * cities, Arrays.stream(pass.solutions()[0]).sum());
    assertTrue(System.nanoTime() - start < 30e9, "stopped long before its end");
  }

  @Test
  void graphsWithTooFewCosts_areNamed() {
    var graph = edges(3, new int[] {0, 1}, new int[] {1, 2}).toUndirectedGraph();
    IllegalArgumentException failure =
        assertThrows(IllegalArgumentException.class, () -> EdgeList.weighted(graph, new double[0]));
    assertEquals("costs has length 0, but the graph has 2 edges", failure.getMessage());
    assertEquals(5, EdgeList.weighted(graph, new double[] {1, 5}).getEdgeWeight(1));
  }
}
