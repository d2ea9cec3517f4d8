package io.solvegrad.relaxation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.solvegrad.ranking.AveragePrecision;
import io.solvegrad.ranking.ItemSets;
import io.solvegrad.ranking.MetricLoss;
import io.solvegrad.ranking.RankingBatch;
import io.solvegrad.ranking.Relevance;
import io.solvegrad.ranking.ScoreArray;
import io.solvegrad.relaxation.embedding.EmbeddingLoss;
import io.solvegrad.relaxation.embedding.EmbeddingLosses;
import io.solvegrad.relaxation.embedding.Similarity;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Gradients with respect to embeddings. */
final class EmbeddingLossTest {

  private static Map<String, EmbeddingLoss> losses() {
    Map<String, EmbeddingLoss> losses = new LinkedHashMap<>();
    losses.put("NT-Xent", EmbeddingLosses.ntXent(0.3));
    losses.put("supervised contrastive", EmbeddingLosses.supervisedContrastive(0.2));
    losses.put("multi-similarity", EmbeddingLosses.multiSimilarity(2, 10, 0.5));
    losses.put("FastAP", EmbeddingLosses.fastAp(7));
    losses.put("triplet", EmbeddingLosses.triplet(0.3));
    losses.put("contrastive", EmbeddingLosses.contrastive(0.1, 1));
    losses.put("calibration", EmbeddingLosses.calibration(0.9, 0.2));
    losses.put("SmoothAP", EmbeddingLosses.smoothAp(0.2));
    losses.put("SupAP and calibration", EmbeddingLosses.supAp(1));
    losses.put("recall surrogate", EmbeddingLosses.recallSurrogate(0.3, 1, 2));
    for (Similarity similarity : Similarity.values()) {
      losses.put(
          "SmoothAP by " + similarity,
          new EmbeddingLoss(
              similarity, 2, MetricLoss.of(new AveragePrecision(), new PairwiseSigmoid(0.3))));
    }
    return losses;
  }

  @Test
  void gradient_isTheCentralDifference() {
    losses()
        .forEach((name, loss) -> {
          for (int seed = 0; seed < 10; seed++) {
            Random random = new Random(seed);
            int count = 2 + random.nextInt(5);
            int dimension = 1 + random.nextInt(4);
            double[] embeddings = random.doubles(count * dimension, -1, 1).toArray();
            int[] classes = random.ints(count, 0, 3).toArray();
            assertGradient(name + ", seed " + seed, loss, embeddings, classes);
          }
        });
  }

  private static void assertGradient(
      String name, EmbeddingLoss loss, double[] embeddings, int[] classes) {
    double[] gradient = new double[embeddings.length];
    double value = loss.evaluate(ScoreArray.of(embeddings), classes, ScoreArray.of(gradient));
    assertEquals(value, loss.evaluate(ScoreArray.of(embeddings), classes, null), name);
    for (int i = 0; i < embeddings.length; i++) {
      double step = 1e-6;
      double wide = difference(loss, embeddings, classes, i, step);
      double narrow = difference(loss, embeddings, classes, i, step / 8);
      double allowed = 1e-4 * Math.max(1, Math.abs(gradient[i]));
      if (Math.abs(wide - narrow) < allowed) {
        assertEquals(wide, gradient[i], allowed, name + ", component " + i);
      }
    }
  }

  private static double difference(
      EmbeddingLoss loss, double[] embeddings, int[] classes, int i, double step) {
    double[] up = embeddings.clone();
    double[] down = embeddings.clone();
    up[i] += step;
    down[i] -= step;
    double above = loss.evaluate(ScoreArray.of(up), classes, null);
    return (above - loss.evaluate(ScoreArray.of(down), classes, null)) / (2 * step);
  }

  /** Unit vectors in the plane, by their angles. */
  private static double[] onCircle(double... angles) {
    double[] embeddings = new double[2 * angles.length];
    for (int i = 0; i < angles.length; i++) {
      embeddings[2 * i] = 3 * Math.cos(angles[i]);
      embeddings[2 * i + 1] = 3 * Math.sin(angles[i]);
    }
    return embeddings;
  }

