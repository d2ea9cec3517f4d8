package io.solvegrad.relaxation;

import io.solvegrad.ranking.AveragePrecision;
import io.solvegrad.ranking.Gain;
import io.solvegrad.ranking.MetricLoss;
import io.solvegrad.ranking.PositionFunction;
import io.solvegrad.ranking.PositionValues;
import io.solvegrad.ranking.Ranker;
import io.solvegrad.ranking.RankingLoss;
import io.solvegrad.ranking.Ranks;
import io.solvegrad.ranking.Recall;
import io.solvegrad.ranking.Reduction;
import io.solvegrad.ranking.metric.RankMetrics;
import io.solvegrad.relaxation.Permutahedron.Regularization;
import io.solvegrad.relaxation.SoftCutoff.Threshold;
import io.solvegrad.relaxation.embedding.FastAp;
import io.solvegrad.relaxation.embedding.MultiSimilarity;
import io.solvegrad.relaxation.surrogate.DcgWeight;
import io.solvegrad.relaxation.surrogate.DcgWeight.Form;
import io.solvegrad.relaxation.surrogate.LabelTies;
import io.solvegrad.relaxation.surrogate.LabelTransform;
import io.solvegrad.relaxation.surrogate.LambdaWeight;
import io.solvegrad.relaxation.surrogate.ListMle;
import io.solvegrad.relaxation.surrogate.ListObjective;
import io.solvegrad.relaxation.surrogate.PairFunction;
import io.solvegrad.relaxation.surrogate.PairwiseLoss;
import io.solvegrad.relaxation.surrogate.PointFunction;
import io.solvegrad.relaxation.surrogate.PointwiseLoss;
import io.solvegrad.relaxation.surrogate.RankRegression;
import io.solvegrad.relaxation.surrogate.SoftPrecision;
import io.solvegrad.relaxation.surrogate.SoftSpearman;
import io.solvegrad.relaxation.surrogate.Softmax;
import io.solvegrad.relaxation.surrogate.SurrogateLoss;
import io.solvegrad.relaxation.surrogate.UniqueSoftmax;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Every loss of the module whose gradient is the derivative of its value. */
final class Catalogue {
  private Catalogue() {}

  static Map<String, Ranker<Ranks>> rankers() {
    Map<String, Ranker<Ranks>> rankers = new LinkedHashMap<>();
    rankers.put("sigmoid", new PairwiseSigmoid(0.5));
    rankers.put("sharp sigmoid", new PairwiseSigmoid(0.02));
    rankers.put("hinge bound", new PairwiseSteps(Steps.upperHinge(), SoftCutoff.fixed(2)));
    rankers.put(
        "hinges on both sides",
        new PairwiseSteps(
            Steps.upperHinge(), new SoftCutoff(Steps.lowerHinge(), Threshold.FIXED, 0.5)));
    rankers.put("normal steps", new PairwiseSteps(Steps.normal(), SoftCutoff.fixed(1)));
    rankers.put(
        "SupAP",
        new PairwiseSteps(
            Steps.supAp(0.3, 2, 0.7, 0.5, 1.2),
            Steps.heaviside(),
            Steps.heaviside(),
            SoftCutoff.fixed(1)));
    rankers.put("Laplace steps", new PairwiseSteps(Steps.laplace(0.7), SoftCutoff.fixed(0.8)));
    rankers.put("Cauchy steps", new PairwiseSteps(Steps.cauchy(), SoftCutoff.atRank(1)));
    rankers.put("LapSum", new LapSum(0.7));
    rankers.put("SoftRank", new SoftRank(0.8));
    rankers.put("SoftRank kl", new SoftRank(Regularization.KL, 1.5, SoftCutoff.fixed(1)));
    return rankers;
  }

  static Map<String, Ranker<PositionValues>> permutationRankers() {
    Map<String, Ranker<PositionValues>> rankers = new LinkedHashMap<>();
    rankers.put("NeuralSort", new NeuralSort(1.5));
    rankers.put("NeuralSort and Sinkhorn", new NeuralSort(2, 4));
    rankers.put("SoftSort", new SoftSort(0.5));
    rankers.put("squared SoftSort and Sinkhorn", new SoftSort(0.7, 2, 3));
    rankers.put("Sinkhorn", new Sinkhorn(0.1, 6));
    for (SortingNetwork.Kind kind : SortingNetwork.Kind.values()) {
      rankers.put(kind + " logistic", new SortingNetwork(kind, Steps.sigmoid(1), 2));
      rankers.put(kind + " Cauchy", new SortingNetwork(kind, Steps.cauchy(), 3));
      rankers.put(kind + " reciprocal", new SortingNetwork(kind, Steps.reciprocal(), 4));
      rankers.put(kind + " optimal", new SortingNetwork(kind, Steps.optimal(), 1));
      rankers.put(kind + " normal", new SortingNetwork(kind, Steps.normal(), 1));
      rankers.put(
          kind + " replaced logistic", new SortingNetwork(kind, Steps.replacedSigmoid(0.25), 3));
    }
    return rankers;
  }

