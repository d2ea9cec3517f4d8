package io.solvegrad.ejml;

import io.solvegrad.ranking.Diagnostics;
import io.solvegrad.ranking.ItemSets;
import io.solvegrad.ranking.RankingBatch;
import io.solvegrad.ranking.RankingLoss;
import io.solvegrad.ranking.Relevance;
import io.solvegrad.ranking.ScoreArray;
import java.util.Arrays;
import org.ejml.data.FMatrixRMaj;
import org.ejml.dense.row.CommonOps_FDRM;

/**
 * Trains an {@link EmbeddingHead}: every row of a batch is a query, all others are its candidates,
 * those of its class are relevant, scores are cosines. Optimised by Adam (Kingma and Ba, ICLR 2015,
 * arXiv:1412.6980) with beta 0.9 and 0.999.
 *
 * <p>Cost of a step: three products of (batch x features x outputs) and two of (batch x batch x
 * outputs) on one thread, and the loss. Not thread-safe.
 */
public final class HeadTraining {
  private static final double FIRST_DECAY = 0.9;
  private static final double SECOND_DECAY = 0.999;
  private static final double EPSILON = 1e-8;

  private final EmbeddingHead head;
  private final RankingLoss loss;
  private final double learningRate;
  private final Diagnostics diagnostics = new Diagnostics();
  private final double[] first;
  private final double[] second;
  private int steps;

  /**
   * A training that has not begun.
   *
   * @param head what is trained. Modified by each step.
   * @param loss any ranking loss
   * @param learningRate of Adam, positive and finite
   * @throws IllegalArgumentException if the learning rate is not
   */
  public HeadTraining(EmbeddingHead head, RankingLoss loss, double learningRate) {
    if (!(learningRate > 0) || learningRate == Double.POSITIVE_INFINITY) {
      throw new IllegalArgumentException(
          "learning rate must be positive and finite, but is " + learningRate);
    }
    this.head = head;
    this.loss = loss;
    this.learningRate = learningRate;
    first = new double[head.weights().getNumElements()];
    second = new double[first.length];
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
    FMatrixRMaj gradient = new FMatrixRMaj(head.weights().numRows, head.weights().numCols);
    double value = evaluate(features, classes, gradient);
    for (int i = 0; i < first.length; i++) {
      if (!Float.isFinite(gradient.data[i])) {
        throw new IllegalArgumentException(
            "gradient of weight %d is %s".formatted(i, gradient.data[i]));
      }
    }
    adam(gradient.data);
    return value;
  }

  /** The loss of a batch; its gradient with respect to the weights is put into a matrix. */
  double evaluate(float[] features, int[] classes, FMatrixRMaj gradient) {
    FMatrixRMaj rows = head.features(features);
    int items = rows.numRows;
    if (classes.length != items) {
      throw new IllegalArgumentException(
          "there are %d classes for %d rows".formatted(classes.length, items));
    }
    FMatrixRMaj embeddings = head.image(rows);
    float[] norms = EmbeddingHead.normalise(embeddings);
    FMatrixRMaj scores = new FMatrixRMaj(items, items);
    CommonOps_FDRM.multTransB(embeddings, embeddings, scores);
    FMatrixRMaj upstream = new FMatrixRMaj(items, items);
    Relevance sameClass = Relevance.of(ItemSets.sameId(classes, classes));
    RankingBatch batch =
        RankingBatch.rows(ScoreArray.of(scores.data), items, items, sameClass)
            .excluding(ItemSets.self());
    double value = loss.evaluate(batch, 1, ScoreArray.of(upstream.data), diagnostics);
    CommonOps_FDRM.multTransA(rows, throughCosines(embeddings, norms, upstream), gradient);
    return value;
  }

  /**
   * From dL/dscores to dL/d(W'x): through both sides of every dot product and the normalisation.
   */
  private static FMatrixRMaj throughCosines(
      FMatrixRMaj embeddings, float[] norms, FMatrixRMaj upstream) {
    FMatrixRMaj result = new FMatrixRMaj(embeddings.numRows, embeddings.numCols);
    CommonOps_FDRM.mult(upstream, embeddings, result);
    CommonOps_FDRM.multAddTransA(upstream, embeddings, result);
    for (int i = 0; i < result.numRows; i++) {
      int begin = i * result.numCols;
      double along = 0;
      for (int c = begin; c < begin + result.numCols; c++) {
        along += (double) result.data[c] * embeddings.data[c];
      }
      for (int c = begin; c < begin + result.numCols; c++) {
        result.data[c] = (float) ((result.data[c] - along * embeddings.data[c]) / norms[i]);
      }
    }
    return result;
  }

  private void adam(float[] gradient) {
    steps++;
    double rate =
        learningRate
            * Math.sqrt(1 - Math.pow(SECOND_DECAY, steps))
            / (1 - Math.pow(FIRST_DECAY, steps));
    float[] weights = head.weights().data;
    for (int i = 0; i < first.length; i++) {
      double g = gradient[i];
      first[i] = FIRST_DECAY * first[i] + (1 - FIRST_DECAY) * g;
      second[i] = SECOND_DECAY * second[i] + (1 - SECOND_DECAY) * g * g;
      weights[i] -= (float) (rate * first[i] / (Math.sqrt(second[i]) + EPSILON));
    }
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
    ClassBatches sampler = new ClassBatches(classes, settings);
    double[] losses = new double[settings.steps()];
    for (int s = 0; s < losses.length; s++) {
      int[] rows = sampler.next();
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
      if (steps < 0 || rows < 4 || perClass < 2) {
        throw new IllegalArgumentException(
            "no training has %d steps of %d rows, %d of a class".formatted(steps, rows, perClass));
      }
    }
  }
}
