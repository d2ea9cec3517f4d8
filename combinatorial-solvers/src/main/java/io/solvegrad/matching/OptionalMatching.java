package io.solvegrad.matching;

import io.solvegrad.graph.EdgeList;
import io.solvegrad.solver.BlackboxSolver;
import io.solvegrad.solver.WeightDomain;
import java.util.Arrays;
import java.util.Objects;

/**
 * The matching of least cost in any undirected graph when vertices may stay alone: no vertex
 * belongs to two chosen edges. Only edges of negative cost are worth choosing; to pay for lonely
 * vertices, subtract from each edge what its two vertices would pay. There is always a solution, if
 * only the empty one. The solution is 1 on the chosen edges. Any finite costs.
 *
 * <p>Solved as a {@link PerfectMatching} of two copies of the graph, one of them free of cost, with
 * a free edge between the two copies of each vertex; its cost and its ties are those of that
 * solver.
 */
public final class OptionalMatching implements BlackboxSolver {
  private final EdgeList edges;
  private final PerfectMatching doubled;

  /**
   * A solver.
   *
   * @param edges the graph
   * @throws IllegalArgumentException if it has a loop or two edges between the same vertices
   */
  public OptionalMatching(EdgeList edges) {
    Objects.requireNonNull(edges, "edges must not be null");
    this.edges = edges;
    int vertices = edges.vertices();
    int size = edges.size();
    int[] from = Arrays.copyOf(edges.from(), 2 * size + vertices);
    int[] to = Arrays.copyOf(edges.to(), from.length);
    for (int e = 0; e < size; e++) {
      from[size + e] = vertices + from[e];
      to[size + e] = vertices + to[e];
    }
    for (int v = 0; v < vertices; v++) {
      from[2 * size + v] = v;
      to[2 * size + v] = vertices + v;
    }
    doubled = new PerfectMatching(new EdgeList(2 * vertices, from, to));
  }

  @Override
  public int size() {
    return edges.size();
  }

  @Override
  public void solve(double[] costs, double[] solution) {
    WeightDomain.FINITE.require(costs, solution, size());
    double[] all = Arrays.copyOf(costs, doubled.size());
    double[] matched = new double[all.length];
    doubled.solve(all, matched);
    System.arraycopy(matched, 0, solution, 0, size());
  }

  @Override
  public String toString() {
    return "OptionalMatching[vertices=%d, edges=%d]".formatted(edges.vertices(), edges.size());
  }
}
