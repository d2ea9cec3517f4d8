package io.solvegrad.evaluation.ranking;

import java.util.Objects;
import java.util.function.DoubleUnaryOperator;

/**
 * A discounted cumulative gain: sum over ranks r of gain(label) x discount(r).
 *
 * <p>Papers and libraries call quite different sums DCG; these are named after who used them first.
 *
 * @param gain the gain of a label of at least 0; labels below have none
 * @param discount the factor of a rank
 */
public record DcgFormula(DoubleUnaryOperator gain, Discount discount) {

  /** Checks that nothing is missing. */
  public DcgFormula {
    Objects.requireNonNull(gain, "gain must not be null");
    Objects.requireNonNull(discount, "discount must not be null");
  }

  /** The factor of a rank. */
  @FunctionalInterface
  public interface Discount {
    /**
     * Computes the factor.
     *
     * @param rank from 1
     * @return the factor
     */
    double at(int rank);
  }

  /**
   * Gain = label, discount = 1 / log2(1 + r): what trec_eval, ranx, ir_measures and scikit-learn
   * call the DCG of Jarvelin and Kekalainen.
   */
  public static final DcgFormula JARVELIN = new DcgFormula(label -> label, r -> 1 / log2(1.0 + r));

  /**
   * Gain = 2^label - 1, discount = 1 / log2(1 + r): Burges et al., Learning to rank using gradient
   * descent, ICML 2005 (doi:10.1145/1102351.1102363); XGBoost, LightGBM, RankLib, Rax.
   */
  public static final DcgFormula BURGES =
      new DcgFormula(label -> Math.pow(2, label) - 1, r -> 1 / log2(1.0 + r));

  /**
   * Gain = label, no discount below rank b, 1 / log_b(r) from there: as printed in Jarvelin and
   * Kekalainen, Cumulated gain-based evaluation of IR techniques, TOIS 20(4), 2002
   * (doi:10.1145/582415.582418).
   *
   * @param base the base b of the logarithm, above 1
   * @return the formula
   * @throws IllegalArgumentException if base is not above 1
   */
  public static DcgFormula jarvelin2002(double base) {
    checkBase(base);
    return new DcgFormula(label -> label, r -> r < base ? 1 : Math.log(base) / Math.log(r));
  }

  /**
   * Gain = label, discount = 1 / log_b(1 + r): scikit-learn's {@code log_base}.
   *
   * @param base the base b of the logarithm, above 1
   * @return the formula
   * @throws IllegalArgumentException if base is not above 1
   */
  public static DcgFormula withBase(double base) {
    checkBase(base);
    return new DcgFormula(label -> label, r -> Math.log(base) / Math.log(1.0 + r));
  }

  private static void checkBase(double base) {
    if (!(base > 1)) {
      throw new IllegalArgumentException("base = " + base + ", must be above 1");
    }
  }

  private static double log2(double x) {
    return Math.log(x) / Math.log(2);
  }

  /**
   * The DCG of a ranking; with ties its mean over their orders.
   *
   * @param ranking the ranking
   * @param k how many ranks count
   * @return the sum
   * @throws IllegalArgumentException if gains overflow
   */
  public double dcg(JudgedRanking ranking, int k) {
    Objects.requireNonNull(ranking, "ranking must not be null");
    double sum = ranking.expectedSum(k, place -> discount.at(place + 1), this::gainOf);
    if (!Double.isFinite(sum)) {
      throw new IllegalArgumentException(
          "the gain of label " + ranking.allLabels()[0] + " overflows. Maybe use the NDCG?");
    }
    return sum;
  }

  /**
   * The DCG of a ranking divided by that of the best order of all labels, retrieved or not; 0 if
   * that is 0. Gains are taken relative to the largest, so labels of 1000 do not overflow.
   *
   * @param ranking the ranking
   * @param k how many ranks count
   * @return a value from 0 to 1
   */
  public double ndcg(JudgedRanking ranking, int k) {
    Objects.requireNonNull(ranking, "ranking must not be null");
    double[] labels = ranking.allLabels();
    double largest = labels.length == 0 ? 0 : labels[0];
    if (gainOf(largest) == 0) {
      return 0;
    }
    double ideal = 0;
    for (int i = 0; i < Math.min(k, labels.length); i++) {
      ideal += relative(labels[i], largest) * discount.at(i + 1);
    }
    double found =
        ranking.expectedSum(k, place -> discount.at(place + 1), label -> relative(label, largest));
    return ideal == 0 ? 0 : found / ideal;
  }

  private double gainOf(double label) {
    return label <= 0 ? 0 : gain.applyAsDouble(label);
  }

  private double relative(double label, double largest) {
    double of = gainOf(largest);
    if (Double.isFinite(of)) {
      return gainOf(label) / of;
    }
    // an exponential gain that overflows: the -1 vanishes against it
    return label <= 0 ? 0 : Math.pow(2, label - largest);
  }
}
