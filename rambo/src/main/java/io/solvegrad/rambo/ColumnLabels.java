package io.solvegrad.rambo;

import io.solvegrad.ranking.Layout;
import io.solvegrad.ranking.Relevance;
import java.util.Arrays;

/**
 * The positive labels of a column-major matrix, of each column by rising row. Those of the current
 * rows are kept apart from the remembered ones below them, which move without being touched.
 */
final class ColumnLabels implements Relevance {

  /** The labels of some rows of a column. */
  private static final class Column {
    private int[] rows = {};
    private double[] grades = {};
    private int count;

    void add(int row, double grade) {
      if (count == rows.length) {
        int capacity = Math.max(8, 2 * count);
        rows = Arrays.copyOf(rows, capacity);
        grades = Arrays.copyOf(grades, capacity);
      }
      rows[count] = row;
      grades[count++] = grade;
    }

    /** Forgets the first rows; what was behind them moves to the beginning. */
    void removeRows(int removed) {
      int first = firstFrom(removed);
      for (int k = first; k < count; k++) {
        rows[k - first] = rows[k] - removed;
        grades[k - first] = grades[k];
      }
      count -= first;
    }

    /** Takes over the labels of another column from a row on. */
    void append(Column other, int from, int to) {
      for (int k = other.firstFrom(from); k < other.count; k++) {
        add(other.rows[k] - from + to, other.grades[k]);
      }
    }

    private int firstFrom(int row) {
      int place = Arrays.binarySearch(rows, 0, count, row);
      return place < 0 ? -place - 1 : place;
    }

    double grade(int row) {
      int place = Arrays.binarySearch(rows, 0, count, row);
      return place < 0 ? 0 : grades[place];
    }

    int read(int shift, int[] positions, double[] target, int written) {
      for (int k = 0; k < count; k++) {
        positions[written + k] = rows[k] + shift;
      }
      System.arraycopy(grades, 0, target, written, count);
      return written + count;
    }
  }

  private Column[] current = {};
  private Column[] history = {};
  private int room;
  private int historyStart;

  /** Makes room for a number of columns. */
  void ensureColumns(int columns) {
    if (current.length < columns) {
      current = new Column[columns];
      history = new Column[columns];
      Arrays.setAll(current, c -> new Column());
      Arrays.setAll(history, c -> new Column());
    }
  }

  /** Where in the matrix the cells lie from now on. */
  void place(int distanceOfColumns, int firstRemembered) {
    room = distanceOfColumns;
    historyStart = firstRemembered;
  }

  void clearCurrent() {
    for (Column column : current) {
      column.count = 0;
    }
  }

  /** Adds a label behind all others of the current rows of its column. */
  void addCurrent(int column, int row, double grade) {
    current[column].add(row, grade);
  }

  /** Adds a label behind all others of the remembered rows of its column. */
  void addRemembered(int column, int row, double grade) {
    history[column].add(row, grade);
  }

  /** The label of a remembered row, 0 if it has none. */
  double remembered(int column, int row) {
    return history[column].grade(row);
  }

  /** Forgets the oldest rows and remembers the current ones from a row on behind the kept ones. */
  void remember(int dropped, int kept, int firstAdded) {
    for (int c = 0; c < history.length; c++) {
      history[c].removeRows(dropped);
      history[c].append(current[c], firstAdded, kept);
    }
  }

  @Override
  public void check(Layout layout) {
    assert layout.lists() == 0 || layout.extent() <= room * current.length;
  }

  /** Whether the lists are the columns, which are kept in the order in which they are read. */
  private boolean isColumns(Layout layout) {
    return layout instanceof Layout.Strided lists
        && lists.stride() == 1
        && lists.step() == room
        && lists.lists() == current.length;
  }

  @Override
  public int bound(int list, Layout layout) {
    return isColumns(layout) ? current[list].count + history[list].count : layout.length(list);
  }

  @Override
  public int read(int list, Layout layout, int[] positions, double[] grades) {
    if (isColumns(layout)) {
      int read = current[list].read(0, positions, grades, 0);
      return history[list].read(historyStart, positions, grades, read);
    }
    int count = 0;
    for (int p = 0; p < layout.length(list); p++) {
      int index = layout.index(list, p);
      int row = index % room;
      Column[] columns = row < historyStart ? current : history;
      double grade = columns[index / room].grade(row < historyStart ? row : row - historyStart);
      if (grade > 0) {
        positions[count] = p;
        grades[count++] = grade;
      }
    }
    return count;
  }
}
