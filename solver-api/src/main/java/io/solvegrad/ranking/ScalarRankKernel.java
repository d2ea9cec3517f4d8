package io.solvegrad.ranking;

import java.util.Arrays;

/**
 * The reference: plain loops, every precision, every machine. With m targets among n candidates it
 * costs O((n + m) log m): the targets are sorted and each candidate is located among them.
 */
public final class ScalarRankKernel implements RankKernel {
  private final StableOrder before = new StableOrder();
  private final StableOrder after = new StableOrder();
  private double[] keys = {};
  private int[] slotsBefore = {};
  private int[] slotsAfter = {};
  private int[] rankBefore = {};

  /** New scratch for one thread. */
  public ScalarRankKernel() {}

  @Override
  public void ranks(ScoreArray scores, int offset, int n, int[] ranks) {
    if (keys.length < n) {
      keys = new double[n];
    }
    for (int i = 0; i < n; i++) {
      keys[i] = scores.get(offset + i);
    }
    int[] order = before.descending(keys, n);
    for (int r = 0; r < n; r++) {
      ranks[order[r]] = r + 1;
    }
  }

  @Override
  public void targetRanks(CandidateList list, int[] ranks, int[] among) {
    int targets = list.count();
    int[] positions = list.positions();
    double[] scores = list.targetScores();
    int[] order = before.descending(scores, targets);
    ensureSlots(targets);
    int k = 0;
    for (int i = 0; i < list.candidates(); i++) {
      if (k < targets && positions[k] == i) {
        k++;
      } else {
        slotsBefore[ahead(list, i, order, scores)]++;
      }
    }
    int others = 0;
    for (int r = 0; r < targets; r++) {
      others += slotsBefore[r];
      ranks[order[r]] = 1 + r + others;
      among[order[r]] = 1 + r;
    }
  }

  @Override
  public int addRankChange(CandidateList list, double[] moved, double lambda) {
    int targets = list.count();
    int[] positions = list.positions();
    double[] scores = list.targetScores();
    int[] orderBefore = before.descending(scores, targets);
    int[] orderAfter = after.descending(moved, targets);
    ensureSlots(targets);
    int changed = 0;
    int k = 0;
    for (int i = 0; i < list.candidates(); i++) {
      if (k < targets && positions[k] == i) {
        k++;
        continue;
      }
      int slotBefore = ahead(list, i, orderBefore, scores);
      int slotAfter = ahead(list, i, orderAfter, moved);
      slotsBefore[slotBefore]++;
      slotsAfter[slotAfter]++;
      if (slotBefore != slotAfter) {
        list.addGradient(i, (slotAfter - slotBefore) / lambda);
        changed++;
      }
    }
    return changed + addTargetChange(list, orderBefore, orderAfter, lambda);
  }

  /** Turns counts of other candidates between targets into the change of the targets' own ranks. */
  private int addTargetChange(
      CandidateList list, int[] orderBefore, int[] orderAfter, double lambda) {
    int others = 0;
    for (int r = 0; r < list.count(); r++) {
      others += slotsBefore[r];
      rankBefore[orderBefore[r]] = r + others;
    }
    int changed = 0;
    others = 0;
    for (int r = 0; r < list.count(); r++) {
      others += slotsAfter[r];
      int k = orderAfter[r];
      int difference = r + others - rankBefore[k];
      if (difference != 0) {
        list.addGradient(list.positions()[k], difference / lambda);
        changed++;
      }
    }
    return changed;
  }

  /** Number of targets ahead of candidate i, which is none itself. */
  private static int ahead(CandidateList list, int i, int[] order, double[] targetScores) {
    double score = list.scores().get(list.offset() + i);
    int[] positions = list.positions();
    int low = 0;
    int high = list.count();
    while (low < high) {
      int middle = (low + high) >>> 1;
      int k = order[middle];
      double other = targetScores[k];
      if (other > score || (other == score && positions[k] < i)) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private void ensureSlots(int targets) {
    if (slotsBefore.length <= targets) {
      slotsBefore = new int[2 * targets + 1];
      slotsAfter = new int[2 * targets + 1];
      rankBefore = new int[2 * targets + 1];
    }
    Arrays.fill(slotsBefore, 0, targets + 1, 0);
    Arrays.fill(slotsAfter, 0, targets + 1, 0);
  }

  @Override
  public int firstNaN(ScoreArray scores, int offset, int n) {
    for (int i = 0; i < n; i++) {
      if (Double.isNaN(scores.get(offset + i))) {
        return i;
      }
    }
    return -1;
  }
}
