package io.solvegrad.shortestpath;

import io.solvegrad.graph.EdgeList;
import java.util.ArrayList;
import java.util.List;

/** All simple paths, for comparison. */
final class Paths {
  private Paths() {}

  /** Each as a vector over the edges. */
  static List<double[]> all(EdgeList edges, int source, int target) {
    List<double[]> paths = new ArrayList<>();
    extend(edges, source, target, 1L << source, new double[edges.size()], paths);
    return paths;
  }

  private static void extend(
      EdgeList edges, int vertex, int target, long visited, double[] used, List<double[]> paths) {
    if (vertex == target) {
      paths.add(used.clone());
      return;
    }
    for (int e = 0; e < edges.size(); e++) {
      int next = edges.to()[e];
      if (edges.from()[e] == vertex && (visited >> next & 1) == 0) {
        used[e] = 1;
        extend(edges, next, target, visited | 1L << next, used, paths);
        used[e] = 0;
      }
    }
  }

  /** The paths of a grid, each as a vector over the cells. */
  static List<double[]> ofGrid(GridShortestPath grid) {
    List<double[]> paths = new ArrayList<>();
    double[] used = new double[grid.size()];
    used[0] = 1;
    extend(grid, 0, used, paths);
    return paths;
  }

  private static void extend(
      GridShortestPath grid, int cell, double[] used, List<double[]> paths) {
    if (cell == used.length - 1) {
      paths.add(used.clone());
      return;
    }
    for (int next = 0; next < used.length; next++) {
      int down = Math.abs(next / grid.columns() - cell / grid.columns());
      int across = Math.abs(next % grid.columns() - cell % grid.columns());
      boolean touches =
          grid.neighbourhood() == GridShortestPath.Neighbourhood.FOUR
              ? down + across == 1
              : Math.max(down, across) == 1;
      if (touches && used[next] == 0) {
        used[next] = 1;
        extend(grid, next, used, paths);
        used[next] = 0;
      }
    }
  }
}
