package io.solvegrad.graphmatching;

import io.solvegrad.graph.EdgeList;
import io.solvegrad.solver.BlackboxSolver;
import io.solvegrad.solver.Optimality;
import io.solvegrad.solver.SolveLimits;
import io.solvegrad.solver.SolverException;
import io.solvegrad.solver.WeightDomain;
import java.util.Arrays;
import java.util.Objects;

/**
 * Matching two graphs: every vertex of the left graph gets a vertex of its own in the right graph.
 * Costs and solution are a row-major matrix over pairs of vertices (left x right), followed by one
 * over pairs of edges (left edges x right edges). The solution of a pair of edges, both directed,
 * is 1 if both ends match, so solutions satisfy z[e1, e2] = x[from, from'] x[to, to']. Any finite
 * costs.
 *
 * <p>Guarantee: branch and bound with an assignment bound. If it ends within the number of nodes,
 * the answer is optimal; otherwise it is the best found, at least as good as any exchange of two
 * matches could make it, and reported as unproven, also by the solve without limits. The search
 * obeys limits: it then ends as if out of nodes. Eight vertices a side need thousands of nodes at
 * most, twenty seldom end. Quadratic in the number of pairs of vertices in memory.
 *
 * <p>Sources of the problem: Swoboda et al., CVPR 2017, arXiv:1612.05476; of the bound: Gilmore:
 * Optimal and suboptimal algorithms for the quadratic assignment problem, 1962,
 * doi:10.1137/0110022.
 */
public final class GraphMatching implements BlackboxSolver {
  private final EdgeList left;
  private final EdgeList right;
  private final long mostNodes;

  /**
   * A solver.
   *
   * @param left the graph that is matched completely
   * @param right the graph it is matched into, with at least as many vertices
   * @param mostNodes when the search ends, at least 1
   * @throws IllegalArgumentException if the right graph is smaller or there are no nodes
   */
  public GraphMatching(EdgeList left, EdgeList right, long mostNodes) {
    Objects.requireNonNull(left, "left must not be null");
    Objects.requireNonNull(right, "right must not be null");
    if (right.vertices() < left.vertices() || mostNodes < 1) {
      throw new IllegalArgumentException(
          "left has %d vertices, right %d, mostNodes is %d: need left <= right and one node"
              .formatted(left.vertices(), right.vertices(), mostNodes));
    }
    this.left = left;
    this.right = right;
    this.mostNodes = mostNodes;
  }

  @Override
  public int size() {
    return left.vertices() * right.vertices() + left.size() * right.size();
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
    WeightDomain.FINITE.require(costs, solution, size());
    QuadraticCosts quadratic = new QuadraticCosts(left.vertices(), right.vertices());
    quadratic.add(costs, 0, left, right, null);
    MatchingSearch search = new MatchingSearch(quadratic, mostNodes, limits);
    Optimality optimality = search.run();
    write(search.best(), left, right, solution, 0);
    return optimality;
  }

  /** Writes the solution that belongs to a map from left to right vertices. */
  static void write(int[] map, EdgeList left, EdgeList right, double[] solution, int offset) {
    int pairs = left.vertices() * right.vertices();
    Arrays.fill(solution, offset, offset + pairs + left.size() * right.size(), 0);
    for (int i = 0; i < map.length; i++) {
      solution[offset + i * right.vertices() + map[i]] = 1;
    }
    for (int e = 0; e < left.size(); e++) {
      for (int f = 0; f < right.size(); f++) {
        boolean both = map[left.from()[e]] == right.from()[f] && map[left.to()[e]] == right.to()[f];
        solution[offset + pairs + e * right.size() + f] = both ? 1 : 0;
      }
    }
  }

  @Override
  public String toString() {
    return "GraphMatching[left=%d, right=%d, mostNodes=%d]"
        .formatted(left.vertices(), right.vertices(), mostNodes);
  }
}
