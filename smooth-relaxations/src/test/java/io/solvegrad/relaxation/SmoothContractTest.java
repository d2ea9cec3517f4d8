package io.solvegrad.relaxation;

import io.solvegrad.ranking.AveragePrecision;
import io.solvegrad.ranking.DiscountedGain;
import io.solvegrad.ranking.MatrixView;
import io.solvegrad.ranking.MetricLoss;
import io.solvegrad.ranking.PositionFunction;
import io.solvegrad.ranking.RankingLoss;
import io.solvegrad.ranking.Recall;
import io.solvegrad.ranking.Reduction;
import io.solvegrad.ranking.SharedLossContract;
import org.junit.jupiter.api.Nested;

/** Losses under soft ranks keep the contract of all losses; they have no interpolation strength. */
final class SmoothContractTest {

  @Nested
  final class SmoothAveragePrecision extends SharedLossContract {
    @Override
    protected RankingLoss loss(double strength, int threads) {
      return MetricLoss.of(new AveragePrecision(), new PairwiseSigmoid(0.25)).threads(threads);
    }
  }

  @Nested
  final class SmoothRecallWithMargin extends SharedLossContract {
    @Override
    protected RankingLoss loss(double strength, int threads) {
      return MetricLoss.of(Recall.log(), new PairwiseSigmoid(0.5))
          .margin(0.125)
          .reduction(Reduction.MICRO)
          .threads(threads);
    }
  }

  @Nested
  final class ApproximateGain extends SharedLossContract {
    @Override
    protected RankingLoss loss(double strength, int threads) {
      DiscountedGain metric = new DiscountedGain(PositionFunction.logarithmic());
      return MatrixView.COLUMNS.apply(
          MetricLoss.of(metric, new PairwiseSigmoid(0.25)).threads(threads));
    }
  }
}
