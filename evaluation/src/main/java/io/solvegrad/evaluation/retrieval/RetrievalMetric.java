package io.solvegrad.evaluation.retrieval;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A metric of one query, a function of the ranks of its relevant candidates.
 *
 * <p>The definitions below follow Musgrave, Belongie and Lim, A Metric Learning Reality Check, ECCV
 * 2020 (arXiv:2003.08505), for MAP@R and R-precision, and Manning, Raghavan and Schuetze,
 * Introduction to Information Retrieval (2008), chapter 8, for the others. m is the number of
 * relevant candidates, r_1 &lt; ... &lt; r_m are their ranks; rank 1 is the nearest candidate.
 *
 * @param name how the metric is called in results, for example {@code hitRate@10}
 * @param formula the value
 */
public record RetrievalMetric(String name, Formula formula) {
  private static final Pattern CUT = Pattern.compile("(.+)@(\\d{1,9})");

  /** Checks that nothing is missing. */
  public RetrievalMetric {
    Objects.requireNonNull(name, "name must not be null");
    Objects.requireNonNull(formula, "formula must not be null");
  }

  /** The value of a metric for one query. */
  @FunctionalInterface
  public interface Formula {
    /**
     * Computes the value.
     *
     * @param ranks the ranks of the relevant candidates, ascending, at least one, 1 is best. Not
     *     modified.
     * @return the value
     */
    double value(int[] ranks);
  }

  /**
   * 1 if a relevant candidate is among the first k, else 0. Metric learning papers call it
   * recall@k.
   *
   * @param k the cut-off, at least 1
   * @return {@code hitRate@k}
   */
  public static RetrievalMetric hitRate(int k) {
    return at("hitRate", k, ranks -> ranks[0] <= k ? 1 : 0);
  }

  /**
   * Hit rates for several cut-offs.
   *
   * @param cutoffs the cut-offs. Not modified.
   * @return one metric for each
   */
  public static List<RetrievalMetric> hitRates(int... cutoffs) {
    Objects.requireNonNull(cutoffs, "cutoffs must not be null");
    return Arrays.stream(cutoffs).mapToObj(RetrievalMetric::hitRate).toList();
  }

  /**
   * The share of the relevant candidates among the first k: |{i : r_i &lt;= k}| / m.
   *
   * @param k the cut-off, at least 1
   * @return {@code recall@k}
   */
  public static RetrievalMetric recall(int k) {
    return at("recall", k, ranks -> (double) within(ranks, k) / ranks.length);
  }

  /**
   * The share that a perfect ranking would have found: |{i : r_i &lt;= k}| / min(k, m).
   *
   * @param k the cut-off, at least 1
   * @return {@code cappedRecall@k}, as in Patel, Tolias and Matas, CVPR 2022 (arXiv:2108.11179)
   */
  public static RetrievalMetric cappedRecall(int k) {
    return at("cappedRecall", k, ranks -> (double) within(ranks, k) / Math.min(k, ranks.length));
  }

  /**
   * The share of the first k that is relevant: |{i : r_i &lt;= k}| / k.
   *
   * @param k the cut-off, at least 1
   * @return {@code precision@k}
   */
  public static RetrievalMetric precision(int k) {
    return at("precision", k, ranks -> (double) within(ranks, k) / k);
  }

  /**
   * Precision at m: |{i : r_i &lt;= m}| / m.
   *
   * @return {@code rPrecision}
   */
  public static RetrievalMetric rPrecision() {
    return new RetrievalMetric(
        "rPrecision", ranks -> (double) within(ranks, ranks.length) / ranks.length);
  }

  /**
   * R-precision that looks at k candidates only, R = min(k, m): |{i : r_i &lt;= R}| / R. Evaluators
   * that fetch k neighbours report this.
   *
   * @param k the cut-off, at least 1
   * @return {@code rPrecision@k}
   */
  public static RetrievalMetric rPrecision(int k) {
    return at(
        "rPrecision",
        k,
        ranks -> {
          int r = Math.min(k, ranks.length);
          return (double) within(ranks, r) / r;
        });
  }

  /**
   * Mean average precision at R = m: (1/m) sum over i with r_i &lt;= m of i / r_i.
   *
   * @return {@code MAP@R}
   */
  public static RetrievalMetric mapAtR() {
    return new RetrievalMetric("MAP@R", ranks -> precisionSum(ranks, ranks.length) / ranks.length);
  }

  /**
   * MAP@R that looks at k candidates only, R = min(k, m). Evaluators that fetch k neighbours report
   * this.
   *
   * @param k the cut-off, at least 1
   * @return {@code MAP@R@k}
   */
  public static RetrievalMetric mapAtR(int k) {
    return at(
        "MAP@R",
        k,
        ranks -> {
          int r = Math.min(k, ranks.length);
          return precisionSum(ranks, r) / r;
        });
  }

