package io.solvegrad.ranking;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where each list of candidates lies in a flat array of scores: position p of list q is the element
 * {@code index(q, p)}.
 */
public sealed interface Layout {

  /**
   * One list a row of a row-major matrix.
   *
   * @param rows number of rows
   * @param columns number of columns
   * @return the layout, one list a row
   * @throws IllegalArgumentException if a number is negative or the matrix does not fit into one
   *     array
   */
  static Layout rows(int rows, int columns) {
    return new Strided(rows, columns, columns, 1);
  }

  /**
   * One list a column of a row-major matrix, as in classification: the items of the batch compete
   * within each class.
   *
   * @param rows number of rows
   * @param columns number of columns
   * @return the layout, one list a column
   * @throws IllegalArgumentException if a number is negative or the matrix does not fit into one
   *     array
   */
  static Layout columns(int rows, int columns) {
    return new Strided(columns, 1, rows, Math.max(1, columns));
  }

  /**
   * Lists of different lengths, one behind the other: list q is the range from {@code offsets[q]}
   * to {@code offsets[q + 1]}.
   *
   * @param offsets number of lists + 1 values that never decrease. Not modified, not copied.
   * @return the layout, a view of the offsets
   * @throws IllegalArgumentException if there is none, the first is negative or one decreases
   */
  static Layout ragged(int... offsets) {
    return new Ragged(Objects.requireNonNull(offsets, "offsets must not be null"));
  }

  /**
   * Lists given by the id of the list to which each score belongs, in any order: the list of the
   * smallest id comes first, and a list holds its scores in the order of the array. Ids may be any
   * numbers; each that occurs is a list. O(n log n) once.
   *
   * @param ids one for each score. Not modified; copied in a sorted form.
   * @return the layout
   */
  static Layout segments(int... ids) {
    return new Segmented(Objects.requireNonNull(ids, "ids must not be null"));
  }

  /**
   * One list a row of a column-major matrix, as {@link #rows} of numbers that lie the other way
   * round: what is one list a row here is contiguous as one list a column, see {@link
   * RankingBatch#columns}.
   *
   * @param rows number of rows
   * @param columns number of columns
   * @param room distance between the first cells of successive columns, at least the number of rows
   * @return the layout, one list a row
   * @throws IllegalArgumentException if a number is negative, the room is less than the rows or the
   *     matrix does not fit into one array
   */
  static Layout columnMajor(int rows, int columns, int room) {
    return new ColumnMajor(rows, columns, room);
  }

  /** {@return the number of lists} */
  int lists();

  /**
   * {@return the index in the array of a position of a list}
   *
   * @param list index of the list, from 0
   * @param position position in the list, from 0
   */
  default int index(int list, int position) {
    return start(list) + position * stride();
  }

  /**
   * {@return the index of the first candidate of a list}
   *
   * @param list index of the list, from 0
   * @throws UnsupportedOperationException if lists have no regular distances, as {@link #segments}
   */
  default int start(int list) {
    throw new UnsupportedOperationException(
        "lists have no regular distances in " + getClass().getSimpleName());
  }

  /**
   * {@return the number of candidates of a list, excluded ones included}
   *
   * @param list index of the list, from 0
   */
  int length(int list);

  /**
   * {@return the distance between neighbours of a list}
   *
   * @throws UnsupportedOperationException if there is no regular one, as in {@link #segments}
   */
  default int stride() {
    throw new UnsupportedOperationException(
        "lists have no regular distances in " + getClass().getSimpleName());
  }

  /** {@return whether the candidates of each list stand side by side} */
  default boolean isContiguous() {
    return stride() == 1;
  }

  /**
   * {@return row and column of a candidate, for messages: of the matrix where lists are its rows or
   * columns, otherwise number of the list and position in it}
   *
   * @param list index of the list, from 0
   * @param position position in the list, from 0
   */
  default String place(int list, int position) {
    return "row %d, column %d".formatted(list, position);
  }

  /**
   * {@return row and column of an element of the array if it is a matrix, null otherwise}
   *
   * @param index index in the array
   */
  default @Nullable String cell(int index) {
    return null;
  }

  /** {@return the number of elements that an array needs to hold every list} */
  int extent();

  /**
   * Lists of equal length at regular distances.
   *
   * @param lists number of lists
   * @param step distance between the first candidates of successive lists
   * @param size number of candidates of each list
   * @param stride distance between neighbours of a list, at least 1
   */
  record Strided(int lists, int step, int size, int stride) implements Layout {
    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if one is negative, the stride is less than 1 or the lists
     *     do not fit into one array
     */
    public Strided {
      if (lists < 0 || step < 0 || size < 0 || stride < 1) {
        throw new IllegalArgumentException(
            "a layout cannot have %d lists of %d candidates".formatted(lists, size));
      }
      long last = (lists - 1L) * step + (size - 1L) * stride;
      if (last >= Integer.MAX_VALUE) {
        throw new IllegalArgumentException(
            "%d lists of %d candidates do not fit into one array".formatted(lists, size));
      }
    }

    @Override
    public int start(int list) {
      return list * step;
    }

    @Override
    public int length(int list) {
      return size;
    }

    @Override
    public int extent() {
      return lists == 0 || size == 0 ? 0 : (lists - 1) * step + (size - 1) * stride + 1;
    }

    /** The length of a row of the matrix, whether lists are its rows or its columns. */
    int rowLength() {
      return stride == 1 ? step : stride;
    }

