package io.solvegrad.rambo.kernel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/**
 * Sweeps over the stretches of a row side by side. Counts are integers and add up to the same
 * whatever the stretches, and each candidate belongs to one of them.
 */
final class SplitSweeps {
  private final Supplier<? extends SweepLoops> loops;
  private final List<FewTargets> sweeps = new ArrayList<>();
  private final List<int[]> counts = new ArrayList<>();

  SplitSweeps(Supplier<? extends SweepLoops> loops) {
    this.loops = loops;
    ensure(1);
  }

  /** Makes room for stretches and clears what they have counted. */
  private void ensure(int stretches) {
    while (sweeps.size() < stretches) {
      SweepLoops own = loops.get();
      sweeps.add(new FewTargets(own));
      counts.add(new int[Dispatcher.mostMovers(own.lanes())]);
    }
    for (int s = 0; s < stretches; s++) {
      Arrays.fill(counts.get(s), 0);
    }
  }

  /** Adds to each rank the number of other candidates ahead of the target. */
  void addAhead(Row row, int[] ranks) {
    if (row.stretches == 1) {
      sweeps.get(0).addAhead(row, 0, row.length, ranks);
      return;
    }
    ensure(row.stretches);
    Threads.run(
        row.stretches,
        s -> sweeps.get(s).addAhead(row, row.start(s), row.start(s + 1), counts.get(s)));
    addCounts(row, ranks);
  }

  private void addCounts(Row row, int[] sums) {
    for (int s = 0; s < row.stretches; s++) {
      for (int k = 0; k < row.targets; k++) {
        sums[k] += counts.get(s)[k];
      }
    }
  }

  /** As {@link FewTargets#addChange}, over the whole row. */
  int addChange(Row row, double lambda, int[] change) {
    if (row.stretches == 1) {
      return sweeps.get(0).addChange(row, 0, row.length, lambda, change);
    }
    ensure(row.stretches);
    int[] changed = new int[row.stretches];
    Threads.run(
        row.stretches,
        s ->
            changed[s] =
                sweeps
                    .get(s)
                    .addChange(row, row.start(s), row.start(s + 1), lambda, counts.get(s)));
    addCounts(row, change);
    // Whether a row is one for counting depends on its targets alone: all refuse or none.
    return changed[0] < 0 ? -1 : Arrays.stream(changed).sum();
  }
}
