package io.solvegrad.boosting;

import io.solvegrad.ranking.Diagnostics;
import io.solvegrad.ranking.Layout;
import io.solvegrad.ranking.RankingBatch;
import io.solvegrad.ranking.RankingLoss;
import io.solvegrad.ranking.ScoreArray;
import org.jspecify.annotations.Nullable;

/** The weighted mean over lists of sum (s - y)^2 / 2: a loss whose every derivative is known. */
record SquaredError() implements RankingLoss {

  @Override
  public double evaluate(
      RankingBatch batch, double factor, @Nullable ScoreArray gradient, Diagnostics diagnostics) {
    Layout layout = batch.layout();
    double weights = 0;
    for (int q = 0; q < layout.lists(); q++) {
      weights += batch.queryWeight(q);
    }
    double sum = 0;
    for (int q = 0; q < layout.lists(); q++) {
      double share = factor * batch.queryWeight(q) / weights;
      double[] labels = new double[layout.length(q)];
      batch.relevance().readLabels(q, layout, labels);
      for (int p = 0; p < labels.length; p++) {
        int i = layout.index(q, p);
        double error = batch.scores().get(i) - labels[p];
        sum += share * error * error / 2;
        if (gradient != null) {
          gradient.add(i, share * error);
        }
      }
      diagnostics.record(labels.length, labels.length);
    }
    return sum;
  }
}