  /** Through the products of unit vectors the chain rule gives the gradient of the vectors. */
  @Test
  void onProducts_isTheSameLoss() {
    losses()
        .forEach((name, loss) -> {
          Random random = new Random(3);
          int count = 7;
          double[] embeddings = onCircle(random.doubles(count, 0, 6).toArray());
          for (int i = 0; i < embeddings.length; i++) {
            embeddings[i] /= 3;
          }
          int[] classes = random.ints(count, 0, 3).toArray();
          double[] products = new double[count * count];
          for (int i = 0; i < products.length; i++) {
            int a = 2 * (i / count);
            int b = 2 * (i % count);
            products[i] = embeddings[a] * embeddings[b] + embeddings[a + 1] * embeddings[b + 1];
          }
          RankingBatch batch =
              RankingBatch.rows(
                      ScoreArray.of(products),
                      count,
                      count,
                      Relevance.of(ItemSets.sameId(classes, classes)))
                  .excluding(ItemSets.self());
          double[] slopes = new double[products.length];
          double value = loss.onProducts().evaluate(batch, ScoreArray.of(slopes));
          double[] expected = new double[embeddings.length];
          assertEquals(
              loss.evaluate(ScoreArray.of(embeddings), classes, ScoreArray.of(expected)),
              value,
              1e-9,
              name);
          assertEquals(value, loss.onProducts().value(batch), name);
          for (int i = 0; i < count; i++) {
            double[] pulled = new double[2];
            for (int j = 0; j < count; j++) {
              double slope = slopes[i * count + j] + slopes[j * count + i];
              pulled[0] += slope * embeddings[2 * j];
              pulled[1] += slope * embeddings[2 * j + 1];
            }
            boolean sphere = loss.similarity() != Similarity.DOT;
            double along =
                sphere ? pulled[0] * embeddings[2 * i] + pulled[1] * embeddings[2 * i + 1] : 0;
            for (int d = 0; d < 2; d++) {
              assertEquals(
                  expected[2 * i + d], pulled[d] - along * embeddings[2 * i + d], 1e-6, name);
            }
          }
        });
  }

  private static final double[] ANGLES = {0, 0.7, 0.4, 2, 0.5, 1.1};
  private static final int[] CLASSES = {0, 0, 1, 1, 2, 2};

  private static double distance(int i, int j) {
    return 2 * Math.abs(Math.sin((ANGLES[i] - ANGLES[j]) / 2));
  }

  private static double value(EmbeddingLoss loss) {
    return loss.evaluate(ScoreArray.of(onCircle(ANGLES)), CLASSES, null);
  }

  @Test
  void triplets_areAveragedWhereTheyAreNotZero() {
    double sum = 0;
    int count = 0;
    for (int a = 0; a < 6; a++) {
      for (int p = 0; p < 6; p++) {
        for (int n = 0; n < 6; n++) {
          boolean triplet = p != a && CLASSES[p] == CLASSES[a] && CLASSES[n] != CLASSES[a];
          double loss = triplet ? Math.max(0, distance(a, p) - distance(a, n) + 0.2) : 0;
          sum += loss;
          count += loss > 0 ? 1 : 0;
        }
      }
    }
    assertEquals(sum / count, value(EmbeddingLosses.triplet(0.2)), 1e-12);
  }

  @Test
  void contrastivePairs_areAveragedWhereTheyAreNotZero() {
    double[] sum = new double[4];
    int[] count = new int[4];
    for (int i = 0; i < 6; i++) {
      for (int j = 0; j < 6; j++) {
        if (i == j) {
          continue;
        }
        boolean same = CLASSES[i] == CLASSES[j];
        double cosine = Math.cos(ANGLES[i] - ANGLES[j]);
        double byDistance = same ? distance(i, j) - 0.1 : 0.8 - distance(i, j);
        double byCosine = same ? 0.9 - cosine : cosine - 0.6;
        int part = same ? 0 : 1;
        sum[part] += Math.max(0, byDistance);
        count[part] += byDistance > 0 ? 1 : 0;
        sum[part + 2] += Math.max(0, byCosine);
        count[part + 2] += byCosine > 0 ? 1 : 0;
      }
    }
    assertEquals(
        sum[0] / count[0] + sum[1] / count[1], value(EmbeddingLosses.contrastive(0.1, 0.8)), 1e-12);
    double calibration = sum[2] / count[2] + sum[3] / count[3];
    assertEquals(calibration, value(EmbeddingLosses.calibration(0.9, 0.6)), 1e-12);
    assertEquals(supAp() + 0.5 * calibration, value(EmbeddingLosses.supAp(0.5)), 1e-12);
  }

