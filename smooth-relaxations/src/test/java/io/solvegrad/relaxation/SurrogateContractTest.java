package io.solvegrad.relaxation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.solvegrad.ranking.Cells;
import io.solvegrad.ranking.MatrixView;
import io.solvegrad.ranking.Outcome;
import io.solvegrad.ranking.RankingLoss;
import io.solvegrad.ranking.Reduction;
import io.solvegrad.ranking.SharedLossContract;
import io.solvegrad.relaxation.embedding.FastAp;
import io.solvegrad.relaxation.surrogate.DcgWeight;
import io.solvegrad.relaxation.surrogate.ErrorDriven;
import io.solvegrad.relaxation.surrogate.LabelTransform;
import io.solvegrad.relaxation.surrogate.ListMle;
import io.solvegrad.relaxation.surrogate.PairFunction;
import io.solvegrad.relaxation.surrogate.PairwiseLoss;
import io.solvegrad.relaxation.surrogate.Softmax;
import io.solvegrad.relaxation.surrogate.SurrogateLoss;
import io.solvegrad.relaxation.surrogate.UniqueSoftmax;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Objectives on single lists keep the contract of all losses once they are losses on batches. */
final class SurrogateContractTest {

  /** What follows from likelihoods and bounds rather than metrics. */
  abstract static class Surrogate extends SharedLossContract {

    /** A list in which nothing is relevant still has elements; what is excluded has none. */
    @Override
    @Test
    protected void nothingToFind_isWorthNothing() {
      Cells cells = Cells.random(12, 6, 9).allExcluded();
      Outcome outcome = Outcome.of(loss(1, 1), cells.batch());
      assertEquals(0, outcome.value());
      assertArrayEquals(new double[54], outcome.gradient());
    }

    /** The loss of what is infinitely wrong may be infinite. */
    @Override
    @Test
    protected void infiniteScores_giveNoNaN() {
      SplittableRandom random = new SplittableRandom(13);
      double[] ends = {Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY};
      for (int i = 0; i < 100; i++) {
        Cells cells = Cells.random(14, 6, 9);
        double[] scores = cells.scores().clone();
        for (int c = 0; c < scores.length; c++) {
          if (random.nextInt(100) < i) {
            scores[c] = ends[i % 3 == 0 ? random.nextInt(2) : 0];
          }
        }
        Outcome outcome = Outcome.of(loss(1, 1), cells.withScores(scores).batch());
        assertFalse(Double.isNaN(outcome.value()));
        for (double g : outcome.gradient()) {
          assertFalse(Double.isNaN(g));
        }
      }
    }
  }

  @Nested
  final class SoftmaxLoss extends Surrogate {
    @Override
    protected RankingLoss loss(double strength, int threads) {
      return SurrogateLoss.of(new Softmax()).threads(threads);
    }
  }

  @Nested
  final class ContrastiveLoss extends Surrogate {
    @Override
    protected RankingLoss loss(double strength, int threads) {
      return SurrogateLoss.of(new Softmax())
          .labels(LabelTransform.shares())
          .overNonZero()
          .threads(threads);
    }
  }

  @Nested
  final class UniqueSoftmaxByColumns extends Surrogate {
    @Override
    protected RankingLoss loss(double strength, int threads) {
      return MatrixView.COLUMNS.apply(
          SurrogateLoss.of(new UniqueSoftmax()).reduction(Reduction.MICRO).threads(threads));
    }
  }

  @Nested
  final class SharedTiesListMle extends Surrogate {
    @Override
    protected RankingLoss loss(double strength, int threads) {
      return SurrogateLoss.of(ListMle.withSharedTies()).threads(threads);
    }
  }

  @Nested
  final class LambdaRank extends Surrogate {
    @Override
    protected RankingLoss loss(double strength, int threads) {
      return SurrogateLoss.of(
              new PairwiseLoss(
                  PairFunction.logistic(), new DcgWeight(DcgWeight.Form.SWAP).overIdeal()))
          .reduction(Reduction.MICRO)
          .threads(threads);
    }
  }

  @Nested
  final class TripletsOverNonZero extends Surrogate {
    @Override
    protected RankingLoss loss(double strength, int threads) {
      return SurrogateLoss.of(new PairwiseLoss(PairFunction.hinge(0.9)))
          .reduction(Reduction.MICRO)
          .overNonZero()
          .threads(threads);
    }
  }

  @Nested
  final class FastAveragePrecision extends Surrogate {
    @Override
    protected RankingLoss loss(double strength, int threads) {
      return SurrogateLoss.of(new FastAp(5)).threads(threads);
    }
  }

  @Nested
  final class ErrorDrivenPrecision extends Surrogate {
    @Override
    protected RankingLoss loss(double strength, int threads) {
      return SurrogateLoss.of(ErrorDriven.averagePrecision()).threads(threads);
    }
  }
}
