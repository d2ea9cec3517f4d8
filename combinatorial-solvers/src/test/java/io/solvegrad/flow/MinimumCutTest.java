package io.solvegrad.flow;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.solvegrad.graph.EdgeList;
import io.solvegrad.graph.RandomGraphs;
import io.solvegrad.graph.SolverContract;
import io.solvegrad.solver.SolverException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class MinimumCutTest extends SolverContract {

  @Override
  protected Instance instance(SplittableRandom random) {
    EdgeList edges = RandomGraphs.any(random, random.nextInt(2, 6), 10);
    List<double[]> cuts = new ArrayList<>();
    for (int side = 0; side < 1 << edges.vertices(); side++) {
      if ((side & 1) == 1 && (side >> 1 & 1) == 0) {
        double[] cut = new double[edges.size()];
        for (int e = 0; e < cut.length; e++) {
          cut[e] = (side >> edges.from()[e] & 1) & ~(side >> edges.to()[e]) & 1;
        }
        if (cuts.stream().noneMatch(c -> Arrays.equals(c, cut))) {
          cuts.add(cut);
        }
      }
    }
    return new Instance(new MinimumCut(edges, 0, 1), cuts);
  }

  @Test
  void maximumFlow_keepsWhatFlowsInAndIsAsLargeAsTheCut() {
    SplittableRandom random = new SplittableRandom(5);
    for (int i = 0; i < 300; i++) {
      EdgeList edges = RandomGraphs.any(random, 6, 14);
      double[] capacities = random.doubles(edges.size(), 0, 3).toArray();
      MinimumCut solver = new MinimumCut(edges, 0, 5);
      double[] cut = new double[edges.size()];
      solver.solve(capacities, cut);
      double[] flow = solver.maximumFlow(capacities);
      double[] surplus = new double[6];
      double value = 0;
      for (int e = 0; e < flow.length; e++) {
        String where = "edge %d of %s -> %s".formatted(e, edges.from()[e], edges.to()[e]);
        assertEquals(capacities[e] / 2, flow[e], capacities[e] / 2 + 1e-9, where);
        surplus[edges.to()[e]] += flow[e];
        surplus[edges.from()[e]] -= flow[e];
        value += cut[e] * capacities[e];
      }
      assertEquals(value, surplus[5], 1e-8);
      for (int v = 1; v < 5; v++) {
        assertEquals(0, surplus[v], 1e-8);
      }
    }
  }

  @Test
  void negativeCapacity_isOutsideTheDomain() {
    var solver = new MinimumCut(EdgeList.of(2, new int[][] {{0, 1}}), 0, 1);
    SolverException failure =
        assertThrows(SolverException.class, () -> solver.solve(new double[] {-1}, new double[1]));
    assertEquals(SolverException.Reason.OUTSIDE_DOMAIN, failure.reason());
  }

  @Test
  void edgesThatMustNotBeCut_doNotHideTheOthers() {
    var solver = new MinimumCut(EdgeList.of(4, new int[][] {{0, 1}, {1, 2}, {2, 3}}), 0, 3);
    for (double large : new double[] {1e3, 1e9, 1e12, 1e290}) {
      double[] cut = new double[3];
      solver.solve(new double[] {5, 1, large}, cut);
      assertArrayEquals(new double[] {0, 1, 0}, cut);
      assertArrayEquals(
          new double[] {1, 1, 1}, solver.maximumFlow(new double[] {5, 1, large}), 1e-8);
    }
  }

  /** Edges against the order of the path: sweeps over all of them would find one at a time. */
  @Test
  void longChainFromItsEnd_isCutWhereItEnds() {
    int n = 200_000;
    int[][] chain =
        IntStream.range(0, n - 1)
            .mapToObj(e -> new int[] {n - 2 - e, n - 1 - e})
            .toArray(int[][]::new);
    double[] capacities = new double[n - 1];
    Arrays.fill(capacities, 2);
    // Nothing flows, so that only the searches for widths and for the source's side go far.
    capacities[0] = 0;
    double[] expected = new double[n - 1];
    expected[0] = 1;
    double[] cut = new double[n - 1];
    new MinimumCut(EdgeList.of(n, chain), 0, n - 1).solve(capacities, cut);
    assertArrayEquals(expected, cut);
  }
}
