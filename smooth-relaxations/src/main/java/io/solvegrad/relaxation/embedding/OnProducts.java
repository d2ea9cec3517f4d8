package io.solvegrad.relaxation.embedding;

import io.solvegrad.ranking.Diagnostics;
import io.solvegrad.ranking.RankingBatch;
import io.solvegrad.ranking.RankingLoss;
import io.solvegrad.ranking.ScoreArray;
import org.jspecify.annotations.Nullable;

/** A loss on similarities that is given inner products: the chain rule, score by score. */
record OnProducts(EmbeddingLoss of) implements RankingLoss {

  @Override
  public double evaluate(
      RankingBatch batch, double factor, @Nullable ScoreArray gradient, Diagnostics diagnostics) {
    RankingLoss.requireGradient(batch, gradient);
    ScoreArray products = batch.scores();
    int count = products.length();
    ScoreArray scores = products.zeros(count);
    for (int i = 0; i < count; i++) {
      double product = products.get(i);
      scores.set(i, of.similarity().of(product, square(product)) / of.temperature());
    }
    ScoreArray slopes = gradient == null ? null : products.zeros(count);
    double value = of.loss().evaluate(batch.withScores(scores), factor, slopes, diagnostics);
    for (int i = 0; gradient != null && slopes != null && i < count; i++) {
      double slope = slopes.get(i);
      if (slope != 0) {
        double square = square(products.get(i));
        gradient.add(i, slope * of.similarity().slope(square) / of.temperature());
      }
    }
    return value;
  }

  /** Rounding may push the product of two unit vectors beyond 1; NaN is left to the loss. */
  private double square(double product) {
    return product > 1 ? 0 : 2 - 2 * product;
  }
}
