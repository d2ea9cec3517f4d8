package io.solvegrad.boosting;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.solvegrad.ranking.AveragePrecision;
import io.solvegrad.ranking.ExactRanker;
import io.solvegrad.ranking.MetricLoss;
import io.solvegrad.ranking.Ranker;
import io.solvegrad.ranking.RankingLoss;
import io.solvegrad.ranking.Ranks;
import io.solvegrad.ranking.Recall;
import io.solvegrad.ranking.TieOrder;
import io.solvegrad.ranking.metric.RankMetrics;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.provider.Arguments;

/** What every boosting library is to learn from, and what it is measured by. */
public final class LearningCases {
  /** 1 - NDCG@5. */
  public static final MetricLoss NDCG =
      MetricLoss.of(RankMetrics.ndcgAt(5), new ExactRanker(TieOrder.AVERAGED));

  /** Gives row 7 a gradient that is no number. */
  public static final RankingLoss BROKEN =
      (batch, factor, gradient, diagnostics) -> {
        gradient.set(7, Double.NaN);
        return 0;
      };

  private LearningCases() {}

  /** Losses with their names: blackbox, smooth and listwise. */
  public static Stream<Arguments> losses(
      Ranker<Ranks> blackbox, Ranker<Ranks> smooth, RankingLoss listwise) {
    return Stream.of(
        Arguments.of("recall", recall(blackbox)),
        Arguments.of("AP", MetricLoss.of(new AveragePrecision(), blackbox).margin(0.1)),
        Arguments.of("NDCG", MetricLoss.of(RankMetrics.ndcg(), blackbox).margin(0.1)),
        Arguments.of("smooth AP", MetricLoss.of(new AveragePrecision(), smooth)),
        Arguments.of("listwise", listwise));
  }

  public static MetricLoss recall(Ranker<Ranks> blackbox) {
    return MetricLoss.of(Recall.log(), blackbox).margin(0.1);
  }

  public static List<Curvature> curvatures() {
    return List.of(
        Curvature.constant(0.2),
        Curvature.proportional(1).atLeast(0.02),
        Curvature.gaussNewton().atLeast(0.1));
  }

  /** Rows of which every thirteenth feature is missing. */
  public static RankingRows rowsWithGaps() {
    RankingRows rows = ToyRanking.rows(60, 20, 1);
    for (int i = 0; i < rows.features().length; i += 13) {
      rows.features()[i] = Float.NaN;
    }
    return rows;
  }

  public static void refused(String part, Executable action) {
    String message = assertThrows(IllegalArgumentException.class, action).getMessage();
    assertTrue(String.valueOf(message).contains(part), message);
  }
}
