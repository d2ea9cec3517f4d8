package io.solvegrad.matching;

import io.solvegrad.graph.EdgeList;
import io.solvegrad.solver.BlackboxSolver;
import io.solvegrad.solver.SolverException;
import io.solvegrad.solver.SolverException.Reason;
import io.solvegrad.solver.WeightDomain;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import org.jgrapht.Graph;
import org.jgrapht.alg.matching.blossom.v5.KolmogorovWeightedPerfectMatching;

/**
 * The perfect matching of least cost in any undirected graph, odd cycles included: every vertex
 * belongs to exactly one chosen edge. The solution is 1 on the chosen edges. Any finite costs, so
 * that no clamping is needed: adding a constant to all costs does not change the matching.
 *
 * <p>Costs O(n&sup2; m) in theory for n vertices and m edges, far less in practice (Blossom V of
 * JGraphT). Costs are compared to a billionth of the largest, but costs a thousand times that of a
 * matching, which forbid their edges, do not count; of matchings that are equal so far, always the
 * same one is chosen.
 *
 * <p>Source: Kolmogorov: Blossom V, Mathematical Programming Computation 1, 2009,
 * doi:10.1007/s12532-009-0002-8.
 */
public final class PerfectMatching implements BlackboxSolver {
  /** So many times the cost of a matching forbids an edge; less does not disturb the tolerance. */
  private static final double FORBIDDING = 1e3;

  private final EdgeList edges;
  private final Graph<Integer, Integer> graph;

  /**
   * A solver.
   *
   * @param edges the graph
   * @throws IllegalArgumentException if it has a loop or two edges between the same vertices
   */
  public PerfectMatching(EdgeList edges) {
    Objects.requireNonNull(edges, "edges must not be null");
    Set<Long> pairs = new HashSet<>();
    for (int e = 0; e < edges.size(); e++) {
      long low = Math.min(edges.from()[e], edges.to()[e]);
      long high = Math.max(edges.from()[e], edges.to()[e]);
      if (low == high || !pairs.add(low * edges.vertices() + high)) {
        throw new IllegalArgumentException(
            "edge %d joins vertices %d and %d: a matching needs two different vertices and only one edge between them"
                .formatted(e, low, high));
      }
    }
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
   * @throws SolverException if the graph has no perfect matching or the costs are not finite
   */
  @Override
  public void solve(double[] costs, double[] solution) {
    WeightDomain.FINITE.require(costs, solution, size());
    if (edges.vertices() % 2 != 0) {
      throw new SolverException(
          Reason.INFEASIBLE,
          "no perfect matching: the graph has an odd number of vertices, " + edges.vertices());
    }
    Set<Integer> matched = match(costs);
    double least = Arrays.stream(costs).min().orElse(0);
    double largest = Arrays.stream(costs).max().orElse(0) - least;
    double excess = excess(costs, matched, least);
    while (excess > 0 && FORBIDDING * excess < largest) {
      // No better matching contains an edge that exceeds the least by more than this one does.
      double most = least + 2 * excess;
      matched = match(Arrays.stream(costs).map(c -> Math.min(c, most)).toArray());
      largest = 2 * excess;
      excess = excess(costs, matched, least);
    }
    Arrays.fill(solution, 0);
    matched.forEach(e -> solution[e] = 1);
  }

  private static double excess(double[] costs, Set<Integer> matched, double least) {
    return matched.stream().mapToDouble(e -> costs[e] - least).sum();
  }

  private Set<Integer> match(double[] costs) {
    // The library compares with an absolute tolerance, so the largest cost is made 1.
    double largest = Arrays.stream(costs).map(Math::abs).max().orElse(0);
    double scale = largest == 0 ? 1 : largest;
    double[] scaled = Arrays.stream(costs).map(c -> c / scale).toArray();
    try {
      return new KolmogorovWeightedPerfectMatching<>(EdgeList.weighted(graph, scaled))
          .getMatching()
          .getEdges();
    } catch (IllegalArgumentException none) {
      throw new SolverException(
          Reason.INFEASIBLE,
          "no perfect matching in the graph of %d vertices and %d edges"
              .formatted(edges.vertices(), edges.size()),
          none);
    }
  }

  @Override
  public String toString() {
    return "PerfectMatching[vertices=%d, edges=%d]".formatted(edges.vertices(), edges.size());
  }
}
