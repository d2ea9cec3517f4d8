package io.solvegrad.rambo;

import io.solvegrad.ranking.ItemSets;
import io.solvegrad.ranking.Layout;
import io.solvegrad.ranking.RankingBatch;
import io.solvegrad.ranking.Relevance;
import io.solvegrad.ranking.ScoreArray;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;

/** A matrix of cells with score, label, weight and exclusion, whose rows can be moved about. */
final class CellMatrix {
  private final int columns;
  private ScoreArray scores;
  private double[] labels = {};
  private double[] weights = {};
  private boolean[] excluded = {};
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

  /** Makes room for a number of rows; true if the arrays are new. */
  boolean ensureRows(int rows) {
    int cells = rows * columns;
    if (labels.length >= cells) {
      return false;
    }
    resize(cells);
    return true;
  }

  private void resize(int cells) {
    ScoreArray larger = scores.zeros(cells);
    scores.copyTo(0, larger, 0, scores.length());
    scores = larger;
    labels = Arrays.copyOf(labels, cells);
    weights = Arrays.copyOf(weights, cells);
    excluded = Arrays.copyOf(excluded, cells);
  }

  /** Copies rows within the matrix; the ranges may overlap. */
  void copyRows(int from, int to, int rows) {
    int source = from * columns;
    int target = to * columns;
    int cells = rows * columns;
    scores.copyTo(source, scores, target, cells);
    System.arraycopy(labels, source, labels, target, cells);
    System.arraycopy(weights, source, weights, target, cells);
    System.arraycopy(excluded, source, excluded, target, cells);
  }

  /** Bits of a score. */
  int bits() {
    return scores instanceof ScoreArray.Floats ? Float.SIZE : Double.SIZE;
  }

  /** Writes rows to a file, see {@link MemoryFile}. */
  void writeRows(int from, int rows, DataOutputStream out) throws IOException {
    boolean single = bits() == Float.SIZE;
    for (int i = from * columns; i < (from + rows) * columns; i++) {
      if (single) {
        out.writeFloat((float) scores.get(i));
      } else {
        out.writeDouble(scores.get(i));
      }
      out.writeDouble(labels[i]);
      out.writeDouble(weights[i]);
      out.writeByte(excluded[i] ? 1 : 0);
    }
  }

  /**
   * Reads the rows of a file. Room grows with what is read, because the number of columns is only
   * known from the file, which may be damaged.
   */
  static CellMatrix read(MemoryFile.Header header, DataInputStream in) throws IOException {
    boolean single = header.bits() == Float.SIZE;
    CellMatrix cells =
        new CellMatrix(
            header.columns(), single ? ScoreArray.of(new float[0]) : ScoreArray.of(new double[0]));
    if ((long) header.rows() * header.columns() > Integer.MAX_VALUE - 8) {
      throw new IOException(
          "%d rows of %d classes of the saved memory do not fit into one array"
              .formatted(header.rows(), header.columns()));
    }
    int count = header.rows() * header.columns();
    for (int i = 0; i < count; i++) {
      if (i == cells.labels.length) {
        cells.resize((int) Math.min(count, Math.max(1024, 2L * i)));
      }
      cells.scores.set(i, single ? in.readFloat() : in.readDouble());
      cells.labels[i] = in.readDouble();
      cells.weights[i] = in.readDouble();
      cells.excluded[i] = in.readByte() != 0;
    }
    return cells;
  }

  /** Writes a batch into the first rows. */
  void write(RankingBatch batch) {
    Layout layout = batch.layout();
    int cells = layout.extent();
    batch.scores().copyTo(0, scores, 0, cells);
    Arrays.fill(labels, 0, cells, 0);
    Arrays.fill(excluded, 0, cells, false);
    for (int i = 0; i < cells; i++) {
      weights[i] = batch.itemWeight(i);
    }
    for (int row = 0; row < layout.lists(); row++) {
      writeRow(batch, row);
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
      labels[row * columns + positions[k]] = grades[k];
    }
    int left = batch.excluded().read(row, layout, positions);
    for (int k = 0; k < left; k++) {
      excluded[row * columns + positions[k]] = true;
    }
  }

  /** The first rows as a batch, a view that stays valid until the arrays are replaced. */
  RankingBatch batch(int rows) {
    return RankingBatch.of(scores, Layout.rows(rows, columns), Relevance.grades(labels))
        .excluding(ItemSets.mask(excluded))
        .itemWeights(weights);
  }
}
