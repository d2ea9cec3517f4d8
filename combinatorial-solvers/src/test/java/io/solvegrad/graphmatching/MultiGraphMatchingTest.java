package io.solvegrad.graphmatching;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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

final class MultiGraphMatchingTest extends SolverContract {

  @Override
  protected Instance instance(SplittableRandom random) {
    int vertices = random.nextInt(1, 4);
    List<EdgeList> graphs = new ArrayList<>();
    for (int g = random.nextInt(2, 4); g > 0; g--) {
      graphs.add(RandomGraphs.any(random, vertices, 3));
    }
    var solver = new MultiGraphMatching(graphs, Long.MAX_VALUE);
    List<double[]> all = new ArrayList<>();
    List<int[]> permutations = GraphMatchingTest.maps(vertices, vertices);
    int[][] names = new int[graphs.size()][];
    names[0] = permutations.getFirst();
    extend(graphs, names, 1, permutations, solver.size(), all);
    return new Instance(solver, all);
  }

  private static void extend(
      List<EdgeList> graphs,
      int[][] names,
      int count,
      List<int[]> permutations,
      int size,
      List<double[]> all) {
    if (count == names.length) {
      double[] solution = new double[size];
      int offset = 0;
      for (int g = 0; g < names.length; g++) {
        for (int h = g + 1; h < names.length; h++) {
          GraphMatching.write(
              map(names[g], names[h]), graphs.get(g), graphs.get(h), solution, offset);
          offset +=
              names[g].length * names[h].length + graphs.get(g).size() * graphs.get(h).size();
        }
      }
      all.add(solution);
      return;
    }
    for (int[] permutation : permutations) {
      names[count] = permutation;
      extend(graphs, names, count + 1, permutations, size, all);
    }
  }

  private static int[] map(int[] from, int[] to) {
    int[] map = new int[from.length];
    for (int v = 0; v < map.length; v++) {
      for (int u = 0; u < map.length; u++) {
        if (from[v] == to[u]) {
          map[v] = u;
        }
      }
    }
    return map;
  }

  /** Beyond enumeration: consistent, and never worse than matching each graph with the first alone. */
  @Test
  void manyGraphs_areConsistentAndUnproven() {
    SplittableRandom random = new SplittableRandom(4);
    int n = 5;
    List<EdgeList> graphs = new ArrayList<>();
    for (int g = 0; g < 4; g++) {
      graphs.add(RandomGraphs.simple(random, n, 6));
    }
    var solver = new MultiGraphMatching(graphs, Long.MAX_VALUE);
    double[] costs = random.doubles(solver.size(), -1, 1).toArray();
    double[] solution = new double[solver.size()];
    assertEquals(Optimality.UNPROVEN, solver.solve(costs, solution, SolveLimits.none()));
    int[][][] maps = new int[4][4][];
    int offset = 0;
    for (int g = 0; g < 4; g++) {
      for (int h = g + 1; h < 4; h++) {
        maps[g][h] = new int[n];
        for (int v = 0; v < n; v++) {
          int row = offset + v * n;
          maps[g][h][v] =
              Arrays.stream(solution, row, row + n).boxed().toList().indexOf(1.0);
          assertTrue(maps[g][h][v] >= 0);
        }
        offset += n * n + graphs.get(g).size() * graphs.get(h).size();
      }
    }
    for (int v = 0; v < n; v++) {
      assertEquals(maps[0][2][v], maps[1][2][maps[0][1][v]]);
      assertEquals(maps[0][3][v], maps[2][3][maps[0][2][v]]);
    }
  }
}
