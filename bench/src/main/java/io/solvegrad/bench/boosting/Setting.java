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
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One way to train: an objective with its parameters.
 *
 * @param library which library grows the trees
 * @param objective what tables call it
 * @param parameters for the library, beside those that are the same for all
 * @param ours makes our objective; null for one of the library's own
 * @param ourSetting its lambda, margin and noise, for tables
 */
record Setting(
    Library library,
    String objective,
    Map<String, String> parameters,
    @Nullable Supplier<BoostingObjective> ours,
    String ourSetting) {

  /** Labels from here on are relevant to metrics and objectives that know two kinds only. */
  static final int RELEVANT_FROM = 2;

  private static final int RANKINGS = 8;

  /** A library that grows trees. */
  enum Library {
    XGBOOST,
    LIGHTGBM
  }

  /** The objective with its library, the same for all settings of a grid. */
  String family() {
    return (library == Library.XGBOOST ? "XGBoost " : "LightGBM ") + objective;
  }

  /** Unique among all settings. */
  String name() {
    return "%s %s %s".formatted(family(), new TreeMap<>(parameters), ourSetting).strip();
  }

  /** Every grid has eight settings. */
  static List<Setting> all() {
    List<Setting> all = new ArrayList<>();
    for (String objective : List.of("rank:ndcg", "rank:map", "rank:pairwise")) {
      for (String method : List.of("mean", "topk")) {
        for (String eta : List.of("0.05", "0.1")) {
          for (String weight : List.of("0.1", "1")) {
            all.add(
                own(
                    Library.XGBOOST,
                    objective,
                    Map.of(
                        "lambdarank_pair_method", method, "eta", eta, "min_child_weight", weight)));
          }
        }
      }
    }
    for (String truncation : List.of("10", "30")) {
      for (String eta : List.of("0.05", "0.1")) {
        for (String weight : List.of("0.001", "0.1")) {
          all.add(
              own(
                  Library.LIGHTGBM,
                  "lambdarank",
                  Map.of(
                      "lambdarank_truncation_level",
                      truncation,
                      "learning_rate",
                      eta,
                      "min_sum_hessian_in_leaf",
                      weight)));
        }
      }
    }
    for (Library library : Library.values()) {
      grid(all, library, "our NDCG", RankMetrics.ndcg(), false);
      grid(all, library, "our AP", new AveragePrecision(), true);
      grid(all, library, "our recall", Recall.log(), true);
    }
    return all;
  }

  private static Setting own(Library library, String objective, Map<String, String> parameters) {
    return new Setting(library, objective, parameters, null, "");
  }

  private static void grid(
      List<Setting> all,
      Library library,
      String name,
      RankMetric<? super Ranks> metric,
      boolean binary) {
    Map<String, String> parameters =
        library == Library.XGBOOST
            ? Map.of("eta", "0.1", "min_child_weight", "1")
            : Map.of("learning_rate", "0.1", "min_sum_hessian_in_leaf", "1");
    for (double lambda : new double[] {20, 100}) {
      for (double margin : new double[] {0.2, 0.5}) {
        for (double noise : new double[] {0.5, 1}) {
          all.add(
              new Setting(
                  library,
                  name,
                  parameters,
                  () -> objective(metric, binary, lambda, margin, noise),
                  "lambda=%s margin=%s noise=%s".formatted(lambda, margin, noise)));
        }
      }
    }
  }

  private static BoostingObjective objective(
      RankMetric<? super Ranks> metric,
      boolean binary,
      double lambda,
      double margin,
      double noise) {
    MetricLoss exact =
        MetricLoss.of(metric, new BlackboxRanker(Lambda.plain(lambda))).margin(margin).threads(1);
    RankingLoss loss = new PerturbedLoss(exact, PerturbedLoss.Noise.GAUSSIAN, noise, RANKINGS, 1);
    return BoostingObjective.of(binary ? new ThresholdedLoss(loss, RELEVANT_FROM) : loss)
        .curvature(Curvature.proportional(1).atLeast(0.1));
  }
}
