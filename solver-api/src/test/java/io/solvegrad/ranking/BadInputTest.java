package io.solvegrad.ranking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.solvegrad.ranking.metric.BestOf;
import io.solvegrad.ranking.metric.MeanTerm;
import io.solvegrad.ranking.metric.RankMetrics;
import io.solvegrad.solver.Lambda;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.Executable;

/** What a caller can get wrong, and the sentence that tells so. */
final class BadInputTest {
  private static final MetricLoss LOSS =
      MetricLoss.of(Recall.logLog(), new ReferenceRanker(Lambda.plain(10)));

  private static ScoreArray scores() {
    return ScoreArray.of(0.4, 0.1, 0.3, 0.2, 0.6, 0.5);
  }

  private static Relevance labels() {
    return Relevance.grades(0, 1, 0, 1, 0, 0);
  }

  private static RankingBatch batch() {
    return RankingBatch.rows(scores(), 2, 3, labels());
  }

  private static double value(RankingBatch batch) {
    return LOSS.evaluate(batch, batch.scores().zeros(batch.scores().length()));
  }

  private static double valueWithLabel(double label) {
    return value(RankingBatch.rows(scores(), 2, 3, Relevance.grades(0, 1, 0, 1, 0, label)));
  }

  private static Map<String, Executable> wrong() {
    Map<String, Executable> wrong = new TreeMap<>();
    wrong.put(
        "labels has 5 values for 6 scores",
        () -> RankingBatch.rows(scores(), 2, 3, Relevance.grades(0, 1, 0, 1, 0)));
    wrong.put(
        "labels has 7 values for 6 scores",
        () -> RankingBatch.rows(scores(), 2, 3, Relevance.atLeast(1, 0, 1, 0, 1, 0, 1, 1)));
    wrong.put(
        "mask has 2 values for 6 scores", () -> batch().excluding(ItemSets.mask(true, false)));
    wrong.put(
        "scores has 6 values, but 2 rows of 4 need 8",
        () -> RankingBatch.rows(scores(), 2, 4, labels()));
    wrong.put(
        "gradient has 5 values for 6 scores",
        () -> LOSS.evaluate(batch(), ScoreArray.of(new double[5])));
    wrong.put(
        "score is NaN at row 1, column 2",
        () -> value(batch().withScores(ScoreArray.of(0, 0, 0, 0, 0, Double.NaN))));
    wrong.put("label is NaN at row 1, column 2", () -> valueWithLabel(Double.NaN));
    wrong.put(
        "label is Infinity at row 1, column 2", () -> valueWithLabel(Double.POSITIVE_INFINITY));
    wrong.put(
        "item weight at row 1, column 1 must be finite and not negative, but is -2.0",
        () -> batch().itemWeights(1, 1, 1, 1, -2, 1));
    wrong.put(
        "item weight 1 must be finite and not negative, but is NaN",
        () ->
            RankingBatch.of(scores(), Layout.ragged(0, 2, 6), labels())
                .itemWeights(1, Double.NaN, 1, 1, 1, 1));
    wrong.put(
        "query weight of row 1 must be finite and not negative, but is -1.0",
        () -> batch().queryWeights(1, -1));
    wrong.put("there are 3 query weights for 2 lists", () -> batch().queryWeights(1, 1, 1));
    for (int k : new int[] {0, -3}) {
      wrong.put(
          "cut-off k must be at least 1, but is " + k, () -> RankMetrics.averagePrecisionAt(k));
    }
    wrong.put("offsets[2] = 3 is less than offsets[1] = 4", () -> Layout.ragged(0, 4, 3, 6));
    wrong.put(
        "offsets must begin with a number of 0 or more, but are offsets[0] = -1",
        () -> Layout.ragged(-1, 4));
    wrong.put(
        "factor must be finite, but is NaN",
        () -> LOSS.evaluate(batch(), Double.NaN, null, new Diagnostics()));
    wrong.put("margin must be 0 to 3.4028235E38, but is -0.1", () -> LOSS.margin(-0.1));
    wrong.put("margin must be 0 to 3.4028235E38, but is 1.0E300", () -> LOSS.margin(1e300));
    wrong.put(
        "lambda must be positive and finite, but is Infinity",
        () -> Lambda.normalised(Double.POSITIVE_INFINITY));
    wrong.put(
        "the weight of a loss must be finite, but is NaN",
        () -> new WeightedSum.Term(Double.NaN, LOSS));
    wrong.put(
        "noise scale must be finite and not negative, but is -1.0", () -> NoiseScale.relative(-1));
    wrong.put("margin must be 0 to 3.4028235E38, but is -1.0", () -> new RandomMargin(LOSS, -1, 0));
    putLengths(wrong);
    putPlaces(wrong);
    putOverflows(wrong);
    putInfinite(wrong);
    return wrong;
  }

