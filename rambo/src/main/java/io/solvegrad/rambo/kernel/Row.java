package io.solvegrad.rambo.kernel;

import io.solvegrad.ranking.CandidateList;
import io.solvegrad.ranking.ScoreArray;

/**
 * A candidate list in single precision, as the kernels see it.
 *
 * <p>What stands in the scores at the positions of targets does not count: their scores are in
 * before, and in after once they have moved.
 */
final class Row {
  float[] scores = {};
  int begin;
  int length;
  int targets;
  int[] positions = {};
  float[] before = {};
  float[] after = {};
  float[] gradient = {};
  int gradientBegin;

  void read(CandidateList list, ScoreArray.Floats floats) {
    scores = floats.values();
    begin = list.offset();
    length = list.candidates();
    targets = list.count();
    positions = list.positions();
    if (before.length < targets) {
      before = new float[targets + targets / 4];
      after = new float[before.length];
    }
    narrow(list.targetScores(), before, targets);
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
