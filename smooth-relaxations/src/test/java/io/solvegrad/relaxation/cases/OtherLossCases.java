package io.solvegrad.relaxation.cases;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.solvegrad.ranking.ExactRanker;
import io.solvegrad.ranking.Gain;
import io.solvegrad.ranking.ItemSets;
import io.solvegrad.ranking.MetricLoss;
import io.solvegrad.ranking.PositionFunction;
import io.solvegrad.ranking.RankingBatch;
import io.solvegrad.ranking.RankingLoss;
import io.solvegrad.ranking.Reduction;
import io.solvegrad.ranking.Relevance;
import io.solvegrad.ranking.ScoreArray;
import io.solvegrad.ranking.metric.RankMetrics;
import io.solvegrad.relaxation.NeuralSort;
import io.solvegrad.relaxation.SmoothLosses;
import io.solvegrad.relaxation.surrogate.DcgWeight;
import io.solvegrad.relaxation.surrogate.DcgWeight.Form;
import io.solvegrad.relaxation.surrogate.LabelTransform;
import io.solvegrad.relaxation.surrogate.LambdaWeight;
import io.solvegrad.relaxation.surrogate.ListMle;
import io.solvegrad.relaxation.surrogate.ListObjective;
import io.solvegrad.relaxation.surrogate.PairFunction;
import io.solvegrad.relaxation.surrogate.PairwiseLoss;
import io.solvegrad.relaxation.surrogate.PointFunction;
import io.solvegrad.relaxation.surrogate.PointwiseLoss;
import io.solvegrad.relaxation.surrogate.Softmax;
import io.solvegrad.relaxation.surrogate.SurrogateLoss;
import io.solvegrad.relaxation.surrogate.UniqueSoftmax;
import java.util.Arrays;
import java.util.Set;

/** Losses of TF-Ranking and allRank. */
final class OtherLossCases {
  private OtherLossCases() {}

  static boolean knows(Case c) {
    return objective(c) != null;
  }

  private static ListObjective objective(Case c) {
    // What follows the name describes the inputs.
    return switch (c.op().split(" ")[0]) {
      case "pairwise_hinge" -> new PairwiseLoss(PairFunction.hinge(1));
      case "pairwise_logistic" -> new PairwiseLoss(PairFunction.logistic());
      case "pairwise_soft_zero_one" -> new PairwiseLoss(PairFunction.softZeroOne());
      case "pairwise_mse" -> new PairwiseLoss(PairFunction.squaredError());
      case "softmax" -> new Softmax();
      case "poly_one_softmax" -> new Softmax(c.number("epsilon", 1));
      case "unique_softmax" -> new UniqueSoftmax();
      case "list_mle" -> new ListMle();
      case "sigmoid_cross_entropy" -> new PointwiseLoss(PointFunction.sigmoidCrossEntropy());
      case "mean_squared" -> new PointwiseLoss(PointFunction.squaredError());
      default -> null;
    };
  }

  /** TF-Ranking's pairwise mean divides by lists x padded length: a factor inside the loss. */
  static void tensorFlow(Case c) {
    CaseLists lists = new CaseLists(c);
    String reduction = c.text("reduction", "mean over lists");
    boolean cells = c.op().startsWith("pairwise");
    if (cells) {
      assertEquals(
          c.op().startsWith("pairwise_mse") ? "see checks" : "sum / (batch*list_size)", reduction);
    } else {
      boolean known = Set.of("mean over lists", "mean over items", "sum").contains(reduction);
      assertEquals(true, known, "unknown reduction " + reduction);
    }
    boolean total = cells || reduction.equals("sum") || c.text("reduce", "mean").equals("sum");
    SurrogateLoss loss =
        SurrogateLoss.of(objective(c)).reduction(total ? Reduction.TOTAL : Reduction.MICRO);
    double factor = cells ? 1.0 / (lists.rows * lists.columns) : 1;
    CaseLists.assertOutcome(c, lists.evaluate(loss, lists.batch(), factor));
  }

  /** Their metric, list by list and in each at every cut-off. */
  private static void ndcgs(Case c) {
    double[] cutoffs = Case.numbers(c.param("ats"));
    CaseLists lists = new CaseLists(c);
    double padding = c.number("padded_label", Double.NaN);
    boolean[] padded = new boolean[lists.labels.length];
    for (int i = 0; i < padded.length; i++) {
      padded[i] = lists.labels[i] == padding;
    }
    double empty = c.number("filler_value", 1);
    double[] all = new double[lists.lists() * cutoffs.length];
    for (int a = 0; a < cutoffs.length; a++) {
      double[] values = new double[lists.lists()];
      MetricLoss.of(RankMetrics.ndcgAt((int) cutoffs[a]), new ExactRanker())
          .metrics(lists.batch().excluding(ItemSets.mask(padded)), values);
      for (int q = 0; q < values.length; q++) {
        all[q * cutoffs.length + a] = Double.isNaN(values[q]) ? empty : values[q];
      }
    }
    c.assertNumbers(all);
  }

