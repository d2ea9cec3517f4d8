package io.solvegrad.djl;

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
import java.util.Arrays;
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
 * <p>Numbers of the engine cross by copying, never by sharing its memory: a buffer that is read
 * after the engine has freed its array would crash the process.
 */
final class LossBridge {

  /** Room for the numbers of one evaluation. */
  private static final class Room {
    private final float[] scores;
    private final float[] gradient;
    private final ByteBuffer bytes;

    Room(int size) {
      scores = new float[size];
      gradient = new float[size];
      bytes = ByteBuffer.allocateDirect(size * Float.BYTES).order(ByteOrder.nativeOrder());
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
    // The gradient may share the room's memory, which the next evaluation overwrites.
    return apply(scores, NDArray::duplicate, scores, batch, diagnostics);
  }

  /**
   * The loss as a scalar whose derivative with respect to a variable is the loss's own, where the
   * caller knows the way back from the scores. The engine then keeps nothing of that way.
   *
   * @param scores made of the variable, single precision, attached to a manager
   * @param back the gradient with respect to the variable, a new array, for that with respect to
   *     the scores
   * @param variable what the engine is to differentiate by
   * @param batch as above
   */
  NDArray apply(
      NDArray scores,
      UnaryOperator<NDArray> back,
      NDArray variable,
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
    readScores(scores, room);
    Arrays.fill(room.gradient, 0);
    double value =
        loss.evaluate(
            batch.apply(ScoreArray.of(room.scores)), 1, ScoreArray.of(room.gradient), diagnostics);
    NDArray result = linear(variable, value, back, scores, room);
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

  private static void readScores(NDArray scores, Room room) {
    try (NDArray values = scores.stopGradient()) {
      // The buffer may be the engine's own memory: it must not leave this block.
      values.toByteBuffer(true).order(ByteOrder.nativeOrder()).asFloatBuffer().get(room.scores);
    }
  }

  private static NDArray linear(
      NDArray variable, double value, UnaryOperator<NDArray> back, NDArray scores, Room room) {
    room.bytes.asFloatBuffer().put(room.gradient);
    room.bytes.rewind();
    NDArray linear;
    try (NDArray view =
            scores.getManager().create(room.bytes, scores.getShape(), DataType.FLOAT32);
        NDArray gradient = back.apply(view)) {
      linear = variable.mul(gradient).sum();
    }
    return linear.sub(linear.stopGradient()).add((float) value);
  }
}
