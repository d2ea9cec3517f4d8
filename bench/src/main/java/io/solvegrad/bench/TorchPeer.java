package io.solvegrad.bench;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;

/**
 * The published way on libtorch: ranks by two argsorts, losses and blackbox gradients from them.
 *
 * <p>Source: the code published with Rolinek et al., CVPR 2020, arXiv:1912.03500, which ranks all
 * candidates, ranks them again with the relevant ones lifted above the others, and ranks the
 * perturbed scores.
 */
final class TorchPeer implements AutoCloseable {
  private final NDManager manager = NDManager.newBaseManager();
  private final NDArray scores;

  TorchPeer(float[] matrix, int rows, int columns) {
    scores = manager.create(matrix, new Shape(rows, columns));
  }

  NDArray create(float[] matrix) {
    return manager.create(matrix, scores.getShape());
  }

  /** Ranks as floats, 1 for the largest score. */
  private static NDArray ranks(NDArray values) {
    return values.argSort(-1, false).argSort(-1, true).toType(DataType.FLOAT32, false).add(1);
  }

  long rank() {
    try (NDManager step = manager.newSubManager()) {
      return inside(step, scores).argSort(-1, false).argSort(-1, true).size();
    }
  }

  /** Only the order of each row, which is half the way to ranks. */
  long order() {
    try (NDManager step = manager.newSubManager()) {
      return inside(step, scores).argSort(-1, false).size();
    }
  }

  float[] ranksForComparison() {
    try (NDManager step = manager.newSubManager()) {
      return ranks(inside(step, scores)).toFloatArray();
    }
  }

  /** The gradient for given new scores. */
  float[] gradient(NDArray moved, double lambda, boolean read) {
    try (NDManager step = manager.newSubManager()) {
      NDArray change = ranks(inside(step, moved)).sub(ranks(inside(step, scores))).div(lambda);
      return read ? change.toFloatArray() : new float[0];
    }
  }

  /** Loss 1 - AP or recall loss with W = log(1 + r), and its gradient, mean over lists. */
  float[] step(NDArray mask, boolean recall, double lambda, boolean read) {
    try (NDManager step = manager.newSubManager()) {
      NDArray y = inside(step, scores);
      NDArray relevant = inside(step, mask);
      NDArray rank = ranks(y);
      NDArray among = ranks(y.add(relevant.mul(1000f)));
      NDArray weight =
          relevant.div(relevant.sum(new int[] {1}, true)).div(scores.getShape().get(0));
      // Of the others it would be negative, and its logarithm not a number that a weight of 0
      // stops.
      NDArray above = rank.sub(among).mul(relevant);
      NDArray terms = recall ? above.add(1).log() : among.div(rank).neg().add(1);
      NDArray slope = recall ? above.add(1).pow(-1) : among.div(rank.mul(rank));
      float loss = terms.mul(weight).sum().getFloat();
      NDArray perturbed = y.add(slope.mul(weight).mul(lambda));
      NDArray gradient = ranks(perturbed).sub(rank).div(lambda);
      return read ? gradient.toFloatArray() : new float[] {loss};
    }
  }

  float loss(NDArray mask, boolean recall, double lambda) {
    return step(mask, recall, lambda, false)[0];
  }

  /** A view that belongs to the step, so that all that is made from it dies with the step. */
  private static NDArray inside(NDManager step, NDArray array) {
    NDArray view = array.reshape(array.getShape());
    view.attach(step);
    return view;
  }

  @Override
  public void close() {
    manager.close();
  }
}
