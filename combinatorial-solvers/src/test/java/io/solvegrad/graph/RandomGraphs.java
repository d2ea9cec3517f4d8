package io.solvegrad.graph;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;

/** Small graphs for tests. */
public final class RandomGraphs {
  private RandomGraphs() {}

  /** Without loops and parallel edges. */
  public static EdgeList simple(SplittableRandom random, int vertices, int mostEdges) {
    List<int[]> pairs = new ArrayList<>();
    for (int i = 0; i < vertices; i++) {
      for (int j = i + 1; j < vertices; j++) {
        pairs.add(random.nextBoolean() ? new int[] {i, j} : new int[] {j, i});
      }
    }
    Collections.shuffle(pairs, new Random(random.nextLong()));
    int edges = Math.min(pairs.size(), random.nextInt(1, mostEdges + 1));
    return EdgeList.of(vertices, pairs.subList(0, edges).toArray(int[][]::new));
  }

  /** With loops and parallel edges. */
  public static EdgeList any(SplittableRandom random, int vertices, int mostEdges) {
    int edges = random.nextInt(1, mostEdges + 1);
    return new EdgeList(
        vertices,
        random.ints(edges, 0, vertices).toArray(),
        random.ints(edges, 0, vertices).toArray());
  }
}
