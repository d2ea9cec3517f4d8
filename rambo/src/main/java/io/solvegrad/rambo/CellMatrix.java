package io.solvegrad.rambo;

import io.solvegrad.ranking.ItemSets;
import io.solvegrad.ranking.Layout;
import io.solvegrad.ranking.RankingBatch;
import io.solvegrad.ranking.Relevance;
import io.solvegrad.ranking.ScoreArray;
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
    int cells = Math.multiplyExact(rows, columns);
    if (labels.length >= cells) {
      return false;
    }
    ScoreArray larger = scores.zeros(cells);
    scores.copyTo(0, larger, 0, scores.length());
    scores = larger;
    labels = Arrays.copyOf(labels, cells);
    weights = Arrays.copyOf(weights, cells);
    excluded = Arrays.copyOf(excluded, cells);
    return true;
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
