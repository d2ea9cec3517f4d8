package io.solvegrad.retrieval.training;

import io.solvegrad.rambo.BlackboxRanker;
import io.solvegrad.ranking.Diagnostics;
import io.solvegrad.ranking.MetricLoss;
import io.solvegrad.ranking.RankMetric;
import io.solvegrad.ranking.RankingBatch;
import io.solvegrad.ranking.RankingLoss;
import io.solvegrad.ranking.Ranks;
import io.solvegrad.ranking.ScoreArray;
import io.solvegrad.ranking.Targets;
import io.solvegrad.solver.Lambda;
import org.jspecify.annotations.Nullable;

/** Passes a loss through, times it and notes the hit rate of each batch on its way. */
final class ObservedLoss implements RankingLoss {

  /** 1 - hit rate@1 of a list; it is only looked at, so it has no derivatives. */
  private enum Miss implements RankMetric<Ranks> {
    AT_RANK_ONE;

    @Override
    public double normaliser(Targets targets) {
      return 1;
    }

    @Override
    public double loss(Targets targets, Ranks ranks, double scale) {
      for (int k = 0; k < targets.count(); k++) {
        if (ranks.rank(k) <= 1) {
          return 0;
        }
      }
      return 1;
    }
  }

  private final RankingLoss loss;
  private final MetricLoss misses =
      MetricLoss.of(Miss.AT_RANK_ONE, new BlackboxRanker(Lambda.plain(1)));
  private double hitRate;
  private double seconds;

  ObservedLoss(RankingLoss loss) {
    this.loss = loss;
  }

  /** The hit rate of the last batch. */
  double hitRate() {
    return hitRate;
  }

  /** The seconds spent in the loss so far, observation not counted. */
  double seconds() {
    return seconds;
  }

  @Override
  public double evaluate(
      RankingBatch batch, double factor, @Nullable ScoreArray gradient, Diagnostics diagnostics) {
    hitRate = 1 - misses.value(batch);
    long start = System.nanoTime();
    double value = loss.evaluate(batch, factor, gradient, diagnostics);
    seconds += (System.nanoTime() - start) * 1e-9;
    return value;
  }
}
