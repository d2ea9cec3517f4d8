package io.solvegrad.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.training.loss.Loss;
import io.solvegrad.solver.CostLoss;
import io.solvegrad.solver.InstanceFailure;
import io.solvegrad.solver.LossPass;
import io.solvegrad.solver.SolverDiagnostics;
import io.solvegrad.solver.SolverLayer;
import java.util.Arrays;
import java.util.List;

/**
 * A loss that judges predicted costs by solves of its own ({@link io.solvegrad.solver.SpoPlus},
 * {@link io.solvegrad.solver.FenchelYoung}) as a DJL loss: the mean over the instances that did not
 * fail. Works with any trainer, because no solver stands inside the model.
 *
 * <p>Predictions: one array of shape (instances, ...) of costs. Labels: one array of the same shape
 * with what the loss compares with, the true costs or the right solutions.
 *
 * <p>Not for sharing by threads: it counts what its evaluations did.
 */
public final class SolverLoss extends Loss {
  private final SolverLayer layer;
  private final CostLoss loss;
  private List<InstanceFailure> failures = List.of();
  private SolverDiagnostics diagnostics = SolverDiagnostics.NONE;

  /**
   * A DJL loss.
   *
   * @param name what DJL calls it in reports
   * @param layer the solver, threads, limits and cache; its estimator is not used
   * @param loss judges the costs
   */
  public SolverLoss(String name, SolverLayer layer, CostLoss loss) {
    super(name);
    this.layer = layer;
    this.loss = loss;
  }

  /** {@return the instances that failed in the last evaluation, ascending} */
  public List<InstanceFailure> failures() {
    return failures;
  }

  /** {@return what all evaluations did} */
  public SolverDiagnostics diagnostics() {
    return diagnostics;
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException if the shapes are not equal or do not fit the solver
   */
  @Override
  public NDArray evaluate(NDList labels, NDList predictions) {
    NDArray costs = predictions.singletonOrThrow();
    NDArray targets = labels.singletonOrThrow();
    if (!costs.getShape().equals(targets.getShape())) {
      throw new IllegalArgumentException(
          "predictions of shape %s and labels of shape %s must be equal"
              .formatted(costs.getShape(), targets.getShape()));
    }
    int size = layer.solver().size();
    LossPass pass =
        layer.evaluate(
            loss,
            SolverBlock.rows("costs", costs, size),
            SolverBlock.rows("labels", targets, size));
    failures = pass.failures();
    diagnostics = diagnostics.plus(pass.diagnostics());
    int delivered = Math.max(1, pass.values().length - failures.size());
    double value = Arrays.stream(pass.values()).sum() / delivered;
    NDArray linear;
    try (NDArray gradient = SolverBlock.like(costs, divided(pass.gradients(), delivered))) {
      linear = costs.mul(gradient).sum();
    }
    return linear.sub(linear.stopGradient()).add(value);
  }

  /** Here and not by the engine, which would keep a divisor in memory that is about to be freed. */
  private static double[][] divided(double[][] gradients, int divisor) {
    return Arrays.stream(gradients)
        .map(row -> Arrays.stream(row).map(g -> g / divisor).toArray())
        .toArray(double[][]::new);
  }
}
