package io.solvegrad.retrieval.training;

import com.fasterxml.jackson.annotation.JsonValue;
import io.solvegrad.rambo.BlackboxRanker;
import io.solvegrad.ranking.AveragePrecision;
import io.solvegrad.ranking.MetricLoss;
import io.solvegrad.ranking.PerturbedLoss;
import io.solvegrad.ranking.RankingLoss;
import io.solvegrad.ranking.Recall;
import io.solvegrad.relaxation.PairwiseSigmoid;
import io.solvegrad.solver.Lambda;

/** The losses that the example offers by name. */
public enum LossChoice {
  /** RaMBO: recall at every cut-off, weights 1 / (K log K). */
  RECALL_LOGLOG("recall-loglog"),
  /** RaMBO: recall at every cut-off, weights 1 / K. */
  RECALL_LOG("recall-log"),
  /** RaMBO: average precision. */
  AP("ap"),
  /** Average precision under pairwise sigmoids of temperature 0.01, for comparison. */
  SMOOTH_AP("smooth-ap");

  private static final double SMOOTH_AP_TEMPERATURE = 0.01;

  private final String label;

  LossChoice(String label) {
    this.label = label;
  }

  /** {@return the name on the command line} */
  @JsonValue
  @Override
  public String toString() {
    return label;
  }

  /** The loss of one ranking. */
  private RankingLoss exact(Lambda lambda, double margin, int threads) {
    BlackboxRanker blackbox = new BlackboxRanker(lambda);
    MetricLoss loss =
        switch (this) {
          case RECALL_LOGLOG -> MetricLoss.of(Recall.logLog(), blackbox);
          case RECALL_LOG -> MetricLoss.of(Recall.log(), blackbox);
          case AP -> MetricLoss.of(new AveragePrecision(), blackbox);
          case SMOOTH_AP ->
              MetricLoss.of(new AveragePrecision(), new PairwiseSigmoid(SMOOTH_AP_TEMPERATURE));
        };
    return loss.margin(margin).threads(threads);
  }

  /** The loss averaged over noisy rankings; with noise 0, one ranking is enough. */
  PerturbedLoss perturbed(Settings settings, Lambda lambda) {
    return new PerturbedLoss(
        exact(lambda, settings.margin(), settings.threads()),
        PerturbedLoss.Noise.GAUSSIAN,
        settings.noise(),
        settings.noise() == 0 ? 1 : settings.rankings(),
        settings.seed());
  }
}
