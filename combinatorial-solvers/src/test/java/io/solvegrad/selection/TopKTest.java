package io.solvegrad.selection;

import io.solvegrad.graph.SolverContract;
import java.util.SplittableRandom;

final class TopKTest extends SolverContract {

  @Override
  protected Instance instance(SplittableRandom random) {
    int size = random.nextInt(1, 9);
    int k = random.nextInt(1, size + 1);
    return new Instance(
        new TopK(size, k), subsets(size, subset -> Integer.bitCount(subset) == k));
  }
}
