package io.solvegrad.graph;

import io.solvegrad.assignment.LinearAssignment;
import io.solvegrad.flow.MinimumCut;
import io.solvegrad.graphmatching.GraphMatching;
import io.solvegrad.graphmatching.MultiGraphMatching;
import io.solvegrad.matching.OptionalMatching;
import io.solvegrad.matching.PerfectMatching;
import io.solvegrad.process.MissingArguments;
import io.solvegrad.program.LinearConstraint;
import io.solvegrad.program.MixedIntegerProgram;
import io.solvegrad.selection.Knapsack;
import io.solvegrad.selection.TopK;
import io.solvegrad.shortestpath.DirectedShortestPath;
import io.solvegrad.shortestpath.GridShortestPath;
import io.solvegrad.shortestpath.GridShortestPath.Neighbourhood;
import io.solvegrad.solver.BlackboxSolver;
import io.solvegrad.spanningtree.MinimumSpanningTree;
import io.solvegrad.tour.TravellingSalesman;
import java.util.Arrays;
import java.util.List;

final class MissingArgumentsTest extends MissingArguments {
  private static final EdgeList EDGES = EdgeList.of(2, new int[][] {{0, 1}});

  private void structures() {
    call("from", () -> new EdgeList(2, missing(), new int[0]));
    call("to", () -> new EdgeList(2, new int[0], missing()));
    call("pairs", () -> EdgeList.of(2, missing()));
    call("graph", () -> EdgeList.weighted(missing(), new double[1]));
    call("costs", () -> EdgeList.weighted(EDGES.toDirectedGraph(), missing()));
    call("variables", () -> new LinearConstraint(missing(), new double[0], 0, 1));
    call("coefficients", () -> new LinearConstraint(new int[0], missing(), 0, 1));
    int[][] pairs = {{0, 1}, missing()};
    callWithHole("pairs", () -> EdgeList.of(2, pairs));
    List<EdgeList> graphs = Arrays.asList(EDGES, missing());
    callWithHole("graphs", () -> new MultiGraphMatching(graphs, 9));
    List<LinearConstraint> rows = Arrays.asList(MissingArgumentsTest.<LinearConstraint>missing());
    callWithHole("constraints", () -> MixedIntegerProgram.binary(1, rows));
  }

  private void constructors() {
    double[] one = new double[1];
    boolean[] whole = new boolean[1];
    call("edges", () -> new MinimumCut(missing(), 0, 1));
    call("edges", () -> new PerfectMatching(missing()));
    call("edges", () -> new OptionalMatching(missing()));
    call("edges", () -> new MinimumSpanningTree(missing()));
    call("edges", () -> new DirectedShortestPath(missing(), 0, 1));
    call("neighbourhood", () -> new GridShortestPath(2, 2, missing()));
    call("left", () -> new GraphMatching(missing(), EDGES, 9));
    call("right", () -> new GraphMatching(EDGES, missing(), 9));
    call("graphs", () -> new MultiGraphMatching(missing(), 9));
    call("sizes", () -> new Knapsack(missing(), 1));
    call("lower", () -> new MixedIntegerProgram(missing(), one, whole, List.of()));
    call("upper", () -> new MixedIntegerProgram(one, missing(), whole, List.of()));
    call("integer", () -> new MixedIntegerProgram(one, one, missing(), List.of()));
    call("constraints", () -> MixedIntegerProgram.binary(1, missing()));
  }

  private void solves() {
    List<BlackboxSolver> solvers =
        List.of(
            new LinearAssignment(2, 3),
            new MinimumCut(EDGES, 0, 1),
            new GraphMatching(EDGES, EDGES, 9),
            new MultiGraphMatching(List.of(EDGES, EDGES, EDGES), 9),
            new OptionalMatching(EDGES),
            new PerfectMatching(EDGES),
            MixedIntegerProgram.binary(2, List.of()),
            new Knapsack(new int[] {1, 2}, 2),
            new TopK(3, 2),
            new DirectedShortestPath(EDGES, 0, 1),
            new GridShortestPath(2, 2, Neighbourhood.FOUR),
            new MinimumSpanningTree(EDGES),
            new TravellingSalesman(4));
    for (BlackboxSolver solver : solvers) {
      double[] costs = new double[solver.size()];
      call("costs", () -> solver.solve(missing(), costs));
      call("solution", () -> solver.solve(costs, missing()));
      call("limits", () -> solver.solve(costs, costs.clone(), missing()));
    }
    call("capacities", () -> new MinimumCut(EDGES, 0, 1).maximumFlow(missing()));
    call("costs", () -> new LinearAssignment(3, 2).columnOfRow(missing()));
  }

  @Override
  protected void calls() {
    structures();
    constructors();
    solves();
  }
}
