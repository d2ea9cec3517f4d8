package io.solvegrad.graphmatching;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.solvegrad.graph.EdgeList;
import io.solvegrad.graph.RandomGraphs;
import io.solvegrad.graph.SolverContract;
import io.solvegrad.solver.Optimality;
import io.solvegrad.solver.SolveLimits;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class GraphMatchingTest extends SolverContract {

  @Override
  protected Instance instance(SplittableRandom random) {
    EdgeList left = RandomGraphs.any(random, random.nextInt(1, 5), 4);
    EdgeList right = RandomGraphs.any(random, random.nextInt(left.vertices(), 6), 4);
    List<double[]> all = new ArrayList<>();
    for (int[] map : maps(left.vertices(), right.vertices())) {
      double[] solution =
          new double[left.vertices() * right.vertices() + left.size() * right.size()];
      GraphMatching.write(map, left, right, solution, 0);
      all.add(solution);
    }
    return new Instance(new GraphMatching(left, right, Long.MAX_VALUE), all);
  }

  /** All maps that send different vertices to different ones. */
  static List<int[]> maps(int from, int to) {
    List<int[]> all = new ArrayList<>();
    extend(new int[from], 0, to, 0, all);
    return all;
  }

  private static void extend(int[] map, int count, int to, int taken, List<int[]> all) {
    if (count == map.length) {
      all.add(map.clone());
      return;
    }
    for (int k = 0; k < to; k++) {
      if ((taken >> k & 1) == 0) {
        map[count] = k;
        extend(map, count + 1, to, taken | 1 << k, all);
      }
    }
  }

  @Test
  void endOfTheNodes_isReported() {
    SplittableRandom random = new SplittableRandom(2);
    int[][] ring = new int[9][];
    Arrays.setAll(ring, v -> new int[] {v, (v + 1) % 9});
    EdgeList graph = EdgeList.of(9, ring);
    var solver = new GraphMatching(graph, graph, 3);
    double[] costs = random.doubles(solver.size(), -1, 1).toArray();
    double[] solution = new double[solver.size()];
    assertEquals(
        Optimality.UNPROVEN, solver.solve(costs, solution, SolveLimits.none()));
  }
}
