package io.solvegrad.relaxation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.solvegrad.ranking.AveragePrecision;
import io.solvegrad.ranking.MetricLoss;
import io.solvegrad.ranking.ScoreArray;
import io.solvegrad.relaxation.embedding.EmbeddingLoss;
import io.solvegrad.relaxation.embedding.EmbeddingLosses;
import io.solvegrad.relaxation.embedding.Similarity;
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
}
