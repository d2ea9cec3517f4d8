package io.solvegrad.relaxation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.solvegrad.ranking.Diagnostics;
import io.solvegrad.ranking.PositionFunction;
import io.solvegrad.ranking.RankingBatch;
import io.solvegrad.ranking.Reduction;
import io.solvegrad.ranking.Relevance;
import io.solvegrad.ranking.ScoreArray;
import io.solvegrad.ranking.metric.RankMetrics;
import io.solvegrad.relaxation.embedding.MultiSimilarity;
import io.solvegrad.relaxation.surrogate.DcgWeight;
import io.solvegrad.relaxation.surrogate.DcgWeight.Form;
import io.solvegrad.relaxation.surrogate.ErrorDriven;
import io.solvegrad.relaxation.surrogate.LabelTies;
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
import io.solvegrad.relaxation.surrogate.SoftPrecision;
import io.solvegrad.relaxation.surrogate.Softmax;
import io.solvegrad.relaxation.surrogate.SurrogateLoss;
import io.solvegrad.relaxation.surrogate.UniqueSoftmax;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Labels, weights, scores and factors that are too large, and padding by scores of -infinity. */
final class SurrogateBadInputTest {
  private static final double NONE = Double.NEGATIVE_INFINITY;
  private static final ListObjective LAMBDA_RANK =
      new PairwiseLoss(PairFunction.logistic(), new DcgWeight(Form.SWAP).overIdeal());
  private static final ListObjective UNSCALED =
      new PairwiseLoss(PairFunction.logistic(), new DcgWeight(Form.SWAP));

  /** The second of two rows has these labels. */
  private static RankingBatch batch(ScoreArray scores, double... labels) {
    double[] all = new double[6];
    all[0] = 1;
    System.arraycopy(labels, 0, all, 3, 3);
    return RankingBatch.rows(scores, 2, 3, Relevance.grades(all));
  }

  private static RankingBatch floats(double... labels) {
    return batch(ScoreArray.of(new float[] {.1f, .2f, .3f, .3f, .2f, .1f}), labels);
  }

  private static RankingBatch doubles(double... labels) {
    return batch(ScoreArray.of(.1, .2, .3, .3, .2, .1), labels);
  }

  private static double[] gradient(SurrogateLoss loss, RankingBatch batch, double factor) {
    ScoreArray gradient = batch.scores().zeros(batch.scores().length());
    loss.evaluate(batch, factor, gradient, new Diagnostics());
    return IntStream.range(0, gradient.length()).mapToDouble(gradient::get).toArray();
  }

  private static void assertRefused(Runnable call, String... parts) {
    String message = assertThrows(IllegalArgumentException.class, call::run).getMessage();
    for (String part : parts) {
      assertTrue(message.contains(part), message + " should contain " + part);
    }
  }

  private static void assertRefusedEverywhere(
      ListObjective objective, RankingBatch batch, String... parts) {
    SurrogateLoss loss = SurrogateLoss.of(objective);
    assertRefused(() -> loss.value(batch), parts);
    assertRefused(() -> gradient(loss, batch, 1), parts);
    assertRefused(() -> loss.losses(batch, new double[2]), parts);
  }

  @Test
  void gainsOverTheIdeal_areFiniteAsLongAsGainsAre() {
    SurrogateLoss loss = SurrogateLoss.of(LAMBDA_RANK).reduction(Reduction.TOTAL);
    SurrogateLoss sampled =
        SurrogateLoss.of(new PlRank(PositionFunction.logarithmic(), y -> Math.pow(2, y) - 1, 4, 1));
    for (double label : new double[] {100, 500, 1000, 1023}) {
      assertEquals(loss.value(doubles(0, 60, 60)), loss.value(doubles(0, label, label)), 1e-12);
      assertArrayEquals(
          gradient(loss, floats(0, 60, 60), 1), gradient(loss, floats(0, label, label), 1), 1e-6);
      assertEquals(
          sampled.value(doubles(0, 60, 60)), sampled.value(doubles(0, label, label)), 1e-9);
    }
    for (double[] labels : new double[][] {{0, 1024, 1024}, {0, 1100, 1}}) {
      assertRefusedEverywhere(LAMBDA_RANK, floats(labels), "gain of row 1 is Infinity", "Maybe");
      assertRefusedEverywhere(UNSCALED, doubles(labels), "gain of row 1 is Infinity");
    }
  }

  @Test
  void gains_overflowNeitherInValueNorInDoubles() {
    for (ListObjective objective : new ListObjective[] {UNSCALED, new UniqueSoftmax()}) {
      SurrogateLoss loss = SurrogateLoss.of(objective);
      for (double label : new double[] {500, 1000}) {
        double value = loss.value(floats(0, label, 1));
        assertTrue(value > 1e140 && Double.isFinite(value), "value " + value);
        double[] gradient = gradient(loss, doubles(0, label, 1), 1);
        assertTrue(Arrays.stream(gradient).allMatch(Double::isFinite), Arrays.toString(gradient));
        assertRefused(
            () -> gradient(loss, floats(0, label, 1), 1),
            "gradient of row 1",
            "single precision",
            "Maybe");
      }
      assertRefusedEverywhere(objective, doubles(0, 1100, 1), "row 1 is Infinity");
    }
  }

