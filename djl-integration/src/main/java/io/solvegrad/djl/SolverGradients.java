package io.solvegrad.djl;

import ai.djl.Model;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.nn.Block;
import ai.djl.training.GradientCollector;
import io.solvegrad.solver.LayerPass;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * A gradient collector that finds its way back through {@link SolverBlock}s.
 *
 * <p>The engine's own automatic differentiation stops at the solutions y, which gives dL/dy. With g
 * = dL/dw from the block's estimator, the engine then differentiates sum(g w), whose derivative
 * with respect to the costs w is g, and so goes on to the parameters in front of the solver.
 * Several solvers one behind the other are taken last first.
 *
 * <p>Every part of the model before a solver is differentiated once, so a path must not lead around
 * a solver from a part that has parameters, nor may two solvers share such a part; {@link
 * #backward} then says so. Close it when the step is done.
 *
 * <pre>{@code
 * try (GradientCollector collector =
 *     SolverGradients.of(trainer.newGradientCollector(), model.getBlock())) {
 *   collector.backward(loss.evaluate(labels, trainer.forward(data)));
 * }
 * }</pre>
 */
public final class SolverGradients implements GradientCollector {

  /** One solver's part of a forward pass. */
  private record Passage(SolverBlock block, NDArray costs, NDArray solutions, LayerPass pass) {}

  private final GradientCollector engine;
  private final List<SolverBlock> blocks;
  private final Deque<Passage> passages = new ArrayDeque<>();

  private SolverGradients(GradientCollector engine, List<SolverBlock> blocks) {
    this.engine = engine;
    this.blocks = blocks;
    blocks.forEach(b -> b.tape(this));
  }

  /**
   * Opens a collector.
   *
   * @param engine the engine's own collector, closed with this one
   * @param block the model's block: solvers are looked for among its children, at any depth
   * @return the collector
   */
  public static SolverGradients of(GradientCollector engine, Block block) {
    List<SolverBlock> found = new ArrayList<>();
    find(block, found);
    return new SolverGradients(engine, found);
  }

  /**
   * Opens a collector of the model's engine.
   *
   * @param model whose block holds the solvers
   * @return the collector
   */
  public static SolverGradients of(Model model) {
    return of(model.getNDManager().getEngine().newGradientCollector(), model.getBlock());
  }

  private static void find(Block block, List<SolverBlock> found) {
    if (block instanceof SolverBlock solver) {
      found.add(solver);
    }
    block.getChildren().values().forEach(child -> find(child, found));
  }

  synchronized void record(SolverBlock block, NDArray costs, NDArray solutions, LayerPass pass) {
    passages.push(new Passage(block, costs, solutions, pass));
  }

  /**
   * Adds the gradients of a target to those of the parameters, before and behind the solvers. A
   * forward pass is good for one call.
   *
   * @param target a scalar, usually the loss
   * @throws IllegalStateException if a path leads around a solver, so that a part of the model
   *     would have to be differentiated twice
   */
  @Override
  public synchronized void backward(NDArray target) {
    engine.backward(target);
    while (!passages.isEmpty()) {
      Passage last = passages.pop();
      NDArray gradient = last.block.backward(last.costs, last.solutions, last.pass);
      if (gradient != null) {
        goOn(last.costs, gradient);
      }
    }
  }

  private void goOn(NDArray costs, NDArray gradient) {
    try (gradient;
        NDArray products = costs.mul(gradient);
        NDArray linear = products.sum()) {
      engine.backward(linear);
    } catch (EngineException failure) {
      String why = String.valueOf(failure.getMessage());
      if (why.contains("does not require grad")) {
        // Nothing in front of this solver has parameters.
        return;
      }
      if (why.contains("second time")) {
        throw new IllegalStateException(
            "a path leads around a solver or two solvers share what is before them, so that a part"
                + " of the model would be differentiated twice. Maybe give each solver a branch of"
                + " its own, and stop the gradient of the path around it",
            failure);
      }
      throw failure;
    }
  }

  @Override
  public void zeroGradients() {
    engine.zeroGradients();
  }

  @Override
  public synchronized void close() {
    passages.clear();
    blocks.forEach(b -> b.tape(null));
    engine.close();
  }
}
