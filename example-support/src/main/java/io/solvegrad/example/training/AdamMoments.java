package io.solvegrad.example.training;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/**
 * What Adam with decoupled weight decay remembers of one parameter: running means of its gradient
 * and of the square of it, with rates 0.9 and 0.999.
 */
public final class AdamMoments {
  private static final double BETA1 = 0.9;
  private static final double BETA2 = 0.999;
  private static final double EPSILON = 1e-8;

  private final float[] mean;
  private final float[] square;
  private long steps;

  /**
   * Moments before the first step.
   *
   * @param size number of weights of the parameter
   */
  public AdamMoments(int size) {
    mean = new float[size];
    square = new float[size];
  }

  /** {@return the number of weights} */
  int size() {
    return mean.length;
  }

  /**
   * Takes in a gradient.
   *
   * @param values the weights. Not modified.
   * @param slopes the gradient with respect to them. Not modified.
   * @param learningRate of this step
   * @param weightDecay share of a weight that is taken off per unit of learning rate
   * @return what is to be added to the weights
   */
  public float[] change(float[] values, float[] slopes, double learningRate, double weightDecay) {
    steps++;
    double meanScale = 1 / (1 - Math.pow(BETA1, (double) steps));
    double squareScale = 1 / (1 - Math.pow(BETA2, (double) steps));
    float[] change = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      double slope = slopes[i];
      mean[i] = (float) (BETA1 * mean[i] + (1 - BETA1) * slope);
      square[i] = (float) (BETA2 * square[i] + (1 - BETA2) * slope * slope);
      double direction = mean[i] * meanScale / (Math.sqrt(square[i] * squareScale) + EPSILON);
      change[i] = (float) (-learningRate * (direction + weightDecay * values[i]));
    }
    return change;
  }

  /**
   * Takes a step in an array; see {@link #change}.
   *
   * @param values the weights. Modified.
   * @param slopes the gradient with respect to them. Not modified.
   * @param learningRate of this step
   * @param weightDecay share of a weight that is taken off per unit of learning rate
   */
  public void update(float[] values, float[] slopes, double learningRate, double weightDecay) {
    float[] change = change(values, slopes, learningRate, weightDecay);
    for (int i = 0; i < values.length; i++) {
      values[i] += change[i];
    }
  }

  void write(DataOutputStream out) throws IOException {
    out.writeLong(steps);
    write(mean, out);
    write(square, out);
  }

  void read(DataInputStream in) throws IOException {
    steps = in.readLong();
    read(mean, in);
    read(square, in);
  }

  private static void write(float[] values, DataOutputStream out) throws IOException {
    for (float value : values) {
      out.writeFloat(value);
    }
  }

  private static void read(float[] values, DataInputStream in) throws IOException {
    for (int i = 0; i < values.length; i++) {
      values[i] = in.readFloat();
    }
  }
}
