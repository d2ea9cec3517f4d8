package io.solvegrad.solver;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Remembers the proven solutions of the costs seen last. Bounded; may be shared by threads. */
final class SolutionCache {
  private final Map<Key, double[]> solutions;

  /** A solver and exact costs. */
  private record Key(BlackboxSolver solver, double[] costs) {
    @Override
    public boolean equals(Object other) {
      return other instanceof Key(BlackboxSolver otherSolver, double[] otherCosts)
          && solver.equals(otherSolver)
          && Arrays.equals(costs, otherCosts);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(costs);
    }
  }

  SolutionCache(int capacity) {
    solutions =
        new LinkedHashMap<>(16, 0.75f, true) {
          private static final long serialVersionUID = 1;

          @Override
          protected boolean removeEldestEntry(Map.Entry<Key, double[]> eldest) {
            return size() > capacity;
          }
        };
  }

  synchronized double @Nullable [] get(BlackboxSolver solver, double[] costs) {
    return solutions.get(new Key(solver, costs));
  }

  synchronized void put(BlackboxSolver solver, double[] costs, double[] solution) {
    solutions.put(new Key(solver, costs.clone()), solution.clone());
  }
}
