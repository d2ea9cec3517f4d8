package io.solvegrad.evaluation.ranking;

import io.solvegrad.evaluation.ranking.LibsvmFiles.LabelledQuery;
import java.util.Arrays;
import java.util.List;

/**
 * Labelled rows with features, of which most may be 0: what a libsvm file holds. Made by {@link
 * LibsvmFiles#readRows}.
 */
public final class FeatureRows {
  private final List<LabelledQuery> queries;
  private final int[] rows;
  private final int[] indices;
  private final float[] values;

  private FeatureRows(List<LabelledQuery> queries, int[] rows, int[] indices, float[] values) {
    this.queries = List.copyOf(queries);
    this.rows = rows;
    this.indices = indices;
    this.values = values;
  }

  /** {@return the labels by query, in the order of the rows} */
  public List<LabelledQuery> queries() {
    return queries;
  }

  /** {@return the number of rows} */
  public int rows() {
    return queries.stream().mapToInt(query -> query.labels().length).sum();
  }

  /** {@return the smallest number of columns that holds every feature: the largest index + 1} */
  public int columns() {
    return Arrays.stream(indices).max().orElse(-1) + 1;
  }

  /** {@return the sizes of the queries, in the order of the rows} */
  public int[] sizes() {
    return queries.stream().mapToInt(query -> query.labels().length).toArray();
  }

  /** {@return the labels of all rows} */
  public float[] labels() {
    float[] labels = new float[rows()];
    int row = 0;
    for (LabelledQuery query : queries) {
      for (double label : query.labels()) {
        labels[row++] = (float) label;
      }
    }
    return labels;
  }

  /**
   * The features as a matrix; those that are not written down are 0, and of one written twice the
   * last counts.
   *
   * @param columns number of columns, at least {@link #columns}
   * @return row after row
   * @throws IllegalArgumentException if there are too few columns, or the matrix does not fit into
   *     an array
   */
  public float[] dense(int columns) {
    int needed = columns();
    if (columns < needed) {
      throw new IllegalArgumentException(
          "there is a feature %d, but only %d columns".formatted(needed - 1, columns));
    }
    long cells = (long) rows() * columns;
    if (cells > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          "%d rows of %d features do not fit into one array".formatted(rows(), columns));
    }
    float[] matrix = new float[(int) cells];
    for (int i = 0; i < rows.length; i++) {
      matrix[rows[i] * columns + indices[i]] = values[i];
    }
    return matrix;
  }

  /** Collects features; not thread-safe. */
  static final class Builder implements LibsvmFiles.Features {
    private int[] rows = new int[64];
    private int[] indices = new int[64];
    private float[] values = new float[64];
    private int count;

    @Override
    public void add(int row, int index, double value) {
      if (count == rows.length) {
        rows = Arrays.copyOf(rows, 2 * count);
        indices = Arrays.copyOf(indices, 2 * count);
        values = Arrays.copyOf(values, 2 * count);
      }
      rows[count] = row;
      indices[count] = index;
      values[count++] = (float) value;
    }

    FeatureRows build(List<LabelledQuery> queries) {
      return new FeatureRows(
          queries,
          Arrays.copyOf(rows, count),
          Arrays.copyOf(indices, count),
          Arrays.copyOf(values, count));
    }
  }
}