  private static void putLengths(Map<String, Executable> wrong) {
    boolean[] long7 = new boolean[7];
    double[] ones7 = {1, 1, 1, 1, 1, 1, 1};
    wrong.put("mask has 7 values for 6 scores", () -> batch().excluding(ItemSets.mask(long7)));
    wrong.put("item weights has 7 values for 6 scores", () -> batch().itemWeights(ones7));
    wrong.put(
        "labels has 8 values for 6 scores",
        () -> batch().withRelevance(Relevance.grades(new double[8])));
  }

  /** Places in the matrix of the caller, whose columns may be the lists. */
  private static void putPlaces(Map<String, Executable> wrong) {
    double[] labels = {0, 1, 0, 0, Double.NaN, 0};
    double[] infinite = {0, 1, 0, 0, 0, Double.POSITIVE_INFINITY};
    wrong.put(
        "label is NaN at row 1, column 1",
        () -> value(RankingBatch.of(scores(), Layout.columns(2, 3), Relevance.grades(labels))));
    wrong.put(
        "label is Infinity at row 2, column 1",
        () ->
            value(RankingBatch.of(scores(), Layout.columns(3, 2), Relevance.atLeast(1, infinite))));
    wrong.put(
        "label is NaN at row 0, column 2 (element 4)",
        () ->
            value(
                RankingBatch.of(
                    scores(), Layout.segments(1, 9, 1, 9, 1, 9), Relevance.grades(labels))));
  }

  /** Numbers that are right one by one. */
  private static void putOverflows(Map<String, Executable> wrong) {
    MetricLoss ndcg = MetricLoss.of(RankMetrics.ndcg(), new ReferenceRanker(Lambda.plain(10)));
    wrong.put(
        "the normaliser of row 1 is Infinity. Maybe scale labels and weights.",
        () -> ndcg.value(batch().withRelevance(Relevance.grades(0, 1, 0, 1023, 1023, 1023))));
    wrong.put(
        "the divisor of row 0 is Infinity. Maybe scale labels and weights.",
        () -> ndcg.value(batch().withRelevance(Relevance.grades(0, 1023, 0, 1023, 0, 0))));
    wrong.put(
        "the sum of query weights is Infinity. Maybe scale labels and weights.",
        () -> LOSS.value(batch().queryWeights(1e308, 1e308)));
    wrong.put(
        "the factor of row 0 is Infinity. Maybe scale labels and weights.",
        () -> LOSS.value(batch().itemWeights(1, 5e-324, 1, 1, 1, 1)));
    wrong.put(
        "the loss that the metric gave for row 0 is NaN. Maybe scale labels and weights.",
        () ->
            MetricLoss.of(
                    new MeanTerm(RankTerm.of((rank, among) -> Math.log(-rank))),
                    new ReferenceRanker(Lambda.plain(10)))
                .value(batch()));
  }

  /** Numbers that are infinite for a reason that scaling does not mend. */
  private static void putInfinite(Map<String, Executable> wrong) {
    wrong.put(
        "the loss of row 0 is Infinity: a relevant candidate has the score -Infinity, and the"
            + " metric has no bound",
        () ->
            MetricLoss.of(Recall.log(), new ExactRanker())
                .value(
                    batch()
                        .withRelevance(Relevance.grades(0, 1, 0, 0, 0, 0))
                        .withScores(ScoreArray.of(1, Double.NEGATIVE_INFINITY, 0, 0, 0, 0))));
    wrong.put(
        "the factor of row 1 is Infinity. Maybe scale labels and weights.",
        () ->
            LOSS.reduction(Reduction.TOTAL)
                .evaluate(
                    batch().queryWeights(0, 1e5),
                    1e308,
                    ScoreArray.of(new double[6]),
                    new Diagnostics()));
  }

  @TestFactory
  Stream<DynamicTest> mistakes_areNamedWithPlaceAndValue() {
    return wrong().entrySet().stream()
        .map(mistake ->
            dynamicTest(
                mistake.getKey(),
                () ->
                    assertEquals(
                        mistake.getKey(),
                        assertThrows(IllegalArgumentException.class, mistake.getValue())
                            .getMessage())));
  }

  @TestFactory
  Stream<DynamicTest> cutOffs_mustBeAtLeastOne() {
    return Stream.<Executable>of(
            () -> RankMetrics.recallAt(0),
            () -> RankMetrics.hitRateAt(0),
            () -> RankMetrics.precisionAt(0),
            () -> RankMetrics.reciprocalRankAt(0),
            () -> RankMetrics.ndcgAt(0),
            () -> Recall.atCutOffs(5, 0),
            () -> Recall.log().weight(0))
        .map(call ->
            dynamicTest(
                "k = 0",
                () -> {
                  String message = assertThrows(IllegalArgumentException.class, call).getMessage();
                  assertTrue(message.contains("at least 1") && message.contains("0"), message);
                }));
  }

  @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"}) // what a careless caller does
  private static <T> T missing() {
    return null;
  }

