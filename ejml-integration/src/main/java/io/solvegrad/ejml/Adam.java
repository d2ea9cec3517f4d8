package io.solvegrad.ejml;

import java.util.Arrays;

/**
 * Adam (Kingma and Ba, ICLR 2015, arXiv:1412.6980) with beta 0.9 and 0.999 and epsilon 1e-8, its
 * moments in double precision. Not thread-safe.
 */
public final class Adam {
  private static final double FIRST_DECAY = 0.9;
  private static final double SECOND_DECAY = 0.999;
  private static final double EPSILON = 1e-8;

  private final double learningRate;
  private final double[] first;
  private final double[] second;
  private int steps;

  /**
   * An optimiser that has taken no step.
   *
   * @param weights how many there are
   * @param learningRate positive and finite
   * @throws IllegalArgumentException if the learning rate is not
   */
  public Adam(int weights, double learningRate) {
    this(learningRate, new State(0, new double[weights], new double[weights]));
  }

  /**
   * An optimiser that goes on where another was.
   *
   * @param learningRate positive and finite
   * @param state of the other. Not modified.
   * @throws IllegalArgumentException if the learning rate is not
   */
  public Adam(double learningRate, State state) {
    if (!(learningRate > 0) || learningRate == Double.POSITIVE_INFINITY) {
      throw new IllegalArgumentException(
          "learning rate must be positive and finite, but is " + learningRate);
    }
    this.learningRate = learningRate;
    first = state.first.clone();
    second = state.second.clone();
    steps = state.steps;
  }

  /**
   * What an optimiser remembers between steps.
   *
   * @param steps how many it has taken
   * @param first moment of each weight's gradient
   * @param second moment of each weight's gradient
   */
  public record State(int steps, double[] first, double[] second) {
    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if steps are negative or there are not as many first as
     *     second moments
     */
    public State {
      if (steps < 0 || first.length != second.length) {
        throw new IllegalArgumentException(
            "no optimiser has %d steps, %d first and %d second moments"
                .formatted(steps, first.length, second.length));
      }
    }
  }

  /** {@return a copy of what this optimiser remembers} */
  public State state() {
    return new State(steps, first.clone(), second.clone());
  }

  /**
   * Takes one step.
   *
   * @param weights as many as at the beginning. Modified.
   * @param gradient of each. Not modified.
   * @throws IllegalArgumentException if their number is another, or a gradient is NaN or infinite;
   *     nothing has changed then
   */
  public void step(float[] weights, double[] gradient) {
    if (weights.length != first.length || gradient.length != first.length) {
      throw new IllegalArgumentException(
          "there are %d weights and %d gradients, must be %d"
              .formatted(weights.length, gradient.length, first.length));
    }
    for (int i = 0; i < gradient.length; i++) {
      if (!Double.isFinite(gradient[i])) {
        throw new IllegalArgumentException("gradient of weight %d is %s".formatted(i, gradient[i]));
      }
    }
    steps++;
    double rate =
        learningRate
            * Math.sqrt(1 - Math.pow(SECOND_DECAY, steps))
            / (1 - Math.pow(FIRST_DECAY, steps));
    for (int i = 0; i < first.length; i++) {
      double g = gradient[i];
      first[i] = FIRST_DECAY * first[i] + (1 - FIRST_DECAY) * g;
      second[i] = SECOND_DECAY * second[i] + (1 - SECOND_DECAY) * g * g;
      weights[i] -= (float) (rate * first[i] / (Math.sqrt(second[i]) + EPSILON));
    }
  }

  @Override
  public String toString() {
    return "Adam after %d steps of learning rate %s, largest moment %s"
        .formatted(steps, learningRate, Arrays.stream(second).max().orElse(0));
  }
}
