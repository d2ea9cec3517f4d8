package io.solvegrad.relaxation;

import io.solvegrad.ranking.Diagnostics;
import io.solvegrad.ranking.Layout;
import io.solvegrad.ranking.RankingBatch;
import io.solvegrad.ranking.RankingLoss;
import io.solvegrad.ranking.ScoreArray;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A loss on log(softmax(s / temperature) + epsilon), list by list, in place of the scores: what Rax
 * and TF-Ranking do to scores with Gumbel noise. Inside a {@link
 * io.solvegrad.ranking.PerturbedLoss} with Gumbel noise it gives their GumbelApproxNDCG. O(n) more
 * than the loss.
 *
 * @param loss the loss on smoothed scores
 * @param epsilon what keeps scores from falling without end, positive; 1e-20 in TF-Ranking
 * @param temperature positive, 1 in Rax
 */
public record SmoothedScores(RankingLoss loss, double epsilon, double temperature)
    implements RankingLoss {

  /**
   * Checks epsilon and temperature.
   *
   * @throws IllegalArgumentException unless both are positive and finite
   */
  public SmoothedScores {
    Objects.requireNonNull(loss, "loss must not be null");
    Steps.requirePositive("epsilon", epsilon);
    Steps.requirePositive("temperature", temperature);
  }

  @Override
  public double evaluate(
      RankingBatch batch, double factor, @Nullable ScoreArray gradient, Diagnostics diagnostics) {
    RankingLoss.requireGradient(batch, gradient);
    Objects.requireNonNull(diagnostics, "diagnostics must not be null");
    ScoreArray scores = batch.scores();
    ScoreArray smooth = scores.zeros(scores.length());
    double[] probability = new double[scores.length()];
    int lists = batch.layout().lists();
    for (int q = 0; q < lists; q++) {
      int[] valid = valid(batch, q);
      softmax(scores, valid, probability);
      for (int i : valid) {
        boolean known = !Double.isNaN(probability[i]);
        smooth.set(i, known ? Math.log(probability[i] + epsilon) : scores.get(i));
      }
    }
    RankingBatch view = batch.withScores(smooth);
    if (gradient == null) {
      return loss.evaluate(view, factor, null, diagnostics);
    }
    ScoreArray inner = scores.zeros(scores.length());
    double value = loss.evaluate(view, factor, inner, diagnostics);
    for (int q = 0; q < lists; q++) {
      int[] valid = valid(batch, q);
      double sum = 0;
      for (int i : valid) {
        sum += inner.get(i) * probability[i] / (probability[i] + epsilon);
      }
      for (int i : valid) {
        double own = inner.get(i) * probability[i] / (probability[i] + epsilon);
        gradient.add(i, (own - probability[i] * sum) / temperature);
      }
    }
    return value;
  }

  @Override
  public double divisor(RankingBatch batch) {
    return loss.divisor(batch);
  }

  /** Indices of the valid candidates of a list. */
  private static int[] valid(RankingBatch batch, int q) {
    Layout layout = batch.layout();
    int[] excluded = new int[batch.excluded().bound(q, layout)];
    int count = batch.excluded().read(q, layout, excluded);
    int[] valid = new int[layout.length(q) - count];
    int written = 0;
    for (int p = 0, e = 0; p < layout.length(q); p++) {
      if (e < count && excluded[e] == p) {
        e++;
      } else {
        valid[written++] = layout.start(q) + p * layout.stride();
      }
    }
    return valid;
  }

  private void softmax(ScoreArray scores, int[] valid, double[] probability) {
    double largest = Arrays.stream(valid).mapToDouble(scores::get).max().orElse(0);
    double sum = 0;
    for (int i : valid) {
      probability[i] = Math.exp(Steps.difference(scores.get(i), largest) / temperature);
      sum += probability[i];
    }
    for (int i : valid) {
      probability[i] /= sum;
    }
  }
}
