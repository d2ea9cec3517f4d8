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
  private static final class Builder extends OptimizerBuilder<Builder> {
    @Override
    protected Builder self() {
      return this;
    }
  }

  private final double weightDecay;
  private final Map<String, AdamMoments> moments = new LinkedHashMap<>();
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
    AdamMoments state = moments.computeIfAbsent(parameterId, id -> new AdamMoments(values.length));
    float[] change = state.change(values, slopes, learningRate, weightDecay);
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
      AdamMoments state = moments.get(id);
      out.writeInt(state == null ? 0 : state.size());
      if (state != null) {
        state.write(out);
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
        AdamMoments state = new AdamMoments(size);
        state.read(in);
        moments.put(parameterIds.get(p), state);
      }
    }
  }
}
