package io.solvegrad.ranking;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A loss under a margin that is drawn anew for every candidate in every evaluation: scores of
 * relevant candidates lose |z| x margin / 2 and those of the others gain as much, z normal. On
 * average a pair is shifted by 0.798 margins.
 *
 * <p>The code published with RaMBO does this where its paper has the constant margin of {@link
 * MetricLoss#margin}, which is the default everywhere here. Put it inside a score memory, so that
 * remembered scores are drawn anew too, as there. The draws depend on the seed and on the number of
 * evaluations before, on nothing else.
 *
 * <p>Costs a copy of the scores. Not thread-safe: it counts its evaluations, and refuses two at
 * once.
 */
public final class RandomMargin implements RankingLoss {
  private final RankingLoss loss;
  private final double margin;
  private final NoiseSeed seed;
  private final NoisyScores scores = new NoisyScores();

  /**
   * A loss under random margins.
   *
   * @param loss the loss, without a margin of its own
   * @param margin in units of the score, finite and not negative
   * @param seed where the draws start
   * @throws IllegalArgumentException if the margin is negative or not finite
   */
  public RandomMargin(RankingLoss loss, double margin, long seed) {
    MetricLoss.requireMargin(margin);
    this.loss = Objects.requireNonNull(loss, "loss must not be null");
    this.margin = margin;
    this.seed = new NoiseSeed(seed);
  }

  /** {@return how often the loss has been evaluated; with the seed it determines the next draws} */
  public long evaluations() {
    return seed.evaluations();
  }

  /**
   * Continues as after a number of evaluations, to resume a run.
   *
   * @param count the number, 0 or more
   * @throws IllegalArgumentException if it is negative
   */
  public void resumeAfter(long count) {
    seed.resumeAfter(count);
  }

  @Override
  public double evaluate(
      RankingBatch batch, double factor, @Nullable ScoreArray gradient, Diagnostics diagnostics) {
    Objects.requireNonNull(batch, "batch must not be null");
    scores.take();
    try {
      return loss.evaluate(
          scores.withMargins(batch, margin, seed.next()), factor, gradient, diagnostics);
    } finally {
      scores.release();
    }
  }

  @Override
  public double divisor(RankingBatch batch) {
    return loss.divisor(batch);
  }
}
