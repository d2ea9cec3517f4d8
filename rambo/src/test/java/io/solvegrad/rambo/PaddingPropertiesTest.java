package io.solvegrad.rambo;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.solvegrad.ranking.AveragePrecision;
import io.solvegrad.ranking.CutOff;
import io.solvegrad.ranking.DiscountedGain;
import io.solvegrad.ranking.EmptyQueries;
import io.solvegrad.ranking.ExactRanker;
import io.solvegrad.ranking.Gain;
import io.solvegrad.ranking.ItemSets;
import io.solvegrad.ranking.MatrixView;
import io.solvegrad.ranking.MetricLoss;
import io.solvegrad.ranking.NoiseScale;
import io.solvegrad.ranking.Outcome;
import io.solvegrad.ranking.PerturbedLoss;
import io.solvegrad.ranking.PositionFunction;
import io.solvegrad.ranking.RandomMargin;
import io.solvegrad.ranking.RankMetric;
import io.solvegrad.ranking.RankTerm;
import io.solvegrad.ranking.RankingBatch;
import io.solvegrad.ranking.RankingLoss;
import io.solvegrad.ranking.Ranks;
import io.solvegrad.ranking.Recall;
import io.solvegrad.ranking.Reduction;
import io.solvegrad.ranking.Relevance;
import io.solvegrad.ranking.ScoreArray;
import io.solvegrad.ranking.TieOrder;
import io.solvegrad.ranking.WeightedSum;
import io.solvegrad.ranking.metric.MeanTerm;
import io.solvegrad.ranking.metric.RankMetrics;
import io.solvegrad.solver.Lambda;
import io.solvegrad.solver.VaryingLambda;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * Padding changes nothing, whatever stands in it: for every metric under every tie order and under
 * the blackbox gradient, with every reduction, and for every loss that is put around others.
 */
final class PaddingPropertiesTest {
  private static final String SEED = "20207";

  /** Every metric of {@link RankMetrics} by its name, and those of the classes beside it. */
  private static final TreeMap<String, RankMetric<? super Ranks>> METRICS = new TreeMap<>();

  static {
    METRICS.put("recallAt", RankMetrics.recallAt(3));
    METRICS.put("hitRateAt", RankMetrics.hitRateAt(2));
    METRICS.put("precisionAt", RankMetrics.precisionAt(4));
    METRICS.put("precisionAtR", RankMetrics.precisionAtR());
    METRICS.put("averagePrecision", RankMetrics.averagePrecision());
    METRICS.put("averagePrecisionAt", RankMetrics.averagePrecisionAt(3));
    METRICS.put("averagePrecisionAtR", RankMetrics.averagePrecisionAtR());
    METRICS.put("reciprocalRank", RankMetrics.reciprocalRank());
    METRICS.put("reciprocalRankAt", RankMetrics.reciprocalRankAt(2));
    METRICS.put("meanReciprocalRank", RankMetrics.meanReciprocalRank());
    METRICS.put("dcg", RankMetrics.dcg(Gain.linear(), PositionFunction.reciprocal().top(4)));
    METRICS.put("ndcg", RankMetrics.ndcg());
    METRICS.put("ndcgAt", RankMetrics.ndcgAt(3));
    METRICS.put("rankBiasedPrecision", RankMetrics.rankBiasedPrecision(0.8));
    METRICS.put("orderedPairs", RankMetrics.orderedPairs());
    METRICS.put("spearman", RankMetrics.spearman());
    METRICS.put("+ recall, log", Recall.log());
    METRICS.put("+ recall, loglog", Recall.logLog());
    METRICS.put("+ recall at a set of cut-offs", Recall.atCutOffs(1, 3, 5));
    METRICS.put("+ capped AP", new AveragePrecision(CutOff.at(2), true, 1e-5));
    METRICS.put("+ linear gain", new DiscountedGain(PositionFunction.logarithmic()));
    METRICS.put("+ own term", new MeanTerm(RankTerm.of((rank, among) -> among / Math.sqrt(rank))));
  }

  /** A matrix of lists, and the same with masked columns in between and masked rows behind. */
  private record Case(RankingBatch plain, RankingBatch padded, int[] origin) {

