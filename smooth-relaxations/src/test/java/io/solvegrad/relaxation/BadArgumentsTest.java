package io.solvegrad.relaxation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.solvegrad.ranking.PositionFunction;
import io.solvegrad.ranking.RankMetric;
import io.solvegrad.ranking.Ranker;
import io.solvegrad.ranking.RankingBatch;
import io.solvegrad.ranking.Ranks;
import io.solvegrad.ranking.Reduction;
import io.solvegrad.ranking.Relevance;
import io.solvegrad.ranking.ScoreArray;
import io.solvegrad.ranking.SmoothFunction;
import io.solvegrad.relaxation.Permutahedron.Regularization;
import io.solvegrad.relaxation.SortingNetwork.Kind;
import io.solvegrad.relaxation.embedding.EmbeddingLoss;
import io.solvegrad.relaxation.embedding.EmbeddingLosses;
import io.solvegrad.relaxation.embedding.FastAp;
import io.solvegrad.relaxation.embedding.Similarity;
import io.solvegrad.relaxation.surrogate.DcgWeight;
import io.solvegrad.relaxation.surrogate.DcgWeight.Form;
import io.solvegrad.relaxation.surrogate.ElementLosses;
import io.solvegrad.relaxation.surrogate.LabelTransform;
import io.solvegrad.relaxation.surrogate.LabelledList;
import io.solvegrad.relaxation.surrogate.LambdaWeight;
import io.solvegrad.relaxation.surrogate.ListMle;
import io.solvegrad.relaxation.surrogate.PairFunction;
import io.solvegrad.relaxation.surrogate.PairwiseLoss;
import io.solvegrad.relaxation.surrogate.PlRank;
import io.solvegrad.relaxation.surrogate.PointFunction;
import io.solvegrad.relaxation.surrogate.PointwiseLoss;
import io.solvegrad.relaxation.surrogate.PolicyGradient;
import io.solvegrad.relaxation.surrogate.RankRegression;
import io.solvegrad.relaxation.surrogate.SoftPrecision;
import io.solvegrad.relaxation.surrogate.SoftSpearman;
import io.solvegrad.relaxation.surrogate.Softmax;
import io.solvegrad.relaxation.surrogate.SurrogateLoss;
import io.solvegrad.relaxation.surrogate.UniqueSoftmax;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleFunction;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.Executable;

/** Missing, short, tiny and undefined arguments are refused by name. */
final class BadArgumentsTest {
  private static final SurrogateLoss LOSS = SurrogateLoss.of(new Softmax());
  private static final SmoothFunction STEP = Steps.cauchy();
  private static final SoftCutoff CUTOFF = SoftCutoff.fixed(1);
  private static final PositionFunction POSITION = PositionFunction.logarithmic();
  private static final DoubleUnaryOperator GAIN = y -> y;

  private record Call(String argument, String of, Executable call) {}

  @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"}) // what a careless caller does
  private static <T> T missing() {
    return null;
  }

  private static RankingBatch batch() {
    return RankingBatch.rows(ScoreArray.of(1.0, 2.0), 1, 2, Relevance.grades(1, 0));
  }

