package io.solvegrad.ranking;

import java.util.Objects;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * The mean of a loss over several rankings of noisy scores: value and gradient of (1/m) times the
 * sum over samples of loss(scores + scale x noise).
 *
 * <p>The factor 1/m acts inside the upstream, as every factor does: over m rankings a plain lambda
 * reaches as far as lambda / m does over one, so raise it with m. Under the blackbox ranker the
 * noise turns the staircase of one ranking into an average over its neighbourhood. The k-th valid
 * candidate of the batch, list by list, gets the k-th number drawn. The noise of an evaluation
 * depends on the seed and on the number of evaluations before it, on nothing else.
 *
 * <p>Noise is a polynomial of a hash ({@link ScalarNoise}): the probability that it lies below any
 * number is within 1e-4 of that of the distribution, Gaussians reach 5.5 standard deviations and
 * Gumbels lie between -2.8 and 17.5. It is the same on every machine, with SIMD and without, and
 * for any number of threads. A sample costs one more pass over the scores for noise and one
 * evaluation of the loss; under the blackbox ranker nothing is sorted. One copy of the scores
 * serves all samples. Not thread-safe: it counts its evaluations, and refuses two at once.
 */
public final class PerturbedLoss implements RankingLoss {

  /** The distribution of the noise. */
  public enum Noise {
    /** Normal with mean 0 and standard deviation 1. */
    GAUSSIAN,
    /** Gumbel with location 0 and scale 1; rankings become samples of a Plackett-Luce model. */
    GUMBEL
  }

  private final RankingLoss loss;
  private final Noise noise;
  private final NoiseScale scale;
  private final int samples;
  private final NoiseSeed seed;
  private final NoisyScores scores = new NoisyScores();

  /**
   * A perturbed loss.
   *
   * @param loss the loss of one ranking
   * @param noise the distribution of the noise
   * @param scale what the noise is multiplied by
   * @param samples m, at least 1
   * @param seed where the noise starts
   * @throws IllegalArgumentException if there are too few samples
   */
  public PerturbedLoss(RankingLoss loss, Noise noise, NoiseScale scale, int samples, long seed) {
    if (samples < 1) {
      throw new IllegalArgumentException("samples must be at least 1, but is " + samples);
    }
    this.loss = Objects.requireNonNull(loss, "loss must not be null");
    this.noise = Objects.requireNonNull(noise, "noise must not be null");
    this.scale = Objects.requireNonNull(scale, "scale must not be null");
    this.samples = samples;
    this.seed = new NoiseSeed(seed);
  }

  /**
   * A perturbed loss with a fixed scale.
   *
   * @param loss the loss of one ranking
   * @param noise the distribution of the noise
   * @param scale what the noise is multiplied by, in units of the score, 0 or more
   * @param samples m, at least 1
   * @param seed where the noise starts
   * @throws IllegalArgumentException if scale or samples are too small
   */
  public PerturbedLoss(RankingLoss loss, Noise noise, double scale, int samples, long seed) {
    this(loss, noise, NoiseScale.fixed(scale), samples, seed);
  }

  /** {@return how often the loss has been evaluated; with the seed it determines the next noise} */
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
      return mean(batch, factor, gradient, diagnostics, seed.next());
    } finally {
      scores.release();
    }
  }

  @Override
  public double divisor(RankingBatch batch) {
    return loss.divisor(batch);
  }

  private double mean(
      RankingBatch batch,
      double factor,
      @Nullable ScoreArray gradient,
      Diagnostics diagnostics,
      SplittableRandom random) {
    double scoreUnits =
        switch (scale) {
          case NoiseScale.Fixed fixed -> fixed.scoreUnits();
          case NoiseScale.Relative relative -> relative.share() * scores.spread(batch);
        };
    double sum = 0;
    for (int s = 0; s < samples; s++) {
      sum +=
          loss.evaluate(
              scores.withNoise(batch, noise, scoreUnits, random),
              factor / samples,
              gradient,
              diagnostics);
    }
    return sum;
  }
}
