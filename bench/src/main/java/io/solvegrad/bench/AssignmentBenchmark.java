package io.solvegrad.bench;

import com.google.ortools.Loader;
import com.google.ortools.graph.LinearSumAssignment;
import io.solvegrad.assignment.LinearAssignment;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jgrapht.Graph;
import org.jgrapht.alg.matching.KuhnMunkresMinimalWeightBipartitePerfectMatching;
import org.jgrapht.graph.DefaultWeightedEdge;
import org.jgrapht.graph.SimpleWeightedGraph;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * Assignment of n rows to n columns with uniform costs.
 *
 * <p>{@code ./solvegrad bench --only solver-assignment --out D}
 */
@State(Scope.Thread)
public class AssignmentBenchmark {
  /** OR-Tools takes whole numbers. */
  private static final double SCALE = 1e6;

  /** What is measured; see {@link Config}. */
  @Param("256/0/1/1/-")
  public String config = "";

  private int n;
  private double[] costs = {};
  private double[] solution = {};

  /** For the harness. */
  public AssignmentBenchmark() {}

  /** Draws costs between 0 and 1. */
  @Setup
  public void prepare() {
    n = Config.parse(config).n();
    costs = new SplittableRandom(7).doubles((long) n * n).toArray();
    solution = new double[n * n];
  }

  /** {@return the assignment} */
  @Benchmark
  public double[] ours() {
    new LinearAssignment(n, n).solve(costs, solution);
    return solution;
  }

  private void compare(double theirs, double tolerance) {
    ours();
    double cost = IntStream.range(0, n * n).mapToDouble(i -> costs[i] * solution[i]).sum();
    if (Math.abs(cost - theirs) > tolerance) {
      throw new IllegalStateException("ours costs " + cost + ", the peer's " + theirs);
    }
  }

  /**
   * {@return the cost}
   *
   * @param peer Kuhn-Munkres of JGraphT on a graph with these costs
   */
  @Benchmark
  public double jgrapht(JGraphT peer) {
    return peer.solve();
  }

  /**
   * {@return the cost in millionths}
   *
   * @param peer the assignment of OR-Tools, its input made anew as with new costs
   */
  @Benchmark
  public long ortools(OrTools peer) {
    return peer.solve();
  }

  /** JGraphT; the graph is built beforehand. */
  @State(Scope.Thread)
  public static class JGraphT {
    private final Graph<Integer, DefaultWeightedEdge> graph =
        new SimpleWeightedGraph<>(DefaultWeightedEdge.class);
    private Set<Integer> rows = Set.of();
    private Set<Integer> columns = Set.of();

    /** For the harness. */
    public JGraphT() {}

    /**
     * Builds the graph and compares.
     *
     * @param ours the same costs
     */
    @Setup
    public void prepare(AssignmentBenchmark ours) {
      rows = vertices(0, ours.n);
      columns = vertices(ours.n, 2 * ours.n);
      rows.forEach(graph::addVertex);
      columns.forEach(graph::addVertex);
      for (int i = 0; i < ours.n * ours.n; i++) {
        graph.setEdgeWeight(graph.addEdge(i / ours.n, ours.n + i % ours.n), ours.costs[i]);
      }
      ours.compare(solve(), 1e-9);
    }

    private static Set<Integer> vertices(int from, int to) {
      return IntStream.range(from, to).boxed().collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private double solve() {
      return new KuhnMunkresMinimalWeightBipartitePerfectMatching<>(graph, rows, columns)
          .getMatching()
          .getWeight();
    }
  }

  /** OR-Tools. */
  @State(Scope.Thread)
  public static class OrTools {
    private int n;
    private int[] rows = {};
    private int[] columns = {};
    private long[] costs = {};

    /** For the harness. */
    public OrTools() {}

    /**
     * Makes whole costs and compares.
     *
     * @param ours the same costs
     */
    @Setup
    public void prepare(AssignmentBenchmark ours) {
      Loader.loadNativeLibraries();
      n = ours.n;
      rows = IntStream.range(0, n * n).map(i -> i / n).toArray();
      columns = IntStream.range(0, n * n).map(i -> i % n).toArray();
      costs = Arrays.stream(ours.costs).mapToLong(c -> Math.round(c * SCALE)).toArray();
      ours.compare(solve() / SCALE, n / SCALE);
    }

    private long solve() {
      LinearSumAssignment assignment = new LinearSumAssignment();
      try {
        for (int i = 0; i < costs.length; i++) {
          assignment.addArcWithCost(rows[i], columns[i], costs[i]);
        }
        assignment.solve();
        return assignment.getOptimalCost();
      } finally {
        assignment.delete();
      }
    }
  }
}
