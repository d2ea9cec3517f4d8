package io.solvegrad.shortestpath;

import io.solvegrad.graph.EdgeList;
import io.solvegrad.solver.BlackboxSolver;
import io.solvegrad.solver.Optimality;
import io.solvegrad.solver.SolveLimits;
import io.solvegrad.solver.SolverException;
import io.solvegrad.solver.SolverException.Reason;
import io.solvegrad.solver.WeightDomain;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * The cheapest path from one vertex to another in a directed graph whose edges have weights. The
 * solution is 1 on the edges of the path; it is zero everywhere if both ends are the same.
 *
 * <p>Any finite weights without a negative cycle: Dijkstra in O(m log m) for m edges if none is
 * negative, otherwise Bellman-Ford in O(n m) for n vertices. With a negative cycle the cheapest
 * simple path is searched for in graphs of at most {@link #SIMPLE_PATH_VERTICES} vertices, which
 * obeys limits; larger ones refuse. Of parallel edges and equal paths the first found wins, always
 * the same.
 *
 * <p>Source: Bellman: On a routing problem, 1958, doi:10.1090/qam/102435.
 */
public final class DirectedShortestPath implements BlackboxSolver {

  /** Up to so many vertices negative cycles are accepted. */
  public static final int SIMPLE_PATH_VERTICES = 16;

  /** Of the sum of all weights that count: shorter improvements are rounding. */
  private static final double ROUNDING = 1e-14;

  private final EdgeList edges;
  private final int source;
  private final int target;
  private final Incidence outgoing;
  private final boolean[] useful;
  private final boolean connected;

  /**
   * A solver.
   *
   * @param edges the graph
   * @param source where paths begin
   * @param target where paths end
   * @throws IllegalArgumentException if source or target do not exist
   */
  public DirectedShortestPath(EdgeList edges, int source, int target) {
    Objects.requireNonNull(edges, "edges must not be null");
    edges.requireVertex(source);
    edges.requireVertex(target);
    this.edges = edges;
    this.source = source;
    this.target = target;
    outgoing = Incidence.of(edges.vertices(), edges.from());
    boolean[] ahead = outgoing.reachable(edges.to(), source);
    boolean[] behind = Incidence.of(edges.vertices(), edges.to()).reachable(edges.from(), target);
    useful = new boolean[edges.vertices()];
    for (int v = 0; v < useful.length; v++) {
      useful[v] = ahead[v] && behind[v];
    }
    connected = ahead[target];
  }

  @Override
  public int size() {
    return edges.size();
  }

  @Override
  public void solve(double[] costs, double[] solution) {
    solve(costs, solution, SolveLimits.none());
  }

  @Override
  public Optimality solve(double[] costs, double[] solution, SolveLimits limits) {
    Objects.requireNonNull(limits, "limits must not be null");
    WeightDomain.FINITE.require(costs, solution, size());
    if (!connected) {
      throw new SolverException(
          Reason.INFEASIBLE, "no path leads from vertex " + source + " to vertex " + target);
    }
    boolean negative = Arrays.stream(costs).anyMatch(c -> c < 0);
    int[] reachedBy = negative ? bellmanFord(costs) : dijkstra(costs);
    if (reachedBy.length == 0) {
      return simplePath(costs, solution, limits);
    }
    Arrays.fill(solution, 0);
    for (int v = target; v != source; v = edges.from()[reachedBy[v]]) {
      solution[reachedBy[v]] = 1;
    }
    return Optimality.PROVEN;
  }

  private int[] dijkstra(double[] costs) {
    double[] distance = new double[edges.vertices()];
    int[] reachedBy = new int[edges.vertices()];
    boolean[] settled = new boolean[edges.vertices()];
    Arrays.fill(distance, Double.POSITIVE_INFINITY);
    VertexQueue queue = new VertexQueue(edges.size() + 1);
    distance[source] = 0;
    queue.push(0, source);
    while (!settled[target]) {
      int v = queue.pop();
      if (!settled[v]) {
        settled[v] = true;
        for (int k = outgoing.first()[v]; k < outgoing.first()[v + 1]; k++) {
          int e = outgoing.edges()[k];
          int next = edges.to()[e];
          double through = distance[v] + costs[e];
          if (through < distance[next]) {
            distance[next] = through;
            reachedBy[next] = e;
            queue.push(through, next);
          }
        }
      }
    }
    return reachedBy;
  }

  /** The edge by which each vertex is reached, or an empty array if a cycle is negative. */
  private int[] bellmanFord(double[] costs) {
    double dearest = dearest(costs);
    double rounding =
        ROUNDING * Arrays.stream(costs).filter(c -> c <= dearest).map(Math::abs).sum();
    double[] distance = new double[edges.vertices()];
    int[] reachedBy = new int[edges.vertices()];
    Arrays.fill(distance, Double.POSITIVE_INFINITY);
    distance[source] = 0;
    boolean shorter = true;
    for (int round = 0; shorter; round++) {
      if (round == edges.vertices()) {
        return new int[0];
      }
      shorter = false;
      for (int e = 0; e < costs.length; e++) {
        int from = edges.from()[e];
        int to = edges.to()[e];
        boolean counts = useful[from] && useful[to] && costs[e] <= dearest;
        if (counts && distance[from] + costs[e] < distance[to] - rounding) {
          distance[to] = distance[from] + costs[e];
          reachedBy[to] = e;
          shorter = true;
        }
      }
    }
    return reachedBy;
  }

  /**
   * A weight above which an edge is on no cheapest path and no negative cycle, since all negative
   * weights together could not pay for it. Without it, one forbiddingly large weight would make the
   * differences between the others look like rounding.
   */
  private double dearest(double[] costs) {
    double[] clamped = new double[costs.length];
    double gain = 0;
    for (int e = 0; e < costs.length; e++) {
      clamped[e] = Math.max(0, costs[e]);
      gain += clamped[e] - costs[e];
    }
    int[] reachedBy = dijkstra(clamped);
    double path = 0;
    for (int v = target; v != source; v = edges.from()[reachedBy[v]]) {
      path += clamped[reachedBy[v]];
    }
    return path + gain;
  }

  private Optimality simplePath(double[] costs, double[] solution, SolveLimits limits) {
    if (edges.vertices() > SIMPLE_PATH_VERTICES) {
      throw new SolverException(
          Reason.OUTSIDE_DOMAIN,
          ("a cycle of negative weight lies between vertex %d and vertex %d, and %d vertices are too"
                  + " many to search for the cheapest simple path. Maybe put NonNegativeClamp in"
                  + " front or lower lambda")
              .formatted(source, target, edges.vertices()));
    }
    int[][] successors = new int[edges.vertices()][];
    double[][] arcCosts = new double[edges.vertices()][];
    int[] edgeOf = new int[edges.vertices() * edges.vertices()];
    Arrays.fill(edgeOf, -1);
    for (int e = 0; e < costs.length; e++) {
      int pair = edges.from()[e] * edges.vertices() + edges.to()[e];
      if (edgeOf[pair] < 0 || costs[e] < costs[edgeOf[pair]]) {
        edgeOf[pair] = e;
      }
    }
    for (int v = 0; v < edges.vertices(); v++) {
      int row = v * edges.vertices();
      successors[v] =
          IntStream.range(0, edges.vertices()).filter(next -> edgeOf[row + next] >= 0).toArray();
      arcCosts[v] =
          Arrays.stream(successors[v]).mapToDouble(next -> costs[edgeOf[row + next]]).toArray();
    }
    var search = new SimplePathSearch(successors, arcCosts, target, limits);
    Optimality optimality = search.search(source);
    int[] path = search.bestPath();
    if (path.length == 0) {
      limits.check();
    }
    Arrays.fill(solution, 0);
    for (int k = 1; k < path.length; k++) {
      solution[edgeOf[path[k - 1] * edges.vertices() + path[k]]] = 1;
    }
    return optimality;
  }

  @Override
  public String toString() {
    return "DirectedShortestPath[vertices=%d, edges=%d, source=%d, target=%d]"
        .formatted(edges.vertices(), edges.size(), source, target);
  }
}
