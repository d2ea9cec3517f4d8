package io.solvegrad.djl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.solvegrad.ranking.AveragePrecision;
import io.solvegrad.ranking.ExactRanker;
import io.solvegrad.ranking.MetricLoss;
import io.solvegrad.ranking.RankingBatch;
import io.solvegrad.ranking.Relevance;
import io.solvegrad.ranking.ScoreArray;
import io.solvegrad.ranking.metric.RankMetrics;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RankingEvaluatorTest {
  private static final MetricLoss AP = MetricLoss.of(new AveragePrecision(), new ExactRanker());

  @Test
  void batchesOfAnyLengthAddUpToTheWhole() {
    Random random = new Random(1);
    float[] scores = new float[13 * 6];
    double[] labels = new double[scores.length];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = random.nextFloat();
      labels[i] = i < 6 ? 0 : random.nextInt(3);
    }
    double whole =
        1 - AP.value(RankingBatch.rows(ScoreArray.of(scores), 13, 6, Relevance.grades(labels)));
    RankingEvaluator evaluator = RankingEvaluator.ofScores("AP", AP);
    evaluator.addAccumulator("train");
    evaluator.addAccumulator("other");
    assertEquals(0, evaluator.getAccumulator("train"));
    try (NDManager manager = NDManager.newBaseManager()) {
      int row = 0;
      for (int rows : new int[] {1, 5, 7}) {
        int from = row * 6;
        int to = from + rows * 6;
        Shape shape = new Shape(rows, 6);
        NDArray predictions = manager.create(Arrays.copyOfRange(scores, from, to), shape);
        NDArray truth = manager.create(Arrays.copyOfRange(labels, from, to), shape);
        evaluator.updateAccumulator("train", new NDList(truth), new NDList(predictions));
        row += rows;
      }
    }
    assertEquals(whole, evaluator.getAccumulator("train"), 1e-6);
    assertEquals(0, evaluator.getAccumulator("other"));
    evaluator.resetAccumulator("train");
    assertEquals(0, evaluator.getAccumulator("train"));
    assertThrows(IllegalArgumentException.class, () -> evaluator.getAccumulator("none"));
  }

  @Test
  void classesAndEmbeddingsHaveTheirForms() {
    try (NDManager manager = NDManager.newBaseManager()) {
      MetricLoss hit = MetricLoss.of(RankMetrics.hitRateAt(1), new ExactRanker());
      NDArray logits = manager.create(new float[][] {{1, 2, 0}, {3, 0, 1}, {0, 1, 2}});
      NDArray classes = manager.create(new long[] {1, 2, 2});
      RankingEvaluator accuracy = RankingEvaluator.ofClasses("accuracy", hit);
      assertEquals(
          2 / 3f, accuracy.evaluate(new NDList(classes), new NDList(logits)).getFloat(), 1e-6f);
      NDArray embeddings = manager.create(new float[][] {{1, 0}, {0.9f, 0.1f}, {0, 1}, {1, 0.1f}});
      NDArray items = manager.create(new int[] {0, 0, 1, 1});
      RankingEvaluator hitRate = RankingEvaluator.ofEmbeddings("hit rate", hit);
      // The first two find each other or the last one; the last two never find each other.
      float rate = hitRate.evaluate(new NDList(items), new NDList(embeddings)).getFloat();
      assertTrue(rate <= 0.5f, "hit rate " + rate);
      IllegalArgumentException failure =
          assertThrows(
              IllegalArgumentException.class,
              () ->
                  accuracy.evaluate(
                      new NDList(manager.create(new long[] {1, 2, 3})), new NDList(logits)));
      assertTrue(
          String.valueOf(failure.getMessage()).contains("class of item 2 is 3, but there are"),
          failure.getMessage());
    }
  }
}
