package io.solvegrad.ranking;

import io.solvegrad.solver.Lambda;
import java.util.List;
import org.junit.jupiter.api.Nested;

/** The losses of this module under the ranker that has no shortcuts. */
final class MetricLossContractTest {

  private static Ranker<Ranks> ranker(double strength) {
    return new ReferenceRanker(Lambda.plain(8 * strength));
  }

  @Nested
  final class RecallOverQueries extends SharedLossContract {
    @Override
    protected RankingLoss loss(double strength, int threads) {
      return MetricLoss.of(Recall.log(), ranker(strength)).threads(threads);
    }
  }

  @Nested
  final class MicroRecallWithMargin extends SharedLossContract {
    @Override
    protected RankingLoss loss(double strength, int threads) {
      return MetricLoss.of(Recall.logLog(), ranker(8 * strength))
          .margin(0.25)
          .reduction(Reduction.MICRO)
          .threads(threads);
    }
  }

  @Nested
  final class SumOfDiscountedGains extends SharedLossContract {
    @Override
    protected RankingLoss loss(double strength, int threads) {
      DiscountedGain metric = new DiscountedGain(PositionFunction.logarithmic().top(4));
      return MetricLoss.of(metric, ranker(strength)).reduction(Reduction.SUM).threads(threads);
    }
  }

  @Nested
  final class SumOfViews extends SharedLossContract {
    @Override
    protected RankingLoss loss(double strength, int threads) {
      MetricLoss loss =
          MetricLoss.of(new AveragePrecision(), ranker(4 * strength)).threads(threads);
      return new WeightedSum(
          List.of(
              new WeightedSum.Term(0.5, MatrixView.FLAT.apply(loss)),
              new WeightedSum.Term(2, MatrixView.COLUMNS.apply(loss))));
    }
  }

  @Nested
  final class PerturbedByNothing extends RankingLossContract {
    @Override
    protected RankingLoss loss(double strength, int threads) {
      MetricLoss loss =
          MetricLoss.of(new AveragePrecision(), ranker(2 * strength)).threads(threads);
      return new PerturbedLoss(loss, PerturbedLoss.Noise.GAUSSIAN, 0, 2, 1);
    }
  }
}