  private static List<Call> surrogates() {
    Ranker<Ranks> ranker = missing();
    LambdaWeight one = LambdaWeight.one();
    double[] numbers = {1, 2};
    List<Call> calls = new ArrayList<>();
    calls.add(new Call("objective", "of", () -> SurrogateLoss.of(missing())));
    calls.add(new Call("reduction", "loss", () -> LOSS.reduction(missing())));
    calls.add(new Call("transform", "loss", () -> LOSS.labels(missing())));
    calls.add(new Call("batch", "value", () -> LOSS.value(missing())));
    calls.add(new Call("batch", "divisor", () -> LOSS.divisor(missing())));
    calls.add(new Call("batch", "losses", () -> LOSS.losses(missing(), numbers)));
    calls.add(new Call("losses", "losses", () -> LOSS.losses(batch(), missing())));
    calls.add(new Call("receiver", "elements", () -> LOSS.elements(batch(), missing())));
    ElementLosses nobody = (list, first, second, loss) -> {};
    calls.add(new Call("batch", "elements", () -> LOSS.elements(missing(), nobody)));
    calls.add(
        new Call("diagnostics", "evaluate", () -> LOSS.evaluate(batch(), 1, null, missing())));
    calls.add(new Call("function", "pairs", () -> new PairwiseLoss(missing())));
    calls.add(
        new Call("lambda", "pairs", () -> new PairwiseLoss(PairFunction.logistic(), missing())));
    calls.add(new Call("function", "all pairs", () -> PairFunction.onAllPairs(missing())));
    calls.add(new Call("function", "points", () -> new PointwiseLoss(missing())));
    calls.add(new Call("other", "weights", () -> one.timesPlus(1, missing())));
    calls.add(new Call("form", "DCG", () -> new DcgWeight(missing())));
    calls.add(new Call("gain", "DCG", () -> new DcgWeight(Form.OWN, missing(), GAIN, 1, true, 1)));
    calls.add(
        new Call("discount", "DCG", () -> new DcgWeight(Form.OWN, GAIN, missing(), 1, true, 1)));
    calls.add(new Call("gain", "softmax", () -> new UniqueSoftmax(missing())));
    calls.add(new Call("ties", "ListMLE", () -> new ListMle(1, missing(), 0)));
    calls.add(new Call("position", "PL", () -> new PlRank(missing(), GAIN, 1, 0)));
    calls.add(new Call("gain", "PL", () -> new PlRank(POSITION, missing(), 1, 0)));
    RankMetric<Ranks> metric = missing();
    calls.add(new Call("metric", "policy", () -> new PolicyGradient(metric, 2, 0)));
    calls.add(new Call("ranker", "precision", () -> new SoftPrecision(ranker, 1)));
    calls.add(new Call("ranker", "Spearman", () -> new SoftSpearman(ranker)));
    calls.add(new Call("ranker", "regression", () -> new RankRegression(ranker, GAIN)));
    calls.add(
        new Call("discount", "regression", () -> new RankRegression(new LapSum(1), missing())));
    calls.add(new Call("scores", "list", () -> LabelledList.of(missing(), numbers)));
    calls.add(new Call("labels", "list", () -> LabelledList.of(numbers, missing())));
    calls.add(new Call("weights", "list", () -> LabelledList.of(numbers, numbers, missing())));
    return calls;
  }

