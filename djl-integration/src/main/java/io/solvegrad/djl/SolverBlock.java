package io.solvegrad.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import io.solvegrad.solver.InstanceFailure;
import io.solvegrad.solver.LayerPass;
import io.solvegrad.solver.SolverDiagnostics;
import io.solvegrad.solver.SolverLayer;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Any combinatorial solver between two blocks of a DJL model: costs in, solutions out, and on the
 * way back the gradient of the layer's estimator.
 *
 * <p>Input and output: one array of shape (instances, ...), float32 or float64, whose rows have as
 * many numbers as the solver's size, in row-major order. Outputs are the forward values of the
 * estimator while training and plain solutions y(w) otherwise. The block has no parameters; its
 * cost is that of the solves, on the processor.
 *
 * <pre>{@code
 * SolverLayer layer = SolverLayer.of(new GridShortestPath(12, 12, EIGHT),
 *     new Interpolation(Lambda.plain(20)));
 * Block net = new SequentialBlock().add(convolutions).add(new SolverBlock(layer));
 * try (Trainer trainer = SolverTrainer.of(model, config)) {   // instead of model.newTrainer(config)
 *   EasyTrain.fit(trainer, epochs, training, validation);
 * }
 * }</pre>
 *
 * <p>The engine cannot differentiate through a solver, so a {@link SolverGradients} has to be open
 * while the model runs; {@link SolverTrainer} sees to that. An instance that fails gets zeros as
 * its solution and a zero gradient; {@link #failures} names it, and the rest of the batch is
 * delivered. Used by one training loop at a time.
 */
public final class SolverBlock extends AbstractBlock {
  private static final byte VERSION = 1;

  private final SolverLayer layer;
  private @Nullable SolverGradients tape;
  private List<InstanceFailure> failures = List.of();
  private SolverDiagnostics diagnostics = SolverDiagnostics.NONE;

  /**
   * A block.
   *
   * @param layer the solver, the estimator, threads, limits
   */
  public SolverBlock(SolverLayer layer) {
    super(VERSION);
    this.layer = layer;
  }

  /** {@return what solves and estimates} */
  public SolverLayer layer() {
    return layer;
  }

  /** {@return the instances that failed in the last pass, forward or backward, ascending} */
  public List<InstanceFailure> failures() {
    return failures;
  }

  /** {@return what all finished training passes did} Their way back included. */
  public SolverDiagnostics diagnostics() {
    return diagnostics;
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputShapes) {
    return inputShapes;
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException if the input is not one array of floating point numbers whose
   *     rows have the solver's size
   * @throws IllegalStateException while training if no {@link SolverGradients} is open
   */
  @Override
  protected NDList forwardInternal(
      ParameterStore parameterStore,
      NDList inputs,
      boolean training,
      @Nullable PairList<String, Object> params) {
    NDArray costs = inputs.singletonOrThrow();
    double[][] rows = rows("costs", costs, layer.solver().size());
    if (!training) {
      return new NDList(solutions(costs, layer.predict(rows)));
    }
    SolverGradients open = tape;
    if (open == null) {
      throw new IllegalStateException(
          "training through a solver needs an open SolverGradients. Maybe train with"
              + " SolverTrainer.of(model, config), or open SolverGradients.of(collector, model)"
              + " where newGradientCollector() was called");
    }
    LayerPass pass = layer.forward(rows);
    NDArray solutions = solutions(costs, pass);
    solutions.setRequiresGradient(true);
    open.record(this, costs, solutions, pass);
    return new NDList(solutions);
  }

  /** The instances of an array, checked. */
  static double[][] rows(String name, NDArray array, int size) {
    Shape shape = array.getShape();
    boolean real =
        array.getDataType() == DataType.FLOAT32 || array.getDataType() == DataType.FLOAT64;
    if (!real || shape.dimension() < 2 || shape.size() != shape.get(0) * size) {
      throw new IllegalArgumentException(
          "%s have shape %s and type %s, but must be float32 or float64 of shape (instances, ...) with %d numbers an instance"
              .formatted(name, shape, array.getDataType(), size));
    }
    double[] flat;
    try (NDArray plain = array.stopGradient();
        NDArray wide = plain.toType(DataType.FLOAT64, true)) {
      flat = wide.toDoubleArray();
    }
    return IntStream.range(0, (int) shape.get(0))
        .mapToObj(b -> Arrays.copyOfRange(flat, b * size, (b + 1) * size))
        .toArray(double[][]::new);
  }

  private NDArray solutions(NDArray costs, LayerPass pass) {
    failures = pass.failures();
    return like(costs, pass.solutions());
  }

  /** The way back: dL/dw for the dL/dy that the engine found, or null if it is zero everywhere. */
  @Nullable NDArray backward(NDArray costs, NDArray solutions, LayerPass pass) {
    double[][] gradients;
    try (NDArray upstream = solutions.getGradient()) {
      gradients = pass.backward(rows("upstreams", upstream, layer.solver().size()));
    }
    failures = pass.failures();
    diagnostics = diagnostics.plus(pass.diagnostics());
    boolean zero = Arrays.stream(gradients).flatMapToDouble(Arrays::stream).allMatch(g -> g == 0);
    return zero ? null : like(costs, gradients);
  }

  void tape(@Nullable SolverGradients open) {
    tape = open;
  }

  /** The rows as an array of the shape and type of another, of its own memory. */
  static NDArray like(NDArray model, double[][] rows) {
    double[] flat = Arrays.stream(rows).flatMapToDouble(Arrays::stream).toArray();
    try (NDArray wide = model.getManager().create(flat, model.getShape())) {
      // A copy: what is created may share the array's memory.
      return wide.toType(model.getDataType(), true);
    }
  }
}
