package io.solvegrad.retrieval.loss;

import io.solvegrad.example.training.LambdaChoice;
import io.solvegrad.rambo.LambdaSteps;
import io.solvegrad.ranking.Diagnostics;
import io.solvegrad.ranking.PerturbedLoss;
import io.solvegrad.ranking.RankingBatch;
import io.solvegrad.ranking.RankingLoss;
import io.solvegrad.ranking.ScoreArray;
import io.solvegrad.ranking.WeightedSum;
import io.solvegrad.solver.Lambda;
import io.solvegrad.solver.VaryingLambda;
import org.jspecify.annotations.Nullable;

/**
 * The loss of one training: noise, samples and an adaptive lambda go on from step to step, and can
 * be resumed. Not thread-safe.
 */
public final class TrainedLoss implements RankingLoss {
  private final int rankings;
  private final Lambda lambda;
  private final RankingLoss loss;
  private final @Nullable PerturbedLoss perturbed;
  private long evaluations;

  /**
   * The loss at its first step.
   *
   * @param settings which loss
   * @param threads how many threads it may use
   * @param seed of its noise and samples
   */
  public TrainedLoss(LossSettings settings, int threads, long seed) {
    LambdaChoice choice = settings.lambda();
    lambda = choice == null ? Lambda.plain(1) : choice.create();
    rankings = settings.rankings();
    RankingLoss exact =
        new WeightedSum(
            settings.loss().terms().stream()
                .map(term ->
                    new WeightedSum.Term(term.weight(), term(term, settings, threads, seed)))
                .toList());
    perturbed =
        settings.noise() == 0
            ? null
            : new PerturbedLoss(
                exact, PerturbedLoss.Noise.GAUSSIAN, settings.noise(), rankings, seed);
    RankingLoss inner = perturbed == null ? exact : perturbed;
    loss = lambda instanceof VaryingLambda varying ? new LambdaSteps(inner, varying) : inner;
  }

  private RankingLoss term(LossChoice.Term term, LossSettings settings, int threads, long seed) {
    double margin = settings.margin();
    if (!LossCatalogue.isSampled(term.name())) {
      return LossCatalogue.create(term, lambda, margin, threads, seed);
    }
    // What draws samples is made anew for every evaluation, or it would draw the same ones.
    return (batch, factor, gradient, diagnostics) ->
        LossCatalogue.create(term, lambda, margin, threads, mix(seed, evaluations++))
            .evaluate(batch, factor, gradient, diagnostics);
  }

  private static long mix(long seed, long evaluation) {
    return (seed * 0x9e3779b97f4a7c15L) ^ (evaluation * 0xbf58476d1ce4e5b9L);
  }

  /** {@return what an adaptive lambda has made of its start; 1 for a fixed one} */
  public double lambdaFactor() {
    return lambda instanceof VaryingLambda varying ? varying.factor() : 1;
  }

  /**
   * Continues as after a number of steps.
   *
   * @param steps the number
   * @param lambdaFactor what {@link #lambdaFactor} was then
   */
  public void resumeAfter(long steps, double lambdaFactor) {
    evaluations = steps * rankings;
    if (perturbed != null) {
      perturbed.resumeAfter(steps);
    }
    if (lambda instanceof VaryingLambda varying) {
      varying.resumeAfter(steps, lambdaFactor);
    }
  }

  @Override
  public double evaluate(
      RankingBatch batch, double factor, @Nullable ScoreArray gradient, Diagnostics diagnostics) {
    return loss.evaluate(batch, factor, gradient, diagnostics);
  }
}
