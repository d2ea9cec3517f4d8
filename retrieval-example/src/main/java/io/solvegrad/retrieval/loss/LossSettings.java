package io.solvegrad.retrieval.loss;

import io.solvegrad.example.training.LambdaChoice;
import org.jspecify.annotations.Nullable;

/**
 * A loss with what turns about it.
 *
 * @param loss which loss
 * @param lambda the interpolation strength of RaMBO's losses, fixed or adaptive; null for others
 * @param margin by which relevant candidates must lead, in units of the score
 * @param noise standard deviation of the Gaussian noise on scores; 0 for none
 * @param rankings how many noisy rankings are averaged in a step; without noise, one is enough
 */
public record LossSettings(
    LossChoice loss, @Nullable LambdaChoice lambda, double margin, double noise, int rankings) {

  /**
   * The settings as a table shows them.
   *
   * @return the loss and what else is not nothing, such as {@code ap lambda=plain:200.0}
   */
  public String describe() {
    StringBuilder text = new StringBuilder(loss.toString());
    if (lambda != null) {
      text.append(" lambda=").append(lambda);
    }
    if (margin != 0) {
      text.append(" margin=").append(margin);
    }
    if (noise != 0) {
      text.append(" noise=").append(noise).append(" rankings=").append(rankings);
    }
    return text.toString();
  }
}
