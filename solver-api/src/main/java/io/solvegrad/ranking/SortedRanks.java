package io.solvegrad.ranking;

import java.util.Arrays;

/** Ranks of the targets by sorting all candidates, those with equal scores by a second key. */
final class SortedRanks implements ExactRanker.TargetOrder {

  /**
   * What decides between equal scores: the larger key stands first, of equal keys the lower index.
   */
  interface TieKey {
    double of(int list, int candidate, double grade);
  }

  private final TieKey tieKey;
  private final StableOrder byScore = new StableOrder();
  private final StableOrder byTieKey = new StableOrder();
  private double[] scores = {};
  private double[] tieKeys = {};
  private int[] target = {};
  private int[] tied = {};

  SortedRanks(TieKey tieKey) {
    this.tieKey = tieKey;
  }

  @Override
  public void ranks(CandidateList list, int[] ranks, int[] among) {
    int n = list.candidates();
    ensure(n);
    list.copyScores(scores);
    Arrays.fill(target, 0, n, -1);
    for (int k = 0; k < list.count(); k++) {
      target[list.positions()[k]] = k;
    }
    int[] order = byScore.descending(scores, n);
    int targetsAhead = 0;
    for (int begin = 0; begin < n; ) {
      int end = begin + 1;
      while (end < n && scores[order[end]] == scores[order[begin]]) {
        end++;
      }
      orderTies(list, order, begin, end);
      for (int r = begin; r < end; r++) {
        int k = target[order[r]];
        if (k >= 0) {
          ranks[k] = 1 + r;
          among[k] = ++targetsAhead;
        }
      }
      begin = end;
    }
  }

  private void orderTies(CandidateList list, int[] order, int begin, int end) {
    if (end - begin == 1) {
      return;
    }
    for (int i = 0; i < end - begin; i++) {
      int candidate = order[begin + i];
      int k = target[candidate];
      tied[i] = candidate;
      tieKeys[i] = tieKey.of(list.list(), candidate, k < 0 ? 0 : list.grade(k));
    }
    int[] inner = byTieKey.descending(tieKeys, end - begin);
    for (int i = 0; i < end - begin; i++) {
      order[begin + i] = tied[inner[i]];
    }
  }

  private void ensure(int n) {
    if (scores.length < n) {
      int capacity = Math.max(n, 2 * scores.length);
      scores = new double[capacity];
      tieKeys = new double[capacity];
      target = new int[capacity];
      tied = new int[capacity];
    }
  }
}
