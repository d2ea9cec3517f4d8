package io.solvegrad.graphmatching;

import io.solvegrad.graph.EdgeList;
import io.solvegrad.solver.BlackboxSolver;
import io.solvegrad.solver.Optimality;
import io.solvegrad.solver.SolveLimits;
import io.solvegrad.solver.SolverException;
import io.solvegrad.solver.WeightDomain;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * Matching several graphs of equally many vertices onto each other consistently: matching the first
 * with the second and the second with the third says how the first and the third match. Costs and
 * solution hold, for every pair of graphs in lexicographic order, what {@link GraphMatching} has
 * for that pair.
 *
 * <p>Guarantee: the matches are always consistent. With at most {@value #MOST_JOINT} joint matches
 * (three graphs of four vertices, two of seven, five of three) all are tried and the answer is
 * optimal. Otherwise graphs are matched anew one after the other with all the others fixed until
 * none changes: no graph on its own can be matched better if its searches end within the number of
 * nodes, and the answer is reported as unproven, also by the solve without limits; for two graphs
 * it is proven when the search ends. All but trying all joint matches obeys limits.
 *
 * <p>Source of the problem: Swoboda et al.: A convex relaxation for multi-graph matching, CVPR
 * 2019, doi:10.1109/CVPR.2019.01142.
 */
public final class MultiGraphMatching implements BlackboxSolver {
  static final int MOST_JOINT = 10_000;

  private final List<EdgeList> graphs;
  private final int vertices;
  private final long mostNodes;
  private final int[][] offsets;
  private final int size;

  /**
   * A solver.
   *
   * @param graphs two or more, all with the same number of vertices
   * @param mostNodes when the search for one graph's match ends, at least 1
   * @throws IllegalArgumentException if there are fewer than two graphs, their numbers of vertices
   *     differ, or there are no nodes
   */
  public MultiGraphMatching(List<EdgeList> graphs, long mostNodes) {
    Objects.requireNonNull(graphs, "graphs must not be null");
    for (EdgeList graph : graphs) {
      Objects.requireNonNull(graph, "graphs must not contain null");
    }
    if (graphs.size() < 2 || mostNodes < 1) {
      throw new IllegalArgumentException(
          "there are %d graphs and mostNodes is %d: need two graphs and one node"
              .formatted(graphs.size(), mostNodes));
    }
    this.graphs = List.copyOf(graphs);
    this.mostNodes = mostNodes;
    vertices = graphs.getFirst().vertices();
    offsets = new int[graphs.size()][graphs.size()];
    int total = 0;
    for (int g = 0; g < graphs.size(); g++) {
      if (graphs.get(g).vertices() != vertices) {
        throw new IllegalArgumentException(
            "graph %d has %d vertices, but the first has %d"
                .formatted(g, graphs.get(g).vertices(), vertices));
      }
      for (int h = g + 1; h < graphs.size(); h++) {
        offsets[g][h] = total;
        total += vertices * vertices + graphs.get(g).size() * graphs.get(h).size();
      }
    }
    size = total;
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public void solve(double[] costs, double[] solution) {
    solve(costs, solution, SolveLimits.none());
  }

  /**
   * {@inheritDoc}
   *
   * @throws SolverException if the costs are not finite
   */
  @Override
  public Optimality solve(double[] costs, double[] solution, SolveLimits limits) {
    Objects.requireNonNull(limits, "limits must not be null");
    WeightDomain.FINITE.require(costs, solution, size);
    // Names: vertex v of graph g stands for vertex names[g][v] of the first graph.
    int[][] names = new int[graphs.size()][];
    Optimality optimality = Optimality.PROVEN;
    if (graphs.size() > 2 && jointMatches() <= MOST_JOINT) {
      names = new Enumeration(costs).best();
    } else {
      optimality = oneAfterTheOther(costs, names, limits);
    }
    for (int g = 0; g < graphs.size(); g++) {
      for (int h = g + 1; h < graphs.size(); h++) {
        int[] back = inverse(names[h]);
        int[] own = names[g];
        int[] map = IntStream.range(0, vertices).map(v -> back[own[v]]).toArray();
        GraphMatching.write(map, graphs.get(g), graphs.get(h), solution, offsets[g][h]);
      }
    }
    return optimality;
  }

  private double jointMatches() {
    double matches = 1;
    for (int v = 2; v <= vertices; v++) {
      matches *= Math.pow(v, graphs.size() - 1.0);
    }
    return matches;
  }

  private Optimality oneAfterTheOther(double[] costs, int[][] names, SolveLimits limits) {
    names[0] = IntStream.range(0, vertices).toArray();
    boolean proven = true;
    for (int g = 1; g < graphs.size(); g++) {
      proven &= match(costs, names, g, g, limits);
    }
    if (graphs.size() == 2) {
      return proven ? Optimality.PROVEN : Optimality.UNPROVEN;
    }
    boolean changed = true;
    while (changed && !limits.reached()) {
      changed = false;
      for (int g = 1; g < graphs.size(); g++) {
        double before = cost(costs, names);
        int[] former = names[g];
        match(costs, names, g, graphs.size(), limits);
        double after = cost(costs, names);
        if (after < before - 1e-12 * Math.abs(before)) {
          changed = true;
        } else {
          names[g] = former;
        }
      }
    }
    return Optimality.UNPROVEN;
  }

  /** Matches one graph with those before a limit; true if that match is optimal. */
  private boolean match(double[] costs, int[][] names, int graph, int end, SolveLimits limits) {
    QuadraticCosts quadratic = new QuadraticCosts(vertices, vertices);
    for (int other = 0; other < end; other++) {
      if (other != graph) {
        addPair(quadratic, costs, names, graph, other);
      }
    }
    MatchingSearch search = new MatchingSearch(quadratic, mostNodes, limits);
    if (end > graph) {
      search.suggest(names[graph]);
    }
    boolean proven = search.run() == Optimality.PROVEN;
    names[graph] = search.best();
    return proven;
  }

  /**
   * Adds the costs of a pair, with the graph's vertices as rows and the first graph's as columns.
   */
  private void addPair(
      QuadraticCosts quadratic, double[] costs, int[][] names, int graph, int other) {
    EdgeList own = graphs.get(graph);
    EdgeList fixed = graphs.get(other);
    if (graph < other) {
      quadratic.add(costs, offsets[graph][other], own, fixed, names[other]);
    } else {
      quadratic.addSwapped(costs, offsets[other][graph], fixed, own, names[other]);
    }
  }

  private double cost(double[] costs, int[][] names) {
    double cost = 0;
    for (int g = 1; g < graphs.size(); g++) {
      QuadraticCosts quadratic = new QuadraticCosts(vertices, vertices);
      for (int h = 0; h < g; h++) {
        addPair(quadratic, costs, names, g, h);
      }
      cost += quadratic.cost(names[g]);
    }
    return cost;
  }

  private static int[] inverse(int[] permutation) {
    int[] inverse = new int[permutation.length];
    for (int v = 0; v < permutation.length; v++) {
      inverse[permutation[v]] = v;
    }
    return inverse;
  }

  /** Tries all joint matches. */
  private final class Enumeration {
    private final double[] costs;
    private final int[][] names = new int[graphs.size()][];
    private int[][] best = {};
    private double least = Double.POSITIVE_INFINITY;

    Enumeration(double[] costs) {
      this.costs = costs;
    }

    int[][] best() {
      names[0] = IntStream.range(0, vertices).toArray();
      List<int[]> permutations = new ArrayList<>();
      permute(new int[vertices], 0, permutations);
      choose(1, 0, permutations);
      return best;
    }

    private void permute(int[] filled, int count, List<int[]> all) {
      if (count == vertices) {
        all.add(filled.clone());
        return;
      }
      for (int v = 0; v < vertices; v++) {
        int candidate = v;
        if (IntStream.range(0, count).noneMatch(k -> filled[k] == candidate)) {
          filled[count] = v;
          permute(filled, count + 1, all);
        }
      }
    }

    private void choose(int graph, double cost, List<int[]> permutations) {
      if (graph == graphs.size()) {
        if (cost < least) {
          least = cost;
          best = names.clone();
        }
        return;
      }
      QuadraticCosts quadratic = new QuadraticCosts(vertices, vertices);
      for (int h = 0; h < graph; h++) {
        addPair(quadratic, costs, names, graph, h);
      }
      for (int[] permutation : permutations) {
        names[graph] = permutation;
        choose(graph + 1, cost + quadratic.cost(permutation), permutations);
      }
    }
  }

  @Override
  public String toString() {
    return "MultiGraphMatching[graphs=%d, vertices=%d, mostNodes=%d]"
        .formatted(graphs.size(), vertices, mostNodes);
  }
}
