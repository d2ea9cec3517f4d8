package io.solvegrad.bench.boosting;

import io.solvegrad.boosting.GroupedLabels;
import io.solvegrad.boosting.RankingRows;
import io.solvegrad.ranking.AveragePrecision;
import io.solvegrad.ranking.ExactRanker;
import io.solvegrad.ranking.MetricLoss;
import io.solvegrad.ranking.RankingBatch;
import io.solvegrad.ranking.Relevance;
import io.solvegrad.ranking.ScoreArray;
import io.solvegrad.ranking.TieOrder;
import io.solvegrad.ranking.metric.RankMetrics;
import java.util.LinkedHashMap;
import java.util.Map;

/** The metrics of each query; NaN where there is nothing to find. */
final class Quality {
  private static final ExactRanker RANKER = new ExactRanker(TieOrder.AVERAGED);
  private static final MetricLoss NDCG = MetricLoss.of(RankMetrics.ndcgAt(10), RANKER);
  private static final MetricLoss PRECISION = MetricLoss.of(new AveragePrecision(), RANKER);
  private static final MetricLoss RECALL = MetricLoss.of(RankMetrics.recallAt(5), RANKER);

  private Quality() {}

  static Map<String, double[]> of(float[] scores, RankingRows rows) {
    RankingBatch graded =
        GroupedLabels.ofSizes(rows.labels(), rows.groups()).batch(ScoreArray.of(scores));
    double[] labels = new double[rows.rows()];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = rows.labels()[i];
    }
    RankingBatch binary = graded.withRelevance(Relevance.atLeast(Setting.RELEVANT_FROM, labels));
    Map<String, double[]> quality = new LinkedHashMap<>();
    quality.put("NDCG@10", metrics(NDCG, graded));
    quality.put("AP", metrics(PRECISION, binary));
    quality.put("recall@5", metrics(RECALL, binary));
    return quality;
  }

  private static double[] metrics(MetricLoss loss, RankingBatch batch) {
    double[] each = new double[batch.layout().lists()];
    loss.metrics(batch, each);
    return each;
  }
}
