package io.solvegrad.shortestpath;

import io.solvegrad.solver.Optimality;
import io.solvegrad.solver.SolveLimits;
import java.util.Arrays;

/**
 * The cheapest path without a repeated vertex when cycles may be negative: depth-first search that
 * leaves a branch as soon as even the most negative remaining entries could not make it better. In
 * the worst case it visits every simple path, so callers bound the number of vertices.
 */
final class SimplePathSearch {
  private static final int NODES_BETWEEN_CHECKS = 1024;

  private final int[][] successors;
  private final double[][] arcCosts;
  private final int target;
  private final SolveLimits limits;
  private final long[] neighbours;
  private final double[] least;
  private final int[] path;
  private int[] bestPath = {};
  private double bestCost = Double.POSITIVE_INFINITY;
  private int nodes;
  private boolean stopped;

  /**
   * A search.
   *
   * @param successors for each vertex those that follow, at most 64 vertices
   * @param arcCosts the cost of each step, in the order of the successors
   */
  SimplePathSearch(int[][] successors, double[][] arcCosts, int target, SolveLimits limits) {
    assert successors.length <= Long.SIZE;
    this.successors = successors;
    this.arcCosts = arcCosts;
    this.target = target;
    this.limits = limits;
    neighbours = new long[successors.length];
    least = new double[successors.length];
    path = new int[successors.length];
    for (int v = 0; v < successors.length; v++) {
      for (int k = 0; k < successors[v].length; k++) {
        neighbours[v] |= 1L << successors[v][k];
        least[successors[v][k]] = Math.min(least[successors[v][k]], arcCosts[v][k]);
      }
    }
  }

  Optimality search(int source) {
    path[0] = source;
    extend(1, 1L << source, 0);
    return stopped ? Optimality.UNPROVEN : Optimality.PROVEN;
  }

  /** The vertices of the best path, empty if there is none. */
  int[] bestPath() {
    return bestPath;
  }

  private void extend(int length, long visited, double cost) {
    int vertex = path[length - 1];
    if (vertex == target) {
      if (cost < bestCost) {
        bestCost = cost;
        bestPath = Arrays.copyOf(path, length);
      }
      return;
    }
    if (++nodes % NODES_BETWEEN_CHECKS == 0 && limits.reached()) {
      stopped = true;
    }
    if (stopped || !promising(vertex, visited, cost)) {
      return;
    }
    for (int k = 0; k < successors[vertex].length; k++) {
      int next = successors[vertex][k];
      if ((visited >>> next & 1) == 0) {
        path[length] = next;
        extend(length + 1, visited | 1L << next, cost + arcCosts[vertex][k]);
      }
    }
  }

  /** Whether the target can still be reached, and by a path that might be cheaper than the best. */
  private boolean promising(int vertex, long visited, double cost) {
    long seen = 0;
    long frontier = neighbours[vertex] & ~visited;
    double bound = cost;
    while (frontier != 0) {
      int v = Long.numberOfTrailingZeros(frontier);
      seen |= 1L << v;
      bound += least[v];
      if (v != target) {
        frontier |= neighbours[v] & ~visited;
      }
      frontier &= ~seen;
    }
    return (seen >>> target & 1) != 0 && bound < bestCost;
  }
}
