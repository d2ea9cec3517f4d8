package io.solvegrad.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import io.solvegrad.ranking.ItemSets;
import io.solvegrad.ranking.Relevance;
import java.nio.FloatBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A matrix with a label for each score. One of zeros and ones is kept as the positions of its ones:
 * a few numbers a list, read without widening the matrix.
 */
final class CellLabels {
  private CellLabels() {}

  /** Reads a matrix, of which nothing is kept. */
  static Relevance read(NDArray labels) {
    int rows = (int) labels.getShape().get(0);
    int columns = (int) labels.getShape().get(1);
    if (labels.getDataType() == DataType.FLOAT32) {
      try (NDArray values = labels.stopGradient()) {
        ItemSets ones = ones(LossBridge.floats(values), rows, columns);
        if (ones != null) {
          return Relevance.of(ones);
        }
      }
    }
    try (NDArray wide = labels.toType(DataType.FLOAT64, true)) {
      return Relevance.grades(wide.toDoubleArray());
    }
  }

  /** The ones of each row, or null if there are other numbers than zeros and ones. */
  private static @Nullable ItemSets ones(FloatBuffer labels, int rows, int columns) {
    float[] row = new float[columns];
    int[] offsets = new int[rows + 1];
    int[] positions = new int[4 * rows];
    int count = 0;
    for (int r = 0; r < rows; r++) {
      labels.get(row);
      for (int c = 0; c < columns; c++) {
        if (row[c] != 0) {
          if (row[c] != 1) {
            return null;
          }
          if (count == positions.length) {
            positions = Arrays.copyOf(positions, 2 * count);
          }
          positions[count++] = c;
        }
      }
      offsets[r + 1] = count;
    }
    return ItemSets.compressed(offsets, positions);
  }
}
