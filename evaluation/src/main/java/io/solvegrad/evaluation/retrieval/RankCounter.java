package io.solvegrad.evaluation.retrieval;

import io.solvegrad.evaluation.retrieval.Candidates.MemberCursor;
import java.util.Arrays;
import java.util.List;

/**
 * The exact ranks of the relevant candidates of one query, without sorting the gallery: each
 * irrelevant candidate is located among the scores of the relevant ones. Memory O(m) for m relevant
 * candidates; time a few nanoseconds for each candidate, whatever m is.
 */
final class RankCounter {
  /*
   * Few relevant candidates: scores become integers of the same order, and for each relevant one a pass
   * adds up integers clamped around its own, 0.04 ns a candidate, because C2 has vectors for minima of
   * integers but none for comparisons of floats. Many: the range of their scores is cut into cells, most
   * of them without a relevant candidate, so that the cell of an irrelevant one mostly says between which
   * relevant ones it stands; in the other cells it is compared. A binary search over all took several
   * times as long, because no branch predictor can guess its turns.
   */
  private static final int FEW = 24;
  private static final int CELLS_EACH = 16;
  private static final int MOST_CELLS = 1 << 14;

  private final float[] scores; // of the relevant candidates, best first
  private final int[]
      order; // an irrelevant candidate of equal score stands ahead if its index is lower
  private final int[] above; // above[p]: irrelevant candidates between relevant p - 1 and p
  private final List<MemberCursor> setAside;
  private final int[] cellStarts; // the first relevant candidate of each cell or of those behind it
  private final boolean[] cellHolds; // whether a relevant candidate is in the cell
  private final float cellsPerUnit;
  private final int[] ordinals; // of a tile

  /**
   * A counter.
   *
   * @param items the index of each relevant candidate, ascending; of one that is not in the gallery
   *     (it is in another part), the index before which it would stand
   */
  RankCounter(int[] items, float[] similarities, TiePolicy ties, List<MemberCursor> setAside) {
    int m = items.length;
    long[] keys = new long[m];
    for (int i = 0; i < m; i++) {
      // ascending keys are descending scores, then ascending indices
      keys[i] = ((long) ~ordinal(similarities[i]) << 32) | i;
    }
    Arrays.sort(keys);
    scores = new float[m];
    order = new int[m];
    above = new int[m];
    for (int p = 0; p < m; p++) {
      int i = (int) keys[p];
      scores[p] = similarities[i] + 0f;
      order[p] =
          switch (ties) {
            case INDEX -> items[i];
            case OPTIMISTIC -> -1;
            case PESSIMISTIC -> Integer.MAX_VALUE;
          };
    }
    this.setAside = setAside;
    ordinals = new int[m <= FEW ? SimilarityScan.LARGEST_WIDTH : 0];
    int cells = m <= FEW ? 0 : Math.max(4 * m, Math.min(CELLS_EACH * m, MOST_CELLS));
    cellsPerUnit = cells == 0 ? 0 : (cells - 1) / (scores[0] - scores[m - 1]);
    cellStarts = new int[cells + 1];
    cellHolds = new boolean[cells];
    if (cells > 0) {
      fillCells(cells);
    }
  }

  private void fillCells(int cells) {
    int p = 0;
    for (int cell = 0; cell <= cells; cell++) {
      while (p < scores.length && cell(scores[p]) < cell) {
        p++;
      }
      cellStarts[cell] = p;
      if (cell > 0) {
        cellHolds[cell - 1] = cellStarts[cell - 1] < p;
      }
    }
  }

  /** The cell of a score; a higher score is in the same or an earlier one, however this rounds. */
  private int cell(float score) {
    int cell = (int) ((scores[0] - score) * cellsPerUnit); // NaN, of equal scores, becomes 0
    return Math.max(0, Math.min(cellStarts.length - 2, cell));
  }

  /** An integer of the order of the score; that of -0.0 is that of 0.0. */
  private static int ordinal(float score) {
    int bits = Float.floatToRawIntBits(score + 0f);
    return bits ^ (bits >> 31 & Integer.MAX_VALUE);
  }

  /** Counts the candidates first to first + width - 1. Modifies their scores. */
  void count(float[] tile, int first, int width) {
    for (MemberCursor cursor : setAside) {
      cursor.mask(tile, first, width);
    }
    if (scores.length > FEW) {
      countByCells(tile, first, width);
    } else if (scores.length > 0) {
      for (int j = 0; j < width; j++) {
        ordinals[j] = ordinal(tile[j]);
      }
      countForEach(ordinals, first, width);
    }
  }

  private void countForEach(int[] tile, int first, int width) {
    int previous = 0;
    for (int p = 0; p < scores.length; p++) {
      int own = ordinal(scores[p]);
      // candidates before this one of the tile stand ahead on equal scores, the others do not
      int turn = Math.max(0, Math.min(width, order[p] - first));
      int ahead = width - below(tile, 0, turn, own) - below(tile, turn, width, own + 1);
      above[p] += ahead - previous;
      previous = ahead;
    }
  }

  /**
   * How many integers are below a threshold: each adds threshold - 1 if it is, threshold if not.
   * That sums wrap around does no harm.
   */
  private static int below(int[] tile, int from, int to, int threshold) {
    int sum = 0;
    for (int j = from; j < to; j++) {
      sum += Math.max(threshold - 1, Math.min(threshold, tile[j]));
    }
    return (to - from) * threshold - sum;
  }

  private void countByCells(float[] tile, int first, int width) {
    int m = scores.length;
    float lowest = scores[m - 1];
    for (int j = 0; j < width; j++) {
      float score = tile[j];
      if (score >= lowest) {
        int cell = cell(score);
        int ahead = cellHolds[cell] ? ahead(cell, score, first + j) : cellStarts[cell];
        if (ahead < m) {
          above[ahead]++;
        }
      }
    }
  }

  /** How many relevant candidates stand ahead of an irrelevant one of their cell. */
  private int ahead(int cell, float score, int index) {
    int low = cellStarts[cell];
    int high = cellStarts[cell + 1];
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (isAhead(middle, score, index)) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** Whether relevant candidate p stands ahead of an irrelevant one. */
  private boolean isAhead(int p, float score, int index) {
    return scores[p] > score || (scores[p] == score && order[p] <= index);
  }

  /** How many irrelevant candidates stand ahead of each relevant one, best first. */
  int[] ahead() {
    int[] ahead = above.clone();
    for (int p = 1; p < ahead.length; p++) {
      ahead[p] += ahead[p - 1];
    }
    return ahead;
  }

  /** The ranks of the relevant candidates, ascending, from 1. */
  int[] ranks() {
    return ranks(ahead());
  }

  /** Ranks from the numbers of irrelevant candidates ahead. Modifies and returns the argument. */
  static int[] ranks(int[] ahead) {
    for (int p = 0; p < ahead.length; p++) {
      ahead[p] = Math.addExact(ahead[p], p + 1);
    }
    return ahead;
  }
}
