package io.solvegrad.evaluation.ranking;

import static java.lang.Math.min;

import java.util.Objects;

/**
 * The formulas of ranking metrics. R is the number of relevant items, retrieved or not; a metric of
 * a query without any is 0. Cut-offs k beyond the list mean the whole list.
 *
 * <p>Sources: Manning, Raghavan and Schuetze, Introduction to Information Retrieval (2008), chapter
 * 8; trec_eval 9; McSherry and Najork, ECIR 2008, for the means over tie orders.
 */
public final class RankingFormulas {
  private static final double INFAP_EPSILON = 0.00001;

  private RankingFormulas() {}

  /**
   * Relevant items among the first k.
   *
   * @param ranking a ranking
   * @param k the cut-off
   * @return their number
   */
  public static double hits(JudgedRanking ranking, int k) {
    Objects.requireNonNull(ranking, "ranking must not be null");
    return ranking.hits(k);
  }

  /**
   * hits / k, also where fewer than k items were retrieved.
   *
   * @param ranking a ranking
   * @param k the cut-off
   * @return precision at k
   */
  public static double precision(JudgedRanking ranking, int k) {
    Objects.requireNonNull(ranking, "ranking must not be null");
    return ranking.hits(k) / k;
  }

  /**
   * hits / R.
   *
   * @param ranking a ranking
   * @param k the cut-off
   * @return recall at k
   */
  public static double recall(JudgedRanking ranking, int k) {
    Objects.requireNonNull(ranking, "ranking must not be null");
    return ratio(ranking.hits(k), ranking.relevant());
  }

  /**
   * hits / min(k, R), trec_eval's relative_P.
   *
   * @param ranking a ranking
   * @param k the cut-off
   * @return the share that a perfect ranking would have found
   */
  public static double cappedRecall(JudgedRanking ranking, int k) {
    Objects.requireNonNull(ranking, "ranking must not be null");
    return ratio(ranking.hits(k), min(k, ranking.relevant()));
  }

  /**
   * The harmonic mean of precision and recall at k, 2 hits / (k + R).
   *
   * @param ranking a ranking
   * @param k the cut-off
   * @return F1 at k
   */
  public static double f1(JudgedRanking ranking, int k) {
    Objects.requireNonNull(ranking, "ranking must not be null");
    return ratio(2 * ranking.hits(k), k + (double) ranking.relevant());
  }

  /**
   * Precision at R.
   *
   * @param ranking a ranking
   * @return R-precision
   */
  public static double rPrecision(JudgedRanking ranking) {
    Objects.requireNonNull(ranking, "ranking must not be null");
    return recall(ranking, ranking.relevant());
  }

  /**
   * 1 if a relevant item is among the first k, else 0; with ties the share of orders where it is.
   *
   * @param ranking a ranking
   * @param k the cut-off
   * @return hit rate (success) at k
   */
  public static double hitRate(JudgedRanking ranking, int k) {
    Objects.requireNonNull(ranking, "ranking must not be null");
    double none = 1;
    int last = min(k, ranking.retrieved());
    for (int start = 0; start < last; start = ranking.tieEnd(start)) {
      int end = ranking.tieEnd(start);
      int relevant = ranking.relevantBetween(start, end);
      for (int place = start; place < min(end, last); place++) {
        int left = end - place;
        none *= (double) (left - min(left, relevant)) / left;
      }
    }
    return 1 - none;
  }

  /**
   * 1 / rank of the first relevant item, 0 if none is among the first k.
   *
   * @param ranking a ranking
   * @param k the cut-off
   * @return reciprocal rank
   */
  public static double reciprocalRank(JudgedRanking ranking, int k) {
    Objects.requireNonNull(ranking, "ranking must not be null");
    int last = min(k, ranking.retrieved());
    for (int start = 0; start < last; start = ranking.tieEnd(start)) {
      int end = ranking.tieEnd(start);
      int relevant = ranking.relevantBetween(start, end);
      if (relevant == 0) {
        continue;
      }
      double none = 1; // the share of orders without a relevant item before this place
      double sum = 0;
      for (int place = start; place < min(end, last); place++) {
        int left = end - place;
        double here = min(1.0, (double) relevant / left);
        sum += none * here / (place + 1);
        none *= 1 - here;
      }
      return sum;
    }
    return 0;
  }

