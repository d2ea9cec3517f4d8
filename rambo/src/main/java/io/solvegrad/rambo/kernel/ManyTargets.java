package io.solvegrad.rambo.kernel;

import java.util.function.Supplier;

/**
 * Ranks and rank changes where comparing every candidate with every target would take too long: by
 * cells between the sorted scores of the targets, or by full ranks where targets are dense.
 */
final class ManyTargets {
  private final FullRanks fullRanks;
  private final ThresholdCells cells;
  private float[] thresholds = {};
  private int[] positions = {};
  private int[] change = {};
  private float[] saved = {};
  private int[] level = {};
  // Which threshold stands at each place.
  private int[] order = {};
  private float[] full = {};
  private int[] ranksBefore = {};
  private int[] ranksAfter = {};

  ManyTargets(Supplier<? extends RowLoops> loops, FullRanks fullRanks) {
    this.fullRanks = fullRanks;
    cells = new ThresholdCells(loops, fullRanks);
  }

  void targetRanks(Row row, int[] ranks, int[] among) {
    ensure(row.targets);
    if (!dense(row)) {
      cells.prepare(row, row.before, row.positions, row.targets);
      if (!Dispatcher.crowded(cells.comparisons(row))) {
        cells.count(row, false);
        readRanks(row, ranks, among);
        return;
      }
    }
    fullRanks.rank(row.before, 0, row.targets, among);
    fullRow(row, row.before);
    fullRanks.rank(full, 0, row.length, ranksBefore, row.stretches);
    for (int k = 0; k < row.targets; k++) {
      ranks[k] = ranksBefore[row.positions[k]];
    }
  }

  private static boolean dense(Row row) {
    return Dispatcher.many(row.targets, row.length) == Dispatcher.Sparse.FULL;
  }

  /** Turns the sizes of slots into the ranks of the thresholds between them. */
  private void readRanks(Row row, int[] ranks, int[] among) {
    int ahead = 0;
    for (int place = 0; place < row.targets; place++) {
      ahead += cells.size(place);
      level[place] = ahead;
    }
    for (int k = 0; k < row.targets; k++) {
      among[k] = cells.place(k) + 1;
      ranks[k] = among[k] + level[cells.place(k)];
    }
  }

  int addRankChange(Row row, double lambda) {
    ensure(row.targets);
    if (!dense(row)) {
      for (int k = 0; k < row.targets; k++) {
        thresholds[2 * k] = row.before[k];
        thresholds[2 * k + 1] = row.after[k];
        positions[2 * k] = row.positions[k];
        positions[2 * k + 1] = row.positions[k];
      }
      cells.prepare(row, thresholds, positions, 2 * row.targets);
      if (!Dispatcher.crowded(cells.comparisons(row))) {
        return addByCells(row, lambda);
      }
    }
    return addByFullRanks(row, lambda);
  }

  private void ensure(int targets) {
    if (change.length < targets) {
      int room = targets + targets / 4;
      thresholds = new float[2 * room];
      positions = new int[2 * room];
      change = new int[room];
      saved = new float[room];
      order = new int[2 * room];
      level = new int[room];
    }
  }

  private int addByCells(Row row, double lambda) {
    for (int t = 0; t < 2 * row.targets; t++) {
      order[cells.place(t)] = t;
    }
    setSummands(row, lambda);
    for (int k = 0; k < row.targets; k++) {
      saved[k] = row.gradient[row.gradientBegin + row.positions[k]];
    }
    cells.count(row, true);
    for (int k = 0; k < row.targets; k++) {
      row.gradient[row.gradientBegin + row.positions[k]] = saved[k];
    }
    return readChange(row) + row.addToTargets(change, lambda);
  }

  /** A candidate behind more new scores than old ones has lost as many ranks. */
  private void setSummands(Row row, double lambda) {
    int lost = 0;
    cells.setSummand(0, -0f);
    for (int place = 0; place < 2 * row.targets; place++) {
      lost += isNew(order[place]) ? 1 : -1;
      cells.setSummand(place + 1, lost == 0 ? -0f : (float) (lost / lambda));
    }
  }

  private static boolean isNew(int threshold) {
    return (threshold & 1) == 1;
  }

  /** Reads off the change of rank of each target; returns how many others have changed theirs. */
  private int readChange(Row row) {
    int changed = 0;
    int others = 0;
    int olds = 0;
    int news = 0;
    for (int place = 0; place < 2 * row.targets; place++) {
      int size = cells.size(place);
      others += size;
      changed += olds == news ? 0 : size;
      int k = order[place] >> 1;
      if (isNew(order[place])) {
        level[k] = others + news++;
      } else {
        change[k] = others + olds++;
      }
    }
    for (int k = 0; k < row.targets; k++) {
      change[k] = level[k] - change[k];
    }
    return changed;
  }

  private int addByFullRanks(Row row, double lambda) {
    fullRow(row, row.before);
    fullRanks.rank(full, 0, row.length, ranksBefore, row.stretches);
    for (int k = 0; k < row.targets; k++) {
      full[row.positions[k]] = row.after[k];
    }
    fullRanks.rank(full, 0, row.length, ranksAfter, row.stretches);
    int changed = 0;
    for (int i = 0; i < row.length; i++) {
      int difference = ranksAfter[i] - ranksBefore[i];
      if (difference != 0) {
        row.gradient[row.gradientBegin + i] += (float) (difference / lambda);
        changed++;
      }
    }
    return changed;
  }

  private void fullRow(Row row, float[] targetScores) {
    if (full.length < row.length) {
      int room = row.length + row.length / 4;
      full = new float[room];
      ranksBefore = new int[room];
      ranksAfter = new int[room];
    }
    System.arraycopy(row.scores, row.begin, full, 0, row.length);
    for (int k = 0; k < row.targets; k++) {
      full[row.positions[k]] = targetScores[k];
    }
  }
}
