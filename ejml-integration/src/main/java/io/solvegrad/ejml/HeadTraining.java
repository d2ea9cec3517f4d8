package io.solvegrad.ejml;

import io.solvegrad.ranking.Diagnostics;
import io.solvegrad.ranking.RankingLoss;
import java.util.Arrays;
import java.util.Random;

/**
 * Trains an {@link EmbeddingHead}: every row of a batch is a query, all others are its candidates,
 * those of its class are relevant, scores are cosines. Optimised by {@link Adam}.
 *
 * <p>Cost of a step: that of {@link HeadGradient#of}. Not thread-safe.
 */
public final class HeadTraining {
  private final EmbeddingHead head;
  private final RankingLoss loss;
  private final Adam adam;
  private final Diagnostics diagnostics = new Diagnostics();

  /**
   * A training that has not begun.
   *
   * @param head what is trained. Modified by each step.
   * @param loss any ranking loss
   * @param learningRate of Adam, positive and finite
   * @throws IllegalArgumentException if the learning rate is not
   */
  public HeadTraining(EmbeddingHead head, RankingLoss loss, double learningRate) {
    this.head = head;
    this.loss = loss;
    adam = new Adam(head.weights().getNumElements(), learningRate);
  }

  /** {@return what the gradients have been like since the last reset} */
  public Diagnostics diagnostics() {
    return diagnostics;
  }

  /**
   * Takes one step.
   *
   * @param features of the batch, row after row. Not modified.
   * @param classes the class of each row; only equality counts. Not modified.
   * @return the loss before the step
   * @throws IllegalArgumentException if features and classes do not fit, or a feature is NaN or
   *     infinite; the head is then as it was
   */
  public double step(float[] features, int[] classes) {
    HeadGradient gradient = gradient(features, classes);
    float[] single = gradient.weights();
    double[] wide = new double[single.length];
    Arrays.setAll(wide, i -> single[i]);
    adam.step(head.weights().data, wide);
    return gradient.loss();
  }

  /** The loss of a batch and its gradient. */
  HeadGradient gradient(float[] features, int[] classes) {
    return HeadGradient.of(head, loss, features, classes, RememberedRows.none(), diagnostics);
  }

  /**
   * Takes many steps over random batches: classes without replacement, {@code perClass} rows of
   * each with at least two.
   *
   * @param features of all rows. Not modified.
   * @param classes the class of each row. Not modified.
   * @param settings how many steps over which batches
   * @return the loss of each step
   * @throws IllegalArgumentException as {@link #step}, or if no class has two rows
   */
  public double[] fit(float[] features, int[] classes, Batches settings) {
    int inputs = head.weights().numRows;
    head.features(features);
    if ((long) classes.length * inputs != features.length) {
      throw new IllegalArgumentException(
          "there are %d classes for %d rows".formatted(classes.length, features.length / inputs));
    }
    ClassBatches sampler = new ClassBatches(classes, settings.rows(), settings.perClass());
    if (sampler.isEmpty()) {
      throw new IllegalArgumentException(
          "no class has two of %d rows, so nothing is relevant to anything"
              .formatted(classes.length));
    }
    Random random = new Random(settings.seed());
    double[] losses = new double[settings.steps()];
    for (int s = 0; s < losses.length; s++) {
      int[] rows = sampler.draw(random);
      float[] part = new float[rows.length * inputs];
      for (int i = 0; i < rows.length; i++) {
        System.arraycopy(features, rows[i] * inputs, part, i * inputs, inputs);
      }
      losses[s] = step(part, Arrays.stream(rows).map(row -> classes[row]).toArray());
    }
    return losses;
  }

  /**
   * Random batches.
   *
   * @param steps how many
   * @param rows at most so many rows a batch, at least 4
   * @param perClass at most so many rows of a class, at least 2
   * @param seed of the choice
   */
  public record Batches(int steps, int rows, int perClass, long seed) {
    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if one is too small
     */
    public Batches {
      if (steps < 0) {
        throw new IllegalArgumentException("steps must be at least 0, but is " + steps);
      }
      ClassBatches.requireRows(rows, perClass);
    }
  }
}
