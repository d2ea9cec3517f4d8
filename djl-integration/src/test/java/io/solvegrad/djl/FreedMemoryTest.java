package io.solvegrad.djl;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import ai.djl.training.loss.Loss;
import io.solvegrad.process.FreedMemory;
import io.solvegrad.ranking.AveragePrecision;
import io.solvegrad.ranking.MetricLoss;
import io.solvegrad.relaxation.PairwiseSigmoid;
import io.solvegrad.selection.TopK;
import io.solvegrad.solver.Interpolation;
import io.solvegrad.solver.Lambda;
import io.solvegrad.solver.SolverLayer;
import io.solvegrad.solver.SpoPlus;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/**
 * What the engine needs on its way back must not lie in memory that the garbage collector gives
 * back in between, as DJL lays the numbers of {@code array.div(3)} there.
 */
class FreedMemoryTest {
  private static final MetricLoss SMOOTH_AP =
      MetricLoss.of(new AveragePrecision(), new PairwiseSigmoid(0.1));
  private static final float[] NUMBERS = {0.5f, -0.25f, 1, 0.75f, 0, 0.25f, -1, 0.6f, 0.125f};
  private static final Function<NDManager, NDArray> CELLS =
      manager -> manager.create(new float[] {1, 0, 0, 0, 1, 0, 0, 1, 0}, new Shape(3, 3));

  @Test
  void scoreLoss_keepsItsGradient() {
    check(new ScoreLoss("smooth AP", SMOOTH_AP), CELLS);
  }

  @Test
  void embeddingLoss_keepsItsGradient() {
    check(
        new EmbeddingLoss("smooth AP", SMOOTH_AP), manager -> manager.create(new int[] {4, 7, 4}));
  }

  @Test
  void solverLoss_keepsItsGradient() {
    SolverLayer layer = SolverLayer.of(new TopK(3, 1), new Interpolation(Lambda.plain(5)));
    check(new SolverLoss("SPO+", layer, new SpoPlus()), CELLS);
  }

  private static void check(Loss loss, Function<NDManager, NDArray> labels) {
    float[] expected = gradient(loss, labels, () -> {});
    for (int i = 0; i < 3; i++) {
      assertArrayEquals(expected, gradient(loss, labels, FreedMemory::overwrite));
    }
  }

  private static float[] gradient(
      Loss loss, Function<NDManager, NDArray> labels, Runnable between) {
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray predictions = manager.create(NUMBERS, new Shape(3, 3));
      NDArray truth = labels.apply(manager);
      predictions.setRequiresGradient(true);
      try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
        NDArray value = loss.evaluate(new NDList(truth), new NDList(predictions));
        between.run();
        collector.backward(value);
      }
      float[] gradient = predictions.getGradient().toFloatArray();
      assertEquals(9, gradient.length);
      return gradient;
    }
  }
}