  /**
   * Average precision over the whole ranking: (1/m) sum of i / r_i.
   *
   * @return {@code mAP}
   */
  public static RetrievalMetric meanAveragePrecision() {
    return new RetrievalMetric(
        "mAP", ranks -> precisionSum(ranks, Integer.MAX_VALUE) / ranks.length);
  }

  /**
   * Average precision of the first k: the sum of i / r_i over r_i &lt;= k, divided by min(k, m).
   *
   * @param k the cut-off, at least 1
   * @return {@code mAP@k}
   */
  public static RetrievalMetric meanAveragePrecision(int k) {
    return at("mAP", k, ranks -> precisionSum(ranks, k) / Math.min(k, ranks.length));
  }

  /**
   * Reciprocal rank of the first relevant candidate if it is among the first k, else 0.
   *
   * @param k the cut-off, at least 1
   * @return {@code MRR@k}
   */
  public static RetrievalMetric reciprocalRank(int k) {
    return at("MRR", k, ranks -> ranks[0] <= k ? 1.0 / ranks[0] : 0);
  }

  /**
   * Reciprocal rank of the first relevant candidate, 1 / r_1.
   *
   * @return {@code MRR}
   */
  public static RetrievalMetric reciprocalRank() {
    return new RetrievalMetric("MRR", ranks -> 1.0 / ranks[0]);
  }

  /**
   * Normalised discounted cumulative gain of the whole ranking: sum of 1 / log2(1 + r_i) divided by
   * its largest value, that of ranks 1 to m.
   *
   * @return {@code NDCG}
   */
  public static RetrievalMetric ndcg() {
    return new RetrievalMetric("NDCG", ranks -> gain(ranks, Integer.MAX_VALUE));
  }

  /**
   * NDCG of the first k, divided by its largest value, that of ranks 1 to min(k, m).
   *
   * @param k the cut-off, at least 1
   * @return {@code NDCG@k}
   */
  public static RetrievalMetric ndcg(int k) {
    return at("NDCG", k, ranks -> gain(ranks, k));
  }

  /**
   * The metric of a name: one that the methods here give, letter case does not matter. {@code P@k}
   * is precision, {@code hit@k} and {@code R-precision} are known too.
   *
   * @param name the name, for example {@code hitRate@10} or {@code MAP@R}
   * @return the metric
   * @throws IllegalArgumentException if there is no such metric
   */
  public static RetrievalMetric parse(String name) {
    Objects.requireNonNull(name, "name must not be null");
    String lower = name.strip().toLowerCase(Locale.ROOT).replaceAll("(?<=[a-z])[-_](?=[a-z])", "");
    RetrievalMetric whole =
        switch (lower) {
          case "rprecision" -> rPrecision();
          case "map@r" -> mapAtR();
          case "map" -> meanAveragePrecision();
          case "mrr" -> reciprocalRank();
          case "ndcg" -> ndcg();
          default -> null;
        };
    Matcher cut = CUT.matcher(lower);
    if (whole != null || !cut.matches()) {
      return known(whole, name);
    }
    int k = Integer.parseInt(cut.group(2));
    return known(
        switch (cut.group(1)) {
          case "hitrate", "hit" -> hitRate(k);
          case "recall" -> recall(k);
          case "cappedrecall" -> cappedRecall(k);
          case "precision", "p" -> precision(k);
          case "rprecision" -> rPrecision(k);
          case "map@r" -> mapAtR(k);
          case "map" -> meanAveragePrecision(k);
          case "mrr" -> reciprocalRank(k);
          case "ndcg" -> ndcg(k);
          default -> null;
        },
        name);
  }

  private static RetrievalMetric known(@Nullable RetrievalMetric metric, String name) {
    if (metric == null) {
      throw new IllegalArgumentException(
          "there is no retrieval metric '%s'. Maybe one of hitRate@k, recall@k, cappedRecall@k, precision@k, rPrecision, MAP@R, mAP, MRR, NDCG?"
              .formatted(name));
    }
    return metric;
  }

  private static RetrievalMetric at(String name, int k, Formula formula) {
    if (k < 1) {
      throw new IllegalArgumentException("k = " + k + " of " + name + "@k, must be at least 1");
    }
    return new RetrievalMetric(name + "@" + k, formula);
  }

  private static int within(int[] ranks, int k) {
    int found = 0;
    while (found < ranks.length && ranks[found] <= k) {
      found++;
    }
    return found;
  }

  private static double precisionSum(int[] ranks, int k) {
    double sum = 0;
    for (int i = 0; i < ranks.length && ranks[i] <= k; i++) {
      sum += (i + 1.0) / ranks[i];
    }
    return sum;
  }

  private static double gain(int[] ranks, int k) {
    double gain = 0;
    double ideal = 0;
    for (int i = 0; i < ranks.length; i++) {
      gain += ranks[i] <= k ? 1 / Math.log(1.0 + ranks[i]) : 0;
      ideal += i < k ? 1 / Math.log(2.0 + i) : 0;
    }
    return gain / ideal;
  }
}
