package io.solvegrad.ejml;

import java.util.Random;
import org.ejml.data.FMatrixRMaj;
import org.ejml.dense.row.CommonOps_FDRM;
import org.ejml.dense.row.RandomMatrices_FDRM;

/**
 * A linear map from features to embeddings of length 1: e = W'x / |W'x|, so that dot products of
 * embeddings are cosines. A row whose image is 0 has the embedding 0.
 *
 * <p>The weights are modified in training; reading them from several threads meanwhile is the
 * caller's business.
 */
public final class EmbeddingHead {
  private static final float SMALLEST_NORM = 1e-12f;

  private final FMatrixRMaj weights;

  /**
   * A head with given weights.
   *
   * @param weights W, one row a feature, one column a number of the embedding. Not copied; modified
   *     by training.
   */
  public EmbeddingHead(FMatrixRMaj weights) {
    this.weights = weights;
  }

  /**
   * A head with random weights: normal with variance 1 / inputs.
   *
   * @param inputs number of features
   * @param outputs length of an embedding
   * @param seed of the weights
   * @return the head
   * @throws IllegalArgumentException if a number is less than 1
   */
  public static EmbeddingHead random(int inputs, int outputs, long seed) {
    if (inputs < 1 || outputs < 1) {
      throw new IllegalArgumentException(
          "a head cannot have %d inputs and %d outputs".formatted(inputs, outputs));
    }
    FMatrixRMaj weights = new FMatrixRMaj(inputs, outputs);
    float deviation = (float) (1 / Math.sqrt(inputs));
    RandomMatrices_FDRM.fillGaussian(weights, 0, deviation, new Random(seed));
    return new EmbeddingHead(weights);
  }

  /** {@return W} Not a copy. */
  public FMatrixRMaj weights() {
    return weights;
  }

  /**
   * The embeddings of rows of features.
   *
   * @param features row after row. Not modified, not copied.
   * @return row after row, a new array
   * @throws IllegalArgumentException if the features are no whole rows, or one is NaN or infinite
   */
  public float[] embed(float[] features) {
    FMatrixRMaj embeddings = image(features(features));
    normalise(embeddings);
    return embeddings.data;
  }

  /** A view of the features as a matrix, checked. */
  FMatrixRMaj features(float[] features) {
    int inputs = weights.numRows;
    if (features.length == 0 || features.length % inputs != 0) {
      throw new IllegalArgumentException(
          "%d features are no rows of %d".formatted(features.length, inputs));
    }
    for (int i = 0; i < features.length; i++) {
      if (!Float.isFinite(features[i])) {
        throw new IllegalArgumentException(
            "feature is %s at row %d, column %d".formatted(features[i], i / inputs, i % inputs));
      }
    }
    FMatrixRMaj view = new FMatrixRMaj();
    view.setData(features);
    view.numRows = features.length / inputs;
    view.numCols = inputs;
    return view;
  }

  FMatrixRMaj image(FMatrixRMaj features) {
    FMatrixRMaj image = new FMatrixRMaj(features.numRows, weights.numCols);
    CommonOps_FDRM.mult(features, weights, image);
    return image;
  }

  /** Divides each row by its length and returns the lengths. */
  static float[] normalise(FMatrixRMaj rows) {
    float[] norms = new float[rows.numRows];
    for (int i = 0; i < rows.numRows; i++) {
      int begin = i * rows.numCols;
      double square = 0;
      for (int c = begin; c < begin + rows.numCols; c++) {
        square += (double) rows.data[c] * rows.data[c];
      }
      norms[i] = (float) Math.max(Math.sqrt(square), SMALLEST_NORM);
      for (int c = begin; c < begin + rows.numCols; c++) {
        rows.data[c] /= norms[i];
      }
    }
    return norms;
  }
}
