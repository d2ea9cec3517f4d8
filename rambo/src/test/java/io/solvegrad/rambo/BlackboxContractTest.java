package io.solvegrad.rambo;

import io.solvegrad.ranking.AveragePrecision;
import io.solvegrad.ranking.DiscountedGain;
import io.solvegrad.ranking.MatrixView;
import io.solvegrad.ranking.MetricLoss;
import io.solvegrad.ranking.PerturbedLoss;
import io.solvegrad.ranking.PositionFunction;
import io.solvegrad.ranking.RankingLoss;
import io.solvegrad.ranking.RankingLossContract;
import io.solvegrad.ranking.Recall;
import io.solvegrad.ranking.Reduction;
import io.solvegrad.ranking.SharedLossContract;
import io.solvegrad.solver.Lambda;
import org.junit.jupiter.api.Nested;

/** RaMBO's losses keep the contract of all losses. */
final class BlackboxContractTest {

  @Nested
  final class RecallWithMargin extends SharedLossContract {
    @Override
    protected RankingLoss loss(double strength, int threads) {
      return MetricLoss.of(Recall.log(), new BlackboxRanker(Lambda.plain(32 * strength)))
          .margin(0.125)
          .threads(threads);
    }
  }

  @Nested
  final class MicroRecallInNormalisedUnits extends SharedLossContract {
    @Override
    protected RankingLoss loss(double strength, int threads) {
      return MetricLoss.of(Recall.logLog(), new BlackboxRanker(Lambda.normalised(6 * strength)))
          .reduction(Reduction.MICRO)
          .threads(threads);
    }
  }

  @Nested
  final class SumOfDiscountedGains extends SharedLossContract {
    @Override
    protected RankingLoss loss(double strength, int threads) {
      DiscountedGain metric = new DiscountedGain(PositionFunction.logarithmic().top(4));
      return MetricLoss.of(metric, new BlackboxRanker(Lambda.plain(16 * strength)))
          .reduction(Reduction.SUM)
          .threads(threads);
    }
  }

  @Nested
  final class PrecisionOfPerturbedScores extends RankingLossContract {
    @Override
    protected RankingLoss loss(double strength, int threads) {
      MetricLoss loss =
          MetricLoss.of(new AveragePrecision(), new BlackboxRanker(Lambda.plain(30 * strength)))
              .threads(threads);
      return new PerturbedLoss(loss, PerturbedLoss.Noise.GAUSSIAN, 0, 2, 1);
    }
  }

  @Nested
  final class PrecisionInMemory extends RankingLossContract {
    @Override
    protected RankingLoss loss(double strength, int threads) {
      MetricLoss loss =
          MetricLoss.of(new AveragePrecision(1e-5), new BlackboxRanker(Lambda.plain(40 * strength)))
              .threads(threads);
      return new ScoreMemory(MatrixView.COLUMNS.apply(loss), 10);
    }
  }

  /** Its number of threads is that of the machine. */
  @Nested
  final class PrecisionOverClasses extends RankingLossContract {
    @Override
    protected RankingLoss loss(double strength, int threads) {
      return new ClassAveragePrecision(
          new ClassAveragePrecision.Settings(
              Lambda.normalised(4 * strength), 0.125, 1.0 / 3, 12, 0));
    }
  }

  /** The memory has no part in this one. */
  @Nested
  final class PrecisionAcrossClasses extends RankingLossContract {
    @Override
    protected RankingLoss loss(double strength, int threads) {
      return new ClassAveragePrecision(
          new ClassAveragePrecision.Settings(Lambda.plain(40 * strength), 0, 1, 3, 0));
    }
  }
}
