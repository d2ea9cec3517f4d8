package io.solvegrad.rambo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.solvegrad.ranking.Diagnostics;
import io.solvegrad.ranking.ItemSets;
import io.solvegrad.ranking.MetricLoss;
import io.solvegrad.ranking.RankingBatch;
import io.solvegrad.ranking.Recall;
import io.solvegrad.ranking.Reduction;
import io.solvegrad.ranking.Relevance;
import io.solvegrad.ranking.ScoreArray;
import io.solvegrad.solver.Lambda;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

/**
 * What happens to loss and gradient when a batch of embeddings is cut into parts. The numbers are
 * those of docs/gradient-accumulation.md, which this test reads.
 *
 * <p>256 embeddings of length 1 with 16 numbers, 64 classes of 4: a class centre plus noise. Recall
 * loss loglog, lambda plain 200, four parts.
 */
final class GradientAccumulationTest {
  private static final int ITEMS = 256;
  private static final int DIMENSION = 16;
  private static final int PARTS = 4;
  private static final int PER_PART = ITEMS / PARTS;
  private static final double LAMBDA = 200;

  private static final double[][] EMBEDDINGS = embeddings();
  private static final int[] CLASSES = classes();

  private static double[][] embeddings() {
    SplittableRandom random = new SplittableRandom(5);
    double[][] centres = new double[ITEMS / 4][DIMENSION];
    for (double[] centre : centres) {
      Arrays.setAll(centre, d -> random.nextGaussian());
    }
    double[][] embeddings = new double[ITEMS][DIMENSION];
    for (int i = 0; i < ITEMS; i++) {
      double[] centre = centres[i / 4];
      Arrays.setAll(embeddings[i], d -> centre[d] + 1.2 * random.nextGaussian());
      double norm = Math.sqrt(DoubleStream.of(embeddings[i]).map(x -> x * x).sum());
      double[] embedding = embeddings[i];
      Arrays.setAll(embedding, d -> embedding[d] / norm);
    }
    return embeddings;
  }

  private static int[] classes() {
    int[] classes = new int[ITEMS];
    Arrays.setAll(classes, i -> i / 4);
    return classes;
  }

  /** Loss and gradient with respect to all embeddings. */
  private record Step(double loss, double[] gradient) {

    static Step zero() {
      return new Step(0, new double[ITEMS * DIMENSION]);
    }

    Step plus(Step other) {
      double[] sum = gradient.clone();
      Arrays.setAll(sum, i -> sum[i] + other.gradient[i]);
      return new Step(loss + other.loss, sum);
    }

    Step times(double factor) {
      return new Step(factor * loss, Arrays.stream(gradient).map(g -> factor * g).toArray());
    }

    double dot(Step other) {
      double sum = 0;
      for (int i = 0; i < gradient.length; i++) {
        sum += gradient[i] * other.gradient[i];
      }
      return sum;
    }

    double norm() {
      return Math.sqrt(dot(this));
    }

    double cosine(Step other) {
      return dot(other) / norm() / other.norm();
    }
  }

  /** Queries from..to against candidates cFrom..cTo, themselves left out. */
  private static Step step(
      int from, int to, int cFrom, int cTo, double lambda, double factor, Reduction reduction) {
    int rows = to - from;
    int columns = cTo - cFrom;
    double[] scores = new double[rows * columns];
    boolean[] self = new boolean[scores.length];
    for (int q = 0; q < rows; q++) {
      for (int c = 0; c < columns; c++) {
        double dot = 0;
        for (int d = 0; d < DIMENSION; d++) {
          dot += EMBEDDINGS[from + q][d] * EMBEDDINGS[cFrom + c][d];
        }
        scores[q * columns + c] = dot;
        self[q * columns + c] = from + q == cFrom + c;
      }
    }
    RankingBatch batch =
        RankingBatch.rows(
                ScoreArray.of(scores),
                rows,
                columns,
                Relevance.of(
                    ItemSets.sameId(
                        Arrays.copyOfRange(CLASSES, from, to),
                        Arrays.copyOfRange(CLASSES, cFrom, cTo))))
            .excluding(ItemSets.mask(self));
    double[] slopes = new double[scores.length];
    double loss =
        MetricLoss.of(Recall.logLog(), new BlackboxRanker(Lambda.plain(lambda)))
            .reduction(reduction)
            .evaluate(batch, factor, ScoreArray.of(slopes), new Diagnostics());
    double[] gradient = new double[ITEMS * DIMENSION];
    for (int q = 0; q < rows; q++) {
      for (int c = 0; c < columns; c++) {
        double slope = slopes[q * columns + c];
        for (int d = 0; d < DIMENSION; d++) {
          gradient[(from + q) * DIMENSION + d] += slope * EMBEDDINGS[cFrom + c][d];
          gradient[(cFrom + c) * DIMENSION + d] += slope * EMBEDDINGS[from + q][d];
        }
      }
    }
    return new Step(loss, gradient);
  }

  private static Step whole() {
    return step(0, ITEMS, 0, ITEMS, LAMBDA, 1, Reduction.QUERY_MEAN);
  }

