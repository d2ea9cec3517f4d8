package io.solvegrad.rambo.kernel;

import io.solvegrad.ranking.CandidateList;
import io.solvegrad.ranking.ScoreArray;
import java.util.Arrays;

/**
 * A candidate list in single precision, as the kernels see it.
 *
 * <p>What stands in the scores at the positions of targets does not count: their scores are in
 * before, and in after once they have moved.
 */
final class Row {
  // Whole chunks of every loop that goes over a row.
  private static final int ALIGNMENT = 1024;

  float[] scores = {};
  int begin;
  int length;
  int targets;
  int[] positions = {};
  float[] before = {};
  float[] after = {};
  float[] gradient = {};
  int gradientBegin;

  /** How many threads work on this row, each on its own stretch. */
  int stretches = 1;

  void read(CandidateList list, ScoreArray.Floats floats, int threads) {
    scores = floats.values();
    begin = list.offset();
    length = list.candidates();
    targets = list.count();
    stretches = Dispatcher.stretches(length, threads);
    positions = list.positions();
    if (before.length < targets) {
      before = new float[targets + targets / 4];
      after = new float[before.length];
    }
    narrow(list.targetScores(), before, targets);
  }

  /** Where a stretch begins; the one behind the last begins at the end of the row. */
  int start(int stretch) {
    return stretch == stretches ? length : (int) ((long) length * stretch / stretches) & -ALIGNMENT;
  }

  /** How many targets stand before a position. */
  int targetsBefore(int position) {
    int place = Arrays.binarySearch(positions, 0, targets, position);
    return place < 0 ? -place - 1 : place;
  }

  void readMove(CandidateList list, double[] moved, ScoreArray.Floats floats) {
    narrow(moved, after, targets);
    gradient = floats.values();
    gradientBegin = list.gradientOffset();
  }

  /** Adds changes of rank to the gradient of the targets; returns how many there are. */
  int addToTargets(int[] change, double lambda) {
    int changed = 0;
    for (int k = 0; k < targets; k++) {
      if (change[k] != 0) {
        gradient[gradientBegin + positions[k]] += (float) (change[k] / lambda);
        changed++;
      }
    }
    return changed;
  }

  private static void narrow(double[] from, float[] to, int n) {
    for (int k = 0; k < n; k++) {
      to[k] = (float) from[k];
    }
  }
}
