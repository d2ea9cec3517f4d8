package io.solvegrad.flow;

import io.solvegrad.graph.EdgeList;
import io.solvegrad.solver.BlackboxSolver;
import io.solvegrad.solver.SolverException;
import io.solvegrad.solver.WeightDomain;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.Queue;
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
 * The library recurses along paths of flow: where they have thousands of vertices, solve in a
 * thread with a larger stack.
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
    Deque<Integer> open = new ArrayDeque<>();
    near[source] = true;
    open.push(source);
    while (!open.isEmpty()) {
      int v = open.pop();
      for (int e : graph.edgesOf(v)) {
        boolean forward = edges.from()[e] == v;
        int next = forward ? edges.to()[e] : edges.from()[e];
        boolean room = forward ? flow[e] < capacities[e] - rounding : flow[e] > rounding;
        if (room && !near[next]) {
          near[next] = true;
          open.push(next);
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
    domain().require(capacities, size());
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
    double[] width = widths(capacities);
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

  /**
   * For each vertex the least capacity on the widest way from the source, 0 if there is none: as
   * Dijkstra's distances, with the least in place of the sum.
   */
  private double[] widths(double[] capacities) {
    record Reached(int vertex, double width) {}
    double[] width = new double[edges.vertices()];
    Queue<Reached> open =
        new PriorityQueue<>(Comparator.comparingDouble(Reached::width).reversed());
    width[source] = Double.POSITIVE_INFINITY;
    open.add(new Reached(source, width[source]));
    for (Reached next = open.poll(); next != null; next = open.poll()) {
      if (next.width < width[next.vertex]) {
        continue;
      }
      for (int e : graph.outgoingEdgesOf(next.vertex)) {
        double through = Math.min(next.width, capacities[e]);
        if (through > width[edges.to()[e]]) {
          width[edges.to()[e]] = through;
          open.add(new Reached(edges.to()[e], through));
        }
      }
    }
    return width;
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