  private static List<Call> relaxations() {
    double[] numbers = {1, 2};
    List<Call> calls = new ArrayList<>();
    calls.add(new Call("regularization", "rank", () -> new SoftRank(missing(), 1, CUTOFF)));
    calls.add(new Call("cutoff", "rank", () -> new SoftRank(Regularization.L2, 1, missing())));
    calls.add(new Call("cutoff", "sigmoid", () -> new PairwiseSigmoid(1, missing())));
    calls.add(new Call("cutoff", "steps", () -> new PairwiseSteps(STEP, missing())));
    calls.add(new Call("step", "steps", () -> new PairwiseSteps(missing(), CUTOFF)));
    calls.add(
        new Call("targetStep", "steps", () -> new PairwiseSteps(STEP, missing(), STEP, CUTOFF)));
    calls.add(
        new Call("amongStep", "steps", () -> new PairwiseSteps(STEP, STEP, missing(), CUTOFF)));
    calls.add(new Call("step", "cut-off", () -> SoftCutoff.midpoint(missing())));
    calls.add(new Call("threshold", "cut-off", () -> new SoftCutoff(STEP, missing(), 0)));
    calls.add(
        new Call(
            "values", "cut-off", () -> CUTOFF.members(1, BadArgumentsTest.<double[]>missing())));
    calls.add(new Call("kind", "network", () -> new SortingNetwork(missing(), STEP, 1)));
    calls.add(
        new Call("distribution", "network", () -> new SortingNetwork(Kind.BITONIC, missing(), 1)));
    calls.add(new Call("loss", "scores", () -> new SmoothedScores(missing(), 1, 1)));
    calls.add(new Call("batch", "scores", () -> new SmoothedScores(LOSS, 1, 1).value(missing())));
    calls.add(
        new Call(
            "diagnostics",
            "scores",
            () -> new SmoothedScores(LOSS, 1, 1).evaluate(batch(), 1, null, missing())));
    calls.add(new Call("cutoff", "noise", () -> new PerturbedRanks(1, 2, 0, missing())));
    double[] none = missing();
    calls.add(new Call("scores", "LapSum", () -> new LapSum(1).ranks(none)));
    calls.add(new Call("scores", "LapSum members", () -> new LapSum(1).members(1, none)));
    calls.add(new Call("scores", "NeuralSort", () -> new NeuralSort(1).matrix(none)));
    calls.add(new Call("scores", "SoftSort", () -> new SoftSort(1).matrix(none)));
    calls.add(new Call("scores", "Sinkhorn", () -> new Sinkhorn(1, 1).matrix(none)));
    calls.add(new Call("regularization", "hull", () -> new Permutahedron(missing(), 1)));
    Permutahedron hull = new Permutahedron(Regularization.L2, 1);
    calls.add(new Call("input", "ranks", () -> hull.ranks(none, 2, numbers)));
    calls.add(new Call("ranks", "ranks", () -> hull.ranks(numbers, 2, none)));
    calls.add(new Call("sorted", "sort", () -> hull.sort(numbers, 2, none)));
    calls.add(new Call("upstream", "pull", () -> hull.pullRanks(none, numbers)));
    calls.add(new Call("gradient", "pull", () -> hull.pullSort(numbers, none)));
    calls.add(new Call("discount", "RankMSE", () -> SmoothLosses.approxRankMse(1, missing())));
    int[] ks = missing();
    calls.add(new Call("ks", "recall", () -> SmoothLosses.recallSurrogate(1, ks)));
    calls.add(new Call("ks", "embedded recall", () -> EmbeddingLosses.recallSurrogate(1, ks)));
    calls.add(new Call("similarity", "embedding", () -> new EmbeddingLoss(missing(), 1, LOSS)));
    calls.add(new Call("loss", "embedding", () -> new EmbeddingLoss(Similarity.DOT, 1, missing())));
    EmbeddingLoss fastAp = EmbeddingLosses.fastAp(10);
    calls.add(
        new Call("embeddings", "embedding", () -> fastAp.evaluate(missing(), new int[1], null)));
    calls.add(
        new Call(
            "classes", "embedding", () -> fastAp.evaluate(ScoreArray.of(1.0), missing(), null)));
    return calls;
  }

  @TestFactory
  Stream<DynamicTest> missingArguments_areNamed() {
    return Stream.concat(surrogates().stream(), relaxations().stream())
        .map(call ->
            dynamicTest(
                call.argument + " of " + call.of,
                () ->
                    assertEquals(
                        call.argument + " must not be null",
                        assertThrows(NullPointerException.class, call.call).getMessage())));
  }

  private static void assertRefused(Executable call, String... parts) {
    String message = assertThrows(IllegalArgumentException.class, call).getMessage();
    for (String part : parts) {
      assertTrue(message.contains(part), message + " should contain " + part);
    }
  }

  @Test
  void numbersTooSmallToDivideBy_areRefused() {
    List<DoubleFunction<Object>> rankers =
        List.of(
            NeuralSort::new,
            SoftSort::new,
            SoftRank::new,
            x -> new Sinkhorn(x, 1),
            x -> new Permutahedron(Regularization.KL, x),
            PairwiseSigmoid::new,
            LapSum::new,
            Steps::sigmoid,
            Steps::laplace,
            x -> new PerturbedRanks(x, 2, 0),
            SmoothLosses::neuralNdcg,
            SmoothLosses::softSpearman,
            x -> new SmoothedScores(LOSS, x, 1));
    for (DoubleFunction<Object> ranker : rankers) {
      assertRefused(() -> ranker.apply(1e-320), "must be at least 1.0E-300, but is 1.0E-320");
      assertNotNull(ranker.apply(1e-300));
    }
  }

