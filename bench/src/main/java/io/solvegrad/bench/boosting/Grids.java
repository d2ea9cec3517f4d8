package io.solvegrad.bench.boosting;

import io.solvegrad.boosting.BoostingObjective;
import io.solvegrad.boosting.Curvature;
import io.solvegrad.rambo.BlackboxRanker;
import io.solvegrad.ranking.AveragePrecision;
import io.solvegrad.ranking.MetricLoss;
import io.solvegrad.ranking.PerturbedLoss;
import io.solvegrad.ranking.RankMetric;
import io.solvegrad.ranking.RankingLoss;
import io.solvegrad.ranking.Ranks;
import io.solvegrad.ranking.Recall;
import io.solvegrad.ranking.ThresholdedLoss;
import io.solvegrad.ranking.metric.RankMetrics;
import io.solvegrad.solver.Lambda;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The settings that each objective is tuned over. The same effort for all: two grids of eight, the
 * second laid out after a look at the first on the folds of cross-validation.
 */
final class Grids {
  private static final int RANKINGS = 8;
  private static final List<String> RATES = List.of("0.05", "0.1");

  private Grids() {}

  /** Sixteen settings of every objective. */
  static List<Setting> all() {
    List<Setting> all = new ArrayList<>();
    for (String objective : List.of("rank:ndcg", "rank:map", "rank:pairwise")) {
      for (String eta : RATES) {
        xgboost(all, objective, eta);
      }
    }
    for (String rate : RATES) {
      lambdarank(all, rate);
    }
    for (Setting.Library library : Setting.Library.values()) {
      ours(all, library, "our NDCG", RankMetrics.ndcg(), false);
      ours(all, library, "our AP", new AveragePrecision(), true);
      ours(all, library, "our recall", Recall.log(), true);
    }
    return all;
  }

  private static void xgboost(List<Setting> all, String objective, String eta) {
    for (String method : List.of("mean", "topk")) {
      for (String weight : List.of("0.1", "1")) {
        Map<String, String> first =
            Map.of("lambdarank_pair_method", method, "eta", eta, "min_child_weight", weight);
        all.add(own(Setting.Library.XGBOOST, objective, first));
      }
    }
    // The first grid preferred topk and large weights.
    for (String pairs : List.of("8", "32")) {
      for (String weight : List.of("2", "5")) {
        Map<String, String> second =
            Map.of(
                "lambdarank_pair_method",
                "topk",
                "lambdarank_num_pair_per_sample",
                pairs,
                "eta",
                eta,
                "min_child_weight",
                weight);
        all.add(own(Setting.Library.XGBOOST, objective, second));
      }
    }
  }

  private static void lambdarank(List<Setting> all, String rate) {
    for (String truncation : List.of("10", "30")) {
      for (String weight : List.of("0.001", "0.1")) {
        all.add(lambdarank(rate, truncation, weight, "true"));
      }
    }
    // The first grid preferred large weights, and hardly cared about the truncation.
    for (String norm : List.of("true", "false")) {
      for (String weight : List.of("0.5", "2")) {
        all.add(lambdarank(rate, "30", weight, norm));
      }
    }
  }

  private static Setting lambdarank(String rate, String truncation, String weight, String norm) {
    return own(
        Setting.Library.LIGHTGBM,
        "lambdarank",
        Map.of(
            "learning_rate",
            rate,
            "lambdarank_truncation_level",
            truncation,
            "min_sum_hessian_in_leaf",
            weight,
            "lambdarank_norm",
            norm));
  }

  private static Setting own(
      Setting.Library library, String objective, Map<String, String> parameters) {
    return new Setting(library, objective, parameters, null, "");
  }

  private static void ours(
      List<Setting> all,
      Setting.Library library,
      String name,
      RankMetric<? super Ranks> metric,
      boolean binary) {
    for (double lambda : new double[] {20, 100}) {
      for (double margin : new double[] {0.2, 0.5}) {
        MetricLoss exact =
            MetricLoss.of(metric, new BlackboxRanker(Lambda.plain(lambda)))
                .margin(margin)
                .threads(1);
        String setting = "lambda=%s margin=%s".formatted(lambda, margin);
        for (String rate : RATES) {
          all.add(
              new Setting(
                  library,
                  name,
                  parameters(library, rate),
                  () -> objective(exact, binary),
                  setting + " no noise"));
        }
        // The first grid alone, without noise, was far behind.
        for (double noise : new double[] {0.5, 1}) {
          all.add(
              new Setting(
                  library,
                  name,
                  parameters(library, "0.1"),
                  () -> objective(noisy(exact, noise), binary),
                  "%s noise=%s".formatted(setting, noise)));
        }
      }
    }
  }

  private static Map<String, String> parameters(Setting.Library library, String rate) {
    return library == Setting.Library.XGBOOST
        ? Map.of("eta", rate, "min_child_weight", "1")
        : Map.of("learning_rate", rate, "min_sum_hessian_in_leaf", "1");
  }

  private static RankingLoss noisy(RankingLoss exact, double noise) {
    return new PerturbedLoss(exact, PerturbedLoss.Noise.GAUSSIAN, noise, RANKINGS, 1);
  }

  private static BoostingObjective objective(RankingLoss loss, boolean binary) {
    return BoostingObjective.of(binary ? new ThresholdedLoss(loss, Setting.RELEVANT_FROM) : loss)
        .curvature(Curvature.proportional(1).atLeast(0.1));
  }
}
