package io.solvegrad.ejml;

/**
 * Embeddings that are candidates besides those of a batch. They are constants: the gradient of a
 * score with one of them flows to the query alone.
 *
 * @param embeddings one behind the other. Not copied.
 * @param classes the class of each; only equality counts. Not copied.
 */
public record RememberedRows(float[] embeddings, int[] classes) {

  /** {@return none} */
  public static RememberedRows none() {
    return new RememberedRows(new float[0], new int[0]);
  }

  void requireDimension(int dimension) {
    if (embeddings.length != (long) classes.length * dimension) {
      throw new IllegalArgumentException(
          "%d remembered rows of %d components have %d numbers"
              .formatted(classes.length, dimension, embeddings.length));
    }
  }
}