  @Test
  void sumsOfLabelsAndWeights_areRefusedByRow() {
    double huge = 1e308;
    String[] parts = {"sum of labels times weights of row 1 is Infinity", "Maybe"};
    assertRefusedEverywhere(new Softmax(), floats(huge, huge, 0), parts);
    assertRefusedEverywhere(new Softmax(), doubles(huge, huge, 0), parts);
    assertRefusedEverywhere(
        new Softmax(), floats(1, 1, 0).itemWeights(1, 1, 1, huge, huge, 1), parts);
    assertRefusedEverywhere(
        ErrorDriven.averagePrecision(),
        floats(1, 1, 0).itemWeights(1, 1, 1, huge, huge, 1),
        "sum of weights of row 1");
    SurrogateLoss softmax = SurrogateLoss.of(new Softmax());
    assertRefused(() -> gradient(softmax, floats(1e40, 0, 0), 1), "row 1", "single precision");
    assertRefused(() -> gradient(softmax, floats(-1e40, 1e40, 0), 1), "row 1");
    for (Reduction reduction : Reduction.values()) {
      assertRefused(
          () -> softmax.reduction(reduction).value(floats(1, 1, 0).queryWeights(huge, huge)),
          "the sum of query weights",
          "is Infinity");
    }
    assertEquals(
        SurrogateLoss.of(new Softmax()).labels(LabelTransform.shares()).value(doubles(1, 1, 0)),
        SurrogateLoss.of(new Softmax())
            .labels(LabelTransform.shares())
            .value(doubles(huge, huge, 0)),
        1e-12);
    assertRefused(
        () -> softmax.labels((labels, n) -> labels[1] = Double.NaN).value(doubles(1, 1, 0)),
        "NaN at row 0, column 1");
  }

  @Test
  void lossesAndFactors_areRefused() {
    assertRefusedEverywhere(
        new PointwiseLoss(PointFunction.squaredError()), doubles(1e200, 0, 0), "loss of row 1");
    assertRefusedEverywhere(
        new PairwiseLoss(PairFunction.logistic(), LambdaWeight.labelDifference(2)),
        doubles(1e200, 0, 0),
        "loss of row 1 is Infinity",
        "Maybe");
    SurrogateLoss softmax = SurrogateLoss.of(new Softmax());
    assertRefused(() -> gradient(softmax, floats(1, 0, 0), 1e300), "row 0", "single precision");
    assertRefused(
        () -> gradient(SurrogateLoss.of(LAMBDA_RANK), floats(1, 0, 0), 1e300), "gradient of row 0");
    assertRefused(
        () -> softmax.evaluate(doubles(1e5, 0, 0), 1e306, null, new Diagnostics()), "product");
    assertEquals(
        0, softmax.evaluate(doubles(1, 0, 0), 0, ScoreArray.of(new double[6]), new Diagnostics()));
    assertRefused(
        () ->
            SurrogateLoss.of(new PointwiseLoss(PointFunction.squaredError()))
                .elements(doubles(1e200, 0, 0), (list, first, second, loss) -> {}),
        "loss of row 1");
  }

  @Test
  void parameters_areRefusedByName() {
    LambdaWeight weight = LambdaWeight.one();
    for (double bad : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
      String value = "but is " + bad;
      assertRefused(() -> LambdaWeight.labelDifference(bad), "power", value);
      assertRefused(() -> weight.timesPlus(bad, weight), "factor", value);
      assertRefused(() -> PointFunction.attract(bad), "margin", value);
      assertRefused(() -> PointFunction.repel(bad), "margin", value);
      assertRefused(() -> LabelTransform.atLeast(bad), "threshold", value);
      assertRefused(() -> new MultiSimilarity(bad, 1, 0), "alpha", value);
      assertRefused(() -> new MultiSimilarity(1, bad, 0), "beta", value);
      assertRefused(() -> new MultiSimilarity(1, 1, bad), "base", value);
      assertRefused(() -> Steps.supAp(1, bad, 0, 0, 0), "rho", value);
      assertRefused(
          () -> new SoftCutoff(Steps.cauchy(), SoftCutoff.Threshold.FIXED, bad), "offset", value);
    }
    assertRefused(() -> LambdaWeight.labelDifference(0), "power", "but is 0.0");
  }

  private static final double[] PADDED = {.3, NONE, .1, .7, NONE, -.4};
  private static final double[] PADDED_LABELS = {2, 0, 1, 0, 0, 0};

