package io.solvegrad.learning.landscape;

import io.solvegrad.ranking.RankingBatch;
import io.solvegrad.ranking.RankingLoss;
import io.solvegrad.ranking.RankingSolver;
import io.solvegrad.ranking.Relevance;
import io.solvegrad.ranking.ScoreArray;

/**
 * f_lambda of a rank loss L on one list: L(y') - (&lt;s, y&gt; - &lt;s, y'&gt;) / lambda, where y
 * are the ranks of the scores s and y' those of the perturbed scores. Its slope is the blackbox
 * gradient (y' - y) / lambda everywhere. It equals the exact loss where y' = y. Where L is linear
 * in the ranks it is continuous; elsewhere it jumps a little where the ranks change, because the
 * gradient takes L as linear around them.
 *
 * @param exact L
 * @param blackbox L with the blackbox ranker
 * @param margin that relevant scores are lowered by in both
 * @param lambda of the blackbox ranker, plain
 */
record BlackboxCurve(RankingLoss exact, RankingLoss blackbox, double margin, double lambda) {

  /** f_lambda at scores of which the first is the only relevant one. */
  double at(double[] scores) {
    int size = scores.length;
    double[] gradient = new double[size];
    blackbox.evaluate(list(scores), ScoreArray.of(gradient));
    double[] shifted = scores.clone();
    shifted[0] -= margin;
    double[] ranks = new double[size];
    new RankingSolver(size).solve(shifted, ranks);
    double[] inMovedOrder = new double[size];
    double product = 0;
    for (int i = 0; i < size; i++) {
      inMovedOrder[i] = -Math.rint(ranks[i] + lambda * gradient[i]);
      product += shifted[i] * gradient[i];
    }
    // Whole numbers, so that a margin of less than one would change nothing; it is taken out.
    inMovedOrder[0] += margin;
    return exact.value(list(inMovedOrder)) + product;
  }

  /** One list whose first candidate is relevant. */
  static RankingBatch list(double[] scores) {
    double[] grades = new double[scores.length];
    grades[0] = 1;
    return RankingBatch.rows(ScoreArray.of(scores), 1, scores.length, Relevance.grades(grades));
  }
}