  /** Names of pairwise weights that belong to the order of the scores. */
  static final List<String> ORDER_WEIGHTS =
      List.of(" light distance", " LambdaRank", " LambdaLoss", " precision", " random ties");

  static Map<String, ListObjective> objectives() {
    Map<String, ListObjective> objectives = new LinkedHashMap<>();
    objectives.put("softmax", new Softmax());
    objectives.put("FastAP", new FastAp(5));
    objectives.put("poly1 softmax", new Softmax(0.7));
    objectives.put("unique softmax", new UniqueSoftmax());
    objectives.put("NT-Xent", new UniqueSoftmax(y -> y > 0 ? 1 : 0).perRelevant());
    objectives.put("ListMLE", new ListMle());
    objectives.put("ListMLE, two positions", new ListMle(2));
    objectives.put("ListMLE, random ties", ListMle.withRandomTies(3));
    objectives.put("ListMLE, shared ties", ListMle.withSharedTies());
    objectives.put("ListMLE, three positions, shared", new ListMle(3, LabelTies.SHARED, 0));
    Map<String, PairFunction> pairs = new LinkedHashMap<>();
    pairs.put("logistic", PairFunction.logistic(1.3));
    pairs.put("hinge", PairFunction.hinge(0.9));
    pairs.put("soft zero-one", PairFunction.softZeroOne());
    pairs.put("squared", PairFunction.squaredError());
    pairs.put("quantile", PairFunction.quantile(0.3, false));
    pairs.put("squared quantile", PairFunction.quantile(0.6, true));
    Map<String, LambdaWeight> weights = new LinkedHashMap<>();
    weights.put("", LambdaWeight.one());
    weights.put(" by labels", LambdaWeight.labelDifference(2));
    weights.put(" light distance", new DcgWeight(Form.LIGHT_DISTANCE).top(2));
    weights.put(" LambdaRank", new DcgWeight(Form.SWAP).top(3).overIdeal());
    weights.put(
        " LambdaLoss",
        new DcgWeight(Form.DISTANCE).timesPlus(10, new DcgWeight(Form.SWAP)).within(4));
    weights.put(" precision", LambdaWeight.precision(2));
    weights.put(" random ties", new DcgWeight(Form.SWAP).randomTies(8));
    pairs.forEach((pair, function) ->
        weights.forEach((weight, lambda) ->
            objectives.put("pairwise " + pair + weight, new PairwiseLoss(function, lambda))));
    objectives.put(
        "ndcgLoss1",
        new PairwiseLoss(
            PairFunction.onAllPairs(PairFunction.logistic()), new DcgWeight(Form.OWN)));
    objectives.put("cross entropy", new PointwiseLoss(PointFunction.sigmoidCrossEntropy()));
    objectives.put("squared error", new PointwiseLoss(PointFunction.squaredError()));
    objectives.put("focal", new PointwiseLoss(PointFunction.focal(2, 0.25)));
    objectives.put("attract", new PointwiseLoss(PointFunction.attract(0.4)));
    objectives.put("repel", new PointwiseLoss(PointFunction.repel(-0.4)));
    objectives.put("multi-similarity", new MultiSimilarity(2, 5, 0.5));
    objectives.put("soft Spearman", new SoftSpearman(new SoftRank(1.1)));
    objectives.put("soft Spearman by sigmoid", new SoftSpearman(new PairwiseSigmoid(0.7), true));
    objectives.put("RankMSE", new RankRegression(new PairwiseSigmoid(1), r -> 1 / r));
    objectives.put(
        "soft precision", new SoftPrecision(new PairwiseSigmoid(0.6, SoftCutoff.fixed(1)), 2));
    return objectives;
  }

