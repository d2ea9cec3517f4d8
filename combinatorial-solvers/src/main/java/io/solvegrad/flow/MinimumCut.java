package io.solvegrad.flow;

import io.solvegrad.graph.EdgeList;
import io.solvegrad.solver.BlackboxSolver;
import io.solvegrad.solver.SolverException;
import io.solvegrad.solver.WeightDomain;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import org.jgrapht.Graph;
import org.jgrapht.alg.flow.DinicMFImpl;

/**
 * The cut of least capacity between a source and a sink in a directed network: the edges that lead
 * from the source's side to the sink's side. Costs are the capacities, not negative; the solution
 * is 1 on the edges of the cut.
 *
 * <p>Its cost is the value of the maximum flow, and it is the derivative of that value with respect
 * to the capacities, so the same solver differentiates through maximum flow. Among equal cuts the
 * one nearest the source. Capacities are compared to a billionth of a cut, so edges that must not
 * be cut may have any large capacity.
 *
 * <p>A maximum flow by blocking flows (Dinic's algorithm, by JGraphT), then the vertices that can
 * still be reached from the source where flow leaves room. O(n&sup2; m) for n vertices and m edges.
 *
 * <p>Sources: Dinic: Algorithm for solution of a problem of maximum flow in networks with power
 * estimation, Soviet Mathematics Doklady 11, 1970; of the cut: Ford, Fulkerson: Maximal flow
 * through a network, 1956, doi:10.4153/CJM-1956-045-5.
 */
public final class MinimumCut implements BlackboxSolver {
  private final EdgeList edges;
  private final int source;
  private final int sink;
  private final Graph<Integer, Integer> graph;

  /**
   * A solver.
   *
   * @param edges the network
   * @param source where flow begins
   * @param sink where flow ends
   * @throws IllegalArgumentException if source and sink do not exist or are the same
   */
  public MinimumCut(EdgeList edges, int source, int sink) {
    Objects.requireNonNull(edges, "edges must not be null");
    edges.requireVertex(source);
    edges.requireVertex(sink);
    if (source == sink) {
      throw new IllegalArgumentException("source and sink are both " + source);
    }
    this.edges = edges;
    this.source = source;
    this.sink = sink;
    graph = edges.toDirectedGraph();
  }

  @Override
  public int size() {
    return edges.size();
  }

  @Override
  public WeightDomain domain() {
    return WeightDomain.NON_NEGATIVE;
  }

  /**
   * {@inheritDoc}
   *
   * @throws SolverException if a capacity is negative or not finite
   */
  @Override
  public void solve(double[] costs, double[] solution) {
    domain().require(costs, solution, size());
    double[] capacities = bounded(costs);
    double[] flow = maximumFlow(capacities);
    double rounding = 1e-9 * largest(capacities);
    boolean[] near = new boolean[edges.vertices()];
    near[source] = true;
    boolean grown = true;
    while (grown) {
      grown = false;
      for (int e = 0; e < costs.length; e++) {
        boolean from = near[edges.from()[e]];
        boolean to = near[edges.to()[e]];
        boolean room = from ? flow[e] < capacities[e] - rounding : flow[e] > rounding;
        if (from != to && room) {
          near[edges.from()[e]] = true;
          near[edges.to()[e]] = true;
          grown = true;
        }
      }
    }
    for (int e = 0; e < costs.length; e++) {
      solution[e] = near[edges.from()[e]] && !near[edges.to()[e]] ? 1 : 0;
    }
  }

  /**
   * A maximum flow.
   *
   * @param capacities one for each edge, not negative. Not modified.
   * @return the flow on each edge
   * @throws SolverException if a capacity is negative or not finite
   */
  public double[] maximumFlow(double[] capacities) {
    Objects.requireNonNull(capacities, "capacities must not be null");
    domain().require(capacities, new double[size()], size());
    double[] bounded = bounded(capacities);
    double largest = largest(bounded);
    double[] scaled = Arrays.stream(bounded).map(c -> c / largest).toArray();
    Map<Integer, Double> flow =
        new DinicMFImpl<>(EdgeList.weighted(graph, scaled))
            .getMaximumFlow(source, sink)
            .getFlowMap();
    double[] values = new double[size()];
    flow.forEach((e, value) -> values[e] = value * largest);
    return values;
  }

  /**
   * Capacities above twice the value of some cut made equal to that: no minimum cut contains them.
   * The library compares with an absolute tolerance, which one large capacity would make useless.
   */
  private double[] bounded(double[] capacities) {
    // The width of a vertex is the least capacity on the widest way from the source.
    double[] width = new double[edges.vertices()];
    width[source] = Double.POSITIVE_INFINITY;
    boolean grown = true;
    while (grown) {
      grown = false;
      for (int e = 0; e < capacities.length; e++) {
        double through = Math.min(width[edges.from()[e]], capacities[e]);
        if (through > width[edges.to()[e]]) {
          width[edges.to()[e]] = through;
          grown = true;
        }
      }
    }
    double cut = 0;
    for (int e = 0; e < capacities.length; e++) {
      boolean leaves = width[edges.from()[e]] > width[sink] && width[edges.to()[e]] <= width[sink];
      cut += leaves ? capacities[e] : 0;
    }
    if (cut == 0) {
      // Nothing flows; whether an edge leads on matters, how wide it is does not.
      return Arrays.stream(capacities).map(Math::signum).toArray();
    }
    double most = 2 * cut;
    return Arrays.stream(capacities).map(c -> Math.min(c, most)).toArray();
  }

  /** The largest capacity, 1 if all are 0. */
  private static double largest(double[] capacities) {
    double largest = Arrays.stream(capacities).max().orElse(0);
    return largest == 0 ? 1 : largest;
  }

  @Override
  public String toString() {
    return "MinimumCut[vertices=%d, edges=%d, source=%d, sink=%d]"
        .formatted(edges.vertices(), edges.size(), source, sink);
  }
}