  /** Positives ahead are counted exactly, negatives by the steep upper bound. */
  private static double supAp() {
    double sum = 0;
    for (int q = 0; q < 6; q++) {
      int partner = q % 2 == 0 ? q + 1 : q - 1;
      double rank = 1;
      for (int j = 0; j < 6; j++) {
        if (j != q && j != partner) {
          double ahead = Math.cos(ANGLES[q] - ANGLES[j]) - Math.cos(ANGLES[q] - ANGLES[partner]);
          double sigmoid = 1 / (1 + Math.exp(-ahead / 0.01));
          rank += ahead > 0.05 ? 100 * (ahead - 0.05) + 1.44 : ahead < 0 ? sigmoid : 0.5 + sigmoid;
        }
      }
      sum += 1 - 1 / rank;
    }
    return sum / 6;
  }

  @Test
  void equalAndZeroVectors_areDefined() {
    losses()
        .forEach((name, loss) -> {
          double[] embeddings = {0, 0, 1, 1, 1, 1, 1e200, -1e200, 0, 0};
          double[] gradient = new double[10];
          int[] classes = {0, 0, 1, 1, 2};
          double value = loss.evaluate(ScoreArray.of(embeddings), classes, ScoreArray.of(gradient));
          boolean dot = name.endsWith("DOT");
          assertTrue(dot || Double.isFinite(value), name);
          for (double slope : gradient) {
            assertTrue(dot || Double.isFinite(slope), name);
          }
          assertEquals(0, loss.evaluate(ScoreArray.of(new double[0]), new int[0], null));
        });
  }

  @Test
  void badInput_isNamed() {
    EmbeddingLoss loss = EmbeddingLosses.fastAp(10);
    double[] embeddings = {1, 2, 3, Double.NaN};
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> loss.evaluate(ScoreArray.of(embeddings), new int[2], null))
            .getMessage();
    assertTrue(message.contains("row 1, column 1"), message);
    assertThrows(
        IllegalArgumentException.class,
        () -> loss.evaluate(ScoreArray.of(new double[5]), new int[2], null));
  }

  /** Unit vectors do not depend on the length; their gradient falls with it. */
  @Test
  void lengthsBeyondTheRangeOfSquares_changeNoUnitVectors() {
    double[] unit = {.6, .8, 1, 0, -.28, .96, 0, 1};
    int[] classes = {0, 0, 1, 1};
    losses()
        .forEach((name, loss) -> {
          if (loss.similarity() == Similarity.DOT) {
            return;
          }
          double[] expected = new double[8];
          double value = loss.evaluate(ScoreArray.of(unit), classes, ScoreArray.of(expected));
          // From a subnormal square to one that overflows; powers of two, so that nothing rounds.
          for (int exponent : new int[] {-1000, -700, -530, -460, 460, 530, 700, 1000}) {
            double length = Math.scalb(1.0, exponent);
            double[] embeddings = Arrays.stream(unit).map(x -> x * length).toArray();
            double[] gradient = new double[8];
            double actual =
                loss.evaluate(ScoreArray.of(embeddings), classes, ScoreArray.of(gradient));
            String what = name + ", 2^" + exponent;
            assertEquals(value, actual, 1e-12, what);
            for (int i = 0; i < 8; i++) {
              double ofUnit = gradient[i] * Math.max(length, 1e-300);
              assertEquals(expected[i], ofUnit, 1e-9, what);
            }
          }
        });
  }

  /** 46,341 squared is more than an int holds. */
  @Test
  void moreEmbeddingsThanHavePairs_areRefused() {
    int count = 46_341;
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () ->
                    EmbeddingLosses.fastAp(10)
                        .evaluate(ScoreArray.of(new double[count]), new int[count], null))
            .getMessage();
    assertTrue(message.startsWith("46341 embeddings have more pairs"), message);
  }
}
