package io.solvegrad.rambo;

import io.solvegrad.ranking.ItemSets;
import io.solvegrad.ranking.Layout;
import io.solvegrad.ranking.RankingBatch;
import io.solvegrad.ranking.ScoreArray;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Current rows and remembered ones below them: a matrix of cells with score, label, weight and
 * exclusion. Columns are contiguous, because they are what is ranked. Labels are sparse, and
 * weights and exclusions take room only once there are any.
 */
final class CellMatrix {
  // So many rows of a batch stay in the cache while they are read column by column.
  private static final int BLOCK = 64;

  private final int columns;
  private final ColumnLabels labels = new ColumnLabels();
  // Distance of the first cells of two columns.
  private int room;
  private int historyStart;
  private ScoreArray scores;
  private double @Nullable [] weights;
  private boolean @Nullable [] excluded;
  private int[] positions = {};
  private double[] grades = {};

  /** An empty matrix in the precision of the given scores. */
  CellMatrix(int columns, ScoreArray like) {
    this.columns = columns;
    scores = like.zeros(0);
  }

  int columns() {
    return columns;
  }

  ScoreArray scores() {
    return scores;
  }

  /**
   * Makes room for current rows and the most that can be remembered.
   *
   * @param remembered how many rows are
   * @return whether views of the matrix have to be made anew
   */
  boolean ensureRows(int rows, int capacity, int remembered) {
    labels.ensureColumns(columns);
    boolean larger = rows + capacity > room;
    if (larger) {
      resize(rows + capacity);
    }
    boolean moved = historyStart != rows;
    if (moved) {
      copyRows(historyStart, rows, remembered);
      historyStart = rows;
    }
    labels.place(room, historyStart);
    return larger || moved;
  }

  private void resize(int newRoom) {
    ScoreArray larger = scores.zeros(newRoom * columns);
    for (int c = 0; c < columns; c++) {
      scores.copyTo(c * room, larger, c * newRoom, room);
    }
    scores = larger;
    if (weights != null) {
      double[] former = weights;
      weights = new double[newRoom * columns];
      for (int c = 0; c < columns; c++) {
        System.arraycopy(former, c * room, weights, c * newRoom, room);
      }
    }
    if (excluded != null) {
      boolean[] former = excluded;
      excluded = new boolean[newRoom * columns];
      for (int c = 0; c < columns; c++) {
        System.arraycopy(former, c * room, excluded, c * newRoom, room);
      }
    }
    room = newRoom;
  }

  /** Copies rows within the matrix, without their labels; the ranges may overlap. */
  private void copyRows(int from, int to, int rows) {
    for (int c = 0; c < columns; c++) {
      int source = c * room + from;
      int target = c * room + to;
      scores.copyTo(source, scores, target, rows);
      if (weights != null) {
        System.arraycopy(weights, source, weights, target, rows);
      }
      if (excluded != null) {
        System.arraycopy(excluded, source, excluded, target, rows);
      }
    }
  }

  /** Forgets the oldest rows and remembers the last of the current ones. */
  void remember(int rows, int dropped, int kept, int added) {
    copyRows(historyStart + dropped, historyStart, kept);
    copyRows(rows - added, historyStart + kept, added);
    labels.remember(dropped, kept, rows - added);
  }

  /** Forgets all remembered rows. */
  void forget(int rows) {
    labels.remember(rows, 0, Integer.MAX_VALUE);
  }

  /** Bits of a score. */
  int bits() {
    return scores instanceof ScoreArray.Floats ? Float.SIZE : Double.SIZE;
  }

  /** Writes the remembered rows to a file, see {@link MemoryFile}. */
  void writeRows(int rows, DataOutputStream out) throws IOException {
    boolean single = bits() == Float.SIZE;
    for (int row = 0; row < rows; row++) {
      for (int c = 0; c < columns; c++) {
        int i = c * room + historyStart + row;
        if (single) {
          out.writeFloat((float) scores.get(i));
        } else {
          out.writeDouble(scores.get(i));
        }
        out.writeDouble(labels.remembered(c, row));
        out.writeDouble(weights == null ? 1 : weights[i]);
        out.writeByte(excluded != null && excluded[i] ? 1 : 0);
      }
    }
  }

