package io.solvegrad.djl;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import io.solvegrad.assignment.LinearAssignment;
import io.solvegrad.ranking.RankingSolver;
import io.solvegrad.selection.TopK;
import io.solvegrad.shortestpath.GridShortestPath;
import io.solvegrad.shortestpath.GridShortestPath.Neighbourhood;
import io.solvegrad.solver.AdaptiveImplicitMle;
import io.solvegrad.solver.AdaptiveInterpolation;
import io.solvegrad.solver.BlackboxSolver;
import io.solvegrad.solver.GradientEstimator;
import io.solvegrad.solver.Identity;
import io.solvegrad.solver.ImplicitMle;
import io.solvegrad.solver.Interpolation;
import io.solvegrad.solver.LagrangianProximal;
import io.solvegrad.solver.Lambda;
import io.solvegrad.solver.LayerPass;
import io.solvegrad.solver.NonNegativeClamp;
import io.solvegrad.solver.Perturbed;
import io.solvegrad.solver.SolverException.Reason;
import io.solvegrad.solver.SolverLayer;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The block's gradient in a chain of other operations against that of its estimator alone. */
class SolverBlockTest {
  private static final int BATCH = 5;
  private static final int INPUTS = 3;
  private static final ImplicitMle IMLE = new ImplicitMle(Lambda.plain(3), 0.5, 2, 4, 11);
  private static final List<BlackboxSolver> SOLVERS =
      List.of(
          new NonNegativeClamp(new GridShortestPath(3, 4, Neighbourhood.EIGHT)),
          new LinearAssignment(3, 3),
          new TopK(8, 3),
          new RankingSolver(6));
  private static final List<GradientEstimator> ESTIMATORS =
      List.of(
          new Interpolation(Lambda.plain(4)),
          new AdaptiveInterpolation(1),
          new LagrangianProximal(LagrangianProximal.Envelope.AVERAGE, Lambda.plain(4)),
          new Identity(Identity.Projection.STANDARDISE),
          new Perturbed(Perturbed.Noise.ADDITIVE, 0.5, 6, 3),
          IMLE,
          new AdaptiveImplicitMle(IMLE));

  private static double[][] rows(NDArray array) {
    double[] flat = array.toType(DataType.FLOAT64, true).toDoubleArray();
    int size = flat.length / BATCH;
    return IntStream.range(0, BATCH)
        .mapToObj(b -> Arrays.copyOfRange(flat, b * size, (b + 1) * size))
        .toArray(double[][]::new);
  }

  private static NDArray random(NDManager manager, long seed, Shape shape) {
    double[] values = new SplittableRandom(seed).doubles(shape.size(), -1, 1).toArray();
    return manager.create(values, shape).toType(DataType.FLOAT32, true);
  }

  private static NDArray forward(Block block, NDArray costs) {
    ParameterStore store = new ParameterStore(costs.getManager(), false);
    return block.forward(store, new NDList(costs), true).singletonOrThrow();
  }

  @TestFactory
  Stream<DynamicTest> chainedGradientIsTheEstimators() {
    return SOLVERS.stream()
        .flatMap(solver ->
            ESTIMATORS.stream()
                .map(estimator ->
                    dynamicTest(solver + " x " + estimator, () -> checkChain(solver, estimator))));
  }

