package io.solvegrad.relaxation;

import io.solvegrad.ranking.Diagnostics;
import io.solvegrad.ranking.ItemSets;
import io.solvegrad.ranking.RankingBatch;
import io.solvegrad.ranking.RankingLoss;
import io.solvegrad.ranking.Relevance;
import io.solvegrad.ranking.ScoreArray;
import java.util.Arrays;
import java.util.Random;

/** Random rows of scores with labels, masks and weights. */
record Lists(
    int rows, int columns, double[] scores, double[] labels, boolean[] masked, double[] weights) {

  static Lists random(long seed) {
    Random random = new Random(seed);
    return random(random, 1 + random.nextInt(3), 1 + random.nextInt(8));
  }

  static Lists random(Random random, int rows, int columns) {
    int n = rows * columns;
    Lists lists =
        new Lists(rows, columns, new double[n], new double[n], new boolean[n], new double[n]);
    boolean ties = random.nextInt(4) == 0;
    double empty = random.nextInt(4) == 0 ? 1 : 0.5;
    for (int i = 0; i < n; i++) {
      boolean tied = ties && i > 0 && random.nextInt(3) == 0;
      lists.scores[i] = tied ? lists.scores[random.nextInt(i)] : random.nextGaussian();
      lists.labels[i] = random.nextDouble() < empty ? 0 : 1 + random.nextInt(3);
      lists.masked[i] = random.nextInt(6) == 0;
      lists.weights[i] = 0.5 + random.nextDouble();
    }
    return lists;
  }

  RankingBatch batch(ScoreArray array) {
    return RankingBatch.rows(array, rows, columns, Relevance.grades(labels))
        .excluding(ItemSets.mask(masked))
        .itemWeights(weights);
  }

  double value(RankingLoss loss) {
    return loss.value(batch(ScoreArray.of(scores)));
  }

  double[] gradient(RankingLoss loss) {
    double[] gradient = new double[scores.length];
    loss.evaluate(batch(ScoreArray.of(scores)), 1, ScoreArray.of(gradient), new Diagnostics());
    return gradient;
  }

  /** Whether another score is equal to a score. */
  boolean isTied(int i) {
    return Arrays.stream(scores).filter(score -> score == scores[i]).count() > 1;
  }

  Lists withScore(int i, double score) {
    double[] changed = scores.clone();
    changed[i] = score;
    return new Lists(rows, columns, changed, labels, masked, weights);
  }
}
