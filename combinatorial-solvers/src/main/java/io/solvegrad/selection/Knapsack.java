package io.solvegrad.selection;

import io.solvegrad.solver.BlackboxSolver;
import io.solvegrad.solver.WeightDomain;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Objects;

/**
 * The subset of least cost whose sizes fit into a capacity; negate values to get the most valuable
 * one. Only items of negative cost are chosen, so there is always a solution, if only the empty
 * one. The solution is 1 on the chosen items. Any finite costs.
 *
 * <p>Dynamic programming over the capacity: O(n capacity) time for n items; memory of n capacity
 * bits and 8 capacity bytes, where no more capacity counts than all sizes add up to. Of equal
 * choices the one without the later item wins.
 */
public final class Knapsack implements BlackboxSolver {
  private final int[] sizes;
  private final int capacity;

  /**
   * A solver.
   *
   * @param sizes of each item, 0 or more. Copied.
   * @param capacity what the chosen sizes may add up to, 0 or more
   * @throws IllegalArgumentException if a number is negative, or items times capacity exceed 2^31,
   *     where no more capacity counts than all sizes add up to
   */
  public Knapsack(int[] sizes, int capacity) {
    Objects.requireNonNull(sizes, "sizes must not be null");
    if (capacity < 0 || Arrays.stream(sizes).anyMatch(s -> s < 0)) {
      throw new IllegalArgumentException(
          "sizes are %s and capacity is %d: none may be negative"
              .formatted(Arrays.toString(sizes), capacity));
    }
    // Room that all items together leave free needs no memory.
    int room = (int) Math.min(capacity, Arrays.stream(sizes).asLongStream().sum());
    if (sizes.length * (room + 1L) > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "capacity is %d, too large for %d items. Maybe count in larger units"
              .formatted(capacity, sizes.length));
    }
    this.sizes = sizes.clone();
    this.capacity = room;
  }

  @Override
  public int size() {
    return sizes.length;
  }

  @Override
  public void solve(double[] costs, double[] solution) {
    WeightDomain.FINITE.require(costs, solution, size());
    double[] least = new double[capacity + 1];
    BitSet taken = new BitSet(sizes.length * (capacity + 1));
    for (int i = 0; i < sizes.length; i++) {
      int row = i * (capacity + 1);
      for (int room = capacity; costs[i] < 0 && room >= sizes[i]; room--) {
        double with = least[room - sizes[i]] + costs[i];
        if (with < least[room]) {
          least[room] = with;
          taken.set(row + room);
        }
      }
    }
    int room = capacity;
    for (int i = sizes.length - 1; i >= 0; i--) {
      boolean take = taken.get(i * (capacity + 1) + room);
      solution[i] = take ? 1 : 0;
      room -= take ? sizes[i] : 0;
    }
  }

  @Override
  public String toString() {
    return "Knapsack[items=%d, capacity=%d]".formatted(sizes.length, capacity);
  }
}
