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
    NDArray both = solution.mul(target);
    NDArray wrong = solution.add(target).sub(both).sub(both);
    // Divided here and not afterwards: the gradient of a solver is not linear in its upstream. By
    // an array, because the memory of a plain number may be freed before the engine is back here.
    return wrong.sum().div(solution.getManager().create((float) solution.getShape().get(0)));
  }
}