  private static void named(Map<String, RankingLoss> losses) {
    losses.put("ApproxNDCG", SmoothLosses.approxNdcg(0.3));
    losses.put("ApproxMRR", SmoothLosses.approxMrr(0.4).margin(0.1));
    losses.put("approximate RR", SmoothLosses.approxReciprocalRank(1));
    for (SmoothLosses.RankDiscount discount : SmoothLosses.RankDiscount.values()) {
      losses.put("ApproxRankMSE " + discount, SmoothLosses.approxRankMse(0.7, discount));
    }
    // The midpoint of a cut-off counts as a constant, so without one.
    losses.put(
        "NDCG with the cut-off of Rax",
        MetricLoss.of(RankMetrics.ndcg(), PairwiseSigmoid.withMidpointCutoff(1)));
    losses.put(
        "bound of RR", MetricLoss.of(RankMetrics.reciprocalRank(), PairwiseSteps.hingeBound()));
    losses.put("SupAP x recall", MetricLoss.of(Recall.log(), PairwiseSteps.supAp()));
    losses.put("approximate recall", SmoothLosses.approxRecall(2, 0.5));
    losses.put("approximate precision", SmoothLosses.approxPrecision(2, 0.5));
    losses.put("SmoothAP", SmoothLosses.smoothAp(0.2));
    losses.put("SupAP, its usual constants", SmoothLosses.supAp());
    losses.put("recall surrogate", SmoothLosses.recallSurrogate(0.3, 1, 2, 4));
    losses.put("NeuralNDCG", SmoothLosses.neuralNdcg(1));
    losses.put("PiRank", SmoothLosses.piRank(1));
    losses.put("soft Spearman by name", SmoothLosses.softSpearman(0.8));
  }

  static Map<String, RankingLoss> losses() {
    Map<String, RankingLoss> losses = new LinkedHashMap<>();
    objectives()
        .forEach((name, objective) ->
            losses.put(name, SurrogateLoss.of(objective).reduction(Reduction.MICRO)));
    losses.put(
        "softmax of probabilities",
        SurrogateLoss.of(new Softmax(1)).labels(LabelTransform.probabilities()));
    losses.put(
        "softmax of labels from 2 on",
        SurrogateLoss.of(new Softmax())
            .labels(LabelTransform.atLeast(2))
            .reduction(Reduction.TOTAL));
    losses.put(
        "cross entropy of plain labels",
        SurrogateLoss.of(new PointwiseLoss(PointFunction.sigmoidCrossEntropy()))
            .labels(LabelTransform.identity())
            .reduction(Reduction.SUM));
    losses.put("ListNet", SurrogateLoss.of(new Softmax()).labels(LabelTransform.softmax(1)));
    losses.put(
        "supervised contrastive",
        SurrogateLoss.of(new Softmax()).labels(LabelTransform.shares()).overNonZero());
    losses.put(
        "triplets over non-zero",
        SurrogateLoss.of(new PairwiseLoss(PairFunction.hinge(0.3)))
            .reduction(Reduction.MICRO)
            .overNonZero());
    named(losses);
    PositionFunction log = PositionFunction.logarithmic();
    rankers()
        .forEach((name, ranker) -> {
          losses.put("NDCG x " + name, MetricLoss.of(RankMetrics.ndcg(), ranker));
          losses.put("NDCG@3 x " + name, MetricLoss.of(RankMetrics.ndcgAt(3), ranker));
          losses.put("recall@2 x " + name, MetricLoss.of(RankMetrics.recallAt(2), ranker));
          losses.put("AP x " + name, MetricLoss.of(new AveragePrecision(), ranker));
          losses.put("AP@2 x " + name, MetricLoss.of(RankMetrics.averagePrecisionAt(2), ranker));
          losses.put("RR x " + name, MetricLoss.of(RankMetrics.reciprocalRank(), ranker));
          losses.put("recall x " + name, MetricLoss.of(Recall.log(), ranker));
        });
    permutationRankers()
        .forEach((name, ranker) -> {
          losses.put("NDCG x " + name, MetricLoss.of(RankMetrics.ndcg(), ranker));
          losses.put(
              "linear NDCG@3 x " + name,
              MetricLoss.of(RankMetrics.ndcg(Gain.linear(), log.top(3)), ranker));
          losses.put("mean RR x " + name, MetricLoss.of(RankMetrics.meanReciprocalRank(), ranker));
        });
    losses.put(
        "smoothed NDCG",
        new SmoothedScores(MetricLoss.of(RankMetrics.ndcg(), new PairwiseSigmoid(1)), 0.01, 0.8));
    return losses;
  }
}