  /**
   * (1/R) sum over relevant items at rank r &lt;= k of precision at r.
   *
   * @param ranking a ranking
   * @param k the cut-off
   * @return average precision
   */
  public static double averagePrecision(JudgedRanking ranking, int k) {
    Objects.requireNonNull(ranking, "ranking must not be null");
    int last = min(k, ranking.retrieved());
    double sum = 0;
    int before = 0;
    for (int start = 0; start < last; start = ranking.tieEnd(start)) {
      int end = ranking.tieEnd(start);
      int size = end - start;
      int relevant = ranking.relevantBetween(start, end);
      // of the other relevant ones of a tie, this share stands ahead for each place ahead
      double others = size == 1 ? 0 : (relevant - 1.0) / (size - 1.0);
      for (int place = start; relevant > 0 && place < min(end, last); place++) {
        double ahead = before + 1 + (place - start) * others;
        sum += (double) relevant / size * ahead / (place + 1);
      }
      before += relevant;
    }
    return ratio(sum, ranking.relevant());
  }

  /**
   * Average precision over score thresholds: items of equal score enter together, sum of (recall
   * step x precision after the step). scikit-learn's average precision and label ranking average
   * precision. Ask for {@link TieRule#AVERAGED} so that ties are known.
   *
   * @param ranking a ranking
   * @return average precision
   */
  public static double thresholdAveragePrecision(JudgedRanking ranking) {
    Objects.requireNonNull(ranking, "ranking must not be null");
    double sum = 0;
    int found = 0;
    for (int start = 0; start < ranking.retrieved(); start = ranking.tieEnd(start)) {
      int end = ranking.tieEnd(start);
      int relevant = ranking.relevantBetween(start, end);
      found += relevant;
      sum += (double) relevant * found / end;
    }
    return ratio(sum, ranking.relevant());
  }

  /**
   * (1 - p) sum over relevant items of p^(r - 1): Moffat and Zobel, TOIS 27(1), 2008
   * (doi:10.1145/1416950.1416952).
   *
   * @param ranking a ranking
   * @param p the probability that the reader goes on
   * @param k the cut-off
   * @return rank-biased precision
   */
  public static double rankBiasedPrecision(JudgedRanking ranking, double p, int k) {
    Objects.requireNonNull(ranking, "ranking must not be null");
    double sum = 0;
    double weight = 1 - p;
    for (int start = 0; start < min(k, ranking.retrieved()); start = ranking.tieEnd(start)) {
      int end = ranking.tieEnd(start);
      double share = (double) ranking.relevantBetween(start, end) / (end - start);
      for (int place = start; place < min(end, k); place++, weight *= p) {
        sum += weight * share;
      }
    }
    return sum;
  }

  /**
   * Expected reciprocal rank, sum over r of (1/r) R_r product over i &lt; r of (1 - R_i) with R =
   * (2^label - 1) / 2^largest: Chapelle et al., CIKM 2009 (doi:10.1145/1645953.1646033).
   *
   * @param ranking a ranking
   * @param largest the largest label of the scale
   * @param k the cut-off
   * @return ERR
   */
  public static double expectedReciprocalRank(JudgedRanking ranking, double largest, int k) {
    Objects.requireNonNull(ranking, "ranking must not be null");
    requireOrder(ranking, "err");
    double sum = 0;
    double on = 1;
    for (int place = 0; place < min(k, ranking.retrieved()); place++) {
      double label = ranking.label(place);
      double stop = label > 0 ? (Math.pow(2, label) - 1) / Math.pow(2, largest) : 0;
      if (stop > 1) {
        throw new IllegalArgumentException(
            "label %s is above %s, the largest of err's scale".formatted(label, largest));
      }
      sum += on * stop / (place + 1);
      on *= 1 - stop;
    }
    return sum;
  }

