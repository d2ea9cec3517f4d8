package io.solvegrad.selection;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.solvegrad.graph.SolverContract;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

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

  @Test
  void capacityBeyondAllSizes_needsNoMemory() {
    double[] solution = new double[2];
    new Knapsack(new int[] {5, 6}, Integer.MAX_VALUE).solve(new double[] {-1, 2}, solution);
    assertArrayEquals(new double[] {1, 0}, solution);
    new Knapsack(new int[0], Integer.MAX_VALUE).solve(new double[0], new double[0]);
  }
}