  private static Map<String, ListObjective> withLimits() {
    Map<String, ListObjective> objectives = new LinkedHashMap<>();
    objectives.put("softmax", new Softmax());
    objectives.put("poly-1", new Softmax(1));
    objectives.put("unique softmax", new UniqueSoftmax());
    objectives.put("ListMLE", new ListMle());
    objectives.put("ListMLE, two positions", new ListMle(2));
    objectives.put("ListMLE, shared ties", ListMle.withSharedTies());
    objectives.put("ListMLE, shared ties at the top", new ListMle(4, LabelTies.SHARED, 0));
    objectives.put("RankNet", new PairwiseLoss(PairFunction.logistic()));
    objectives.put("hinge", new PairwiseLoss(PairFunction.hinge(1)));
    objectives.put("soft zero-one", new PairwiseLoss(PairFunction.softZeroOne()));
    objectives.put("quantile 1", new PairwiseLoss(PairFunction.quantile(1, true)));
    for (Form form : Form.values()) {
      objectives.put(
          "DCG weight " + form,
          new PairwiseLoss(
              PairFunction.logistic(), new DcgWeight(form).scaledBy(1).overIdeal().top(3)));
    }
    objectives.put("cross entropy", new PointwiseLoss(PointFunction.sigmoidCrossEntropy()));
    objectives.put("focal", new PointwiseLoss(PointFunction.focal(2, .25)));
    objectives.put("repel", new PointwiseLoss(PointFunction.repel(0)));
    objectives.put("AP loss", ErrorDriven.averagePrecision());
    objectives.put("multi-similarity", new MultiSimilarity(2, 5, .5));
    objectives.put("soft precision", new SoftPrecision(new PairwiseSigmoid(1), 2));
    return objectives;
  }

  /** Irrelevant candidates at -infinity, not last by index, might as well be absent. */
  @TestFactory
  Stream<DynamicTest> padding_changesNothingWhereThereIsALimit() {
    int[] kept = {0, 2, 3, 5};
    double[] scores = Arrays.stream(kept).mapToDouble(i -> PADDED[i]).toArray();
    double[] labels = Arrays.stream(kept).mapToDouble(i -> PADDED_LABELS[i]).toArray();
    return withLimits().entrySet().stream()
        .map(e ->
            dynamicTest(
                e.getKey(),
                () -> {
                  SurrogateLoss loss = SurrogateLoss.of(e.getValue()).reduction(Reduction.TOTAL);
                  RankingBatch alone =
                      RankingBatch.rows(ScoreArray.of(scores), 1, 4, Relevance.grades(labels));
                  RankingBatch padded =
                      RankingBatch.rows(
                          ScoreArray.of(PADDED.clone()), 1, 6, Relevance.grades(PADDED_LABELS));
                  assertEquals(loss.value(alone), loss.value(padded), 1e-12);
                  double[] expected = gradient(loss, alone, 1);
                  double[] actual = gradient(loss, padded, 1);
                  for (int k = 0; k < kept.length; k++) {
                    assertEquals(expected[k], actual[kept[k]], 1e-12);
                  }
                  assertEquals(0, actual[1]);
                  assertEquals(0, actual[4]);
                }));
  }

  /** What draws orders puts padding last, and pushes nothing onto it. */
  @Test
  void padding_hasNoGradientInSamples() {
    for (ListObjective objective :
        new ListObjective[] {
          ListMle.withRandomTies(3),
          new PlRank(PositionFunction.logarithmic(), y -> y, 5, 1),
          new PolicyGradient(RankMetrics.ndcg(), 5, 1)
        }) {
      SurrogateLoss loss = SurrogateLoss.of(objective);
      RankingBatch padded =
          RankingBatch.rows(ScoreArray.of(PADDED.clone()), 1, 6, Relevance.grades(PADDED_LABELS));
      double[] gradient = gradient(loss, padded, 1);
      assertTrue(Arrays.stream(gradient).anyMatch(g -> g != 0));
      assertTrue(Double.isFinite(loss.value(padded)));
      assertEquals(0, gradient[1]);
      assertEquals(0, gradient[4]);
    }
  }

  @Test
  void padding_isRefusedWhereThereIsNoLimit() {
    RankingBatch padded =
        RankingBatch.rows(ScoreArray.of(PADDED.clone()), 1, 6, Relevance.grades(PADDED_LABELS));
    for (ListObjective objective :
        new ListObjective[] {
          new PairwiseLoss(PairFunction.squaredError()),
          new PairwiseLoss(PairFunction.quantile(.5, false)),
          new PairwiseLoss(PairFunction.quantile(.5, true)),
          new PairwiseLoss(PairFunction.onAllPairs(PairFunction.logistic())),
          new PointwiseLoss(PointFunction.squaredError())
        }) {
      assertRefusedEverywhere(
          objective, padded, "score is -Infinity at row 0, column 1", "Maybe", "excluding(...)");
    }
    RankingBatch wrong =
        RankingBatch.rows(ScoreArray.of(NONE, 1, 2), 1, 3, Relevance.grades(1, 0, 0));
    assertEquals(
        Double.POSITIVE_INFINITY,
        SurrogateLoss.of(new PairwiseLoss(PairFunction.logistic())).value(wrong));
    assertEquals(Double.POSITIVE_INFINITY, SurrogateLoss.of(new ListMle()).value(wrong));
    SurrogateLoss squares = SurrogateLoss.of(new PointwiseLoss(PointFunction.squaredError()));
    assertRefused(() -> squares.value(wrong), "row 0, column 0");
    assertRefused(() -> gradient(squares, wrong, 1), "row 0, column 0");
  }
}
