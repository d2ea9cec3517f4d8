package io.solvegrad.evaluation.ranking;

/**
 * Formulas that only trec_eval has, most of them called experimental there. Labels of at least 0
 * are gains, others gain nothing; a metric of a query without a gain is 0. The order of the items
 * must be known.
 */
final class TrecFormulas {
  private static final double RESIDUAL_PERSISTENCE = 0.9;

  private TrecFormulas() {}

  /** Precision at a multiple of R, floor(multiple x R + 0.9) items. */
  static double precisionAtMultiple(JudgedRanking ranking, double multiple) {
    int k = (int) (multiple * ranking.relevant() + 0.9);
    return k == 0 ? 0 : RankingFormulas.precision(ranking, k);
  }

  /** Relevant retrieved items less the others retrieved. */
  static double utility(JudgedRanking ranking) {
    return 2 * ranking.hits(ranking.retrieved()) - ranking.retrieved();
  }

  /** The share of the first k places that hold an item nobody judged. */
  static double unjudged(JudgedRanking ranking, int k) {
    double judged = ranking.expectedSum(k, place -> 1, label -> label >= 0 ? 1 : 0);
    return (Math.min(k, ranking.retrieved()) - judged) / k;
  }

  /** What unjudged items could add to the rank-biased precision of persistence 0.9. */
  static double rankBiasedResidual(JudgedRanking ranking) {
    RankingFormulas.requireOrder(ranking, "rbp_resid");
    double sum = 0;
    double weight = 1;
    for (int place = 0; place < ranking.retrieved(); place++, weight *= RESIDUAL_PERSISTENCE) {
      sum += ranking.label(place) >= 0 ? 0 : weight;
    }
    return sum == 0 ? 0 : weight + (1 - RESIDUAL_PERSISTENCE) * sum;
  }

  /** (1/R) sum over relevant items of 1 / log2(2 + irrelevant ones before). */
  static double binaryGain(JudgedRanking ranking) {
    RankingFormulas.requireOrder(ranking, "binG");
    double sum = 0;
    int irrelevant = 0;
    for (int place = 0; place < ranking.retrieved(); place++) {
      if (ranking.isRelevant(place)) {
        sum += 1 / log2(2.0 + irrelevant);
      } else {
        irrelevant++;
      }
    }
    return sum == 0 ? 0 : sum / ranking.relevant();
  }

  /**
   * Sum of gain / log2(2 + what the ideal order gained more by then, at least 1 a place), over the
   * sum of all gains.
   */
  static double normalizedGain(JudgedRanking ranking) {
    RankingFormulas.requireOrder(ranking, "G");
    double[] ideal = ranking.allLabels();
    double sum = 0;
    double found = 0;
    double possible = 0;
    for (int place = 0; place < ranking.retrieved(); place++) {
      double gain = gain(ranking.label(place));
      found += gain;
      possible += Math.max(1, place < ideal.length ? gain(ideal[place]) : 0);
      sum += gain == 0 ? 0 : gain / log2(2 + possible - found);
    }
    double all = 0;
    for (double label : ideal) {
      all += gain(label);
    }
    return all == 0 ? 0 : sum / all;
  }

  /** The mean of the NDCG at the items with a gain; that of missing ones is taken at the end. */
  static double ndcgAtRelevant(JudgedRanking ranking) {
    RankingFormulas.requireOrder(ranking, "ndcg_rel");
    double[] ideal = ranking.allLabels();
    double sum = 0;
    double dcg = 0;
    double idealDcg = 0;
    int gaining = 0;
    int retrieved = 0;
    for (int place = 0; place < ranking.retrieved() || gainAt(ideal, place) > 0; place++) {
      double gain = place < ranking.retrieved() ? gain(ranking.label(place)) : 0;
      dcg += gain / log2(place + 2.0);
      idealDcg += gainAt(ideal, place) / log2(place + 2.0);
      gaining += gainAt(ideal, place) > 0 ? 1 : 0;
      if (gain > 0) {
        sum += dcg / idealDcg;
        retrieved++;
      }
    }
    return gaining == 0 ? 0 : (sum + (gaining - retrieved) * dcg / idealDcg) / gaining;
  }

  /**
   * The mean of the NDCG at the places where the gain of the ideal order changes, and at the end of
   * a ranking that goes on for more than a place after the last of them.
   */
  static double ndcgAtLevels(JudgedRanking ranking) {
    RankingFormulas.requireOrder(ranking, "Rndcg");
    double[] ideal = ranking.allLabels();
    if (ranking.relevant() == 0 || gainAt(ideal, 0) == 0) {
      return 0;
    }
    double sum = 0;
    int levels = 0;
    double dcg = 0;
    double idealDcg = 0;
    int place = 0;
    for (; gainAt(ideal, place) > 0; place++) {
      dcg += place < ranking.retrieved() ? gain(ranking.label(place)) / log2(place + 2.0) : 0;
      idealDcg += gainAt(ideal, place) / log2(place + 2.0);
      if (gainAt(ideal, place) != gainAt(ideal, place + 1)) {
        sum += dcg / idealDcg;
        levels++;
      }
    }
    if (ranking.retrieved() > place + 1) {
      for (; place < ranking.retrieved(); place++) {
        dcg += gain(ranking.label(place)) / log2(place + 2.0);
      }
      sum += dcg / idealDcg;
      levels++;
    }
    return sum / levels;
  }

  private static double gainAt(double[] labels, int place) {
    return place < labels.length ? gain(labels[place]) : 0;
  }

  /** The gain of a label; that of an unjudged item, NaN, is 0. */
  private static double gain(double label) {
    return label > 0 ? label : 0;
  }

  private static double log2(double x) {
    return Math.log(x) / Math.log(2);
  }
}
