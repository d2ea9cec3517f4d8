package io.solvegrad.retrieval.loss;

import io.solvegrad.rambo.BlackboxRanker;
import io.solvegrad.ranking.MetricLoss;
import io.solvegrad.ranking.RankMetric;
import io.solvegrad.ranking.Ranks;
import io.solvegrad.ranking.Recall;
import io.solvegrad.ranking.metric.RankMetrics;
import io.solvegrad.relaxation.embedding.EmbeddingLoss;
import io.solvegrad.relaxation.embedding.Similarity;
import io.solvegrad.retrieval.loss.LossCatalogue.Entry;
import io.solvegrad.retrieval.loss.LossCatalogue.Values;
import io.solvegrad.retrieval.loss.LossCatalogue.Wants;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** RaMBO's losses: rank metrics on the blackbox ranker. */
final class BlackboxEntries {
  private BlackboxEntries() {}

  static List<Entry> all() {
    return List.of(
        entry("recall-loglog", Wants.BINARY, Map.of(), v -> Recall.logLog()),
        entry("recall-log", Wants.BINARY, Map.of(), v -> Recall.log()),
        entry("ap", Wants.BINARY, Map.of(), v -> RankMetrics.averagePrecision()),
        entry(
            "recall-at", Wants.BINARY, Map.of("k", 10.0), v -> RankMetrics.recallAt(v.whole("k"))),
        entry("reciprocal-rank", Wants.BINARY, Map.of(), v -> RankMetrics.reciprocalRank()),
        entry("ndcg", Wants.GRADED, Map.of(), v -> RankMetrics.ndcg()),
        entry("ndcg-at", Wants.GRADED, Map.of("k", 10.0), v -> RankMetrics.ndcgAt(v.whole("k"))),
        entry("ordered-pairs", Wants.GRADED, Map.of(), v -> RankMetrics.orderedPairs()));
  }

  private static Entry entry(
      String name,
      Wants wants,
      Map<String, Double> usual,
      Function<Values, RankMetric<? super Ranks>> metric) {
    return new Entry(
        name,
        true,
        wants,
        usual,
        false,
        (values, lambda, seed) ->
            new EmbeddingLoss(
                Similarity.DOT,
                1,
                MetricLoss.of(metric.apply(values), new BlackboxRanker(lambda))));
  }
}
