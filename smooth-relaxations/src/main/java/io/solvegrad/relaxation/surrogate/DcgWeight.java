package io.solvegrad.relaxation.surrogate;

import io.solvegrad.ranking.Gain;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.DoubleUnaryOperator;

/**
 * Lambda weights by the gains of the labels and the discounts of the ranks:
 *
 * <ul>
 *   <li>{@link Form#SWAP}: |g_i - g_j| |D(r_i) - D(r_j)|, what exchanging the two does to DCG
 *       (LambdaRank); D is 0 beyond the cut-off.
 *   <li>{@link Form#DISTANCE}: |g_i - g_j| |D(|r_i - r_j|) - D(|r_i - r_j| + 1)| (LambdaLoss,
 *       NDCG-Loss2); {@link Form#LIGHT_DISTANCE}: |g_i - g_j| D(|r_i - r_j|). With a cut-off k they
 *       are divided by 1 - D(max(r_i, r_j)) where max(r_i, r_j) exceeds k.
 *   <li>{@link Form#OWN}: g_i D(r_i) (NDCG-Loss1, for all ordered pairs).
 * </ul>
 *
 * <p>NDCG-Loss2++ is mu x DISTANCE + SWAP ({@link #timesPlus}). Gains are multiplied by item
 * weights and, where normalised, divided by the ideal DCG. Everything is multiplied by the number
 * of valid candidates, so that weights do not vanish in long lists, or by a constant.
 *
 * <p>Gains are finite for labels up to 1000, and so is what is divided by the ideal. A label whose
 * gain is infinite is refused with its row. Candidates at -infinity stand last.
 *
 * <p>Source: Burges, Ragno, Le, Learning to Rank with Nonsmooth Cost Functions, NIPS 2006; Wang et
 * al., CIKM 2018, doi:10.1145/3269206.3271784; for the cut-off Jagerman et al., On Optimizing Top-K
 * Metrics for Neural Ranking Models, SIGIR 2022, doi:10.1145/3477495.3531849.
 *
 * @param form which differences
 * @param gain what a label is worth, finite
 * @param discount D, positive and falling for ranks of 1 and more
 * @param cutoff the last rank that counts, {@link Integer#MAX_VALUE} for all
 * @param normalised whether gains are divided by the ideal DCG (at the cut-off)
 * @param factor what the weights are multiplied by; 0 stands for the number of valid candidates.
 *     Rax multiplies by the padded length of a row, TF-Ranking and allRank by 1
 */
public record DcgWeight(
    Form form,
    DoubleUnaryOperator gain,
    DoubleUnaryOperator discount,
    int cutoff,
    boolean normalised,
    double factor)
    implements LambdaWeight {

  /** Which differences of gains and discounts make the weight. */
  public enum Form {
    /** The change of DCG when the two exchange their ranks. */
    SWAP,
    /** The discount of the distance of the ranks. */
    DISTANCE,
    /** A simpler function of that distance. */
    LIGHT_DISTANCE,
    /** Gain times discount of the first candidate. */
    OWN
  }

  /**
   * Checks cut-off and factor.
   *
   * @throws IllegalArgumentException if the cut-off is less than 1, or the factor negative or not
   *     finite
   */
  public DcgWeight {
    Objects.requireNonNull(form, "form must not be null");
    Objects.requireNonNull(gain, "gain must not be null");
    Objects.requireNonNull(discount, "discount must not be null");
    if (cutoff < 1) {
      throw new IllegalArgumentException("cut-off k must be at least 1, but is " + cutoff);
    }
    Checks.notNegative("factor", factor);
  }

  /**
   * Gain 2^y - 1, discount 1 / log2(1 + rank), no cut-off, not normalised, multiplied by the number
   * of valid candidates.
   *
   * @param form which differences
   */
  public DcgWeight(Form form) {
    this(form, Gain.exponential()::of, r -> Logs.LN2 / Math.log1p(r), Integer.MAX_VALUE, false, 0);
  }

  /**
   * {@return the same weight up to a rank}
   *
   * @param k the last rank that counts
   * @throws IllegalArgumentException if it is less than 1
   */
  public DcgWeight top(int k) {
    return new DcgWeight(form, gain, discount, k, normalised, factor);
  }

  /** {@return the same weight with gains divided by the ideal DCG} */
  public DcgWeight overIdeal() {
    return new DcgWeight(form, gain, discount, cutoff, true, factor);
  }

  /**
   * {@return the same weight multiplied by a constant}
   *
   * @param constant not negative; 0 stands for the number of valid candidates
   * @throws IllegalArgumentException if it is negative or not finite
   */
  public DcgWeight scaledBy(double constant) {
    return new DcgWeight(form, gain, discount, cutoff, normalised, constant);
  }

  @Override
  public OfPair on(LabelledList list) {
    int n = list.size();
    double scale = factor == 0 ? n : factor;
    double[] gains = gains(list);
    Arrays.setAll(gains, i -> scale * gains[i]);
    // Discounts by rank, so that no pair computes a logarithm.
    double[] byRank = new double[n + 2];
    for (int r = 1; r <= n + 1; r++) {
      byRank[r] = discount.applyAsDouble(r);
    }
    int[] ranks = list.ranks();
    return switch (form) {
      case SWAP ->
          (i, j) ->
              Math.abs((gains[i] - gains[j]) * (cut(byRank, ranks[i]) - cut(byRank, ranks[j])));
      case OWN -> (i, j) -> gains[i] * cut(byRank, ranks[i]);
      case DISTANCE, LIGHT_DISTANCE ->
          (i, j) ->
              i == j ? 0 : Math.abs(gains[i] - gains[j]) * distance(byRank, ranks[i], ranks[j]);
    };
  }

  /** Gains, over the ideal where normalised: a ratio that is finite although the sum may not be. */
  private double[] gains(LabelledList list) {
    double[] gains = list.gains(gain);
    if (!normalised) {
      return gains;
    }
    double[] relative = LabelledList.relative(gains);
    double ideal = list.requireFinite("ideal DCG", ideal(relative));
    if (ideal == 0) {
      return gains;
    }
    Arrays.setAll(relative, i -> relative[i] / ideal);
    return relative;
  }

  private double cut(double[] byRank, int rank) {
    return rank <= cutoff ? byRank[rank] : 0;
  }

  private double distance(double[] byRank, int one, int other) {
    int apart = Math.abs(one - other);
    double weight =
        form == Form.DISTANCE ? Math.abs(byRank[apart] - byRank[apart + 1]) : byRank[apart];
    int last = Math.max(one, other);
    return last > cutoff ? weight / (1 - byRank[last]) : weight;
  }

  private double ideal(double[] gains) {
    double[] sorted = gains.clone();
    Arrays.sort(sorted);
    double sum = 0;
    for (int r = 1; r <= Math.min(sorted.length, cutoff); r++) {
      sum += sorted[sorted.length - r] * discount.applyAsDouble(r);
    }
    return sum;
  }
}
