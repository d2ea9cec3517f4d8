package io.solvegrad.djl;

import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.nn.Parameter;
import ai.djl.training.GradientCollector;
import ai.djl.training.Trainer;
import ai.djl.training.TrainingConfig;

/**
 * A trainer for models with {@link SolverBlock}s, good for DJL's own training loops: its gradient
 * collectors are {@link SolverGradients} that start from zero.
 *
 * <p>Blackbox gradients are zero where no better solution is in reach. DJL takes that for a
 * forgotten backward pass and refuses; here {@link #step} does nothing until the first gradient
 * that is not zero.
 */
public final class SolverTrainer extends Trainer {
  private boolean started;

  private SolverTrainer(Model model, TrainingConfig config) {
    super(model, config);
  }

  /**
   * A trainer, as {@code model.newTrainer(config)} makes it. Parameters of a model that was loaded
   * stay frozen until the caller thaws them.
   *
   * @param model with a block
   * @param config loss, optimizer, initializers and the rest
   * @return the trainer
   */
  public static SolverTrainer of(Model model, TrainingConfig config) {
    config
        .getInitializers()
        .forEach(pair -> {
          if (pair.getKey() != null && pair.getValue() != null) {
            model.getBlock().setInitializer(pair.getKey(), pair.getValue());
          }
        });
    return new SolverTrainer(model, config);
  }

  @Override
  public GradientCollector newGradientCollector() {
    GradientCollector collector =
        SolverGradients.of(super.newGradientCollector(), getModel().getBlock());
    for (Parameter parameter : getModel().getBlock().getParameters().values()) {
      if (parameter.requiresGradient() && parameter.isInitialized()) {
        try (NDArray gradient = parameter.getArray().getGradient()) {
          // In the engine's own memory: copyTo() and set() would lend it a Java buffer that is
          // freed while gradients are still added to it. x^0 - 1 is 0 even for a NaN.
          gradient.powi(0).subi(1);
        }
      }
    }
    return collector;
  }

  /** Updates the parameters, once a gradient has not been zero. */
  @Override
  public void step() {
    if (!started && sumOfGradients() == 0) {
      return;
    }
    started = true;
    super.step();
  }

  /** What DJL looks at. */
  private float sumOfGradients() {
    float sum = 0;
    for (Parameter parameter : getModel().getBlock().getParameters().values()) {
      if (parameter.requiresGradient()) {
        try (NDArray gradient = parameter.getArray().getGradient();
            NDArray total = gradient.sum()) {
          sum += total.getFloat();
        }
      }
    }
    return sum;
  }
}
