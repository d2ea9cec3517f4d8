package io.solvegrad.djl;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import io.solvegrad.rambo.BlackboxRanker;
import io.solvegrad.ranking.MetricLoss;
import io.solvegrad.ranking.RankingBatch;
import io.solvegrad.ranking.Relevance;
import io.solvegrad.ranking.ScoreArray;
import io.solvegrad.ranking.metric.RankMetrics;
import io.solvegrad.solver.Lambda;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Labels of every kind, and scores at the ends of their range, against the loss on plain arrays.
 */
class CellLabelsTest {
  private static final int ROWS = 5;
  private static final int COLUMNS = 30;
  private static final MetricLoss NDCG =
      MetricLoss.of(RankMetrics.ndcg(), new BlackboxRanker(Lambda.plain(100))).margin(0.1);

  @Test
  void zerosAndOnesGradesAndNegativeLabels() {
    for (float[] kinds : new float[][] {{0, 1}, {0, 1, 2}, {-1, 0, 1}, {1}, {0}, {-0f, 1}}) {
      checkSame(scores(1), labels(kinds), DataType.FLOAT32);
      checkSame(scores(2), labels(kinds), DataType.FLOAT64);
    }
    checkSame(scores(3), labels(0, 1, 2), DataType.INT64);
  }

  @Test
  void infiniteScoresAndScoresWhoseSumOverflows() {
    float[] missing = scores(4);
    float[] huge = scores(5);
    for (int i = 0; i < missing.length; i += 7) {
      missing[i] = Float.NEGATIVE_INFINITY;
      huge[i] = Float.MAX_VALUE;
    }
    checkSame(huge, labels(0, 1), DataType.FLOAT32);
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray array = manager.create(missing, new Shape(ROWS, COLUMNS));
      NDArray truth = manager.create(labels(0, 1), array.getShape());
      float value =
          new ScoreLoss("NDCG", NDCG).evaluate(new NDList(truth), new NDList(array)).getFloat();
      assertEquals((float) NDCG.value(batch(missing, labels(0, 1))), value);
    }
  }

  @Test
  void nanLabelsAreRefusedByRowAndColumn() {
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray array = manager.create(scores(6), new Shape(ROWS, COLUMNS));
      float[] labels = labels(0, 1);
      labels[COLUMNS + 2] = Float.NaN;
      NDArray truth = manager.create(labels, array.getShape());
      String message =
          assertThrows(
                  IllegalArgumentException.class,
                  () -> new ScoreLoss("NDCG", NDCG).evaluate(new NDList(truth), new NDList(array)))
              .getMessage();
      assertTrue(String.valueOf(message).contains("row 1, column 2"), message);
    }
  }

  private static void checkSame(float[] scores, float[] labels, DataType type) {
    float[] expected = new float[scores.length];
    double value = NDCG.evaluate(batch(scores, labels), ScoreArray.of(expected));
    try (NDManager manager = NDManager.newBaseManager();
        GradientCollector collector = Engine.getInstance().newGradientCollector()) {
      NDArray array = manager.create(scores, new Shape(ROWS, COLUMNS));
      array.setRequiresGradient(true);
      NDArray truth = manager.create(labels, array.getShape()).toType(type, false);
      NDArray loss = new ScoreLoss("NDCG", NDCG).evaluate(new NDList(truth), new NDList(array));
      collector.backward(loss);
      assertEquals((float) value, loss.getFloat());
      assertArrayEquals(expected, array.getGradient().toFloatArray());
    }
  }

  private static RankingBatch batch(float[] scores, float[] labels) {
    double[] grades = new double[labels.length];
    for (int i = 0; i < grades.length; i++) {
      grades[i] = labels[i];
    }
    return RankingBatch.rows(ScoreArray.of(scores), ROWS, COLUMNS, Relevance.grades(grades));
  }

  private static float[] scores(long seed) {
    Random random = new Random(seed);
    float[] scores = new float[ROWS * COLUMNS];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = random.nextFloat();
    }
    return scores;
  }

  private static float[] labels(float... kinds) {
    Random random = new Random(9);
    float[] labels = new float[ROWS * COLUMNS];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = kinds[random.nextInt(kinds.length)];
    }
    return labels;
  }
}
