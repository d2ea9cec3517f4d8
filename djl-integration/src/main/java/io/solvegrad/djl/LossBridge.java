package io.solvegrad.djl;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import io.solvegrad.ranking.Diagnostics;
import io.solvegrad.ranking.RankingBatch;
import io.solvegrad.ranking.RankingLoss;
import io.solvegrad.ranking.ScoreArray;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.UnaryOperator;
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
 * crash the process. No array of the engine lies on memory of Java. What the engine needs for its
 * backward pass it keeps itself; everything else is freed before a loss returns.
 */
final class LossBridge {
  // The JVM writes larger copies past the caches, from where the kernels are about to read.
  private static final int CHUNK = 1 << 16;

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
    this.loss = Objects.requireNonNull(loss, "loss must not be null");
  }

  /**
   * The loss as a scalar whose derivative with respect to the scores is the loss's own gradient.
   *
   * @param scores single precision, attached to a manager
   * @param batch makes the batch for scores in the order of the array; what it returns is used
   *     before this method returns
   */
  NDArray apply(NDArray scores, Function<ScoreArray, RankingBatch> batch, Diagnostics diagnostics) {
    return apply(scores, scores, UnaryOperator.identity(), batch, diagnostics);
  }

  /**
   * The loss as a scalar whose derivative with respect to a variable is the loss's own, where the
   * caller knows the way back from the scores. The engine then keeps nothing of that way.
   *
   * @param scores made of the variable, single precision, attached to a manager
   * @param variable what the engine is to differentiate by
   * @param back the gradient with respect to the variable for that with respect to the scores,
   *     which it may return as it is
   * @param batch as above
   */
  NDArray apply(
      NDArray scores,
      NDArray variable,
      UnaryOperator<NDArray> back,
      Function<ScoreArray, RankingBatch> batch,
      Diagnostics diagnostics) {
    if (scores.getDataType() != DataType.FLOAT32) {
      throw new IllegalArgumentException(
          "scores must be of type float32, but are " + scores.getDataType());
    }
    Room room = spare.getAndSet(null);
    if (room == null || room.scores.length != scores.size()) {
      room = new Room(Math.toIntExact(scores.size()));
    }
    requireDifferentiable(variable);
    readScores(scores, room.scores);
    Arrays.fill(room.gradient, 0);
    double value =
        loss.evaluate(
            batch.apply(ScoreArray.of(room.scores)), 1, ScoreArray.of(room.gradient), diagnostics);
    NDArray result;
    try (NDArray atScores = engineOwned(scores, room.gradient);
        NDArray gradient = back.apply(atScores)) {
      result = linear(variable, gradient, value);
    }
    spare.set(room);
    return result;
  }

  /** Whatever happens to be in memory that an engine has freed must never be read. */
  static void requireAlive(String name, NDList arrays) {
    if (arrays.isEmpty()) {
      throw new IllegalArgumentException(name + " are missing: there is no array");
    }
    for (NDArray array : arrays) {
      if (array.isReleased() || !array.getManager().isOpen()) {
        throw new IllegalStateException(
            "%s have been released. Maybe their NDManager was closed too early.".formatted(name));
      }
    }
  }

  private static void requireDifferentiable(NDArray scores) {
    try {
      scores.stopGradient().close();
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

  private static void readScores(NDArray scores, float[] target) {
    try (NDArray values = scores.stopGradient()) {
      FloatBuffer memory = values.toByteBuffer(true).order(ByteOrder.nativeOrder()).asFloatBuffer();
      for (int i = 0; i < target.length; i += CHUNK) {
        memory.get(target, i, Math.min(CHUNK, target.length - i));
      }
    }
  }

  /** The function sum(g x) of a variable x, shifted so that its value is the loss. */
  private static NDArray linear(NDArray variable, NDArray gradient, double value) {
    try (NDArray x = variable.flatten();
        NDArray g = gradient.flatten();
        NDArray product = product(x, g);
        NDArray same = product.stopGradient();
        NDArray zero = product.sub(same)) {
      return zero.add((float) value);
    }
  }

  private static NDArray product(NDArray x, NDArray g) {
    NDArray product = x.dot(g);
    if (Float.isFinite(product.getFloat())) {
      return product;
    }
    product.close();
    // Infinite numbers, or a sum that overflows: the differences below are 0 whatever they are.
    try (NDArray finite = x.clip(-Float.MAX_VALUE, Float.MAX_VALUE);
        NDArray same = finite.stopGradient();
        NDArray difference = finite.sub(same)) {
      return difference.dot(g);
    }
  }

  /** Numbers of the shape of an array, in memory that belongs to the engine. */
  private static NDArray engineOwned(NDArray like, float[] values) {
    NDArray target = like.getManager().create(like.getShape(), DataType.FLOAT32, Device.cpu());
    ByteBuffer memory = target.toByteBuffer(true).order(ByteOrder.nativeOrder());
    if (!memory.isDirect()) {
      throw new IllegalStateException(
          "engine %s does not share its memory, which a loss needs. Maybe use PyTorch."
              .formatted(like.getManager().getEngine().getEngineName()));
    }
    memory.asFloatBuffer().put(values);
    if (like.getDevice().equals(Device.cpu())) {
      return target;
    }
    try (target) {
      return target.toDevice(like.getDevice(), true);
    }
  }
}