  static void allRank(Case c) {
    if (c.op().startsWith("ndcg")) {
      ndcgs(c);
      return;
    }
    double padding = c.number("padded_label", Double.NaN);
    RankingLoss loss =
        switch (c.op()) {
          case "approxNDCG" -> SmoothLosses.approxNdcg(1 / c.number("alpha", 1));
          case "neuralNDCG", "neuralNDCG_transposed" -> neuralNdcg(c);
          case "binary_listNet" -> SurrogateLoss.of(new Softmax()).labels(LabelTransform.shares());
          case "listMLE" -> SurrogateLoss.of(new ListMle());
          case "listNet" -> SurrogateLoss.of(new Softmax()).labels(LabelTransform.softmax(1));
          case "rankNet (mean)", "rankNet" -> rankNet(LambdaWeight.one());
          case "rankNet weightByGTDiff" -> rankNet(LambdaWeight.labelDifference(1));
          case "rankNet weightByGTDiff_pow" -> rankNet(LambdaWeight.labelDifference(2));
          default -> {
            if (c.op().startsWith("lambdaLoss ")) {
              yield lambdaLoss(c, c.op().substring("lambdaLoss ".length()));
            }
            throw new IllegalArgumentException("unknown operation " + c.op());
          }
        };
    CaseLists lists = new CaseLists(c);
    double[] labels = lists.labels;
    boolean[] padded = new boolean[labels.length];
    for (int i = 0; i < labels.length; i++) {
      padded[i] = labels[i] == padding;
    }
    double factor = c.text("log", "natural").equals("binary") ? 1 / Math.log(2) : 1;
    CaseLists.Outcome outcome =
        lists.evaluate(loss, lists.batch().excluding(ItemSets.mask(padded)), factor);
    // They return minus the metric.
    double shift = loss instanceof MetricLoss ? 1 : 0;
    CaseLists.assertOutcome(c, new CaseLists.Outcome(outcome.value() - shift, outcome.gradient()));
  }

  private static RankingLoss neuralNdcg(Case c) {
    int k = (int) c.number("k", Integer.MAX_VALUE);
    Gain gain = c.flag("powered_relevancies", true) ? Gain.exponential() : Gain.linear();
    int iterations = (int) c.number("max_iter", 50);
    return MetricLoss.of(
        RankMetrics.ndcg(gain, PositionFunction.logarithmic().top(k)),
        new NeuralSort(c.number("temperature", 1), iterations));
  }

  private static SurrogateLoss rankNet(LambdaWeight lambda) {
    return SurrogateLoss.of(new PairwiseLoss(PairFunction.logistic(), lambda))
        .reduction(Reduction.MICRO);
  }

  private static SurrogateLoss lambdaLoss(Case c, String scheme) {
    int k = (int) c.number("k", Integer.MAX_VALUE);
    PairFunction logistic = PairFunction.logistic(c.number("sigma", 1));
    double mu = c.number("mu", 10);
    LambdaWeight lambda =
        switch (scheme) {
          case "None", "rankNet" -> LambdaWeight.one();
          case "ndcgLoss1" -> weight(Form.OWN, k);
          case "ndcgLoss2" -> weight(Form.DISTANCE, k);
          case "lambdaRank" -> weight(Form.SWAP, k);
          case "ndcgLoss2PP" -> weight(Form.DISTANCE, k).timesPlus(mu, weight(Form.SWAP, k));
          case "rankNetWeightedByGTDiff" -> LambdaWeight.labelDifference(1);
          case "rankNetWeightedByGTDiffPowed" -> LambdaWeight.labelDifference(2);
          default -> throw new IllegalArgumentException("unknown scheme " + scheme);
        };
    PairFunction function =
        scheme.equals("ndcgLoss1") ? PairFunction.onAllPairs(logistic) : logistic;
    LambdaWeight cut = k == Integer.MAX_VALUE ? lambda : lambda.within(k);
    return SurrogateLoss.of(new PairwiseLoss(function, cut))
        .reduction(LossCases.reduction(c.text("reduction", "sum")));
  }

  private static LambdaWeight weight(Form form, int k) {
    DcgWeight weight = new DcgWeight(form).overIdeal().scaledBy(1);
    // allRank cuts pairs and the ideal at k, so no weight is left beyond it.
    return k == Integer.MAX_VALUE ? weight : weight.top(k);
  }

  /** The sum over all orders of exp(-ListMLE) is 1. */
  static void plackettLuce(Case c) {
    assertEquals("sum of PL probabilities over all permutations", c.op());
    double[] scores = Case.numbers(c.input("scores"));
    int[] order = new int[scores.length];
    Arrays.setAll(order, i -> i);
    c.assertNumbers(probabilities(scores, order, 0));
  }

  private static double probabilities(double[] scores, int[] order, int fixed) {
    if (fixed == order.length) {
      double[] labels = new double[order.length];
      for (int p = 0; p < order.length; p++) {
        labels[order[p]] = order.length - p;
      }
      RankingBatch batch =
          RankingBatch.rows(ScoreArray.of(scores), 1, scores.length, Relevance.grades(labels));
      return Math.exp(-SurrogateLoss.of(new ListMle()).value(batch));
    }
    double sum = 0;
    for (int p = fixed; p < order.length; p++) {
      swap(order, fixed, p);
      sum += probabilities(scores, order, fixed + 1);
      swap(order, fixed, p);
    }
    return sum;
  }

  private static void swap(int[] order, int a, int b) {
    int kept = order[a];
    order[a] = order[b];
    order[b] = kept;
  }
}
