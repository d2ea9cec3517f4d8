package io.solvegrad.bench.compare;

import io.solvegrad.example.RandomStream;
import io.solvegrad.example.training.AdamMoments;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * A linear scorer, or one with a hidden layer of rectifiers, in plain Java: score = w x, or w
 * max(0, V x + b). Not thread-safe.
 */
final class Scorer {
  private final int columns;
  private final int hidden;
  // Row h holds the weights of hidden unit h; without a hidden layer there is one row.
  private final float[] first;
  private final float[] bias;
  private final float[] last;
  private final float[] firstSlope;
  private final float[] biasSlope;
  private final float[] lastSlope;
  private final AdamMoments firstMoments;
  private final AdamMoments biasMoments;
  private final AdamMoments lastMoments;
  private float[] units = {};

  /**
   * A scorer with random weights.
   *
   * @param hidden number of hidden units, 0 for a linear scorer
   */
  Scorer(int columns, int hidden, long seed) {
    this.columns = columns;
    this.hidden = hidden;
    int rows = Math.max(1, hidden);
    first = new float[rows * columns];
    bias = new float[hidden];
    last = new float[hidden];
    firstSlope = new float[first.length];
    biasSlope = new float[hidden];
    lastSlope = new float[hidden];
    firstMoments = new AdamMoments(first.length);
    biasMoments = new AdamMoments(hidden);
    lastMoments = new AdamMoments(hidden);
    SplittableRandom random = RandomStream.at(seed, 0);
    fill(first, hidden == 0 ? 0.1 : Math.sqrt(2), columns, random);
    fill(last, 1, Math.max(1, hidden), random);
  }

  private static void fill(float[] weights, double scale, int inputs, SplittableRandom random) {
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (float) (scale * random.nextGaussian() / Math.sqrt(inputs));
    }
  }

  /** The scores of rows of features; keeps what the backward pass needs. */
  float[] scores(float[] features, int rows) {
    float[] scores = new float[rows];
    if (units.length < rows * hidden) {
      units = new float[rows * hidden];
    }
    for (int r = 0; r < rows; r++) {
      if (hidden == 0) {
        scores[r] = dot(features, r * columns, first, 0);
      }
      for (int h = 0; h < hidden; h++) {
        float unit = Math.max(0, dot(features, r * columns, first, h * columns) + bias[h]);
        units[r * hidden + h] = unit;
        scores[r] += last[h] * unit;
      }
    }
    return scores;
  }

  /** Eight sums side by side, so that the compiler can use vectors. */
  private float dot(float[] a, int from, float[] b, int begin) {
    float[] sums = new float[8];
    int whole = columns - columns % 8;
    for (int c = 0; c < whole; c += 8) {
      for (int lane = 0; lane < 8; lane++) {
        sums[lane] += a[from + c + lane] * b[begin + c + lane];
      }
    }
    float sum = 0;
    for (float part : sums) {
      sum += part;
    }
    for (int c = whole; c < columns; c++) {
      sum += a[from + c] * b[begin + c];
    }
    return sum;
  }

  /** Moves the weights against the gradient of the scores computed last. */
  void step(float[] features, float[] gradient, double learningRate, double weightDecay) {
    Arrays.fill(firstSlope, 0);
    Arrays.fill(biasSlope, 0);
    Arrays.fill(lastSlope, 0);
    for (int r = 0; r < gradient.length; r++) {
      float slope = gradient[r];
      if (slope != 0 && hidden == 0) {
        add(slope, features, r * columns, 0);
      }
      for (int h = 0; h < hidden && slope != 0; h++) {
        float unit = units[r * hidden + h];
        if (unit > 0) {
          lastSlope[h] += slope * unit;
          biasSlope[h] += slope * last[h];
          add(slope * last[h], features, r * columns, h * columns);
        }
      }
    }
    firstMoments.update(first, firstSlope, learningRate, weightDecay);
    biasMoments.update(bias, biasSlope, learningRate, 0);
    lastMoments.update(last, lastSlope, learningRate, weightDecay);
  }

  private void add(float share, float[] features, int from, int to) {
    for (int c = 0; c < columns; c++) {
      firstSlope[to + c] += share * features[from + c];
    }
  }
}
