package io.solvegrad.rambo;

import io.solvegrad.ranking.Diagnostics;
import io.solvegrad.ranking.RankingBatch;
import io.solvegrad.ranking.RankingLoss;
import io.solvegrad.ranking.ScoreArray;
import io.solvegrad.solver.VaryingLambda;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Ends a step of a varying lambda with every evaluation that asks for a gradient.
 *
 * <pre>{@code
 * VaryingLambda lambda = Lambda.adaptive(Lambda.plain(200), 0.2);
 * RankingLoss loss =
 *     new LambdaSteps(MetricLoss.of(Recall.logLog(), new BlackboxRanker(lambda)), lambda);
 * }</pre>
 *
 * <p>Put it outermost: what is inside, such as several rankings of noisy scores or the two terms of
 * {@link ClassAveragePrecision}, then counts as one step. Not thread-safe: it belongs to one
 * training loop. Costs nothing worth mention.
 */
public final class LambdaSteps implements RankingLoss {
  private final RankingLoss loss;
  private final VaryingLambda lambda;
  private final Diagnostics step = new Diagnostics();

  /**
   * A loss whose lambda varies.
   *
   * @param loss the loss that uses this lambda
   * @param lambda the strength
   */
  public LambdaSteps(RankingLoss loss, VaryingLambda lambda) {
    this.loss = Objects.requireNonNull(loss, "loss must not be null");
    this.lambda = Objects.requireNonNull(lambda, "lambda must not be null");
  }

  /** {@return the strength, to look at or resume} */
  public VaryingLambda lambda() {
    return lambda;
  }

  /**
   * {@inheritDoc}
   *
   * <p>Evaluations in which no list was ranked backward leave the strength as it is.
   */
  @Override
  public double evaluate(
      RankingBatch batch, double factor, @Nullable ScoreArray gradient, Diagnostics diagnostics) {
    Objects.requireNonNull(batch, "batch must not be null");
    // Before the inner loss, which may remember what it has seen.
    Objects.requireNonNull(diagnostics, "diagnostics must not be null");
    step.reset();
    double value = loss.evaluate(batch, factor, gradient, step);
    diagnostics.add(step);
    if (step.lists() > 0) {
      lambda.step(step.movedShare());
    }
    return value;
  }

  @Override
  public double divisor(RankingBatch batch) {
    return loss.divisor(batch);
  }
}
