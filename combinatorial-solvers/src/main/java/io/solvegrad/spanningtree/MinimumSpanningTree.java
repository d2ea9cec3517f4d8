package io.solvegrad.spanningtree;

import io.solvegrad.graph.EdgeList;
import io.solvegrad.solver.BlackboxSolver;
import io.solvegrad.solver.SolverException;
import io.solvegrad.solver.SolverException.Reason;
import io.solvegrad.solver.WeightDomain;
import java.util.Arrays;
import java.util.Objects;
import java.util.Set;
import org.jgrapht.Graph;
import org.jgrapht.alg.spanning.KruskalMinimumSpanningTree;

/**
 * The spanning tree of least cost in an undirected graph. The solution is 1 on its edges. Any
 * finite costs; among equal costs the earlier edge wins. O(m log m) for m edges (Kruskal's
 * algorithm, by JGraphT).
 *
 * <p>Source: Kruskal: On the shortest spanning subtree of a graph, 1956,
 * doi:10.1090/S0002-9939-1956-0078686-7.
 */
public final class MinimumSpanningTree implements BlackboxSolver {
  private final EdgeList edges;
  private final Graph<Integer, Integer> graph;

  /**
   * A solver.
   *
   * @param edges the graph; parallel edges are fine, loops are never chosen
   */
  public MinimumSpanningTree(EdgeList edges) {
    Objects.requireNonNull(edges, "edges must not be null");
    this.edges = edges;
    graph = edges.toUndirectedGraph();
  }

  @Override
  public int size() {
    return edges.size();
  }

  /**
   * {@inheritDoc}
   *
   * @throws SolverException if the graph is not connected or the costs are not finite
   */
  @Override
  public void solve(double[] costs, double[] solution) {
    WeightDomain.FINITE.require(costs, solution, size());
    Set<Integer> tree =
        new KruskalMinimumSpanningTree<>(EdgeList.weighted(graph, costs))
            .getSpanningTree()
            .getEdges();
    if (tree.size() < edges.vertices() - 1) {
      throw new SolverException(
          Reason.INFEASIBLE,
          "no spanning tree: the graph falls into %d parts"
              .formatted(edges.vertices() - tree.size()));
    }
    Arrays.fill(solution, 0);
    tree.forEach(e -> solution[e] = 1);
  }

  @Override
  public String toString() {
    return "MinimumSpanningTree[vertices=%d, edges=%d]".formatted(edges.vertices(), edges.size());
  }
}
