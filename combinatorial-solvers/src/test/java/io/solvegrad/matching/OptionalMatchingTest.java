package io.solvegrad.matching;

import io.solvegrad.graph.EdgeList;
import io.solvegrad.graph.RandomGraphs;
import io.solvegrad.graph.SolverContract;
import java.util.SplittableRandom;

final class OptionalMatchingTest extends SolverContract {

  @Override
  protected Instance instance(SplittableRandom random) {
    EdgeList edges = RandomGraphs.simple(random, random.nextInt(2, 7), 9);
    return new Instance(
        new OptionalMatching(edges),
        subsets(edges.size(), s -> PerfectMatchingTest.matched(edges, s) >= 0));
  }
}
