package io.solvegrad.spanningtree;

import io.solvegrad.graph.EdgeList;
import io.solvegrad.graph.RandomGraphs;
import io.solvegrad.graph.SolverContract;
import java.util.SplittableRandom;

final class MinimumSpanningTreeTest extends SolverContract {

  @Override
  protected Instance instance(SplittableRandom random) {
    EdgeList edges = RandomGraphs.any(random, random.nextInt(1, 6), 9);
    return new Instance(
        new MinimumSpanningTree(edges), subsets(edges.size(), s -> isTree(edges, s)));
  }

  private static boolean isTree(EdgeList edges, int subset) {
    if (Integer.bitCount(subset) != edges.vertices() - 1) {
      return false;
    }
    int reached = 1;
    for (int round = 0; round < edges.vertices(); round++) {
      for (int e = 0; e < edges.size(); e++) {
        int both = 1 << edges.from()[e] | 1 << edges.to()[e];
        if ((subset >> e & 1) == 1 && (reached & both) != 0) {
          reached |= both;
        }
      }
    }
    return Integer.bitCount(reached) == edges.vertices();
  }
}
