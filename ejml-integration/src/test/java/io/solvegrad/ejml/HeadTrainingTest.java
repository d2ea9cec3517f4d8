package io.solvegrad.ejml;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.solvegrad.rambo.BlackboxRanker;
import io.solvegrad.ranking.AveragePrecision;
import io.solvegrad.ranking.Diagnostics;
import io.solvegrad.ranking.MetricLoss;
import io.solvegrad.ranking.RankingLoss;
import io.solvegrad.ranking.Recall;
import io.solvegrad.relaxation.PairwiseSigmoid;
import io.solvegrad.solver.Lambda;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class HeadTrainingTest {
  private static final RankingLoss RECALL =
      MetricLoss.of(Recall.logLog(), new BlackboxRanker(Lambda.plain(200))).margin(0.05);
  private static final int[] CLASSES = {0, 0, 1, 1, 2, 2, 2, 3, 3};

  @Test
  void gradientIsThatOfCentralDifferences() {
    RankingLoss smooth = MetricLoss.of(new AveragePrecision(), new PairwiseSigmoid(0.5f));
    float[] features = gaussian(9 * 6, 1);
    EmbeddingHead head = EmbeddingHead.random(6, 4, 2);
    HeadTraining training = new HeadTraining(head, smooth, 0.1);
    float[] gradient = training.gradient(features, CLASSES).weights();
    float step = 0.01f;
    for (int i = 0; i < 24; i++) {
      float[] weights = head.weights().data;
      float kept = weights[i];
      weights[i] = kept + step;
      double above = training.gradient(features, CLASSES).loss();
      weights[i] = kept - step;
      double below = training.gradient(features, CLASSES).loss();
      weights[i] = kept;
      assertEquals((above - below) / (2 * step), gradient[i], 2e-4, "weight " + i);
    }
  }

  @Test
  void rememberedRowsAreConstantCandidates() {
    RankingLoss smooth = MetricLoss.of(new AveragePrecision(), new PairwiseSigmoid(0.5f));
    float[] features = gaussian(9 * 6, 3);
    EmbeddingHead head = EmbeddingHead.random(6, 4, 2);
    RememberedRows rows =
        new RememberedRows(
            EmbeddingHead.random(6, 4, 9).embed(gaussian(5 * 6, 4)), new int[] {0, 1, 3, 7, -1});
    HeadGradient found = HeadGradient.of(head, smooth, features, CLASSES, rows, new Diagnostics());
    assertArrayEquals(head.embed(features), found.embeddings());
    float step = 0.01f;
    float[] weights = head.weights().data;
    for (int i = 0; i < 24; i++) {
      float kept = weights[i];
      weights[i] = kept + step;
      double above =
          HeadGradient.of(head, smooth, features, CLASSES, rows, new Diagnostics()).loss();
      weights[i] = kept - step;
      double below =
          HeadGradient.of(head, smooth, features, CLASSES, rows, new Diagnostics()).loss();
      weights[i] = kept;
      assertEquals((above - below) / (2 * step), found.weights()[i], 2e-4, "weight " + i);
    }
    RememberedRows longer = new RememberedRows(new float[7], new int[2]);
    refused(
        "2 remembered rows of 4 components have 7 numbers",
        () -> HeadGradient.of(head, smooth, features, CLASSES, longer, new Diagnostics()));
  }

  @Test
  void adamGoesOnWhereItWas() {
    float[] once = {1, 2};
    Adam uninterrupted = new Adam(2, 0.1);
    uninterrupted.step(once, new double[] {0.5, -1});
    float[] twice = once.clone();
    Adam resumed = new Adam(0.1, uninterrupted.state());
    uninterrupted.step(once, new double[] {-0.25, 3});
    resumed.step(twice, new double[] {-0.25, 3});
    assertArrayEquals(once, twice);
    refused("1 gradients", () -> resumed.step(twice, new double[1]));
    refused("gradient of weight 1 is NaN", () -> resumed.step(twice, new double[] {0, Double.NaN}));
    refused("2 first and 1 second", () -> new Adam.State(0, new double[2], new double[1]));
  }

  @Test
  void embeddingsHaveLengthOne() {
    EmbeddingHead head = EmbeddingHead.random(3, 2, 1);
    float[] embeddings = head.embed(new float[] {1, 2, 3, 0, 0, 0});
    assertEquals(1, Math.hypot(embeddings[0], embeddings[1]), 1e-6);
    assertArrayEquals(new float[] {0, 0}, new float[] {embeddings[2], embeddings[3]});
  }

  @Test
  void trainingIsDeterministicAndLowersTheLoss() {
    Clusters data = Clusters.random(20, 12, 32, 1);
    HeadTraining.Batches batches = new HeadTraining.Batches(120, 64, 4, 7);
    double[][] runs = new double[2][];
    for (int run = 0; run < 2; run++) {
      EmbeddingHead head = EmbeddingHead.random(32, 8, 3);
      runs[run] =
          new HeadTraining(head, RECALL, 0.02).fit(data.features(), data.classes(), batches);
    }
    assertArrayEquals(runs[0], runs[1]);
    assertTrue(mean(runs[0], 100, 120) < 0.7 * mean(runs[0], 0, 20));
  }

  @Test
  void everyRowOfABatchHasAPartner() {
    int[] classes = {0, 0, 0, 0, 0, 1, 2, 2, 3, 3, 3};
    ClassBatches sampler = new ClassBatches(classes, 7, 3);
    Random random = new Random(1);
    for (int b = 0; b < 50; b++) {
      int[] batch = sampler.draw(random);
      assertTrue(batch.length >= 4 && batch.length <= 7);
      int[] count = new int[4];
      for (int row : batch) {
        count[classes[row]]++;
      }
      for (int c : count) {
        assertTrue(c != 1 && c <= 3, "a class has %d rows".formatted(c));
      }
    }
  }

  @Test
  void batchesTooSmallForPartners_areRefused() {
    int[] classes = {0, 0, 1, 1};
    refused("rows must be at least 4", () -> new ClassBatches(classes, 3, 2));
    refused("perClass must be at least 2", () -> new ClassBatches(classes, 4, 1));
  }

  @Test
  void refusesWhatItCannotUse() {
    EmbeddingHead head = EmbeddingHead.random(2, 2, 1);
    HeadTraining training = new HeadTraining(head, RECALL, 0.1);
    refused("3 features are no rows of 2", () -> head.embed(new float[3]));
    refused("0 features", () -> head.embed(new float[0]));
    float[] broken = {1, 2, 3, Float.NaN};
    refused("feature is NaN at row 1, column 1", () -> head.embed(broken));
    refused("feature is NaN at row 1, column 1", () -> training.step(broken, new int[2]));
    refused("3 classes for 2 rows", () -> training.step(new float[4], new int[3]));
    HeadTraining.Batches batches = new HeadTraining.Batches(1, 4, 2, 1);
    refused("no class has two", () -> training.fit(new float[4], new int[] {1, 2}, batches));
    refused("3 classes for 2 rows", () -> training.fit(new float[4], new int[3], batches));
    refused("learning rate", () -> new HeadTraining(head, RECALL, Double.NaN));
    refused("0 outputs", () -> EmbeddingHead.random(2, 0, 1));
    refused("steps must be at least 0, but is -1", () -> new HeadTraining.Batches(-1, 4, 2, 1));
    refused("rows must be at least 4", () -> new HeadTraining.Batches(1, 3, 2, 1));
    refused("perClass must be at least 2", () -> new HeadTraining.Batches(1, 4, 1, 1));
    float[] before = head.weights().data.clone();
    RankingLoss infinite =
        (batch, factor, gradient, diagnostics) -> {
          gradient.set(1, Double.NaN);
          return 0;
        };
    refused(
        "gradient of weight",
        () -> new HeadTraining(head, infinite, 0.1).step(new float[] {1, 2, 3, 4}, new int[2]));
    assertArrayEquals(before, head.weights().data);
  }

  private static void refused(String part, Executable action) {
    String message = assertThrows(IllegalArgumentException.class, action).getMessage();
    assertTrue(String.valueOf(message).contains(part), message);
  }

  private static double mean(double[] values, int from, int to) {
    double sum = 0;
    for (int i = from; i < to; i++) {
      sum += values[i];
    }
    return sum / (to - from);
  }

  private static float[] gaussian(int size, long seed) {
    Random random = new Random(seed);
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }
}
