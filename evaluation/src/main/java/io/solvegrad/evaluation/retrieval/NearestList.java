package io.solvegrad.evaluation.retrieval;

import io.solvegrad.evaluation.retrieval.Candidates.MemberCursor;
import java.util.Arrays;
import java.util.List;

/** The k nearest candidates of one query so far, kept sorted. */
final class NearestList {
  private final int[] items;
  private final float[] scores;
  private final List<MemberCursor> ignored;
  private int size;

  NearestList(int k, List<MemberCursor> ignored) {
    this.items = new int[k];
    this.scores = new float[k];
    this.ignored = ignored;
  }

  /** Takes candidates first to first + width - 1. Modifies their scores. */
  void take(float[] tile, int first, int width) {
    for (MemberCursor cursor : ignored) {
      cursor.mask(tile, first, width);
    }
    for (int j = 0; j < width; j++) {
      // strictly greater: of equal candidates the one seen first, of lower index, stays
      if (tile[j] > (size < items.length ? Float.NEGATIVE_INFINITY : scores[size - 1])) {
        insert(first + j, tile[j]);
      }
    }
  }

  private void insert(int item, float score) {
    int at = size < items.length ? size++ : size - 1;
    for (; at > 0 && scores[at - 1] < score; at--) {
      scores[at] = scores[at - 1];
      items[at] = items[at - 1];
    }
    scores[at] = score;
    items[at] = item;
  }

  Neighbors neighbors(int query) {
    return new Neighbors(query, Arrays.copyOf(items, size), Arrays.copyOf(scores, size));
  }
}
