package io.solvegrad.ranking.metric;

import io.solvegrad.ranking.AveragePrecision;
import io.solvegrad.ranking.CutOff;
import io.solvegrad.ranking.DiscountedGain;
import io.solvegrad.ranking.Gain;
import io.solvegrad.ranking.PositionFunction;
import io.solvegrad.ranking.RankMetric;
import io.solvegrad.ranking.RankTerm;
import io.solvegrad.ranking.Ranks;
import io.solvegrad.ranking.Recall;
import io.solvegrad.ranking.SmoothFunction;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;

/**
 * A metric beside its definition on the labels in the order of a ranking, the best placed first, as
 * a textbook gives it. Labels of 0 and less are irrelevant.
 */
record Textbook(
    String name, RankMetric<? super Ranks> metric, ToDoubleFunction<double[]> definition) {

  @Override
  public String toString() {
    return name;
  }

  static List<Textbook> all() {
    return List.of(
        new Textbook("recall@3", RankMetrics.recallAt(3), y -> relevant(y, 3) / relevant(y)),
        new Textbook("hit rate@2", RankMetrics.hitRateAt(2), y -> Math.min(1, relevant(y, 2))),
        new Textbook(
            "precision@4", RankMetrics.precisionAt(4), y -> relevant(y, 4) / Math.min(4, y.length)),
        new Textbook(
            "R-precision", RankMetrics.precisionAtR(), y -> relevant(y, relevant(y)) / relevant(y)),
        new Textbook(
            "AP", RankMetrics.averagePrecision(), y -> precisions(y, y.length) / relevant(y)),
        new Textbook(
            "AP@3", RankMetrics.averagePrecisionAt(3), y -> precisions(y, 3) / relevant(y)),
        new Textbook(
            "AP@2, capped",
            new AveragePrecision(CutOff.at(2), true, 0),
            y -> precisions(y, 2) / Math.min(2, relevant(y))),
        new Textbook(
            "MAP@R",
            RankMetrics.averagePrecisionAtR(),
            y -> precisions(y, relevant(y)) / relevant(y)),
        new Textbook("MRR", RankMetrics.reciprocalRank(), y -> 1.0 / first(y)),
        new Textbook(
            "MRR@3", RankMetrics.reciprocalRankAt(3), y -> first(y) <= 3 ? 1.0 / first(y) : 0),
        new Textbook(
            "mean reciprocal rank",
            RankMetrics.meanReciprocalRank(),
            y ->
                dcg(y, y.length, g -> g, r -> 1 / r) / DoubleStream.of(y).filter(g -> g > 0).sum()),
        new Textbook(
            "DCG",
            RankMetrics.dcg(Gain.exponential(), PositionFunction.logarithmic()),
            y -> dcg(y, y.length, Textbook::exponential, Textbook::log2)),
        new Textbook(
            "DCG@3, linear, reciprocal",
            RankMetrics.dcg(Gain.linear(), PositionFunction.reciprocal().top(3)),
            y -> dcg(y, 3, g -> g, r -> 1 / r)),
        new Textbook("NDCG", RankMetrics.ndcg(), y -> ndcg(y, y.length, Textbook::exponential)),
        new Textbook("NDCG@3", RankMetrics.ndcgAt(3), y -> ndcg(y, 3, Textbook::exponential)),
        new Textbook(
            "NDCG@2, linear",
            RankMetrics.ndcg(Gain.linear(), PositionFunction.logarithmic().top(2)),
            y -> ndcg(y, 2, g -> g)),
        new Textbook(
            "RBP 0.8",
            RankMetrics.rankBiasedPrecision(0.8),
            y -> 0.2 * dcg(y, y.length, g -> 1, r -> Math.pow(0.8, r - 1))),
        new Textbook("ordered pairs", RankMetrics.orderedPairs(), Textbook::orderedPairs),
        new Textbook("Spearman", RankMetrics.spearman(), Textbook::spearman),
        new Textbook(
            "1 - recall at 1 and 3",
            Recall.atCutOffs(1, 3),
            y -> (Math.min(1, hits(y, 1)) + Math.min(1, hits(y, 3))) / 2),
        new Textbook("1 - log recall", Recall.log(), y -> 1 - logRecall(y)),
        new Textbook(
            "own discount",
            new DiscountedGain(
                new PositionFunction(
                    SmoothFunction.of(r -> 2 / (1 + r), r -> -2 / ((1 + r) * (1 + r))),
                    Integer.MAX_VALUE)),
            y ->
                dcg(y, y.length, g -> g, r -> 2 / (1 + r))
                    / DoubleStream.of(y).filter(g -> g > 0).sum()),
        new Textbook(
            "own term",
            new MeanTerm(RankTerm.of((rank, among) -> Math.sqrt(among) / rank), CutOff.at(4)),
            Textbook::ownTerm));
  }

  static double relevant(double[] y, double places) {
    return DoubleStream.of(y).limit((long) places).filter(g -> g > 0).count();
  }

  static double relevant(double[] y) {
    return relevant(y, y.length);
  }

  private static double precisions(double[] y, double places) {
    double sum = 0;
    for (int i = 0; i < Math.min(places, y.length); i++) {
      sum += y[i] > 0 ? relevant(y, i + 1) / (i + 1) : 0;
    }
    return sum;
  }

  private static int first(double[] y) {
    int i = 0;
    while (y[i] <= 0) {
      i++;
    }
    return i + 1;
  }

  private static double exponential(double grade) {
    return Math.pow(2, grade) - 1;
  }

  private static double log2(double rank) {
    return Math.log(2) / Math.log(1 + rank);
  }

  private static double dcg(
      double[] y, int places, DoubleUnaryOperator gain, DoubleUnaryOperator discount) {
    double sum = 0;
    for (int i = 0; i < Math.min(places, y.length); i++) {
      sum += y[i] > 0 ? gain.applyAsDouble(y[i]) * discount.applyAsDouble(i + 1) : 0;
    }
    return sum;
  }

  private static double ndcg(double[] y, int places, DoubleUnaryOperator gain) {
    double[] ideal = DoubleStream.of(y).map(g -> -g).sorted().map(g -> -g).toArray();
    return dcg(y, places, gain, Textbook::log2) / dcg(ideal, places, gain, Textbook::log2);
  }

  private static double orderedPairs(double[] y) {
    double right = 0;
    double pairs = 0;
    for (int i = 0; i < y.length; i++) {
      for (int j = i + 1; j < y.length; j++) {
        double ahead = Math.max(0, y[i]);
        double behind = Math.max(0, y[j]);
        pairs += ahead == behind ? 0 : 1;
        right += ahead > behind ? 1 : 0;
      }
    }
    return right / pairs;
  }

  private static double spearman(double[] y) {
    int n = y.length;
    double[] labelRanks = new double[n];
    for (int i = 0; i < n; i++) {
      double own = Math.max(0, y[i]);
      double better = DoubleStream.of(y).filter(g -> Math.max(0, g) > own).count();
      double equal = DoubleStream.of(y).filter(g -> Math.max(0, g) == own).count();
      labelRanks[i] = better + (equal + 1) / 2;
    }
    double mean = (n + 1) / 2.0;
    double covariance = 0;
    double ranks = 0;
    double labels = 0;
    for (int i = 0; i < n; i++) {
      covariance += (i + 1 - mean) * (labelRanks[i] - mean);
      ranks += (i + 1 - mean) * (i + 1 - mean);
      labels += (labelRanks[i] - mean) * (labelRanks[i] - mean);
    }
    return covariance / Math.sqrt(ranks * labels);
  }

  /** The share of relevant items with fewer than k irrelevant ones above. */
  private static double hits(double[] y, int k) {
    double hits = 0;
    for (int i = 0; i < y.length; i++) {
      hits += y[i] > 0 && i - relevant(y, i) < k ? 1 : 0;
    }
    return hits / relevant(y);
  }

  private static double logRecall(double[] y) {
    double sum = 0;
    for (int i = 0; i < y.length; i++) {
      sum += y[i] > 0 ? Math.log(1 + i - relevant(y, i)) : 0;
    }
    return sum / relevant(y);
  }

  private static double ownTerm(double[] y) {
    double sum = 0;
    for (int i = 0; i < Math.min(4, y.length); i++) {
      sum += y[i] > 0 ? Math.sqrt(relevant(y, i + 1)) / (i + 1) : 0;
    }
    return sum / relevant(y);
  }

  /** Whether the metric has a value: something to find, and something else to tell it from. */
  static boolean isDefined(double[] labels) {
    double[] grades = Arrays.stream(labels).map(g -> Math.max(0, g)).distinct().toArray();
    return grades.length > 1;
  }
}
