package io.solvegrad.relaxation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.solvegrad.ranking.Diagnostics;
import io.solvegrad.ranking.MetricLoss;
import io.solvegrad.ranking.PositionValues;
import io.solvegrad.ranking.Ranker;
import io.solvegrad.ranking.RankingBatch;
import io.solvegrad.ranking.Relevance;
import io.solvegrad.ranking.ScoreArray;
import io.solvegrad.ranking.metric.RankMetrics;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/**
 * Gradients at equal scores, three and more of them, where difference quotients of the loss show
 * nothing. Sorting networks with replaced steps, which bend within less than any step, against
 * derivatives that are carried forward through each comparator; SoftSort against the same formula
 * with the order held fast, in which central differences see the slope 0 of |x| at 0.
 */
final class PermutationTiesTest {
  private static final double LAMBDA = 0.25;
  private static final double STEEPNESS = 3;

  /** A number with its derivatives by each score. */
  private record Dual(double value, double[] slopes) {
    Dual plus(double factor, Dual other, double otherFactor) {
      double[] sum = new double[slopes.length];
      Arrays.setAll(sum, i -> factor * slopes[i] + otherFactor * other.slopes[i]);
      return new Dual(factor * value + otherFactor * other.value, sum);
    }

    Dual times(Dual other) {
      double[] product = new double[slopes.length];
      Arrays.setAll(product, i -> slopes[i] * other.value + value * other.slopes[i]);
      return new Dual(value * other.value, product);
    }
  }

  /** The logistic function of x / (|x| + 1e-10)^lambda, and its derivative by the quotient rule. */
  private static Dual keep(Dual x) {
    double size = Math.abs(x.value) + 1e-10;
    double root = Math.pow(size, LAMBDA);
    double argument = x.value / root;
    double rootSlope = LAMBDA * root / size * Math.signum(x.value);
    double slope = (root - x.value * rootSlope) / (root * root);
    double f = 1 / (1 + Math.exp(-argument));
    double[] slopes = new double[x.slopes.length];
    Arrays.setAll(slopes, i -> f * (1 - f) * slope * x.slopes[i]);
    return new Dual(f, slopes);
  }

  private static Dual mix(Dual share, Dual a, Dual b) {
    return b.plus(1, share.times(a.plus(1, b, -1)), 1);
  }

  /** One comparator, on the values and on the columns of the matrix. */
  private static void exchange(Dual[] values, Dual[][] matrix, int i, int j) {
    Dual share = keep(values[i].plus(STEEPNESS, values[j], -STEEPNESS));
    Dual larger = mix(share, values[i], values[j]);
    values[j] = mix(share, values[j], values[i]);
    values[i] = larger;
    for (int c = 0; c < values.length; c++) {
      Dual row = mix(share, matrix[i][c], matrix[j][c]);
      matrix[j][c] = mix(share, matrix[j][c], matrix[i][c]);
      matrix[i][c] = row;
    }
  }

  private static void run(SortingNetwork.Kind kind, Dual[] values, Dual[][] matrix) {
    int n = values.length;
    switch (kind) {
      case ODD_EVEN -> {
        for (int layer = 0; layer < n; layer++) {
          for (int i = layer % 2; i + 1 < n; i += 2) {
            exchange(values, matrix, i, i + 1);
          }
        }
      }
      case BITONIC -> {
        // Batcher's network for 4 values, largest first.
        exchange(values, matrix, 0, 1);
        exchange(values, matrix, 3, 2);
        exchange(values, matrix, 0, 2);
        exchange(values, matrix, 1, 3);
        exchange(values, matrix, 0, 1);
        exchange(values, matrix, 2, 3);
      }
    }
  }

  /** The loss 1 - NDCG of labels 0 and 1, expected under the matrix, with its slopes. */
  private static Dual loss(SortingNetwork.Kind kind, double[] scores, double[] labels) {
    int n = scores.length;
    Dual[] values = new Dual[n];
    Dual[][] matrix = new Dual[n][n];
    for (int i = 0; i < n; i++) {
      double[] unit = new double[n];
      unit[i] = 1;
      values[i] = new Dual(scores[i], unit);
      for (int c = 0; c < n; c++) {
        matrix[i][c] = new Dual(i == c ? 1 : 0, new double[n]);
      }
    }
    run(kind, values, matrix);
    Dual gain = new Dual(0, new double[n]);
    for (int c = 0; c < n; c++) {
      for (int r = 0; r < n && labels[c] > 0; r++) {
        gain = gain.plus(1, matrix[r][c], 1 / Math.log(r + 2.0));
      }
    }
    return new Dual(1, new double[n]).plus(1, gain, -1 / best(labels));
  }