  private static void checkChain(BlackboxSolver solver, GradientEstimator estimator) {
    int size = solver.size();
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray inputs = random(manager, 1, new Shape(BATCH, INPUTS));
      NDArray before = random(manager, 2, new Shape(INPUTS, size));
      NDArray behind = random(manager, 3, new Shape(BATCH, size));
      NDArray target = random(manager, 4, new Shape(BATCH, size));
      before.setRequiresGradient(true);
      behind.setRequiresGradient(true);
      Block block = new SequentialBlock().add(new SolverBlock(SolverLayer.of(solver, estimator)));
      double[][] costs;
      NDArray solutions;
      try (GradientCollector collector =
          SolverGradients.of(Engine.getInstance().newGradientCollector(), block)) {
        NDArray w = inputs.matMul(before).add(1);
        costs = rows(w);
        solutions = forward(block, w);
        collector.backward(solutions.sub(target).square().mul(behind).sum());
      }
      LayerPass alone = SolverLayer.of(solver, estimator).forward(costs);
      NDArray y = solutions.stopGradient();
      NDArray difference = y.sub(target);
      assertArrayEquals(flat(alone.solutions()), flat(rows(y)), 1e-6);
      double[][] upstreams = rows(difference.mul(behind).mul(2).stopGradient());
      double[][] gradients = alone.backward(upstreams);
      assertTrue(Arrays.stream(flat(gradients)).anyMatch(g -> g != 0), "nothing to compare");
      assertTrue(alone.failures().isEmpty());
      NDArray expected =
          inputs
              .transpose()
              .matMul(
                  manager
                      .create(flat(gradients), new Shape(BATCH, size))
                      .toType(DataType.FLOAT32, true));
      assertClose(expected, before.getGradient());
      assertClose(difference.square().stopGradient(), behind.getGradient());
    }
  }

  private static double[] flat(double[][] rows) {
    return Arrays.stream(rows).flatMapToDouble(Arrays::stream).toArray();
  }

  private static void assertClose(NDArray expected, NDArray actual) {
    float[] values = expected.toFloatArray();
    float largest = 0;
    for (float v : values) {
      largest = Math.max(largest, Math.abs(v));
    }
    assertArrayEquals(values, actual.toFloatArray(), 1e-5f * largest);
  }

  /** w1 -> y1 -> w2 = y1 M + c -> y2 -> loss. */
  @Test
  void twoSolversOneBehindTheOther() {
    BlackboxSolver first = new TopK(6, 2);
    BlackboxSolver second = new LinearAssignment(2, 3);
    Interpolation estimator = new Interpolation(Lambda.plain(6));
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray w1 = random(manager, 5, new Shape(BATCH, 6));
      NDArray mixing = random(manager, 6, new Shape(6, 6));
      NDArray slope = random(manager, 7, new Shape(BATCH, 2, 3));
      w1.setRequiresGradient(true);
      SolverBlock a = new SolverBlock(SolverLayer.of(first, estimator));
      SolverBlock b = new SolverBlock(SolverLayer.of(second, estimator));
      Block both = new SequentialBlock().add(a).add(b);
      double[][] w2;
      try (GradientCollector collector =
          SolverGradients.of(Engine.getInstance().newGradientCollector(), both)) {
        NDArray between = forward(a, w1).matMul(mixing).reshape(BATCH, 2, 3);
        w2 = rows(between);
        collector.backward(forward(b, between).mul(slope).sum());
      }
      LayerPass firstPass = SolverLayer.of(first, estimator).forward(rows(w1));
      LayerPass secondPass = SolverLayer.of(second, estimator).forward(w2);
      double[][] g2 = secondPass.backward(rows(slope));
      NDArray g1 =
          manager
              .create(flat(g2), new Shape(BATCH, 6))
              .toType(DataType.FLOAT32, true)
              .matMul(mixing.transpose());
      double[] expected = flat(firstPass.backward(rows(g1)));
      assertTrue(Arrays.stream(expected).anyMatch(g -> g != 0));
      assertArrayEquals(expected, flat(rows(w1.getGradient())), 1e-6);
      assertEquals(BATCH, a.diagnostics().instances());
    }
  }

  @Test
  void failedInstance_isNamedAndTheRestIsDelivered() {
    SolverBlock block =
        new SolverBlock(SolverLayer.of(new TopK(3, 1), new Interpolation(Lambda.plain(5))));
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray w = manager.create(new float[] {3, 1, 2, 1, Float.NaN, 3}, new Shape(2, 3));
      w.setRequiresGradient(true);
      try (GradientCollector collector =
          SolverGradients.of(Engine.getInstance().newGradientCollector(), block)) {
        NDArray y = forward(block, w);
        assertArrayEquals(new float[] {0, 1, 0, 0, 0, 0}, y.toFloatArray());
        collector.backward(y.mul(manager.create(new float[] {0, 1, 0})).sum());
      }
      assertArrayEquals(
          new float[] {0, -0.2f, 0.2f, 0, 0, 0}, w.getGradient().toFloatArray(), 1e-6f);
      assertEquals(1, block.failures().size());
      assertEquals(Reason.BAD_INPUT, block.failures().getFirst().reason());
      assertEquals(
          "instance 1: costs[1] is NaN but must be finite", block.failures().getFirst().message());
    }
  }

  @Test
  void withoutACollectorOfOurs_itRefusesRatherThanLosingTheGradient() {
    SolverBlock block =
        new SolverBlock(SolverLayer.of(new TopK(3, 1), new Interpolation(Lambda.plain(5))));
    try (NDManager manager = NDManager.newBaseManager();
        GradientCollector collector = Engine.getInstance().newGradientCollector()) {
      NDArray w = manager.create(new float[] {3, 1, 2}, new Shape(1, 3));
      w.setRequiresGradient(true);
      IllegalStateException failure =
          assertThrows(IllegalStateException.class, () -> forward(block, w));
      assertTrue(String.valueOf(failure.getMessage()).contains("SolverTrainer.of"));
      collector.zeroGradients();
    }
  }

  @Test
  void costsThatAreData_needNoGradient() {
    SolverBlock block =
        new SolverBlock(SolverLayer.of(new TopK(3, 1), new Interpolation(Lambda.plain(5))));
    try (NDManager manager = NDManager.newBaseManager();
        GradientCollector collector =
            SolverGradients.of(Engine.getInstance().newGradientCollector(), block)) {
      NDArray behind = manager.create(new float[] {0, 1, 0});
      behind.setRequiresGradient(true);
      collector.backward(
          forward(block, manager.create(new float[] {3, 1, 2}, new Shape(1, 3))).mul(behind).sum());
      assertArrayEquals(new float[] {0, 1, 0}, behind.getGradient().toFloatArray());
    }
  }

  @Test
  void pathAroundTheSolver_isNamed() {
    SolverBlock block =
        new SolverBlock(SolverLayer.of(new TopK(3, 1), new Interpolation(Lambda.plain(100))));
    try (NDManager manager = NDManager.newBaseManager();
        GradientCollector collector =
            SolverGradients.of(Engine.getInstance().newGradientCollector(), block)) {
      NDArray trunk = manager.create(new float[] {3, 1, 2}, new Shape(1, 3));
      trunk.setRequiresGradient(true);
      NDArray w = trunk.mul(trunk).exp();
      NDArray loss = forward(block, w).mul(manager.create(new float[] {0, 1, 0})).add(w).sum();
      IllegalStateException failure =
          assertThrows(IllegalStateException.class, () -> collector.backward(loss));
      assertTrue(String.valueOf(failure.getMessage()).contains("around a solver"));
    }
  }

  @Test
  void wrongShapeAndType_areNamed() {
    SolverBlock block =
        new SolverBlock(SolverLayer.of(new TopK(3, 1), new Interpolation(Lambda.plain(5))));
    try (NDManager manager = NDManager.newBaseManager()) {
      for (NDArray wrong :
          List.of(
              manager.zeros(new Shape(2, 4)),
              manager.zeros(new Shape(3)),
              manager.zeros(new Shape(2, 3), DataType.INT32))) {
        IllegalArgumentException failure =
            assertThrows(IllegalArgumentException.class, () -> forward(block, wrong));
        assertTrue(
            String.valueOf(failure.getMessage()).contains("3 numbers an instance"),
            failure.getMessage());
      }
    }
  }

  @Test
  void outsideOfTraining_solutionsAreWithoutNoise() {
    Perturbed noisy = new Perturbed(Perturbed.Noise.ADDITIVE, 5, 7, 1);
    SolverBlock block = new SolverBlock(SolverLayer.of(new TopK(8, 3), noisy));
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray w = random(manager, 8, new Shape(BATCH, 8));
      ParameterStore store = new ParameterStore(manager, false);
      NDArray y = block.forward(store, new NDList(w), false).singletonOrThrow();
      double[] expected = new double[8];
      new TopK(8, 3).solve(rows(w)[0], expected);
      assertArrayEquals(expected, rows(y)[0]);
      try (GradientCollector collector =
          SolverGradients.of(Engine.getInstance().newGradientCollector(), block)) {
        double[] mean = rows(forward(block, w))[0];
        assertTrue(Arrays.stream(mean).anyMatch(v -> v != 0 && v != 1), "noise while training");
        collector.zeroGradients();
      }
    }
  }
}
