package io.solvegrad.djl;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.LambdaBlock;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.EasyTrain;
import ai.djl.training.GradientCollector;
import ai.djl.training.Trainer;
import ai.djl.training.dataset.ArrayDataset;
import ai.djl.training.initializer.ConstantInitializer;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import ai.djl.translate.TranslateException;
import io.solvegrad.shortestpath.GridShortestPath;
import io.solvegrad.shortestpath.GridShortestPath.Neighbourhood;
import io.solvegrad.solver.CostLoss;
import io.solvegrad.solver.FenchelYoung;
import io.solvegrad.solver.Interpolation;
import io.solvegrad.solver.Lambda;
import io.solvegrad.solver.NonNegativeClamp;
import io.solvegrad.solver.Perturbed;
import io.solvegrad.solver.SolverLayer;
import io.solvegrad.solver.SpoPlus;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Cells of a 4 x 4 grid show a noisy number each; a net learns costs from cheapest paths alone. */
class SolverTrainingTest {
  private static final GridShortestPath GRID = new GridShortestPath(4, 4, Neighbourhood.EIGHT);
  private static final int MAPS = 96;

  /** Hamming distance of solutions, the mean over instances. */
  private static final class Hamming extends Loss {
    Hamming() {
      super("Hamming");
    }

    @Override
    public NDArray evaluate(NDList labels, NDList predictions) {
      NDArray t = labels.singletonOrThrow();
      NDArray y = predictions.singletonOrThrow();
      return y.add(t).sub(y.mul(t).mul(2)).sum().div((float) y.getShape().get(0));
    }
  }

  /** What is seen (two numbers a cell), true costs, cheapest paths. */
  private record Maps(NDArray seen, NDArray costs, NDArray paths) {
    static Maps of(NDManager manager, long seed) {
      SplittableRandom random = new SplittableRandom(seed);
      float[] seen = new float[MAPS * 32];
      float[] costs = new float[MAPS * 16];
      float[] paths = new float[MAPS * 16];
      for (int m = 0; m < MAPS; m++) {
        double[] w = new double[16];
        for (int c = 0; c < 16; c++) {
          double rock = random.nextDouble();
          double water = random.nextDouble();
          seen[m * 32 + 2 * c] = (float) rock;
          seen[m * 32 + 2 * c + 1] = (float) water;
          w[c] = 0.2 + 3 * rock + water;
          costs[m * 16 + c] = (float) w[c];
        }
        double[] y = new double[16];
        GRID.solve(w, y);
        for (int c = 0; c < 16; c++) {
          paths[m * 16 + c] = (float) y[c];
        }
      }
      return new Maps(
          manager.create(seen, new Shape(MAPS, 16, 2)),
          manager.create(costs, new Shape(MAPS, 16)),
          manager.create(paths, new Shape(MAPS, 16)));
    }
  }

  private static SequentialBlock net() {
    return new SequentialBlock()
        .add(Linear.builder().setUnits(1).build())
        .add(
            new LambdaBlock(
                x -> new NDList(Activation.softPlus(x.singletonOrThrow()).reshape(-1, 16)),
                "costs"));
  }

  private static DefaultTrainingConfig config(Loss loss) {
    return new DefaultTrainingConfig(loss)
        .optInitializer(new ConstantInitializer(0.2f), Parameter.Type.WEIGHT)
        .optOptimizer(Optimizer.adam().optLearningRateTracker(Tracker.fixed(0.05f)).build());
  }

  private static double shareOfRightPaths(Trainer trainer, Maps maps, boolean solved) {
    NDArray out = trainer.evaluate(new NDList(maps.seen)).singletonOrThrow();
    double[] values = out.toType(DataType.FLOAT64, true).toDoubleArray();
    float[] right = maps.paths.toFloatArray();
    int equal = 0;
    for (int m = 0; m < MAPS; m++) {
      double[] row = Arrays.copyOfRange(values, m * 16, (m + 1) * 16);
      double[] path = row;
      if (!solved) {
        path = new double[16];
        GRID.solve(row, path);
      }
      boolean same = true;
      for (int c = 0; c < 16; c++) {
        same &= path[c] == right[m * 16 + c];
      }
      equal += same ? 1 : 0;
    }
    return (double) equal / MAPS;
  }

  @Test
  void djlsOwnLoopLearnsCostsThroughShortestPaths() throws IOException, TranslateException {
    SolverBlock solver =
        new SolverBlock(
            SolverLayer.of(new NonNegativeClamp(GRID), new Interpolation(Lambda.plain(20))));
    try (Model model = Model.newInstance("paths");
        NDManager manager = NDManager.newBaseManager()) {
      Engine.getInstance().setRandomSeed(1);
      model.setBlock(net().add(solver));
      Maps training = Maps.of(manager, 1);
      Maps unseen = Maps.of(manager, 2);
      ArrayDataset dataset =
          new ArrayDataset.Builder()
              .setData(training.seen)
              .optLabels(training.paths)
              .setSampling(32, false)
              .build();
      try (Trainer trainer = SolverTrainer.of(model, config(new Hamming()))) {
        trainer.initialize(new Shape(1, 16, 2));
        double before = shareOfRightPaths(trainer, unseen, true);
        EasyTrain.fit(trainer, 40, dataset, null);
        double after = shareOfRightPaths(trainer, unseen, true);
        assertTrue(after > 0.85 && after > before + 0.1, before + " -> " + after);
      }
      assertEquals(40 * MAPS, solver.diagnostics().instances());
      assertEquals(0, solver.diagnostics().failures());
    }
  }

