package io.solvegrad.ranking;

import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * The mean of a loss over several rankings of noisy scores: value and gradient of (1/m) times the
 * sum over samples of loss(scores + scale x noise).
 *
 * <p>The factor 1/m acts inside the upstream, as every factor does. Under the blackbox ranker the
 * noise turns the staircase of one ranking into an average over its neighbourhood. The noise of an
 * evaluation depends on the seed and on the number of evaluations before it, on nothing else.
 *
 * <p>Costs m evaluations of the loss. Not thread-safe: it counts its evaluations.
 */
public final class PerturbedLoss implements RankingLoss {

  /** The distribution of the noise. */
  public enum Noise {
    /** Normal with mean 0 and standard deviation 1. */
    GAUSSIAN {
      @Override
      double next(SplittableRandom random) {
        return random.nextGaussian();
      }
    },
    /** Gumbel with location 0 and scale 1; rankings become samples of a Plackett-Luce model. */
    GUMBEL {
      @Override
      double next(SplittableRandom random) {
        return -Math.log(-Math.log(random.nextDouble(Double.MIN_NORMAL, 1)));
      }
    };

    abstract double next(SplittableRandom random);
  }

  private static final long STEP = 0x9E3779B97F4A7C15L;

  private final RankingLoss loss;
  private final Noise noise;
  private final double scale;
  private final int samples;
  private final long seed;
  private long evaluations;
  private @Nullable ScoreArray noisy;
  private @Nullable RankingBatch source;
  private @Nullable RankingBatch noisyBatch;

  /**
   * A perturbed loss.
   *
   * @param loss the loss of one ranking
   * @param noise the distribution of the noise
   * @param scale what the noise is multiplied by, in units of the score, 0 or more
   * @param samples m, at least 1
   * @param seed where the noise starts
   * @throws IllegalArgumentException if scale or samples are too small
   */
  public PerturbedLoss(RankingLoss loss, Noise noise, double scale, int samples, long seed) {
    if (!(scale >= 0) || scale == Double.POSITIVE_INFINITY) {
      throw new IllegalArgumentException(
          "noise scale must be finite and not negative, but is " + scale);
    }
    if (samples < 1) {
      throw new IllegalArgumentException("samples must be at least 1, but is " + samples);
    }
    this.loss = loss;
    this.noise = noise;
    this.scale = scale;
    this.samples = samples;
    this.seed = seed;
  }

  /** {@return how often the loss has been evaluated; with the seed it determines the next noise} */
  public long evaluations() {
    return evaluations;
  }

  /**
   * Continues as after a number of evaluations, to resume a run.
   *
   * @param count the number, 0 or more
   * @throws IllegalArgumentException if it is negative
   */
  public void resumeAfter(long count) {
    if (count < 0) {
      throw new IllegalArgumentException("evaluations must not be negative, but is " + count);
    }
    evaluations = count;
  }

  @Override
  public double evaluate(
      RankingBatch batch, double factor, @Nullable ScoreArray gradient, Diagnostics diagnostics) {
    SplittableRandom random = new SplittableRandom(seed + STEP * evaluations++);
    double sum = 0;
    for (int s = 0; s < samples; s++) {
      sum += loss.evaluate(perturb(batch, random), factor / samples, gradient, diagnostics);
    }
    return sum;
  }

  private RankingBatch perturb(RankingBatch batch, SplittableRandom random) {
    ScoreArray scores = batch.scores();
    ScoreArray room = noisy;
    RankingBatch view = noisyBatch;
    if (room == null || view == null || batch != source) {
      if (room == null
          || room.length() != scores.length()
          || room.getClass() != scores.getClass()) {
        room = scores.zeros(scores.length());
        noisy = room;
      }
      view = batch.withScores(room);
      noisyBatch = view;
      source = batch;
    }
    for (int i = 0; i < scores.length(); i++) {
      room.set(i, scores.get(i) + scale * noise.next(random));
    }
    return view;
  }
}
