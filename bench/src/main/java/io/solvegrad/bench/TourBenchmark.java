package io.solvegrad.bench;

import io.solvegrad.solver.Optimality;
import io.solvegrad.solver.SolveLimits;
import io.solvegrad.tour.TravellingSalesman;
import java.util.SplittableRandom;
import org.jgrapht.Graph;
import org.jgrapht.alg.tour.TwoOptHeuristicTSP;
import org.jgrapht.graph.DefaultWeightedEdge;
import org.jgrapht.graph.SimpleWeightedGraph;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * Proven shortest tours through n random points of a square: a hundred instances, or the one of
 * them that takes longest.
 *
 * <p>{@code ./solvegrad bench --only solver-tour --out D}
 */
@State(Scope.Thread)
public class TourBenchmark {
  private static final int INSTANCES = 100;

  /** What is measured; see {@link Config}. */
  @Param("40/0/100/1/mean")
  public String config = "";

  private TravellingSalesman solver = new TravellingSalesman(3);
  private double[][] lengths = {};
  private double[] solution = {};

  /** For the harness. */
  public TourBenchmark() {}

  /** Draws points; for the worst case solves all twice and keeps the slowest. */
  @Setup
  public void prepare() {
    Config c = Config.parse(config);
    solver = new TravellingSalesman(c.n());
    solution = new double[c.n() * c.n()];
    lengths = new double[INSTANCES][];
    SplittableRandom random = new SplittableRandom(8);
    for (int b = 0; b < INSTANCES; b++) {
      lengths[b] = distances(random, c.n());
    }
    if (c.moves().equals("worst")) {
      lengths = new double[][] {slowest()};
    }
  }

  private static double[] distances(SplittableRandom random, int n) {
    double[] x = random.doubles(n).toArray();
    double[] y = random.doubles(n).toArray();
    double[] lengths = new double[n * n];
    for (int i = 0; i < n * n; i++) {
      lengths[i] = Math.hypot(x[i / n] - x[i % n], y[i / n] - y[i % n]);
    }
    return lengths;
  }

  private double[] slowest() {
    double[] slowest = lengths[0];
    long most = 0;
    for (int round = 0; round < 2; round++) {
      most = 0;
      for (double[] instance : lengths) {
        long start = System.nanoTime();
        solve(instance);
        long taken = System.nanoTime() - start;
        if (taken > most) {
          most = taken;
          slowest = instance;
        }
      }
    }
    return slowest;
  }

  private void solve(double[] instance) {
    if (solver.solve(instance, solution, SolveLimits.none()) != Optimality.PROVEN) {
      throw new IllegalStateException("a tour is not proven to be shortest");
    }
  }

  /** {@return the last tour} */
  @Benchmark
  public double[] ours() {
    for (double[] instance : lengths) {
      solve(instance);
    }
    return solution;
  }

  /**
   * {@return the sum of tour lengths}
   *
   * @param peer 2-opt of JGraphT, which proves nothing
   */
  @Benchmark
  public double heuristic(Peer peer) {
    double sum = 0;
    for (double[] instance : lengths) {
      sum += peer.solve(instance);
    }
    return sum;
  }

  /** The peer, on one complete graph that is weighted anew. */
  @State(Scope.Thread)
  public static class Peer {
    private final Graph<Integer, DefaultWeightedEdge> graph =
        new SimpleWeightedGraph<>(DefaultWeightedEdge.class);
    private int n;

    /** For the harness. */
    public Peer() {}

    /**
     * Builds the graph; a heuristic's tour is never shorter than ours.
     *
     * @param ours the same points
     */
    @Setup
    public void prepare(TourBenchmark ours) {
      n = Config.parse(ours.config).n();
      for (int i = 0; i < n; i++) {
        graph.addVertex(i);
        for (int j = 0; j < i; j++) {
          graph.addEdge(i, j);
        }
      }
      for (double[] instance : ours.lengths) {
        ours.solve(instance);
        double length = 0;
        for (int i = 0; i < n * n; i++) {
          length += instance[i] * ours.solution[i] / 2;
        }
        double theirs = solve(instance);
        if (theirs < length - 1e-9) {
          throw new IllegalStateException("our tour is " + length + " long, 2-opt's " + theirs);
        }
      }
    }

    private double solve(double[] instance) {
      for (DefaultWeightedEdge edge : graph.edgeSet()) {
        graph.setEdgeWeight(
            edge, instance[graph.getEdgeSource(edge) * n + graph.getEdgeTarget(edge)]);
      }
      return new TwoOptHeuristicTSP<Integer, DefaultWeightedEdge>(1, 1L).getTour(graph).getWeight();
    }
  }
}
