package io.solvegrad.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import io.solvegrad.ranking.ItemSets;
import io.solvegrad.ranking.Relevance;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A matrix with a label for each score. One of zeros and ones is kept as the positions of its ones:
 * a few numbers a list, read without widening the matrix.
 */
final class CellLabels {
  // After a label so many cells are looked at one by one: others are often near.
  private static final int NEAR = 64;
  private static final int ONE = Float.floatToRawIntBits(1);

  // Of the ones found so far.
  private final int[] offsets;
  private int[] positions;
  private int count;

  private CellLabels(int rows) {
    offsets = new int[rows + 1];
    positions = new int[4 * rows];
  }

  /** Reads a matrix, of which nothing is kept. */
  static Relevance read(NDArray labels) {
    int rows = (int) labels.getShape().get(0);
    int columns = (int) labels.getShape().get(1);
    if (labels.getDataType() == DataType.FLOAT32) {
      try (NDArray values = labels.stopGradient()) {
        // The buffer may be the engine's own memory: it must not leave this block.
        IntBuffer bits = values.toByteBuffer(true).order(ByteOrder.nativeOrder()).asIntBuffer();
        ItemSets ones = new CellLabels(rows).ones(bits, rows, columns);
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
  private @Nullable ItemSets ones(IntBuffer labels, int rows, int columns) {
    int[] row = new int[columns];
    int[] zeros = new int[columns];
    for (int r = 0; r < rows; r++) {
      labels.get(row);
      int begin = next(row, 0, zeros);
      while (begin < columns) {
        int end = Math.min(columns, begin + NEAR);
        if (!addOnes(row, begin, end)) {
          return null;
        }
        begin = next(row, end, zeros);
      }
      offsets[r + 1] = count;
    }
    return ItemSets.compressed(offsets, positions);
  }

  /** The first cell from a place on that is not 0, found by a comparison on vectors. */
  private static int next(int[] row, int begin, int[] zeros) {
    int distance = Arrays.mismatch(row, begin, row.length, zeros, begin, row.length);
    return distance < 0 ? row.length : begin + distance;
  }

  private boolean addOnes(int[] bits, int begin, int end) {
    for (int c = begin; c < end; c++) {
      if (bits[c] == ONE) {
        if (count == positions.length) {
          positions = Arrays.copyOf(positions, 2 * count);
        }
        positions[count++] = c;
      } else if (bits[c] << 1 != 0) {
        // Neither 0 nor -0.
        return false;
      }
    }
    return true;
  }
}