  /**
   * Reads the rows of a file. Room grows with what is read, because the number of columns is only
   * known from the file, which may be damaged.
   */
  static CellMatrix read(MemoryFile.Header header, DataInputStream in) throws IOException {
    boolean single = header.bits() == Float.SIZE;
    ScoreArray none = single ? ScoreArray.of(new float[0]) : ScoreArray.of(new double[0]);
    if ((long) header.rows() * header.columns() > Integer.MAX_VALUE - 8) {
      throw new IOException(
          "%d rows of %d classes of the saved memory do not fit into one array"
              .formatted(header.rows(), header.columns()));
    }
    int count = header.rows() * header.columns();
    ScoreArray scores = none;
    double[] labels = {};
    double[] weights = {};
    boolean[] excluded = {};
    for (int i = 0; i < count; i++) {
      if (i == labels.length) {
        int larger = (int) Math.min(count, Math.max(1024, 2L * i));
        ScoreArray former = scores;
        scores = none.zeros(larger);
        former.copyTo(0, scores, 0, i);
        labels = Arrays.copyOf(labels, larger);
        weights = Arrays.copyOf(weights, larger);
        excluded = Arrays.copyOf(excluded, larger);
      }
      scores.set(i, single ? in.readFloat() : in.readDouble());
      labels[i] = in.readDouble();
      weights[i] = in.readDouble();
      excluded[i] = in.readByte() != 0;
      if (!(labels[i] < Double.POSITIVE_INFINITY)) {
        throw new IOException("the saved memory has the label " + labels[i]);
      }
    }
    CellMatrix cells = new CellMatrix(header.columns(), none);
    if (count > 0) {
      cells.fill(header.rows(), scores, labels, weights, excluded);
    }
    return cells;
  }

  private void fill(
      int rows, ScoreArray values, double[] grade, double[] weight, boolean[] without) {
    ensureRows(0, rows, 0);
    for (int i = 0; i < rows * columns; i++) {
      int to = i % columns * room + i / columns;
      scores.set(to, values.get(i));
      if (weight[i] != 1) {
        ensureWeights()[to] = weight[i];
      }
      if (without[i]) {
        ensureExcluded()[to] = true;
      }
      if (grade[i] > 0) {
        labels.addRemembered(i % columns, i / columns, grade[i]);
      }
    }
  }

  private double[] ensureWeights() {
    double[] all = weights;
    if (all == null) {
      all = new double[scores.length()];
      Arrays.fill(all, 1);
      weights = all;
    }
    return all;
  }

  /** Writes a batch into the first rows; true if views of the matrix have to be made anew. */
  boolean write(RankingBatch batch) {
    int rows = batch.layout().lists();
    boolean first = batch.hasItemWeights() && weights == null;
    if (first) {
      ensureWeights();
    }
    for (int from = 0; from < rows; from += BLOCK) {
      writeBlock(batch, from, Math.min(from + BLOCK, rows));
    }
    labels.clearCurrent();
    if (excluded != null) {
      for (int c = 0; c < columns; c++) {
        Arrays.fill(excluded, c * room, c * room + rows, false);
      }
    }
    boolean some = excluded != null;
    for (int row = 0; row < rows; row++) {
      writeRow(batch, row);
    }
    return first || some != (excluded != null);
  }

  private void writeBlock(RankingBatch batch, int begin, int end) {
    ScoreArray from = batch.scores();
    for (int c = 0; c < columns; c++) {
      for (int row = begin; row < end; row++) {
        scores.set(c * room + row, from.get(row * columns + c));
      }
      for (int row = begin; weights != null && row < end; row++) {
        weights[c * room + row] = batch.itemWeight(row * columns + c);
      }
    }
  }

  private void writeRow(RankingBatch batch, int row) {
    Layout layout = batch.layout();
    int bound = Math.max(batch.relevance().bound(row, layout), batch.excluded().bound(row, layout));
    if (positions.length < bound) {
      positions = new int[bound];
      grades = new double[bound];
    }
    int relevant = batch.relevance().read(row, layout, positions, grades);
    for (int k = 0; k < relevant; k++) {
      labels.addCurrent(positions[k], row, grades[k]);
    }
    int left = batch.excluded().read(row, layout, positions);
    if (left > 0) {
      boolean[] mask = ensureExcluded();
      for (int k = 0; k < left; k++) {
        mask[positions[k] * room + row] = true;
      }
    }
  }

  private boolean[] ensureExcluded() {
    boolean[] mask = excluded;
    if (mask == null) {
      mask = new boolean[scores.length()];
      excluded = mask;
    }
    return mask;
  }

  /** Adds the part of a gradient that belongs to the current rows to the one of their batch. */
  void addCurrent(ScoreArray gradient, int rows, ScoreArray target) {
    for (int begin = 0; begin < rows; begin += BLOCK) {
      int end = Math.min(begin + BLOCK, rows);
      for (int c = 0; c < columns; c++) {
        for (int row = begin; row < end; row++) {
          target.add(row * columns + c, gradient.get(c * room + row));
        }
      }
    }
  }

  /** The first rows as a batch, a view that stays valid until the arrays are replaced. */
  RankingBatch batch(int rows) {
    RankingBatch batch = RankingBatch.of(scores, Layout.columnMajor(rows, columns, room), labels);
    if (excluded != null) {
      batch = batch.excluding(ItemSets.mask(excluded));
    }
    return weights == null ? batch : batch.itemWeights(weights);
  }
}
