package io.solvegrad.example.training;

import ai.djl.ndarray.NDArray;
import ai.djl.training.optimizer.Optimizer;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Adam with decoupled weight decay whose state can be saved, which DJL's own cannot. The parameters
 * of the examples are few, so the arithmetic is plain Java.
 *
 * <p>Source: Loshchilov, Hutter: Decoupled Weight Decay Regularization, ICLR 2019,
 * arXiv:1711.05101.
 */
public final class AdamW extends Optimizer {
  private static final double BETA1 = 0.9;
  private static final double BETA2 = 0.999;
  private static final double EPSILON = 1e-8;

  /** Moments of one parameter. */
  private static final class Moments {
    private long steps;
    private final float[] mean;
    private final float[] square;

    Moments(int size) {
      mean = new float[size];
      square = new float[size];
    }
  }

  private static final class Builder extends OptimizerBuilder<Builder> {
    @Override
    protected Builder self() {
      return this;
    }
  }

  private final double weightDecay;
  private final Map<String, Moments> moments = new LinkedHashMap<>();
  private double learningRate;

  /**
   * Creates the optimiser; its learning rate is 0 until it is set.
   *
   * @param weightDecay share of a weight that is taken off per step and unit of learning rate
   */
  public AdamW(double weightDecay) {
    super(new Builder());
    this.weightDecay = weightDecay;
  }

  /**
   * Sets the learning rate of the next steps.
   *
   * @param rate the rate
   */
  public void learningRate(double rate) {
    learningRate = rate;
  }

  @Override
  public void update(String parameterId, NDArray weight, NDArray gradient) {
    float[] values = weight.toFloatArray();
    float[] slopes = gradient.toFloatArray();
    Moments state = moments.computeIfAbsent(parameterId, id -> new Moments(values.length));
    state.steps++;
    double meanScale = 1 / (1 - Math.pow(BETA1, (double) state.steps));
    double squareScale = 1 / (1 - Math.pow(BETA2, (double) state.steps));
    float[] change = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      double slope = slopes[i];
      state.mean[i] = (float) (BETA1 * state.mean[i] + (1 - BETA1) * slope);
      state.square[i] = (float) (BETA2 * state.square[i] + (1 - BETA2) * slope * slope);
      double direction =
          state.mean[i] * meanScale / (Math.sqrt(state.square[i] * squareScale) + EPSILON);
      change[i] = (float) (-learningRate * (direction + weightDecay * values[i]));
    }
    // In place: set() would make the parameter a view of memory that belongs to Java.
    try (NDArray difference = weight.getManager().create(change, weight.getShape())) {
      weight.addi(difference);
    }
  }

  /**
   * Writes the moments of the parameters.
   *
   * @param parameterIds which parameters, in which order
   * @param out takes them
   * @throws IOException if they cannot be written
   */
  public void save(List<String> parameterIds, DataOutputStream out) throws IOException {
    for (String id : parameterIds) {
      Moments state = moments.get(id);
      out.writeInt(state == null ? 0 : state.mean.length);
      if (state != null) {
        out.writeLong(state.steps);
        write(state.mean, out);
        write(state.square, out);
      }
    }
  }

  /**
   * Reads what {@link #save} has written.
   *
   * @param parameterIds the same parameters in the same order
   * @param sizes the number of weights in each
   * @param in gives them
   * @throws IOException if they cannot be read or are not of these sizes
   */
  public void load(List<String> parameterIds, List<Long> sizes, DataInputStream in)
      throws IOException {
    moments.clear();
    for (int p = 0; p < parameterIds.size(); p++) {
      int size = in.readInt();
      if (size != 0 && size != sizes.get(p)) {
        throw new IOException(
            "the optimiser has %d numbers for a parameter of %d".formatted(size, sizes.get(p)));
      }
      if (size > 0) {
        Moments state = new Moments(size);
        state.steps = in.readLong();
        read(state.mean, in);
        read(state.square, in);
        moments.put(parameterIds.get(p), state);
      }
    }
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
