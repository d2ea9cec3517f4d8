package io.solvegrad.retrieval.loss;

import io.solvegrad.ranking.Gain;
import io.solvegrad.ranking.PositionFunction;
import io.solvegrad.ranking.metric.RankMetrics;
import io.solvegrad.relaxation.embedding.EmbeddingLoss;
import io.solvegrad.relaxation.embedding.EmbeddingLosses;
import io.solvegrad.relaxation.embedding.Similarity;
import io.solvegrad.relaxation.surrogate.DcgWeight;
import io.solvegrad.relaxation.surrogate.LabelTransform;
import io.solvegrad.relaxation.surrogate.LambdaWeight;
import io.solvegrad.relaxation.surrogate.ListMle;
import io.solvegrad.relaxation.surrogate.ListObjective;
import io.solvegrad.relaxation.surrogate.PairFunction;
import io.solvegrad.relaxation.surrogate.PairwiseLoss;
import io.solvegrad.relaxation.surrogate.PlRank;
import io.solvegrad.relaxation.surrogate.PointFunction;
import io.solvegrad.relaxation.surrogate.PointwiseLoss;
import io.solvegrad.relaxation.surrogate.PolicyGradient;
import io.solvegrad.relaxation.surrogate.Softmax;
import io.solvegrad.relaxation.surrogate.SurrogateLoss;
import io.solvegrad.relaxation.surrogate.UniqueSoftmax;
import io.solvegrad.retrieval.loss.LossCatalogue.Entry;
import io.solvegrad.retrieval.loss.LossCatalogue.Values;
import io.solvegrad.retrieval.loss.LossCatalogue.Wants;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/** Surrogate losses of scores divided by a temperature, and the losses of metric learning. */
final class SurrogateEntries {
  private static final String TEMPERATURE = "temperature";

  private SurrogateEntries() {}

  static List<Entry> all() {
    return Stream.concat(surrogates().stream(), embeddings().stream()).toList();
  }

  private static List<Entry> surrogates() {
    return List.of(
        scaled("softmax", new Softmax()),
        scaled("list-net", SurrogateLoss.of(new Softmax()).labels(LabelTransform.softmax(1))),
        scaled("list-mle", new ListMle()),
        scaled("unique-softmax", new UniqueSoftmax()),
        scaled("rank-net", new PairwiseLoss(PairFunction.logistic())),
        scaled("lambda-rank", weighted(new DcgWeight(DcgWeight.Form.SWAP).overIdeal())),
        scaled(
            "lambda-loss",
            weighted(
                new DcgWeight(DcgWeight.Form.DISTANCE)
                    .overIdeal()
                    .timesPlus(10, new DcgWeight(DcgWeight.Form.SWAP).overIdeal()))),
        scaled("sigmoid", new PointwiseLoss(PointFunction.sigmoidCrossEntropy())),
        scaled("squared-error", new PointwiseLoss(PointFunction.squaredError())),
        sampled(
            "pl-rank",
            (samples, seed) ->
                new PlRank(PositionFunction.logarithmic(), Gain.exponential()::of, samples, seed)),
        sampled(
            "policy-gradient",
            (samples, seed) -> new PolicyGradient(RankMetrics.ndcg(), samples, seed)));
  }

  private static List<Entry> embeddings() {
    return List.of(
        embedding(
            "supervised-contrastive",
            Map.of(TEMPERATURE, 0.1),
            v -> EmbeddingLosses.supervisedContrastive(v.get(TEMPERATURE))),
        embedding(
            "nt-xent", Map.of(TEMPERATURE, 0.07), v -> EmbeddingLosses.ntXent(v.get(TEMPERATURE))),
        embedding(
            "multi-similarity",
            Map.of("alpha", 2.0, "beta", 50.0, "base", 0.5),
            v -> EmbeddingLosses.multiSimilarity(v.get("alpha"), v.get("beta"), v.get("base"))),
        embedding("fast-ap", Map.of("bins", 10.0), v -> EmbeddingLosses.fastAp(v.whole("bins"))),
        embedding("triplet", Map.of("margin", 0.1), v -> EmbeddingLosses.triplet(v.get("margin"))),
        embedding(
            "contrastive",
            Map.of("near", 0.0, "far", 1.0),
            v -> EmbeddingLosses.contrastive(v.get("near"), v.get("far"))),
        embedding(
            "calibration",
            Map.of("positive", 0.9, "negative", 0.6),
            v -> EmbeddingLosses.calibration(v.get("positive"), v.get("negative"))));
  }

  private static PairwiseLoss weighted(LambdaWeight weight) {
    return new PairwiseLoss(PairFunction.logistic(), weight);
  }

  private static Entry scaled(String name, ListObjective objective) {
    return scaled(name, SurrogateLoss.of(objective));
  }

  private static Entry scaled(String name, SurrogateLoss loss) {
    return new Entry(
        name,
        false,
        Wants.GRADED,
        Map.of(TEMPERATURE, 1.0),
        false,
        (v, lambda, seed) -> new EmbeddingLoss(Similarity.DOT, v.get(TEMPERATURE), loss));
  }

  /** Makes an objective that draws samples. */
  @FunctionalInterface
  private interface Sampler {
    ListObjective of(int samples, long seed);
  }

  private static Entry sampled(String name, Sampler objective) {
    return new Entry(
        name,
        false,
        Wants.GRADED,
        Map.of(TEMPERATURE, 1.0, "samples", 8.0),
        true,
        (v, lambda, seed) ->
            new EmbeddingLoss(
                Similarity.DOT,
                v.get(TEMPERATURE),
                SurrogateLoss.of(objective.of(v.whole("samples"), seed))));
  }

  private static Entry embedding(
      String name, Map<String, Double> usual, Function<Values, EmbeddingLoss> loss) {
    return new Entry(
        name, false, Wants.UNIT_VECTORS, usual, false, (v, lambda, seed) -> loss.apply(v));
  }
}