  private static Map<String, Executable> missingArguments() {
    Map<String, Executable> calls = new TreeMap<>();
    calls.put("metric", () -> MetricLoss.of(BadInputTest.<Recall>missing(), new ExactRanker()));
    calls.put("ranker", () -> MetricLoss.of(Recall.log(), BadInputTest.<ExactRanker>missing()));
    calls.put("reduction", () -> LOSS.reduction(BadInputTest.<Reduction>missing()));
    calls.put("emptyQueries", () -> LOSS.emptyQueries(BadInputTest.<EmptyQueries>missing()));
    calls.put("batch", () -> LOSS.value(BadInputTest.<RankingBatch>missing()));
    calls.put("diagnostics", () -> LOSS.evaluate(batch(), 1, null, missing()));
    calls.put("scores", () -> RankingBatch.rows(missing(), 2, 3, labels()));
    calls.put("layout", () -> RankingBatch.of(scores(), missing(), labels()));
    calls.put("relevance", () -> RankingBatch.rows(scores(), 2, 3, missing()));
    calls.put("the excluded candidates", () -> batch().excluding(missing()));
    calls.put("query weights", () -> batch().queryWeights(BadInputTest.<double[]>missing()));
    calls.put("item weights", () -> batch().itemWeights(BadInputTest.<double[]>missing()));
    calls.put("labels", () -> Relevance.grades(BadInputTest.<double[]>missing()));
    calls.put("relevant", () -> Relevance.of(missing()));
    calls.put("mask", () -> ItemSets.mask(BadInputTest.<boolean[]>missing()));
    calls.put("offsets", () -> Layout.ragged(BadInputTest.<int[]>missing()));
    calls.put("ids", () -> Layout.segments(BadInputTest.<int[]>missing()));
    calls.put("listIds", () -> ItemSets.sameId(missing(), new int[0]));
    calls.put(
        "noise",
        () -> new PerturbedLoss(LOSS, BadInputTest.<PerturbedLoss.Noise>missing(), 1.0, 1, 1));
    calls.put("position", () -> new BestOf(missing()));
    calls.put("gain", () -> RankMetrics.dcg(missing(), PositionFunction.logarithmic()));
    calls.put("cutoff", () -> new AveragePrecision(missing(), false, 0));
    calls.put("term", () -> new MeanTerm(missing()));
    calls.put("value", () -> RankTerm.of(missing()));
    calls.put("missed", () -> new Recall(missing()));
    calls.put("cutoffs", () -> Recall.atCutOffs(BadInputTest.<int[]>missing()));
    calls.put("ties", () -> new ExactRanker(missing()));
    calls.put("terms", () -> new WeightedSum(missing()));
    calls.put("metrics", () -> LOSS.metrics(batch(), missing()));
    return calls;
  }

  @Test
  void everyLossNamesAMissingBatch() {
    List<RankingLoss> losses =
        List.of(
            LOSS,
            new PerturbedLoss(LOSS, PerturbedLoss.Noise.GAUSSIAN, 0.1, 2, 1),
            new RandomMargin(LOSS, 0.1, 1),
            new ThresholdedLoss(LOSS, 1),
            new WeightedSum(List.of()),
            MatrixView.FLAT.apply(LOSS));
    for (RankingLoss loss : losses) {
      assertEquals(
          "batch must not be null",
          assertThrows(NullPointerException.class, () -> loss.value(missing())).getMessage());
    }
  }

  @TestFactory
  Stream<DynamicTest> missingArguments_areNamed() {
    return missingArguments().entrySet().stream()
        .map(call ->
            dynamicTest(
                call.getKey(),
                () ->
                    assertEquals(
                        call.getKey() + " must not be null",
                        assertThrows(NullPointerException.class, call.getValue()).getMessage())));
  }

  /** Nothing to rank is no mistake: the loss is 0 and no gradient is touched. */
  @Test
  void emptyBatchesAndQueriesWithoutCandidates_areWorthNothing() {
    List<RankingLoss> losses =
        List.of(
            LOSS,
            LOSS.reduction(Reduction.MICRO),
            MatrixView.FLAT.apply(LOSS),
            new PerturbedLoss(LOSS, PerturbedLoss.Noise.GUMBEL, NoiseScale.relative(0.1), 2, 1),
            new RandomMargin(LOSS, 0.1, 1));
    for (RankingLoss loss : losses) {
      for (int[] shape : new int[][] {{0, 3}, {2, 0}, {0, 0}}) {
        RankingBatch empty =
            RankingBatch.rows(
                ScoreArray.of(new double[0]), shape[0], shape[1], Relevance.of(ItemSets.none()));
        assertEquals(0, Outcome.of(loss, empty).value());
      }
    }
    RankingBatch hollow = RankingBatch.of(scores(), Layout.ragged(0, 3, 3, 6), labels());
    RankingBatch whole = RankingBatch.of(scores(), Layout.ragged(0, 3, 6), labels());
    Outcome.of(LOSS, hollow).assertClose(Outcome.of(LOSS, whole).requireGradient(), 0);
    MetricLoss metrics = MetricLoss.of(new AveragePrecision(), new ExactRanker());
    double[] values = new double[3];
    metrics.metrics(hollow, values);
    assertTrue(Double.isNaN(values[1]) && values[0] > 0 && values[2] > 0);
  }
}
