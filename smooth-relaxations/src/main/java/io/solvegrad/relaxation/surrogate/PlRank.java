package io.solvegrad.relaxation.surrogate;

import io.solvegrad.ranking.PositionFunction;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.DoubleUnaryOperator;

/**
 * PL-Rank: 1 - the expected NDCG@k over rankings drawn from the Plackett-Luce model with these
 * scores, with an unbiased estimate of its gradient that uses the whole distribution at every place
 * of a sample and not the sample alone. Far less noisy than {@link PolicyGradient}.
 *
 * <p>For a sample y, the derivative of the discounted gain by score d is the gain placed after d,
 * plus the sum over places up to d of P(d at this place | those before) x (what d would gain here -
 * what is gained from here on). The gradient is an estimate and not the derivative of the estimated
 * value. O(samples x n log n), O(n) memory.
 *
 * <p>Candidates at -infinity come last in every sample and get no gradient. Gains may be as large
 * as numbers are, because they are divided by the ideal; infinite ones are refused with their row.
 *
 * <p>Source: Oosterhuis, SIGIR 2021, doi:10.1145/3404835.3462830; SIGIR 2022 (PL-Rank-3),
 * doi:10.1145/3477495.3531842.
 *
 * @param position the discount with its cut-off
 * @param gain what a label is worth, finite and not negative
 * @param samples number of rankings drawn, at least 1
 * @param seed where the noise starts
 */
public record PlRank(PositionFunction position, DoubleUnaryOperator gain, int samples, long seed)
    implements ListObjective {

  /**
   * Checks the number of samples.
   *
   * @throws IllegalArgumentException if it is less than 1
   */
  public PlRank {
    Objects.requireNonNull(position, "position must not be null");
    Objects.requireNonNull(gain, "gain must not be null");
    if (samples < 1) {
      throw new IllegalArgumentException("samples must be at least 1, but is " + samples);
    }
  }

  @Override
  public double elements(LabelledList list) {
    return list.requireFinite("ideal DCG", ideal(gains(list))) > 0 ? 1 : 0;
  }

  private double[] gains(LabelledList list) {
    return LabelledList.relative(list.gains(y -> y > 0 ? gain.applyAsDouble(y) : 0));
  }

  private double ideal(double[] gains) {
    double[] sorted = gains.clone();
    Arrays.sort(sorted);
    double sum = 0;
    for (int r = 1; r <= sorted.length; r++) {
      sum += sorted[sorted.length - r] * position.at(r);
    }
    return sum;
  }

  @Override
  public double evaluate(LabelledList list, double scale) {
    double[] gains = gains(list);
    double ideal = ideal(gains);
    PlackettLuce model = new PlackettLuce(list, seed);
    double found = 0;
    for (int m = 0; m < samples; m++) {
      int[] order = model.next();
      // What is gained from each place on.
      double[] ahead = new double[order.length + 1];
      for (int p = order.length - 1; p >= 0; p--) {
        ahead[p] = ahead[p + 1] + gains[order[p]] * position.at(p + 1);
      }
      found += order.length == 0 ? 0 : ahead[0];
      if (scale != 0) {
        pull(list, model, order, gains, ahead, -scale / (samples * ideal));
      }
    }
    return 1 - found / (samples * ideal);
  }

  /**
   * worth and lost times e^-rest are the sums over the places so far of D / e^rest and of the gain
   * from there on / e^rest; rest never grows, so no factor exceeds 1.
   */
  private void pull(
      LabelledList list,
      PlackettLuce model,
      int[] order,
      double[] gains,
      double[] ahead,
      double scale) {
    double[] rest = model.rest(order);
    double worth = 0;
    double lost = 0;
    for (int p = 0; p < order.length && rest[p] != Double.NEGATIVE_INFINITY; p++) {
      if (p > 0) {
        double shrink = Logs.ratio(rest[p], rest[p - 1]);
        worth *= shrink;
        lost *= shrink;
      }
      worth += position.at(p + 1);
      lost += ahead[p];
      int d = order[p];
      double chance = Logs.ratio(list.score(d), rest[p]);
      list.addGradient(d, scale * (ahead[p + 1] + chance * (gains[d] * worth - lost)));
    }
  }
}
