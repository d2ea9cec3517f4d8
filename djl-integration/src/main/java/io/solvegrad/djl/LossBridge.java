package io.solvegrad.djl;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import io.solvegrad.ranking.Diagnostics;
import io.solvegrad.ranking.RankingBatch;
import io.solvegrad.ranking.RankingLoss;
import io.solvegrad.ranking.ScoreArray;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Objects;
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
 * <p>Numbers cross by copying, never by sharing memory: a buffer that is read after the engine has
 * freed its array would crash the process.
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
    if (scores.getDataType() != DataType.FLOAT32) {
      throw new IllegalArgumentException(
          "scores must be of type float32, but are " + scores.getDataType());
    }
    Room room = spare.getAndSet(null);
    if (room == null || room.scores.length != scores.size()) {
      room = new Room(Math.toIntExact(scores.size()));
    }
    requireDifferentiable(scores);
    readScores(scores, room);
    Arrays.fill(room.gradient, 0);
    double value =
        loss.evaluate(
            batch.apply(ScoreArray.of(room.scores)), 1, ScoreArray.of(room.gradient), diagnostics);
    NDArray result = linear(scores, room, value);
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

  private static void readScores(NDArray scores, Room room) {
    try (NDArray values = scores.stopGradient()) {
      // The buffer may be the engine's own memory: it must not leave this block.
      values.toByteBuffer(true).order(ByteOrder.nativeOrder()).asFloatBuffer().get(room.scores);
    }
  }

  private static boolean hasInfinite(float[] scores) {
    int largest = 0;
    for (float score : scores) {
      // Without its sign; integers, because their maximum becomes vector code.
      largest = Math.max(largest, Float.floatToRawIntBits(score) & Integer.MAX_VALUE);
    }
    return largest >= Float.floatToRawIntBits(Float.POSITIVE_INFINITY);
  }

  /**
   * Infinite scores, such as those of padding, as constants: times a gradient of 0 they are NaN.
   */
  private static NDArray finite(NDArray scores) {
    return NDArrays.where(scores.abs().gt(Float.MAX_VALUE), scores.zerosLike(), scores);
  }

  private static NDArray linear(NDArray scores, Room room, double value) {
    room.bytes.asFloatBuffer().put(room.gradient);
    room.bytes.rewind();
    NDArray linear;
    try (NDArray view =
            scores.getManager().create(room.bytes, scores.getShape(), DataType.FLOAT32);
        // The view may share the room's memory, which the next evaluation overwrites.
        NDArray gradient = view.duplicate()) {
      linear = (hasInfinite(room.scores) ? finite(scores) : scores).mul(gradient).sum();
    }
    return linear.sub(linear.stopGradient()).add((float) value);
  }
}