  @Property(tries = 1000, seed = "1")
  void oddEven_isExactAtTies(@ForAll @IntRange(min = 2, max = 7) int n, @ForAll long seed) {
    checkExact(SortingNetwork.Kind.ODD_EVEN, n, seed);
  }

  @Property(tries = 1000, seed = "1")
  void bitonic_isExactAtTies(@ForAll long seed) {
    checkExact(SortingNetwork.Kind.BITONIC, 4, seed);
  }

  @Property(tries = 1000, seed = "1")
  void softSort_hasTheDerivativeOfTheOrderByIndex(
      @ForAll @IntRange(min = 2, max = 7) int n, @ForAll long seed) {
    Case sample = Case.random(n, seed);
    double[] gradient = new double[n];
    double value = sample.evaluate(new SoftSort(0.5), gradient);
    int[] order =
        IntStream.range(0, n)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> -sample.scores[i]))
            .mapToInt(i -> i)
            .toArray();
    assertEquals(softSortLoss(sample.scores, sample.labels, order), value, 1e-12);
    double step = 1e-7;
    for (int i = 0; i < n; i++) {
      double[] above = sample.scores.clone();
      double[] below = sample.scores.clone();
      above[i] += step;
      below[i] -= step;
      double slope =
          (softSortLoss(above, sample.labels, order) - softSortLoss(below, sample.labels, order))
              / (2 * step);
      assertEquals(slope, gradient[i], 1e-6, sample::toString);
    }
  }

  /** Row r is softmax(-|s_(r) - s| / 0.5), with s_(r) the score of a given candidate. */
  private static double softSortLoss(double[] scores, double[] labels, int[] order) {
    double gain = 0;
    for (int r = 0; r < order.length; r++) {
      double sum = 0;
      double relevant = 0;
      for (int c = 0; c < scores.length; c++) {
        double e = Math.exp(-Math.abs(scores[order[r]] - scores[c]) / 0.5);
        sum += e;
        relevant += labels[c] * e;
      }
      gain += relevant / sum / Math.log(r + 2.0);
    }
    return 1 - gain / best(labels);
  }

  private static double best(double[] labels) {
    double best = 0;
    for (int r = 0; r < Arrays.stream(labels).sum(); r++) {
      best += 1 / Math.log(r + 2.0);
    }
    return best;
  }

  /** Scores with many ties, and labels of which one at least is 1. */
  private record Case(double[] scores, double[] labels) {
    static Case random(int n, long seed) {
      Random random = new Random(seed);
      double[] scores = new double[n];
      double[] labels = new double[n];
      for (int i = 0; i < n; i++) {
        scores[i] = 0.5 * random.nextInt(3);
        labels[i] = random.nextInt(2);
      }
      labels[random.nextInt(n)] = 1;
      return new Case(scores, labels);
    }

    double evaluate(Ranker<PositionValues> ranker, double[] gradient) {
      RankingBatch batch =
          RankingBatch.rows(ScoreArray.of(scores), 1, scores.length, Relevance.grades(labels));
      return MetricLoss.of(RankMetrics.ndcg(), ranker)
          .evaluate(batch, 1, ScoreArray.of(gradient), new Diagnostics());
    }

    @Override
    public String toString() {
      return Arrays.toString(scores) + " " + Arrays.toString(labels);
    }
  }

  private static void checkExact(SortingNetwork.Kind kind, int n, long seed) {
    Case sample = Case.random(n, seed);
    Dual expected = loss(kind, sample.scores, sample.labels);
    double[] gradient = new double[n];
    double value =
        sample.evaluate(
            new SortingNetwork(kind, Steps.replacedSigmoid(LAMBDA), STEEPNESS), gradient);
    assertEquals(expected.value, value, 1e-9);
    for (int i = 0; i < n; i++) {
      // Rounding of 1e-16 is felt where a step bends within 1e-10.
      double allowed = 1e-4 * Math.max(1, Math.abs(expected.slopes[i]));
      assertEquals(expected.slopes[i], gradient[i], allowed, sample::toString);
    }
  }
}