  @Test
  void histogramsWithoutBinsOrWithAbsurdlyMany_areRefused() {
    assertRefused(() -> new FastAp(0), "bins must be 1 to 1000000, but are 0");
    assertRefused(() -> new FastAp(Integer.MAX_VALUE), "but are 2147483647");
    assertEquals(1_000_000, new FastAp(1_000_000).bins());
  }

  @Test
  void numbersThatAreNone_areRefusedWithTheirPlace() {
    double[] scores = {1, Double.NaN};
    String[] place = {"NaN at index 1"};
    assertRefused(() -> new LapSum(1).ranks(scores), place);
    assertRefused(() -> new LapSum(1).members(1, scores), place);
    assertRefused(() -> CUTOFF.members(1, scores), place);
    assertRefused(() -> new NeuralSort(1).matrix(scores), place);
    assertRefused(() -> new SoftSort(1).matrix(scores), place);
    assertRefused(() -> new Sinkhorn(1, 1).matrix(scores), place);
    Permutahedron hull = new Permutahedron(Regularization.L2, 1);
    assertRefused(() -> hull.ranks(scores, 2, new double[2]), place);
    assertRefused(() -> hull.sort(scores, 2, new double[2]), place);
    hull.ranks(scores, 1, new double[1]);
    double[] infinite = {1, 0, 2, Double.NEGATIVE_INFINITY};
    assertRefused(
        () -> hull.sort(infinite, 4, new double[4]), "input is -Infinity at index 3, but only");
    hull.sort(infinite, 3, new double[3]);
  }

  @Test
  void projections_nameLengthsAndTheOrderOfCalls() {
    double[] two = {1, 2};
    double[] three = {3, 1, 2};
    Permutahedron hull = new Permutahedron(Regularization.L2, 1);
    assertThrows(IllegalStateException.class, () -> hull.pullRanks(two, two));
    assertRefused(() -> hull.ranks(two, -1, two), "n must not be negative, but is -1");
    assertRefused(() -> hull.ranks(two, 3, three), "input has 2", "at least 3");
    assertRefused(() -> hull.ranks(three, 3, two), "ranks has 2", "at least 3");
    assertRefused(() -> hull.sort(three, 3, two), "sorted has 2", "at least 3");
    hull.ranks(three, 3, new double[3]);
    assertRefused(() -> hull.pullRanks(two, three.clone()), "upstream has 2", "at least 3");
    assertRefused(() -> hull.pullRanks(three, two), "gradient has 2", "at least 3");
    String message =
        assertThrows(IllegalStateException.class, () -> hull.pullSort(three, new double[3]))
            .getMessage();
    assertTrue(message.contains("sort") && message.contains("ranks"), message);
    double[] gradient = new double[3];
    hull.pullRanks(three, gradient);
    assertEquals(0, gradient[0] + gradient[1] + gradient[2], 1e-12);
  }

  /** A wide gap leaves the small differences beside it their digits. */
  @Test
  void projections_keepSmallDifferencesBesideLargeOnes() {
    for (Regularization regularization : Regularization.values()) {
      for (double strength : new double[] {1, .04, 1e-300}) {
        double[] expected = new double[4];
        double[] actual = new double[4];
        new Permutahedron(regularization, strength)
            .ranks(new double[] {1e3, .3, .2, -1e3}, 4, expected);
        new Permutahedron(regularization, strength)
            .ranks(new double[] {1e30, .3, .2, -1e30}, 4, actual);
        assertArrayEquals(expected, actual, 1e-9);
        assertTrue(actual[1] < actual[2]);
      }
    }
  }

  @Test
  void reductionsAndTransforms_areKept() {
    double mean = LOSS.value(batch());
    assertEquals(mean, LOSS.reduction(Reduction.TOTAL).value(batch()), 1e-12);
    assertEquals(mean, LOSS.labels(LabelTransform.identity()).value(batch()), 1e-12);
    assertEquals(
        4,
        SurrogateLoss.of(new PointwiseLoss(PointFunction.squaredError()))
            .reduction(Reduction.TOTAL)
            .value(batch()));
  }
}
