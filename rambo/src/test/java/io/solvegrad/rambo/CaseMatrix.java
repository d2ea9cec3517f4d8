package io.solvegrad.rambo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.solvegrad.ranking.CaseFields;
import io.solvegrad.ranking.ItemSets;
import io.solvegrad.ranking.Layout;
import io.solvegrad.ranking.RankingBatch;
import io.solvegrad.ranking.Relevance;
import io.solvegrad.ranking.ScoreArray;
import java.util.Arrays;
import java.util.stream.Stream;

/** Scores with labels as a case gives them: rows, usually of one length. */
record CaseMatrix(double[][] scores, double[][] relevance) {

  CaseMatrix {
    assertEquals(scores.length, relevance.length, "rows of scores and relevance");
    for (int r = 0; r < scores.length; r++) {
      assertEquals(scores[r].length, relevance[r].length, "length of row " + r);
      for (double label : relevance[r]) {
        assertTrue(label == 0 || label == 1, "relevance is 0 or 1");
      }
    }
  }

  static CaseMatrix of(CaseFields fields) {
    return new CaseMatrix(fields.matrix("scores"), fields.matrix("relevance"));
  }

  int rows() {
    return scores.length;
  }

  int columns() {
    return scores.length == 0 ? 0 : scores[0].length;
  }

  boolean hasNaN() {
    return hasNaN(scores);
  }

  static boolean hasNaN(double[][] values) {
    return Stream.of(values).flatMapToDouble(Arrays::stream).anyMatch(Double::isNaN);
  }

  /** The rows of another matrix below those of this one. */
  CaseMatrix below(CaseMatrix other) {
    return new CaseMatrix(
        Stream.concat(Stream.of(scores), Stream.of(other.scores)).toArray(double[][]::new),
        Stream.concat(Stream.of(relevance), Stream.of(other.relevance)).toArray(double[][]::new));
  }

  CaseMatrix part(int from, int to) {
    return new CaseMatrix(
        Arrays.copyOfRange(scores, from, to), Arrays.copyOfRange(relevance, from, to));
  }

  CaseMatrix transposed() {
    return new CaseMatrix(transpose(scores), transpose(relevance));
  }

  static double[][] transpose(double[][] rows) {
    double[][] columns = new double[rows.length == 0 ? 0 : rows[0].length][rows.length];
    for (int r = 0; r < rows.length; r++) {
      for (int c = 0; c < columns.length; c++) {
        columns[c][r] = rows[r][c];
      }
    }
    return columns;
  }

  /** score - margin * noise * (relevance - 0.5), in double precision. */
  CaseMatrix shifted(double margin, double[][] noise) {
    double[][] moved = Stream.of(scores).map(double[]::clone).toArray(double[][]::new);
    assertEquals(moved.length, noise.length, "rows of the margin's noise");
    for (int r = 0; r < moved.length; r++) {
      assertEquals(moved[r].length, noise[r].length, "length of row " + r + " of the noise");
      for (int c = 0; c < moved[r].length; c++) {
        moved[r][c] -= margin * noise[r][c] * (relevance[r][c] - 0.5);
      }
    }
    return new CaseMatrix(moved, relevance);
  }

  /** One list a row, whatever their lengths. */
  RankingBatch batch(CasePrecision precision) {
    ScoreArray array = precision.array(Stream.of(scores).flatMapToDouble(Arrays::stream).toArray());
    boolean[] relevant = new boolean[array.length()];
    int[] offsets = new int[rows() + 1];
    boolean rectangular = true;
    for (int r = 0; r < rows(); r++) {
      offsets[r + 1] = offsets[r] + scores[r].length;
      rectangular &= scores[r].length == columns();
      for (int c = 0; c < scores[r].length; c++) {
        relevant[offsets[r] + c] = relevance[r][c] > 0;
      }
    }
    Layout layout = rectangular ? Layout.rows(rows(), columns()) : Layout.ragged(offsets);
    return RankingBatch.of(array, layout, Relevance.of(ItemSets.mask(relevant)));
  }

  /** Values that lie as the scores of {@link #batch} do, as rows again. */
  double[][] unflatten(ScoreArray array, double factor) {
    double[][] rows = new double[rows()][];
    int index = 0;
    for (int r = 0; r < rows.length; r++) {
      rows[r] = new double[scores[r].length];
      for (int c = 0; c < rows[r].length; c++) {
        rows[r][c] = factor * array.get(index++);
      }
    }
    return rows;
  }
}
