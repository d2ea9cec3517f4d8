package io.solvegrad.spark.command;

import io.solvegrad.rambo.BlackboxRanker;
import io.solvegrad.ranking.AveragePrecision;
import io.solvegrad.ranking.MetricLoss;
import io.solvegrad.ranking.PerturbedLoss;
import io.solvegrad.ranking.RankingLoss;
import io.solvegrad.ranking.Recall;
import io.solvegrad.ranking.metric.RankMetrics;
import io.solvegrad.solver.Lambda;
import io.solvegrad.spark.LossFactory;
import picocli.CommandLine.Option;

/** The loss of a command line. */
final class LossChoice {
  private enum Metric {
    RECALL,
    AP,
    NDCG
  }

  @Option(names = "--loss", paramLabel = "L", description = "${COMPLETION-CANDIDATES}")
  private Metric metric = Metric.RECALL;

  @Option(names = "--lambda", paramLabel = "X", description = "Strength of the interpolation.")
  private double lambda = 200;

  @Option(names = "--margin", paramLabel = "X", description = "Taken from relevant scores.")
  private double margin = 0.05;

  @Option(
      names = "--noise",
      paramLabel = "X",
      description = "Standard deviation of noise on the scores, averaged over two rankings.")
  private double noise;

  LossChoice() {}

  /** Checks the options and returns what travels. */
  LossFactory factory() {
    Choice choice = new Choice(metric, lambda, margin, noise);
    choice.create(0);
    return choice;
  }

  private record Choice(Metric metric, double lambda, double margin, double noise)
      implements LossFactory {
    private static final int RANKINGS = 2;

    @Override
    public RankingLoss create(long seed) {
      BlackboxRanker ranker = new BlackboxRanker(Lambda.plain(lambda));
      MetricLoss ranked =
          switch (metric) {
            case RECALL -> MetricLoss.of(Recall.logLog(), ranker);
            case AP -> MetricLoss.of(new AveragePrecision(), ranker);
            case NDCG -> MetricLoss.of(RankMetrics.ndcg(), ranker);
          };
      RankingLoss loss = ranked.margin(margin);
      return noise == 0
          ? loss
          : new PerturbedLoss(loss, PerturbedLoss.Noise.GAUSSIAN, noise, RANKINGS, seed);
    }
  }

  @Override
  public String toString() {
    return "%s, lambda %s, margin %s, noise %s".formatted(metric, lambda, margin, noise);
  }
}
