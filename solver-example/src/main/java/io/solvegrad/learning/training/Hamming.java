package io.solvegrad.learning.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.training.loss.Loss;

/** The number of wrong entries of a solution, the mean over the batch. */
final class Hamming extends Loss {
  Hamming() {
    super("Hamming");
  }

  @Override
  public NDArray evaluate(NDList labels, NDList predictions) {
    NDArray target = labels.singletonOrThrow();
    NDArray solution = predictions.singletonOrThrow();
    NDArray wrong = solution.add(target).sub(solution.mul(target).mul(2));
    // Divided here and not afterwards: the gradient of a solver is not linear in its upstream.
    return wrong.sum().div((float) solution.getShape().get(0));
  }
}
