package io.solvegrad.retrieval.loss;

import io.solvegrad.ranking.MetricLoss;
import io.solvegrad.ranking.RankingLoss;
import io.solvegrad.ranking.metric.RankMetrics;
import io.solvegrad.relaxation.LapSum;
import io.solvegrad.relaxation.PairwiseSteps;
import io.solvegrad.relaxation.PerturbedRanks;
import io.solvegrad.relaxation.SmoothLosses;
import io.solvegrad.relaxation.SoftRank;
import io.solvegrad.relaxation.SoftSort;
import io.solvegrad.relaxation.embedding.EmbeddingLoss;
import io.solvegrad.relaxation.embedding.EmbeddingLosses;
import io.solvegrad.relaxation.embedding.Similarity;
import io.solvegrad.retrieval.loss.LossCatalogue.Entry;
import io.solvegrad.retrieval.loss.LossCatalogue.Values;
import io.solvegrad.retrieval.loss.LossCatalogue.Wants;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Rank metrics on soft rankers; their temperatures are those of cosines. */
final class RelaxationEntries {
  private static final Map<String, Double> TEMPERATURE = Map.of("temperature", 0.01);
  private static final Map<String, Double> SCALE = Map.of("scale", 0.01);

  private RelaxationEntries() {}

  static List<Entry> all() {
    return List.of(
        binary("smooth-ap", TEMPERATURE, v -> SmoothLosses.smoothAp(v.get("temperature"))),
        binary(
            "smooth-ap-laplace",
            SCALE,
            v -> MetricLoss.of(RankMetrics.averagePrecision(), new LapSum(v.get("scale")))),
        binary(
            "recall-surrogate",
            TEMPERATURE,
            v -> SmoothLosses.recallSurrogate(v.get("temperature"), 1, 2, 4, 8, 16)),
        graded("approx-ndcg", TEMPERATURE, v -> SmoothLosses.approxNdcg(v.get("temperature"))),
        graded(
            "approx-ndcg-laplace",
            SCALE,
            v -> MetricLoss.of(RankMetrics.ndcg(), new LapSum(v.get("scale")))),
        binary(
            "approx-mrr",
            TEMPERATURE,
            v -> SmoothLosses.approxReciprocalRank(v.get("temperature"))),
        binary("sup-ap", Map.of(), v -> SmoothLosses.supAp()),
        new Entry(
            "roadmap",
            false,
            Wants.BINARY,
            Map.of("weight", 1.0),
            false,
            (v, lambda, seed) -> EmbeddingLosses.supAp(v.get("weight"))),
        new Entry(
            "hinge-ndcg",
            false,
            Wants.GRADED,
            Map.of("temperature", 0.1),
            false,
            (v, lambda, seed) ->
                new EmbeddingLoss(
                    Similarity.DOT,
                    v.get("temperature"),
                    MetricLoss.of(RankMetrics.ndcg(), PairwiseSteps.hingeBound()))),
        graded(
            "soft-rank-ndcg",
            Map.of("strength", 0.1),
            v -> MetricLoss.of(RankMetrics.ndcg(), new SoftRank(v.get("strength")))),
        graded("neural-ndcg", TEMPERATURE, v -> SmoothLosses.neuralNdcg(v.get("temperature"))),
        graded("pi-rank", TEMPERATURE, v -> SmoothLosses.piRank(v.get("temperature"))),
        graded(
            "soft-sort-ndcg",
            TEMPERATURE,
            v -> MetricLoss.of(RankMetrics.ndcg(), new SoftSort(v.get("temperature")))),
        new Entry(
            "perturbed-ndcg",
            false,
            Wants.GRADED,
            Map.of("sigma", 0.05, "samples", 8.0),
            true,
            (v, lambda, seed) ->
                plain(
                    MetricLoss.of(
                        RankMetrics.ndcg(),
                        new PerturbedRanks(v.get("sigma"), v.whole("samples"), seed)))),
        graded(
            "soft-spearman",
            Map.of("strength", 0.1),
            v -> SmoothLosses.softSpearman(v.get("strength"))));
  }

  private static Entry binary(
      String name, Map<String, Double> usual, Function<Values, RankingLoss> loss) {
    return entry(name, Wants.BINARY, usual, loss);
  }

  private static Entry graded(
      String name, Map<String, Double> usual, Function<Values, RankingLoss> loss) {
    return entry(name, Wants.GRADED, usual, loss);
  }

  private static Entry entry(
      String name, Wants wants, Map<String, Double> usual, Function<Values, RankingLoss> loss) {
    return new Entry(name, false, wants, usual, false, (v, lambda, seed) -> plain(loss.apply(v)));
  }

  private static EmbeddingLoss plain(RankingLoss loss) {
    return new EmbeddingLoss(Similarity.DOT, 1, loss);
  }
}
