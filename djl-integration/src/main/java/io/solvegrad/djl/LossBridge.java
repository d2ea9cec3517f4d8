package io.solvegrad.djl;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.solvegrad.ranking.Diagnostics;
import io.solvegrad.ranking.RankingBatch;
import io.solvegrad.ranking.RankingLoss;
import io.solvegrad.ranking.ScoreArray;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates a ranking loss outside the engine and hands its gradient to the engine's automatic
 * differentiation.
 *
 * <p>With g the gradient at scores s, the engine differentiates the linear function sum(g s), whose
 * derivative is g everywhere, shifted by a constant so that its value is the loss.
 *
 * <p>Numbers cross in one copy each way, from and to the engine's own memory. A buffer on that
 * memory never leaves the block that holds its array: read after the engine has freed it, it would
 * crash the process.
 */
final class LossBridge {

  /** Room for the numbers of one evaluation. */
  private static final class Room {
    private final float[] scores;
    private final float[] gradient;

    Room(int size) {
      scores = new float[size];
      gradient = new float[size];
    }
  }

  private final RankingLoss loss;
  private final AtomicReference<@Nullable Room> spare = new AtomicReference<>();

  LossBridge(RankingLoss loss) {
    this.loss = loss;
  }

  /**
   * The loss as a scalar whose derivative with respect to the scores is the loss's own gradient.
   *
   * @param scores single precision, attached to a manager
   * @param batch makes the batch for scores in the order of the array; what it returns is used
   *     before this method returns
   */
  NDArray apply(NDArray scores, Function<ScoreArray, RankingBatch> batch, Diagnostics diagnostics) {
    if (scores.getDataType() != DataType.FLOAT32) {
      throw new IllegalArgumentException(
          "scores must be of type float32, but are " + scores.getDataType());
    }
    Room room = spare.getAndSet(null);
    if (room == null || room.scores.length != scores.size()) {
      room = new Room(Math.toIntExact(scores.size()));
    }
    try (NDArray values = constant(scores)) {
      floats(values).get(room.scores);
    }
    Arrays.fill(room.gradient, 0);
    double value =
        loss.evaluate(
            batch.apply(ScoreArray.of(room.scores)), 1, ScoreArray.of(room.gradient), diagnostics);
    NDArray result = linear(scores, room.gradient, value);
    spare.set(room);
    return result;
  }

  /** Whatever happens to be in memory that an engine has freed must never be read. */
  static void requireAlive(String name, NDList arrays) {
    for (NDArray array : arrays) {
      if (array.isReleased() || !array.getManager().isOpen()) {
        throw new IllegalStateException(
            "%s have been released. Maybe their NDManager was closed too early.".formatted(name));
      }
    }
  }

  /** The numbers of an array, in the engine's own memory where that can be had. */
  static FloatBuffer floats(NDArray array) {
    return array.toByteBuffer(true).order(ByteOrder.nativeOrder()).asFloatBuffer();
  }

  private static NDArray constant(NDArray scores) {
    try {
      return scores.stopGradient();
    } catch (UnsupportedOperationException e) {
      Engine engine = scores.getManager().getEngine();
      throw new IllegalStateException(
          "%s has no automatic differentiation, which a loss needs. Maybe use PyTorch."
              .formatted(
                  engine == null
                      ? scores.getClass().getSimpleName()
                      : "engine " + engine.getEngineName()),
          e);
    }
  }

  private static NDArray linear(NDArray scores, float[] values, double value) {
    NDArray gradient = gradient(scores, values);
    NDArray linear = scores.flatten().dot(gradient);
    if (!Float.isFinite(linear.getFloat())) {
      // Infinite scores, or a sum that overflows: the differences below are 0 whatever the scores.
      NDArray finite = scores.flatten().clip(-Float.MAX_VALUE, Float.MAX_VALUE);
      linear = finite.sub(finite.stopGradient()).dot(gradient);
    }
    return linear.sub(linear.stopGradient()).add((float) value);
  }

  /** The gradient in memory of the engine, which keeps it until the backward pass has read it. */
  private static NDArray gradient(NDArray scores, float[] values) {
    NDArray target =
        scores.getManager().create(new Shape(values.length), DataType.FLOAT32, Device.cpu());
    ByteBuffer memory = target.toByteBuffer(true).order(ByteOrder.nativeOrder());
    if (!memory.isDirect()) {
      throw new IllegalStateException(
          "engine %s does not share its memory, which a loss needs. Maybe use PyTorch."
              .formatted(scores.getManager().getEngine().getEngineName()));
    }
    memory.asFloatBuffer().put(values);
    return target.toDevice(scores.getDevice(), false);
  }
}