  /**
   * Share of the judged irrelevant items that stand behind the relevant ones: Buckley and Voorhees,
   * SIGIR 2004 (doi:10.1145/1008992.1009000), as in trec_eval 8 and later.
   *
   * @param ranking a ranking
   * @return bpref
   */
  public static double bpref(JudgedRanking ranking) {
    Objects.requireNonNull(ranking, "ranking must not be null");
    requireOrder(ranking, "bpref");
    int relevant = ranking.relevant();
    int bound = min(relevant, ranking.judgedIrrelevant());
    double sum = 0;
    int irrelevant = 0;
    for (int place = 0; place < ranking.retrieved(); place++) {
      if (ranking.isRelevant(place)) {
        sum += irrelevant == 0 ? 1 : 1 - (double) min(irrelevant, relevant) / bound;
      } else if (ranking.label(place) >= 0) {
        irrelevant++;
      }
    }
    return ratio(sum, relevant);
  }

  /**
   * Inferred average precision from a sampled pool: Yilmaz and Aslam, CIKM 2006
   * (doi:10.1145/1183614.1183633); labels below 0 are pooled and not judged.
   *
   * @param ranking a ranking
   * @return infAP
   */
  public static double inferredAveragePrecision(JudgedRanking ranking) {
    Objects.requireNonNull(ranking, "ranking must not be null");
    requireOrder(ranking, "infAP");
    double sum = 0;
    double relevant = 0;
    double irrelevant = 0;
    double unjudged = 0;
    for (int place = 0; place < ranking.retrieved(); place++) {
      if (ranking.isRelevant(place)) {
        double judged = relevant + irrelevant;
        double pooledShare = place == 0 ? 0 : (judged + unjudged) / place;
        double precision = (relevant + INFAP_EPSILON) / (judged + 2 * INFAP_EPSILON);
        sum += 1.0 / (place + 1) + (double) place / (place + 1) * pooledShare * precision;
        relevant++;
      } else if (ranking.label(place) >= 0) {
        irrelevant++;
      } else if (ranking.label(place) < 0) {
        unjudged++;
      }
    }
    return ratio(sum, ranking.relevant());
  }

  /**
   * The largest precision at any rank where the recall is reached; trec_eval rounds the number of
   * relevant items asked for as floor(recall x R + 0.9).
   *
   * @param ranking a ranking
   * @param recall from 0 to 1
   * @return interpolated precision
   */
  public static double interpolatedPrecision(JudgedRanking ranking, double recall) {
    Objects.requireNonNull(ranking, "ranking must not be null");
    requireOrder(ranking, "iprec_at_recall");
    int wanted = (int) (recall * ranking.relevant() + 0.9);
    double best = 0;
    int found = 0;
    for (int place = 0; place < ranking.retrieved(); place++) {
      found += ranking.isRelevant(place) ? 1 : 0;
      if (found >= wanted) {
        best = Math.max(best, (double) found / (place + 1));
      }
    }
    return best;
  }

  /**
   * The mean of the interpolated precision at recalls 0, 0.1, ..., 1.
   *
   * @param ranking a ranking
   * @return trec_eval's 11pt_avg
   */
  public static double elevenPointAverage(JudgedRanking ranking) {
    Objects.requireNonNull(ranking, "ranking must not be null");
    double sum = 0;
    for (int i = 0; i <= 10; i++) {
      sum += interpolatedPrecision(ranking, i / 10.0);
    }
    return sum / 11;
  }

  /**
   * The share of the first k retrieved items that are judged.
   *
   * @param ranking a ranking
   * @param k the cut-off
   * @return judged at k
   */
  public static double judged(JudgedRanking ranking, int k) {
    Objects.requireNonNull(ranking, "ranking must not be null");
    int last = min(k, ranking.retrieved());
    return ratio(ranking.expectedSum(last, place -> 1, label -> label >= 0 ? 1 : 0), last);
  }

  private static double ratio(double numerator, double denominator) {
    return denominator == 0 ? 0 : numerator / denominator;
  }

  /** Refuses a ranking of which the order is only partly known. */
  static void requireOrder(JudgedRanking ranking, String metric) {
    if (ranking.hasTies()) {
      throw new IllegalArgumentException(
          metric + " has no mean over tie orders. Maybe choose another tie rule?");
    }
  }
}