    static Case random(long seed) {
      SplittableRandom random = new SplittableRandom(seed);
      int rows = random.nextInt(1, 4);
      int columns = random.nextInt(1, 9);
      int more = random.nextInt(1, 6);
      int size = rows * columns;
      double[] scores = new double[size];
      double[] labels = new double[size];
      double[] weights = new double[size];
      boolean[] masked = new boolean[size];
      for (int i = 0; i < size; i++) {
        scores[i] = random.nextInt(12) / 8.0;
        labels[i] = Math.max(-1, random.nextInt(5) - 2);
        weights[i] = random.nextInt(1, 4);
        masked[i] = random.nextInt(6) == 0;
      }
      int[] columnOf = new int[columns + more];
      int next = 0;
      for (int c = 0; c < columnOf.length; c++) {
        boolean own = columns - next > 0 && random.nextInt(columnOf.length - c) < columns - next;
        columnOf[c] = own ? next++ : -1;
      }
      int wideRows = rows + random.nextInt(2);
      int wide = wideRows * columnOf.length;
      int[] origin = new int[wide];
      double[] wideScores = new double[wide];
      double[] wideLabels = new double[wide];
      double[] wideWeights = new double[wide];
      boolean[] wideMasked = new boolean[wide];
      for (int i = 0; i < wide; i++) {
        int row = i / columnOf.length;
        int column = columnOf[i % columnOf.length];
        origin[i] = row < rows && column >= 0 ? row * columns + column : -1;
        boolean own = origin[i] >= 0;
        // Any score may stand in the padding, and any label that is a number.
        wideScores[i] = own ? scores[origin[i]] : random.nextBoolean() ? Double.NaN : 1e9;
        wideLabels[i] = own ? labels[origin[i]] : random.nextInt(3);
        wideWeights[i] = own ? weights[origin[i]] : random.nextInt(9);
        wideMasked[i] = !own || masked[origin[i]];
      }
      return new Case(
          batch(scores, rows, columns, labels, weights, masked),
          batch(wideScores, wideRows, columnOf.length, wideLabels, wideWeights, wideMasked),
          origin);
    }

    private static RankingBatch batch(
        double[] scores, int rows, int columns, double[] labels, double[] weights, boolean[] mask) {
      return RankingBatch.rows(ScoreArray.of(scores), rows, columns, Relevance.grades(labels))
          .excluding(ItemSets.mask(mask))
          .itemWeights(weights);
    }

    void check(String name, Supplier<? extends RankingLoss> loss) {
      RankingLoss one = loss.get();
      RankingLoss other = loss.get();
      // Twice, because some losses remember.
      for (int step = 0; step < 2; step++) {
        Outcome expected = Outcome.of(one, plain);
        Outcome actual = Outcome.of(other, padded);
        assertEquals(expected.value(), actual.value(), 1e-12, name);
        double[] gradient = new double[expected.gradient().length];
        double[] padding = new double[actual.gradient().length];
        for (int i = 0; i < origin.length; i++) {
          if (origin[i] >= 0) {
            gradient[origin[i]] = actual.gradient()[i];
          } else {
            padding[i] = actual.gradient()[i];
          }
        }
        assertArrayEquals(expected.gradient(), gradient, 1e-12, name);
        assertArrayEquals(new double[padding.length], padding, name);
      }
    }
  }

  @Provide
  Arbitrary<Case> cases() {
    return Arbitraries.longs().withoutEdgeCases().map(Case::random);
  }

  /** A metric that is added to the list of names must be added here. */
  @Example
  void everyMetricIsHere() {
    Set<String> named =
        Arrays.stream(RankMetrics.class.getDeclaredMethods())
            .filter(method -> Modifier.isPublic(method.getModifiers()))
            .map(method -> method.getName())
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> here =
        METRICS.keySet().stream()
            .filter(name -> !name.startsWith("+"))
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(named, here);
  }

  @Property(seed = SEED, tries = 60, edgeCases = EdgeCasesMode.NONE)
  void everyMetricUnderTheBlackbox(@ForAll("cases") Case padded) {
    METRICS.forEach((name, metric) -> {
      for (Lambda lambda : List.of(Lambda.plain(3), Lambda.normalised(0.7))) {
        padded.check(
            name + " " + lambda,
            () -> MetricLoss.of(metric, new BlackboxRanker(lambda)).margin(0.125));
      }
    });
  }

