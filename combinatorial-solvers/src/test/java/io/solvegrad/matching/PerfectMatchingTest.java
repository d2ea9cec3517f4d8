package io.solvegrad.matching;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.solvegrad.graph.EdgeList;
import io.solvegrad.graph.RandomGraphs;
import io.solvegrad.graph.SolverContract;
import io.solvegrad.solver.SolverException;
import io.solvegrad.solver.SolverException.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class PerfectMatchingTest extends SolverContract {

  @Override
  protected Instance instance(SplittableRandom random) {
    EdgeList edges = RandomGraphs.simple(random, random.nextInt(2, 8), 14);
    return new Instance(
        new PerfectMatching(edges),
        subsets(edges.size(), s -> matched(edges, s) == edges.vertices()));
  }

  /** How many vertices a set of edges matches, -1 if one of them twice. */
  static int matched(EdgeList edges, int subset) {
    int seen = 0;
    for (int e = 0; e < edges.size(); e++) {
      if ((subset >> e & 1) == 1) {
        int both = 1 << edges.from()[e] | 1 << edges.to()[e];
        if ((seen & both) != 0) {
          return -1;
        }
        seen |= both;
      }
    }
    return Integer.bitCount(seen);
  }

  /** Every graph of six vertices: the matchings of the complete one that it contains. */
  @Test
  void everyGraphOfSixVertices() {
    List<int[]> pairs = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      for (int j = i + 1; j < 6; j++) {
        pairs.add(new int[] {i, j});
      }
    }
    EdgeList complete = EdgeList.of(6, pairs.toArray(int[][]::new));
    int[] perfect = IntStream.range(0, 1 << 15).filter(s -> matched(complete, s) == 6).toArray();
    assertEquals(15, perfect.length);
    SplittableRandom random = new SplittableRandom(6);
    for (int graph = 0; graph < 1 << 15; graph++) {
      int present = graph;
      int[] edges = IntStream.range(0, 15).filter(e -> (present >> e & 1) == 1).toArray();
      double[] costs =
          random.doubles(15, -2, 5).map(random.nextBoolean() ? Math::rint : c -> c).toArray();
      double expected =
          IntStream.of(perfect)
              .filter(m -> (m & present) == m)
              .mapToDouble(m -> IntStream.of(edges).mapToDouble(e -> (m >> e & 1) * costs[e]).sum())
              .min()
              .orElse(Double.NaN);
      double actual;
      try {
        double[] solution = new double[edges.length];
        double[] own = IntStream.of(edges).mapToDouble(e -> costs[e]).toArray();
        new PerfectMatching(
                EdgeList.of(6, IntStream.of(edges).mapToObj(pairs::get).toArray(int[][]::new)))
            .solve(own, solution);
        actual = IntStream.range(0, edges.length).mapToDouble(e -> own[e] * solution[e]).sum();
      } catch (SolverException none) {
        assertEquals(Reason.INFEASIBLE, none.reason());
        actual = Double.NaN;
      }
      assertEquals(expected, actual, 1e-8, "graph " + graph);
    }
  }

  @Test
  void oddNumberOfVertices_isNamed() {
    var solver = new PerfectMatching(EdgeList.of(3, new int[][] {{0, 1}, {1, 2}}));
    String message =
        assertThrows(SolverException.class, () -> solver.solve(new double[2], new double[2]))
            .getMessage();
    assertTrue(message.contains("odd number of vertices, 3"), message);
  }

  @Test
  void loopsAndParallelEdges_areRefused() {
    assertThrows(
        IllegalArgumentException.class,
        () -> new PerfectMatching(EdgeList.of(2, new int[][] {{0, 1}, {1, 0}})));
    assertThrows(
        IllegalArgumentException.class,
        () -> new PerfectMatching(EdgeList.of(2, new int[][] {{1, 1}})));
  }

  @Test
  void forbiddinglyLargeCosts_doNotHideTheOthers() {
    EdgeList edges = EdgeList.of(4, new int[][] {{0, 1}, {2, 3}, {0, 2}, {1, 3}, {0, 3}, {1, 2}});
    for (int best = 0; best < 3; best++) {
      double[] costs = new double[6];
      for (int e = 0; e < 6; e++) {
        costs[e] = e / 2 == best ? 1 : e % 2 == 0 ? 1e13 : 5;
      }
      costs[2 * ((best + 1) % 3)] = 2;
      double[] solution = new double[6];
      new PerfectMatching(edges).solve(costs, solution);
      assertEquals(1, solution[2 * best], "matching " + best);
      assertEquals(1, solution[2 * best + 1], "matching " + best);
    }
  }
}