    @Override
    public @Nullable String cell(int index) {
      return rowLength() == 0
          ? null
          : "row %d, column %d".formatted(index / rowLength(), index % rowLength());
    }

    @Override
    public String place(int list, int position) {
      String cell = cell(index(list, position));
      return cell == null ? Layout.super.place(list, position) : cell;
    }

    /** The same cells with one list a column; only for a layout made by {@link Layout#rows}. */
    Layout transposed() {
      if (stride != 1 || step != size) {
        throw new IllegalArgumentException("only a layout of rows has columns, not " + this);
      }
      return columns(lists, size);
    }
  }

  /**
   * The rows of a column-major matrix.
   *
   * @param lists number of rows
   * @param columns number of columns
   * @param stride distance between the first cells of successive columns
   */
  record ColumnMajor(int lists, int columns, int stride) implements Layout {
    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if one is negative, the stride is less than the rows or the
     *     matrix does not fit into one array
     */
    public ColumnMajor {
      if (lists < 0 || columns < 0 || stride < lists) {
        throw new IllegalArgumentException(
            "a column-major matrix cannot have %d rows of %d in columns that are %d apart"
                .formatted(lists, columns, stride));
      }
      if ((long) columns * stride >= Integer.MAX_VALUE) {
        throw new IllegalArgumentException(
            "%d columns that are %d apart do not fit into one array".formatted(columns, stride));
      }
    }

    @Override
    public int start(int list) {
      return list;
    }

    @Override
    public int length(int list) {
      return columns;
    }

    @Override
    public boolean isContiguous() {
      return columns <= 1 || stride == 1;
    }

    @Override
    public int extent() {
      return lists == 0 || columns == 0 ? 0 : (columns - 1) * stride + lists;
    }

    @Override
    public String cell(int index) {
      return "row %d, column %d".formatted(index % stride, index / stride);
    }

    /** The same cells with one list a column, each contiguous. */
    Layout transposed() {
      return new Strided(columns, stride, lists, 1);
    }

    /** The same cells as one list, row by row. */
    Layout flattened() {
      return new Flattened(this);
    }
  }

  /**
   * All cells of a column-major matrix as one list, row by row.
   *
   * @param matrix the matrix
   */
  record Flattened(ColumnMajor matrix) implements Layout {
    @Override
    public int lists() {
      return 1;
    }

    @Override
    public int index(int list, int position) {
      return matrix.index(position / matrix.columns, position % matrix.columns);
    }

    @Override
    public int length(int list) {
      return matrix.lists * matrix.columns;
    }

    @Override
    public int extent() {
      return matrix.extent();
    }

    @Override
    public boolean isContiguous() {
      return false;
    }

    @Override
    public String cell(int index) {
      return matrix.cell(index);
    }
  }

  /** Lists one behind the other. */
  final class Ragged implements Layout {
    private final int[] offsets;

    private Ragged(int[] offsets) {
      if (offsets.length == 0 || offsets[0] < 0) {
        throw new IllegalArgumentException(
            "offsets must begin with a number of 0 or more, but are "
                + (offsets.length == 0 ? "empty" : "offsets[0] = " + offsets[0]));
      }
      for (int q = 1; q < offsets.length; q++) {
        if (offsets[q] < offsets[q - 1]) {
          throw new IllegalArgumentException(
              "offsets[%d] = %d is less than offsets[%d] = %d"
                  .formatted(q, offsets[q], q - 1, offsets[q - 1]));
        }
      }
      this.offsets = offsets;
    }

    @Override
    public int lists() {
      return offsets.length - 1;
    }

    /** All lists as one. */
    Layout flattened() {
      return new Ragged(new int[] {offsets[0], offsets[offsets.length - 1]});
    }

    @Override
    public int start(int list) {
      return offsets[list];
    }

    @Override
    public int length(int list) {
      return offsets[list + 1] - offsets[list];
    }

    @Override
    public int stride() {
      return 1;
    }

    @Override
    public int extent() {
      return offsets[offsets.length - 1];
    }
  }

  /** Lists whose scores stand anywhere. */
  final class Segmented implements Layout {
    // The indices of the first list, then those of the second, and so on.
    private final int[] order;
    private final int[] offsets;

    private Segmented(int[] ids) {
      long[] keys = new long[ids.length];
      for (int i = 0; i < ids.length; i++) {
        keys[i] = (long) ids[i] << Integer.SIZE | i;
      }
      Arrays.sort(keys);
      order = new int[ids.length];
      int[] begins = new int[ids.length + 1];
      int lists = 0;
      for (int i = 0; i < ids.length; i++) {
        order[i] = (int) keys[i];
        if (i == 0 || ids[order[i]] != ids[order[i - 1]]) {
          begins[lists++] = i;
        }
      }
      begins[lists] = ids.length;
      offsets = Arrays.copyOf(begins, lists + 1);
    }

    @Override
    public int lists() {
      return offsets.length - 1;
    }

    @Override
    public int index(int list, int position) {
      return order[offsets[list] + position];
    }

    @Override
    public int length(int list) {
      return offsets[list + 1] - offsets[list];
    }

    @Override
    public int extent() {
      return order.length;
    }

    @Override
    public String place(int list, int position) {
      return "%s (element %d)".formatted(Layout.super.place(list, position), index(list, position));
    }

    @Override
    public boolean isContiguous() {
      return false;
    }
  }
}
