package io.solvegrad.rambo.kernel;

import io.solvegrad.ranking.CandidateList;
import io.solvegrad.ranking.RankKernel;
import io.solvegrad.ranking.ScalarRankKernel;
import io.solvegrad.ranking.ScoreArray;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Goes the way that the {@link Dispatcher} chooses. Double precision goes to the scalar reference.
 */
final class FloatRankKernel implements RankKernel {
  private final RowLoops loops;
  private final int threads;
  private final ScalarRankKernel reference = new ScalarRankKernel();
  private final FullRanks fullRanks;
  private final @Nullable SplitSweeps few;
  private final ManyTargets many;
  private final Row row = new Row();
  private int[] amongBefore = {};
  private int[] amongAfter = {};

  /**
   * A kernel.
   *
   * @param loops makes loops, a set for each thread
   * @param sweeps the same, if they can compare with thresholds
   * @param threads how many may work on one row, whatever its list says
   */
  FloatRankKernel(
      Supplier<? extends RowLoops> loops,
      @Nullable Supplier<? extends SweepLoops> sweeps,
      int threads) {
    this.loops = loops.get();
    this.threads = threads;
    fullRanks = new FullRanks(this.loops);
    few = sweeps == null ? null : new SplitSweeps(sweeps);
    many = new ManyTargets(loops, fullRanks);
  }

  @Override
  public void ranks(ScoreArray scores, int offset, int n, int[] ranks) {
    if (scores instanceof ScoreArray.Floats floats) {
      fullRanks.rank(floats.values(), offset, n, ranks, threads);
    } else {
      reference.ranks(scores, offset, n, ranks);
    }
  }

  @Override
  public void targetRanks(CandidateList list, int[] ranks, int[] among) {
    if (!(list.scores() instanceof ScoreArray.Floats floats)) {
      reference.targetRanks(list, ranks, among);
      return;
    }
    if (list.count() == 0) {
      return;
    }
    row.read(list, floats, Math.max(threads, list.threads()));
    if (few != null
        && Dispatcher.targetRanks(row.targets, row.length, loops.lanes())
            == Dispatcher.Sparse.FEW) {
      fullRanks.rank(row.before, 0, row.targets, among);
      System.arraycopy(among, 0, ranks, 0, row.targets);
      few.addAhead(row, ranks);
    } else {
      many.targetRanks(row, ranks, among);
    }
  }

  @Override
  public int addRankChange(CandidateList list, double[] moved, double lambda) {
    if (!(list.scores() instanceof ScoreArray.Floats floats)
        || !(list.gradient() instanceof ScoreArray.Floats gradient)) {
      return reference.addRankChange(list, moved, lambda);
    }
    if (list.count() == 0) {
      return 0;
    }
    row.read(list, floats, Math.max(threads, list.threads()));
    row.readMove(list, moved, gradient);
    boolean sparse =
        Dispatcher.rankChange(row.targets, row.length, loops.lanes()) == Dispatcher.Sparse.FEW;
    int changed = few != null && sparse ? addFew(few, lambda) : -1;
    return changed >= 0 ? changed : many.addRankChange(row, lambda);
  }

  private int addFew(SplitSweeps sweeps, double lambda) {
    if (amongBefore.length == 0) {
      amongBefore = new int[Dispatcher.mostMovers(loops.lanes())];
      amongAfter = new int[amongBefore.length];
    }
    fullRanks.rank(row.before, 0, row.targets, amongBefore);
    fullRanks.rank(row.after, 0, row.targets, amongAfter);
    for (int k = 0; k < row.targets; k++) {
      amongAfter[k] -= amongBefore[k];
    }
    int changed = sweeps.addChange(row, lambda, amongAfter);
    return changed < 0 ? -1 : changed + row.addToTargets(amongAfter, lambda);
  }

  @Override
  public int firstNaN(ScoreArray scores, int offset, int n) {
    if (!(scores instanceof ScoreArray.Floats floats)) {
      return reference.firstNaN(scores, offset, n);
    }
    int index = loops.firstNaN(floats.values(), offset, offset + n);
    return index < 0 ? -1 : index - offset;
  }
}