  /** The sum over parts of the queries, against all candidates or those of the part alone. */
  private static Step parts(boolean allCandidates, double lambda, double factor) {
    Step sum = Step.zero();
    for (int p = 0; p < PARTS; p++) {
      int from = p * PER_PART;
      int to = from + PER_PART;
      sum =
          sum.plus(
              step(
                  from,
                  to,
                  allCandidates ? 0 : from,
                  allCandidates ? ITEMS : to,
                  lambda,
                  factor,
                  Reduction.QUERY_MEAN));
    }
    return sum;
  }

  private static String row(String name, Step step) {
    Step whole = whole();
    return String.format(
        Locale.ROOT,
        "| %s | %.4f | %.3f | %.3f |",
        name,
        step.loss,
        step.norm() / whole.norm(),
        step.cosine(whole));
  }

  @Test
  void pageTellsWhatIsMeasured() throws IOException {
    String[] rows = {
      row("one batch of 256", whole()),
      row("four parts, all candidates, factor 1/4 inside", parts(true, LAMBDA, 1.0 / PARTS)),
      row(
          "four parts, all candidates, gradients divided by 4",
          parts(true, LAMBDA, 1).times(1.0 / PARTS)),
      row("the same with lambda / 4", parts(true, LAMBDA / PARTS, 1).times(1.0 / PARTS)),
      row("four parts, own candidates only, factor 1/4 inside", parts(false, LAMBDA, 1.0 / PARTS)),
    };
    String page = Files.readString(Path.of("../docs/gradient-accumulation.md"));
    for (String row : rows) {
      assertTrue(
          page.contains(row),
          "docs/gradient-accumulation.md should have\n" + String.join("\n", rows));
    }
  }

  /** Exact means equal up to the order of additions. */
  private static void assertExact(Step actual) {
    Step whole = whole();
    assertTrue(whole.norm() > 1e-4);
    assertEquals(whole.loss, actual.loss, 1e-12);
    for (int i = 0; i < whole.gradient.length; i++) {
      assertEquals(whole.gradient[i], actual.gradient[i], 1e-12);
    }
  }

  @Test
  void partsOfQueriesWithTheFactorInside_areExact() {
    assertExact(parts(true, LAMBDA, 1.0 / PARTS));
  }

  /** Dividing gradients equals a lambda that is as many times larger: undone, it is exact. */
  @Test
  void dividedGradientsAreAnotherLambda() {
    assertExact(parts(true, LAMBDA / PARTS, 1).times(1.0 / PARTS));
    Step divided = parts(true, LAMBDA, 1).times(1.0 / PARTS);
    assertExactly(step(0, ITEMS, 0, ITEMS, LAMBDA * PARTS, 1, Reduction.QUERY_MEAN), divided);
    assertTrue(divided.cosine(whole()) < 0.999);
  }

  private static void assertExactly(Step expected, Step actual) {
    for (int i = 0; i < expected.gradient.length; i++) {
      assertEquals(expected.gradient[i], actual.gradient[i], 1e-12);
    }
  }

  /** Uneven parts: each factor is the part's share of what the reduction counts. */
  @Test
  void unevenPartsCountByTheirShare() {
    Step mean = Step.zero();
    int[] cuts = {0, 30, 100, 256};
    for (int p = 0; p < 3; p++) {
      double share = (cuts[p + 1] - cuts[p]) / (double) ITEMS;
      mean = mean.plus(step(cuts[p], cuts[p + 1], 0, ITEMS, LAMBDA, share, Reduction.QUERY_MEAN));
    }
    assertExact(mean);
    // A sum needs no factor; a factor that makes it a mean must again be inside.
    Step sum = Step.zero();
    for (int p = 0; p < 3; p++) {
      sum = sum.plus(step(cuts[p], cuts[p + 1], 0, ITEMS, LAMBDA, 1.0 / ITEMS, Reduction.SUM));
    }
    assertExact(sum);
  }

  /** On several devices: candidates gathered from all, gradients of candidates added up. */
  @Test
  void gatheredConstants_losePartOfTheGradient() {
    Step whole = whole();
    Step local = Step.zero();
    for (int p = 0; p < PARTS; p++) {
      int from = p * PER_PART;
      Step part = step(from, from + PER_PART, 0, ITEMS, LAMBDA, 1.0 / PARTS, Reduction.QUERY_MEAN);
      double[] own = new double[part.gradient.length];
      // What a device keeps when the gathered embeddings of the others are constants to it.
      System.arraycopy(
          part.gradient, from * DIMENSION, own, from * DIMENSION, PER_PART * DIMENSION);
      local = local.plus(new Step(part.loss, own));
    }
    assertEquals(whole.loss, local.loss, 1e-12);
    assertTrue(local.cosine(whole) < 0.999);
    try {
      String page = Files.readString(Path.of("../docs/gradient-accumulation.md"));
      String row = row("four devices, gathered candidates as constants", local);
      assertTrue(page.contains(row), "docs/gradient-accumulation.md should have\n" + row);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
