package io.solvegrad.relaxation.surrogate;

import io.solvegrad.ranking.ExponentialKernel;
import io.solvegrad.ranking.RankingBatch;
import io.solvegrad.ranking.ScoreArray;
import org.jspecify.annotations.Nullable;

/** A row where the caller keeps it, with scratch. Reused for row after row by one thread. */
final class PlainRow {
  float[] scores = {};
  double[] labels = {};
  float @Nullable [] gradient;
  int offset;
  int size;

  /** How many candidates have received a gradient. */
  int moved;

  float[] room = {};
  final double[] sums = new double[3 * ExponentialKernel.LANES];

  /** Shows list q if it is a plain row; else says so. */
  boolean show(RankingBatch batch, int q, @Nullable ScoreArray target) {
    double[] allLabels = batch.relevance().allLabels();
    if (allLabels == null
        || batch.hasItemWeights()
        || !batch.layout().isContiguous()
        || batch.excluded().bound(q, batch.layout()) > 0
        || !(batch.scores() instanceof ScoreArray.Floats floats)
        || target instanceof ScoreArray.Doubles) {
      return false;
    }
    scores = floats.values();
    labels = allLabels;
    gradient = target instanceof ScoreArray.Floats slopes ? slopes.values() : null;
    offset = batch.layout().start(q);
    size = batch.layout().length(q);
    moved = 0;
    if (room.length < size) {
      room = new float[Math.max(size, 2 * room.length)];
    }
    return size > 0;
  }
}
