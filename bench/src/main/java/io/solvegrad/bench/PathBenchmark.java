package io.solvegrad.bench;

import io.solvegrad.shortestpath.GridShortestPath;
import io.solvegrad.shortestpath.GridShortestPath.Neighbourhood;
import java.util.SplittableRandom;
import org.jgrapht.Graph;
import org.jgrapht.GraphPath;
import org.jgrapht.alg.shortestpath.DijkstraShortestPath;
import org.jgrapht.graph.DefaultWeightedEdge;
import org.jgrapht.graph.SimpleDirectedWeightedGraph;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * Shortest paths on an n x n grid with eight neighbours, new weights each time.
 *
 * <p>{@code ./solvegrad bench --only solver-path --out D}
 */
@State(Scope.Thread)
public class PathBenchmark {
  /** Instances of a call. */
  static final int INSTANCES = 64;

  /** What is measured; see {@link Config}. */
  @Param("30/0/64/1/-")
  public String config = "";

  private double[][] weights = {};
  private double[][] solutions = {};
  private GridShortestPath solver = new GridShortestPath(1, 1, Neighbourhood.EIGHT);

  /** For the harness. */
  public PathBenchmark() {}

  /** Draws weights between 0.1 and 10. */
  @Setup
  public void prepare() {
    int n = Config.parse(config).n();
    solver = new GridShortestPath(n, n, Neighbourhood.EIGHT);
    SplittableRandom random = new SplittableRandom(5);
    weights = new double[INSTANCES][];
    solutions = new double[INSTANCES][n * n];
    for (int b = 0; b < INSTANCES; b++) {
      weights[b] = random.doubles((long) n * n, 0.1, 10).toArray();
    }
  }

  /** {@return the paths} */
  @Benchmark
  public double[][] ours() {
    for (int b = 0; b < INSTANCES; b++) {
      solver.solve(weights[b], solutions[b]);
    }
    return solutions;
  }

  /**
   * {@return the sum of the paths' costs}
   *
   * @param peer Dijkstra of JGraphT on one graph, weighted anew for each instance
   */
  @Benchmark
  public double jgrapht(Peer peer) {
    double sum = 0;
    for (double[] w : weights) {
      sum += peer.solve(w).getWeight() + w[0];
    }
    return sum;
  }

  /** The peer: an edge costs what its second cell does. */
  @State(Scope.Thread)
  public static class Peer {
    private final Graph<Integer, DefaultWeightedEdge> graph =
        new SimpleDirectedWeightedGraph<>(DefaultWeightedEdge.class);
    private DefaultWeightedEdge[] edges = {};
    private int[] heads = {};
    private int last;

    /** For the harness. */
    public Peer() {}

    /**
     * Builds the graph once and compares costs.
     *
     * @param ours the same weights
     */
    @Setup
    public void prepare(PathBenchmark ours) {
      int n = Config.parse(ours.config).n();
      last = n * n - 1;
      for (int cell = 0; cell <= last; cell++) {
        graph.addVertex(cell);
      }
      for (int cell = 0; cell <= last; cell++) {
        for (int next = 0; next <= last; next++) {
          int down = Math.abs(next / n - cell / n);
          int across = Math.abs(next % n - cell % n);
          if (next != cell && down <= 1 && across <= 1) {
            graph.addEdge(cell, next);
          }
        }
      }
      edges = graph.edgeSet().toArray(DefaultWeightedEdge[]::new);
      heads = new int[edges.length];
      for (int e = 0; e < edges.length; e++) {
        heads[e] = graph.getEdgeTarget(edges[e]);
      }
      double cost = 0;
      ours.ours();
      for (int b = 0; b < INSTANCES; b++) {
        for (int i = 0; i <= last; i++) {
          cost += ours.weights[b][i] * ours.solutions[b][i];
        }
      }
      double theirs = ours.jgrapht(this);
      if (Math.abs(cost - theirs) > 1e-9 * cost) {
        throw new IllegalStateException("our paths cost " + cost + ", JGraphT's " + theirs);
      }
    }

    private GraphPath<Integer, DefaultWeightedEdge> solve(double[] w) {
      for (int e = 0; e < edges.length; e++) {
        graph.setEdgeWeight(edges[e], w[heads[e]]);
      }
      return new DijkstraShortestPath<>(graph).getPath(0, last);
    }
  }
}