  /** Exact rankers have no gradients; their metrics of single lists are compared. */
  @Property(seed = SEED, tries = 60, edgeCases = EdgeCasesMode.NONE)
  void everyMetricUnderEveryTieOrder(@ForAll("cases") Case padded) {
    int rows = padded.plain().layout().lists();
    METRICS.forEach((name, metric) -> {
      for (TieOrder order : TieOrder.values()) {
        MetricLoss loss = MetricLoss.of(metric, new ExactRanker(order));
        double[] expected = new double[rows];
        double[] actual = new double[padded.padded().layout().lists()];
        loss.metrics(padded.plain(), expected);
        loss.metrics(padded.padded(), actual);
        String what = name + " " + order;
        assertArrayEquals(expected, Arrays.copyOf(actual, rows), 1e-12, what);
        for (int q = rows; q < actual.length; q++) {
          assertTrue(Double.isNaN(actual[q]), what);
        }
        assertEquals(loss.value(padded.plain()), loss.value(padded.padded()), 1e-12, what);
      }
    });
  }

  @Property(seed = SEED, tries = 40, edgeCases = EdgeCasesMode.NONE)
  void everyReduction(@ForAll("cases") Case padded) {
    METRICS.forEach((name, metric) -> {
      for (Reduction reduction : Reduction.values()) {
        // Rows of padding have no candidates at all, so even as empty queries they do not count.
        for (EmptyQueries empty : EmptyQueries.values()) {
          padded.check(
              name + " " + reduction + " " + empty,
              () ->
                  MetricLoss.of(metric, new BlackboxRanker(Lambda.plain(3)))
                      .reduction(reduction)
                      .emptyQueries(empty));
        }
      }
    });
  }

  private static RankingLoss perturbed(RankingLoss loss, NoiseScale scale) {
    return new PerturbedLoss(loss, PerturbedLoss.Noise.GAUSSIAN, scale, 3, 11);
  }

  private static RankingLoss adaptive(RankMetric<? super Ranks> metric) {
    VaryingLambda lambda = Lambda.adaptive(Lambda.plain(3), 0.3);
    return new LambdaSteps(MetricLoss.of(metric, new BlackboxRanker(lambda)), lambda);
  }

  @Property(seed = SEED, tries = 40, edgeCases = EdgeCasesMode.NONE)
  void everyLossAroundOthers(@ForAll("cases") Case padded) {
    METRICS.forEach((name, metric) -> {
      MetricLoss loss = MetricLoss.of(metric, new BlackboxRanker(Lambda.normalised(1)));
      padded.check("noise " + name, () -> perturbed(loss, NoiseScale.fixed(0.2)));
      padded.check("adaptive noise " + name, () -> perturbed(loss, NoiseScale.relative(0.5)));
      padded.check("random margin " + name, () -> new RandomMargin(loss, 0.3, 5));
      padded.check("adaptive lambda " + name, () -> adaptive(metric));
      padded.check("columns " + name, () -> MatrixView.COLUMNS.apply(loss));
      padded.check("flat " + name, () -> MatrixView.FLAT.apply(loss));
      padded.check(
          "sum " + name,
          () ->
              new WeightedSum(
                  List.of(
                      new WeightedSum.Term(0.3, loss),
                      new WeightedSum.Term(0.7, MatrixView.FLAT.apply(loss)))));
    });
  }

  /** Rows of padding are items of the memory, so there must be room for all of them. */
  @Property(seed = SEED, tries = 100, edgeCases = EdgeCasesMode.NONE)
  void memoriesAndClasses(@ForAll("cases") Case padded) {
    METRICS.forEach((name, metric) -> {
      MetricLoss loss = MetricLoss.of(metric, new BlackboxRanker(Lambda.normalised(1)));
      padded.check("memory " + name, () -> new ScoreMemory(MatrixView.COLUMNS.apply(loss), 99));
    });
    ClassAveragePrecision.Settings settings =
        new ClassAveragePrecision.Settings(Lambda.normalised(1), 0.1, 0.4, 99, 0);
    padded.check("classes", () -> new ClassAveragePrecision(settings));
    padded.check("classes", () -> new ClassAveragePrecision(settings.withRandomMargin(3)));
  }
}
