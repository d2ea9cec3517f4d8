package io.solvegrad.evaluation.ranking;

import static java.util.Map.entry;

import io.solvegrad.evaluation.ranking.RankingMetric.Average;
import io.solvegrad.evaluation.ranking.RankingMetric.Formula;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds metrics by name.
 *
 * <p>A name is one of {@link #names()} or an alias that trec_eval, ranx or ir_measures uses for the
 * same thing, then maybe a parameter in brackets, then maybe a cut-off: {@code ndcg@10}, {@code
 * P_5}, {@code map_cut_100}, {@code rbp(0.5)@20}, {@code iprec_at_recall_0.10}. Letter case does
 * not matter. Without a cut-off the whole list counts.
 */
public final class RankingMetrics {
  private static final Pattern NAME =
      Pattern.compile("(.+?)(?:\\((?:\\w+=)?([0-9]+(?:\\.[0-9]+)?|\\.[0-9]+)\\))?(?:@(\\d{1,9}))?");
  private static final Pattern UNDERSCORED = Pattern.compile("(.+)_(\\d{1,9})");
  private static final Pattern SHARE =
      Pattern.compile("(iprec(?:_at_recall_|@)|rprec_mult_)(\\d(?:\\.\\d{1,9})?)");
  private static final int[] TREC_CUTS = {5, 10, 15, 20, 30, 100, 200, 500, 1000};
  private static final double DEFAULT_PERSISTENCE = 0.8;
  private static final double DEFAULT_LARGEST_LABEL = 4;

  private static final Map<String, String> ALIASES =
      Map.ofEntries(
          entry("p", "precision"),
          entry("setp", "precision"),
          entry("set_p", "precision"),
          entry("r", "recall"),
          entry("setr", "recall"),
          entry("set_recall", "recall"),
          entry("setf", "set_f"),
          entry("relative_p", "cappedrecall"),
          entry("set_relative_p", "cappedrecall"),
          entry("success", "hitrate"),
          entry("hit_rate", "hitrate"),
          entry("ap", "map"),
          entry("map_cut", "map"),
          entry("average_precision", "map"),
          entry("mean_average_precision", "map"),
          entry("mrr", "rr"),
          entry("recip_rank", "rr"),
          entry("reciprocal_rank", "rr"),
          entry("rprec", "rprecision"),
          entry("r_precision", "rprecision"),
          entry("r-precision", "rprecision"),
          entry("ndcg_cut", "ndcg"),
          entry("ndcg_jarvelin", "ndcg"),
          entry("dcg_jarvelin", "dcg"),
          entry("rank_biased_precision", "rbp"),
          entry("average_precision_score", "threshold_ap"),
          entry("label_ranking_average_precision", "threshold_ap"));

  private RankingMetrics() {}

  /**
   * The names that this project gives metrics.
   *
   * @return the names, without cut-offs and parameters
   */
  public static List<String> names() {
    return List.of(
        "map",
        "gm_map",
        "threshold_ap",
        "rr",
        "rPrecision",
        "precision",
        "recall",
        "cappedRecall",
        "f1",
        "set_F",
        "set_map",
        "hits",
        "hitRate",
        "ndcg",
        "ndcg_burges",
        "ndcg_jarvelin2002",
        "dcg",
        "dcg_burges",
        "dcg_jarvelin2002",
        "rbp",
        "err",
        "bpref",
        "gm_bpref",
        "infAP",
        "iprec_at_recall_X",
        "Rprec_mult_X",
        "11pt_avg",
        "ndcg_rel",
        "Rndcg",
        "G",
        "binG",
        "utility",
        "rbp_resid",
        "unj@k",
        "judged",
        "num_q",
        "num_ret",
        "num_rel",
        "num_rel_ret",
        "num_nonrel_judged_ret");
  }

  /**
   * The metrics that trec_eval prints by default.
   *
   * @return the metrics, named as there
   */
  public static List<RankingMetric> official() {
    List<String> names =
        new ArrayList<>(
            List.of(
                "num_q",
                "num_ret",
                "num_rel",
                "num_rel_ret",
                "map",
                "gm_map",
                "Rprec",
                "bpref",
                "recip_rank"));
    for (int i = 0; i <= 10; i++) {
      names.add(String.format(Locale.ROOT, "iprec_at_recall_%.2f", i / 10.0));
    }
    addCuts(names, "P_", TREC_CUTS);
    return names.stream().map(RankingMetrics::parse).toList();
  }

  /**
   * The metrics that trec_eval prints for {@code -m all_trec}, but for {@code rbp}, whose gains it
   * leaves undefined where labels are graded.
   *
   * @return the metrics, named as there
   */
  public static List<RankingMetric> allTrec() {
    List<String> names = new ArrayList<>(official().stream().map(RankingMetric::name).toList());
    addCuts(names, "recall_", TREC_CUTS);
    names.addAll(List.of("infAP", "gm_bpref"));
    for (int i = 1; i <= 10; i++) {
      names.add(String.format(Locale.ROOT, "Rprec_mult_%.2f", i / 5.0));
    }
    names.addAll(List.of("utility", "11pt_avg", "binG", "G", "ndcg", "ndcg_rel", "Rndcg"));
    addCuts(names, "ndcg_cut_", TREC_CUTS);
    addCuts(names, "map_cut_", TREC_CUTS);
    addCuts(names, "relative_P_", TREC_CUTS);
    addCuts(names, "success_", 1, 5, 10);
    names.addAll(List.of("set_P", "set_relative_P", "set_recall", "set_map", "set_F"));
    names.addAll(List.of("num_nonrel_judged_ret", "rbp_resid"));
    addCuts(names, "unj_", 5, 10, 20);
    return names.stream().map(RankingMetrics::parse).toList();
  }

  private static void addCuts(List<String> names, String name, int... cuts) {
    for (int k : cuts) {
      names.add(name + k);
    }
  }

  /**
   * The metric of a name.
   *
   * @param name as described above
   * @return the metric, called by that name
   * @throws IllegalArgumentException if there is no such metric
   */
  public static RankingMetric parse(String name) {
    Objects.requireNonNull(name, "name must not be null");
    String lower = name.strip().toLowerCase(Locale.ROOT);
    Matcher share = SHARE.matcher(lower);
    if (share.matches()) {
      double of = Double.parseDouble(share.group(2));
      if (share.group(1).startsWith("rprec")) {
        return new RankingMetric(
            name, list -> TrecFormulas.precisionAtMultiple(list, of), Average.MEAN);
      } else if (of <= 1) {
        return new RankingMetric(
            name, list -> RankingFormulas.interpolatedPrecision(list, of), Average.MEAN);
      }
    }
    RankingMetric plain = find(lower, null, null);
    if (plain != null) {
      return plain.named(name);
    }
    Matcher parts = NAME.matcher(lower);
    if (parts.matches() && !"0".equals(parts.group(3))) {
      RankingMetric metric = find(parts.group(1), parts.group(2), parts.group(3));
      Matcher underscored = UNDERSCORED.matcher(parts.group(1));
      if (metric == null && parts.group(3) == null && underscored.matches()) {
        metric = find(underscored.group(1), parts.group(2), underscored.group(2));
      }
      if (metric != null) {
        return metric.named(name);
      }
    }
    throw new IllegalArgumentException(
        "there is no ranking metric '%s'. Maybe one of %s, with @k?"
            .formatted(name, String.join(", ", names())));
  }

  private static @Nullable RankingMetric find(
      String asked, @Nullable String parameter, @Nullable String cutoff) {
    String name = ALIASES.getOrDefault(asked, asked);
    int k = cutoff == null ? Integer.MAX_VALUE : Integer.parseInt(cutoff);
    if (k < 1) {
      return null;
    }
    RankingMetric metric = parameter == null ? withCutoff(name, k, cutoff != null) : null;
    if (metric == null && cutoff == null && parameter == null) {
      metric = whole(name);
    }
    return metric == null ? withParameter(name, parameter, k) : metric;
  }

  private static @Nullable RankingMetric withCutoff(String name, int k, boolean cut) {
    Formula formula =
        switch (name) {
          case "map" -> list -> RankingFormulas.averagePrecision(list, k);
          case "rr" -> list -> RankingFormulas.reciprocalRank(list, k);
          case "precision" ->
              list ->
                  list.retrieved() == 0
                      ? 0
                      : RankingFormulas.precision(list, cut ? k : list.retrieved());
          case "recall" -> list -> RankingFormulas.recall(list, k);
          case "cappedrecall" ->
              list -> RankingFormulas.cappedRecall(list, cut ? k : list.retrieved());
          case "f1" -> list -> RankingFormulas.f1(list, cut ? k : list.retrieved());
          case "hitrate" -> list -> RankingFormulas.hitRate(list, k);
          case "judged" -> list -> RankingFormulas.judged(list, k);
          case "unj" -> cut ? list -> TrecFormulas.unjudged(list, k) : null;
          case "ndcg" -> list -> DcgFormula.JARVELIN.ndcg(list, k);
          case "ndcg_burges" -> list -> DcgFormula.BURGES.ndcg(list, k);
          default -> null;
        };
    if (formula != null) {
      return new RankingMetric(name, formula, Average.MEAN);
    }
    Formula unbounded =
        switch (name) {
          case "hits" -> list -> RankingFormulas.hits(list, k);
          case "dcg" -> list -> DcgFormula.JARVELIN.dcg(list, k);
          case "dcg_burges" -> list -> DcgFormula.BURGES.dcg(list, k);
          default -> null;
        };
    return unbounded == null ? null : new RankingMetric(name, unbounded, Average.UNBOUNDED_MEAN);
  }

  private static @Nullable RankingMetric whole(String name) {
    Formula formula =
        switch (name) {
          case "rprecision" -> RankingFormulas::rPrecision;
          case "threshold_ap" -> RankingFormulas::thresholdAveragePrecision;
          case "bpref", "gm_bpref" -> RankingFormulas::bpref;
          case "gm_map" -> list -> RankingFormulas.averagePrecision(list, Integer.MAX_VALUE);
          case "infap" -> RankingFormulas::inferredAveragePrecision;
          case "11pt_avg" -> RankingFormulas::elevenPointAverage;
          case "set_f" -> list -> RankingFormulas.f1(list, list.retrieved());
          case "set_map" -> RankingMetrics::setMap;
          case "bing" -> TrecFormulas::binaryGain;
          case "g" -> TrecFormulas::normalizedGain;
          case "ndcg_rel" -> TrecFormulas::ndcgAtRelevant;
          case "rndcg" -> TrecFormulas::ndcgAtLevels;
          case "rbp_resid" -> TrecFormulas::rankBiasedResidual;
          case "utility" -> TrecFormulas::utility;
          case "num_q" -> list -> 1;
          case "num_ret" -> JudgedRanking::retrieved;
          case "num_rel" -> JudgedRanking::relevant;
          case "num_rel_ret" -> list -> RankingFormulas.hits(list, Integer.MAX_VALUE);
          case "num_nonrel_judged_ret" -> RankingMetrics::judgedIrrelevantRetrieved;
          default -> null;
        };
    if (formula == null) {
      return null;
    }
    Average average =
        switch (name) {
          case "gm_map", "gm_bpref" -> Average.GEOMETRIC;
          case "utility" -> Average.UNBOUNDED_MEAN;
          default -> name.startsWith("num_") ? Average.SUM : Average.MEAN;
        };
    return new RankingMetric(name, formula, average);
  }

  private static @Nullable RankingMetric withParameter(
      String name, @Nullable String parameter, int k) {
    double value = parameter == null ? Double.NaN : Double.parseDouble(parameter);
    return switch (name) {
      case "rbp" -> {
        double p = parameter == null ? DEFAULT_PERSISTENCE : value;
        if (p >= 1) {
          throw new IllegalArgumentException("rbp's p = " + p + ", must be below 1");
        }
        yield new RankingMetric(
            name, list -> RankingFormulas.rankBiasedPrecision(list, p, k), Average.MEAN);
      }
      case "err" -> {
        double largest = parameter == null ? DEFAULT_LARGEST_LABEL : value;
        yield new RankingMetric(
            name, list -> RankingFormulas.expectedReciprocalRank(list, largest, k), Average.MEAN);
      }
      case "ndcg_jarvelin2002" -> {
        DcgFormula formula = DcgFormula.jarvelin2002(parameter == null ? 2 : value);
        yield new RankingMetric(name, list -> formula.ndcg(list, k), Average.MEAN);
      }
      case "dcg_jarvelin2002" -> {
        DcgFormula formula = DcgFormula.jarvelin2002(parameter == null ? 2 : value);
        yield new RankingMetric(name, list -> formula.dcg(list, k), Average.UNBOUNDED_MEAN);
      }
      default -> null;
    };
  }

  /** Average precision as if the retrieved items were a set: precision x recall. */
  private static double setMap(JudgedRanking list) {
    double hits = list.hits(list.retrieved());
    return hits == 0 ? 0 : hits * hits / ((double) list.retrieved() * list.relevant());
  }

  private static double judgedIrrelevantRetrieved(JudgedRanking list) {
    double judged = list.expectedSum(list.retrieved(), place -> 1, label -> label >= 0 ? 1 : 0);
    return judged - list.hits(list.retrieved());
  }
}
