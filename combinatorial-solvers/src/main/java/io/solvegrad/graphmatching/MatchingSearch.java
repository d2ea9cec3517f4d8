package io.solvegrad.graphmatching;

import io.solvegrad.assignment.LinearAssignment;
import io.solvegrad.solver.Optimality;
import io.solvegrad.solver.SolveLimits;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** Branch and bound: rows choose columns in ascending order. */
final class MatchingSearch {
  private static final double ROUNDING = 1e-12;

  private final QuadraticCosts costs;
  private final long mostNodes;
  private final SolveLimits limits;
  private final int[] map;
  private final boolean[] taken;
  private final double rounding;
  private int[] best;
  private double bestCost;
  private long nodes;
  private boolean stopped;

  MatchingSearch(QuadraticCosts costs, long mostNodes, SolveLimits limits) {
    this.costs = costs;
    this.mostNodes = mostNodes;
    this.limits = limits;
    map = new int[costs.rows];
    taken = new boolean[costs.columns];
    best = new LinearAssignment(costs.rows, costs.columns).columnOfRow(costs.unary);
    bestCost = improve(best);
    rounding = ROUNDING * Math.max(Math.abs(bestCost), magnitude());
  }

  /** Starts the search from a known map if it is better. */
  void suggest(int[] known) {
    int[] start = known.clone();
    double cost = improve(start);
    if (cost < bestCost) {
      best = start;
      bestCost = cost;
    }
  }

  int[] best() {
    return best;
  }

  Optimality run() {
    extend(0, 0);
    return stopped ? Optimality.UNPROVEN : Optimality.PROVEN;
  }

  private double magnitude() {
    return Arrays.stream(costs.unary).map(Math::abs).max().orElse(0);
  }

  /** Exchanges columns, also against free ones, until none helps. Returns the cost. */
  private double improve(int[] start) {
    double cost = costs.cost(start);
    boolean improved = true;
    while (improved) {
      improved = false;
      for (int i = 0; i < costs.rows; i++) {
        for (int k = 0; k < costs.columns; k++) {
          int[] changed = exchanged(start, i, k);
          double other = costs.cost(changed);
          if (other < cost - ROUNDING * Math.abs(cost)) {
            System.arraycopy(changed, 0, start, 0, start.length);
            cost = other;
            improved = true;
          }
        }
      }
    }
    return cost;
  }

  private static int[] exchanged(int[] map, int row, int column) {
    int[] changed = map.clone();
    for (int j = 0; j < map.length; j++) {
      if (map[j] == column) {
        changed[j] = map[row];
      }
    }
    changed[row] = column;
    return changed;
  }

  private void extend(int row, double cost) {
    if (row == costs.rows) {
      if (cost < bestCost) {
        bestCost = cost;
        best = map.clone();
      }
      return;
    }
    if (stopped || nodes++ >= mostNodes || limits.reached()) {
      stopped = true;
      return;
    }
    int[] free = freeColumns();
    double[] remaining = remainingCosts(row, free);
    int left = costs.rows - row;
    int[] choice = new LinearAssignment(left, free.length).columnOfRow(remaining);
    double bound = cost;
    for (int i = 0; i < left; i++) {
      bound += remaining[i * free.length + choice[i]];
    }
    if (bound >= bestCost - rounding) {
      return;
    }
    for (int column : promisingFirst(free, remaining)) {
      double step = costs.unary[row * costs.columns + column];
      for (int j = 0; j < row; j++) {
        step += costs.pair(row, column, j, map[j]);
      }
      map[row] = column;
      taken[column] = true;
      extend(row + 1, cost + step);
      taken[column] = false;
    }
  }

  private int[] freeColumns() {
    int[] free = new int[costs.columns];
    int count = 0;
    for (int k = 0; k < costs.columns; k++) {
      if (!taken[k]) {
        free[count++] = k;
      }
    }
    return Arrays.copyOf(free, count);
  }

  /** For each open row and free column what the choice costs at least: half of every open pair. */
  private double[] remainingCosts(int row, int[] free) {
    int left = costs.rows - row;
    double[] remaining = new double[left * free.length];
    for (int i = row; i < costs.rows; i++) {
      for (int f = 0; f < free.length; f++) {
        int k = free[f];
        double cost = costs.unary[i * costs.columns + k];
        for (int j = 0; j < row; j++) {
          cost += costs.pair(i, k, j, map[j]);
        }
        for (int j = row; j < costs.rows; j++) {
          if (j != i) {
            cost += leastPair(i, k, j, free) / 2;
          }
        }
        remaining[(i - row) * free.length + f] = cost;
      }
    }
    return remaining;
  }

  private double leastPair(int i, int k, int j, int[] free) {
    double least = Double.POSITIVE_INFINITY;
    for (int l : free) {
      if (l != k) {
        least = Math.min(least, costs.pair(i, k, j, l));
      }
    }
    return least;
  }

  private static int[] promisingFirst(int[] free, double[] remaining) {
    return IntStream.range(0, free.length)
        .boxed()
        .sorted(Comparator.comparingDouble(f -> remaining[f]))
        .mapToInt(f -> free[f])
        .toArray();
  }
}
