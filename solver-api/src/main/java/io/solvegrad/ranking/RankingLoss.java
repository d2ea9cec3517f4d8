package io.solvegrad.ranking;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A loss on ranked lists: value out, gradient added to the caller's array. This is all that an
 * integration into a framework needs to know.
 *
 * <p>Losses may be shared by threads unless they say that they remember something between calls.
 */
public interface RankingLoss {

  /**
   * Evaluates the loss and adds its gradient.
   *
   * <p>The blackbox gradient is not linear in its upstream, so a factor must act before the second
   * ranking: multiplying the returned gradient instead gives another, usually worse, gradient.
   *
   * @param batch lists, scores and labels
   * @param factor multiplies the loss, inside the upstream
   * @param gradient receives factor times the gradient with respect to the scores, in their order
   *     and precision; null if only the value is wanted. Modified (added to); after an exception
   *     its content is undefined.
   * @param diagnostics receives what the gradients were like. Modified (added to).
   * @return factor times the loss; 0 if no list has anything to find
   * @throws IllegalArgumentException if a valid score is NaN or a label is NaN or +infinity (naming
   *     row and column), the factor is not finite, or the gradient does not fit the scores
   */
  double evaluate(
      RankingBatch batch, double factor, @Nullable ScoreArray gradient, Diagnostics diagnostics);

  /**
   * Evaluates with factor 1 and adds the gradient; see the full form.
   *
   * @param batch lists, scores and labels
   * @param gradient receives the gradient, as long and precise as the scores. Modified (added to).
   * @return the loss; 0 if no list has anything to find
   * @throws IllegalArgumentException as the full form
   */
  default double evaluate(RankingBatch batch, ScoreArray gradient) {
    return evaluate(batch, 1, gradient, new Diagnostics());
  }

  /**
   * {@return the value alone} A loss with a memory remembers the batch all the same.
   *
   * @param batch lists, scores and labels
   * @throws IllegalArgumentException as the full form
   */
  default double value(RankingBatch batch) {
    return evaluate(batch, 1, null, new Diagnostics());
  }

  /**
   * What a mean over lists is divided by: times it, the lists add up as if each stood alone. Looks
   * at labels only.
   *
   * @param batch lists and labels
   * @return the sum of the query weights of the lists that count, 0 if there are none; for another
   *     reduction what that divides by, 1 for sums. By default every list counts.
   */
  default double divisor(RankingBatch batch) {
    double sum = 0;
    for (int q = 0; q < batch.layout().lists(); q++) {
      sum += batch.queryWeight(q);
    }
    return sum;
  }

  /**
   * Checks that a gradient can receive what belongs to the scores of a batch.
   *
   * @param batch the batch with the scores
   * @param gradient what is to receive the gradient, or null. Not modified.
   * @throws IllegalArgumentException if length or precision differ
   */
  static void requireGradient(RankingBatch batch, @Nullable ScoreArray gradient) {
    Objects.requireNonNull(batch, "batch must not be null");
    if (gradient == null) {
      return;
    }
    if (gradient.length() != batch.scores().length()) {
      throw new IllegalArgumentException(
          "gradient has %d values for %d scores"
              .formatted(gradient.length(), batch.scores().length()));
    }
    if (gradient.getClass() != batch.scores().getClass()) {
      throw new IllegalArgumentException("gradient and scores differ in precision");
    }
  }
}