  @Test
  void firstStepWithoutAGradient_isNoError() {
    // A lambda this small never reaches another path.
    SolverBlock solver =
        new SolverBlock(
            SolverLayer.of(new NonNegativeClamp(GRID), new Interpolation(Lambda.plain(1e-9))));
    try (Model model = Model.newInstance("paths");
        NDManager manager = NDManager.newBaseManager()) {
      model.setBlock(net().add(solver));
      Maps maps = Maps.of(manager, 1);
      Hamming loss = new Hamming();
      try (Trainer trainer = SolverTrainer.of(model, config(loss))) {
        trainer.initialize(new Shape(1, 16, 2));
        float[] start = weights(model);
        for (int step = 0; step < 2; step++) {
          try (GradientCollector collector = trainer.newGradientCollector()) {
            NDList y = trainer.forward(new NDList(maps.seen));
            collector.backward(loss.evaluate(new NDList(maps.paths), y));
          }
          trainer.step();
        }
        assertArrayEquals(start, weights(model));
      }
      assertTrue(solver.diagnostics().zeroGradients() > 0);
    }
  }

  @Test
  void collectorsOfTheTrainer_startFromZero() {
    SolverBlock solver =
        new SolverBlock(
            SolverLayer.of(new NonNegativeClamp(GRID), new Interpolation(Lambda.plain(20))));
    try (Model model = Model.newInstance("paths");
        NDManager manager = NDManager.newBaseManager()) {
      model.setBlock(net().add(solver));
      Maps maps = Maps.of(manager, 1);
      Hamming loss = new Hamming();
      try (Trainer trainer = SolverTrainer.of(model, config(loss))) {
        trainer.initialize(new Shape(1, 16, 2));
        float[][] gradients = new float[2][];
        for (int step = 0; step < 2; step++) {
          try (GradientCollector collector = trainer.newGradientCollector()) {
            NDList y = trainer.forward(new NDList(maps.seen));
            collector.backward(loss.evaluate(new NDList(maps.paths), y));
          }
          gradients[step] = weightArray(model).getGradient().toFloatArray();
        }
        assertTrue(gradients[0][0] != 0);
        assertArrayEquals(gradients[0], gradients[1]);
      }
    }
  }

  @Test
  void collectorsOfTheTrainer_clearGradientsInTheEnginesMemory() {
    try (Model model = Model.newInstance("paths");
        NDManager manager = NDManager.newBaseManager()) {
      model.setBlock(net());
      Maps maps = Maps.of(manager, 1);
      try (Trainer trainer = SolverTrainer.of(model, config(new Hamming()))) {
        trainer.initialize(new Shape(1, 16, 2));
        try (GradientCollector collector = trainer.newGradientCollector()) {
          collector.backward(trainer.forward(new NDList(maps.seen)).singletonOrThrow().sum());
        }
        MemorySegment before = gradientMemory(model);
        before.set(ValueLayout.JAVA_FLOAT_UNALIGNED, 0, Float.NaN);
        before.set(ValueLayout.JAVA_FLOAT_UNALIGNED, 4, Float.NEGATIVE_INFINITY);
        trainer.newGradientCollector().close();
        // Another address would be that of memory which the garbage collector may free.
        assertEquals(before.address(), gradientMemory(model).address());
        try (NDArray gradient = weightArray(model).getGradient()) {
          assertArrayEquals(new float[2], gradient.toFloatArray());
        }
      }
    }
  }

  private static MemorySegment gradientMemory(Model model) {
    try (NDArray gradient = weightArray(model).getGradient()) {
      return MemorySegment.ofBuffer(gradient.toByteBuffer(true));
    }
  }

  private static NDArray weightArray(Model model) {
    return model.getBlock().getParameters().get(0).getValue().getArray();
  }

  private static float[] weights(Model model) {
    return weightArray(model).toFloatArray();
  }

  @Test
  void lossesOnCosts_trainWithAnyTrainer() throws IOException, TranslateException {
    try (NDManager manager = NDManager.newBaseManager()) {
      Maps maps = Maps.of(manager, 1);
      Maps unseen = Maps.of(manager, 2);
      SolverLayer layer =
          SolverLayer.of(new NonNegativeClamp(GRID), new Interpolation(Lambda.plain(1))).cache(500);
      checkCostLoss(layer, new SpoPlus(), maps, maps.costs, unseen);
      CostLoss fenchelYoung = new FenchelYoung(new Perturbed(Perturbed.Noise.ADDITIVE, 0.5, 8, 1));
      checkCostLoss(layer, fenchelYoung, maps, maps.paths, unseen);
    }
  }

  private static void checkCostLoss(
      SolverLayer layer, CostLoss costLoss, Maps maps, NDArray labels, Maps unseen)
      throws IOException, TranslateException {
    Engine.getInstance().setRandomSeed(1);
    try (Model model = Model.newInstance("paths")) {
      model.setBlock(net());
      ArrayDataset dataset =
          new ArrayDataset.Builder()
              .setData(maps.seen)
              .optLabels(labels)
              .setSampling(32, false)
              .build();
      SolverLoss loss = new SolverLoss("costs", layer, costLoss);
      try (Trainer trainer = SolverTrainer.of(model, config(loss))) {
        trainer.initialize(new Shape(1, 16, 2));
        double before = shareOfRightPaths(trainer, unseen, false);
        EasyTrain.fit(trainer, 40, dataset, null);
        double after = shareOfRightPaths(trainer, unseen, false);
        assertTrue(after > 0.85 && after > before + 0.1, costLoss + ": " + before + " -> " + after);
      }
      assertEquals(0, loss.failures().size());
      assertTrue(loss.diagnostics().instances() >= 40 * MAPS);
    }
  }
}
