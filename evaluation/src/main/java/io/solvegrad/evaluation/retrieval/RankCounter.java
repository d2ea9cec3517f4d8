package io.solvegrad.evaluation.retrieval;

import io.solvegrad.evaluation.retrieval.Candidates.MemberCursor;
import java.util.Arrays;
import java.util.List;

/**
 * The exact ranks of the relevant candidates of one query, without sorting the gallery: each
 * irrelevant candidate is located among the scores of the relevant ones. O(n log m) for n
 * candidates and m relevant ones, memory O(m).
 */
final class RankCounter {
  private final float[] scores; // of the relevant candidates, best first
  private final int[] order; // who is ahead of them on a tie: candidates of a lower index
  private final int[] above; // above[p]: irrelevant candidates between relevant p - 1 and p
  private final List<MemberCursor> setAside;

  RankCounter(int[] items, float[] similarities, TiePolicy ties, List<MemberCursor> setAside) {
    int m = items.length;
    long[] keys = new long[m];
    for (int i = 0; i < m; i++) {
      // ascending keys are descending scores, then ascending indices; 0f removes the sign of -0.0
      int bits = Float.floatToIntBits(similarities[i] + 0f);
      int ascending = bits ^ (bits >> 31 & Integer.MAX_VALUE);
      keys[i] = ((long) ~ascending << 32) | i;
    }
    Arrays.sort(keys);
    scores = new float[m];
    order = new int[m];
    above = new int[m];
    for (int p = 0; p < m; p++) {
      int i = (int) keys[p];
      scores[p] = similarities[i];
      order[p] =
          switch (ties) {
            case INDEX -> items[i];
            case OPTIMISTIC -> -1;
            case PESSIMISTIC -> Integer.MAX_VALUE;
          };
    }
    this.setAside = setAside;
  }

  /** Counts the candidates first to first + width - 1. Modifies their scores. */
  void count(float[] tile, int first, int width) {
    for (MemberCursor cursor : setAside) {
      cursor.mask(tile, first, width);
    }
    int m = scores.length;
    if (m == 0) {
      return;
    }
    float lowest = scores[m - 1];
    for (int j = 0; j < width; j++) {
      if (tile[j] >= lowest) {
        int ahead = ahead(tile[j], first + j);
        if (ahead < m) {
          above[ahead]++;
        }
      }
    }
  }

  /** How many relevant candidates stand ahead of an irrelevant one. */
  private int ahead(float score, int index) {
    int low = 0;
    for (int length = scores.length; length > 1; ) {
      int half = length >>> 1;
      // a conditional move, not a branch: which half holds the place is not predictable
      low += scores[low + half - 1] > score ? half : 0;
      length -= half;
    }
    low += scores[low] > score ? 1 : 0;
    return low < scores.length && scores[low] == score ? aheadOnTie(low, score, index) : low;
  }

  private int aheadOnTie(int from, float score, int index) {
    int low = from;
    int high = scores.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (scores[middle] == score && order[middle] < index) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** The ranks of the relevant candidates, ascending, from 1. */
  int[] ranks() {
    int[] ranks = new int[scores.length];
    int irrelevant = 0;
    for (int p = 0; p < ranks.length; p++) {
      irrelevant += above[p];
      ranks[p] = irrelevant + p + 1;
    }
    return ranks;
  }
}
