package io.solvegrad.ranking;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A weighted sum of losses on the same batch. The weights act inside the upstream of each.
 *
 * @param terms the losses with their weights; a term of weight 0 is not evaluated
 */
public record WeightedSum(List<Term> terms) implements RankingLoss {

  /**
   * A loss and its weight.
   *
   * @param weight multiplies the loss, inside its upstream
   * @param loss the loss
   */
  public record Term(double weight, RankingLoss loss) {
    /**
     * Checks the weight.
     *
     * @throws IllegalArgumentException if it is not finite
     */
    public Term {
      if (!Double.isFinite(weight)) {
        throw new IllegalArgumentException("the weight of a loss must be finite, but is " + weight);
      }
      Objects.requireNonNull(loss, "loss must not be null");
    }
  }

  /** Keeps a copy of the terms. */
  public WeightedSum {
    terms = List.copyOf(Objects.requireNonNull(terms, "terms must not be null"));
  }

  @Override
  public double evaluate(
      RankingBatch batch, double factor, @Nullable ScoreArray gradient, Diagnostics diagnostics) {
    // Also without a term that would look.
    RankingLoss.requireGradient(batch, gradient);
    Objects.requireNonNull(diagnostics, "diagnostics must not be null");
    if (!Double.isFinite(factor)) {
      throw new IllegalArgumentException("factor must be finite, but is " + factor);
    }
    double sum = 0;
    for (int t = 0; t < terms.size(); t++) {
      Term term = terms.get(t);
      if (term.weight != 0) {
        sum += term.loss.evaluate(batch, factor * term.weight, gradient, diagnostics);
      }
    }
    return sum;
  }

  /** {@inheritDoc} Where terms count different lists, the largest of their divisors. */
  @Override
  public double divisor(RankingBatch batch) {
    Objects.requireNonNull(batch, "batch must not be null");
    return terms.stream()
        .filter(term -> term.weight != 0)
        .mapToDouble(term -> term.loss.divisor(batch))
        .max()
        .orElse(0);
  }
}
