package io.solvegrad.selection;

import io.solvegrad.graph.SolverContract;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

final class KnapsackTest extends SolverContract {

  @Override
  protected Instance instance(SplittableRandom random) {
    int[] sizes = random.ints(random.nextInt(1, 9), 0, 8).toArray();
    int capacity = random.nextInt(20);
    return new Instance(
        new Knapsack(sizes, capacity),
        subsets(
            sizes.length,
            subset ->
                IntStream.range(0, sizes.length).map(i -> (subset >> i & 1) * sizes[i]).sum()
                    <= capacity));
  }
}
