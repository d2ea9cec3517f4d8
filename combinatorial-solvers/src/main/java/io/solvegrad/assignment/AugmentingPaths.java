package io.solvegrad.assignment;

import java.util.Arrays;

/** One solve. Prices p of rows and q of columns keep every reduced cost c - p - q at 0 or more. */
final class AugmentingPaths {
  private final double[] costs;
  private final int rows;
  private final int columns;
  private final double[] rowPrice;
  private final double[] columnPrice;
  private final int[] columnOfRow;
  private final int[] rowOfColumn;

  // Of the search from one row: distance and previous row of each column, columns not yet reached.
  private final double[] distance;
  private final int[] previousRow;
  private final int[] open;
  private final int[] reached;

  AugmentingPaths(double[] costs, int rows, int columns) {
    this.costs = costs;
    this.rows = rows;
    this.columns = columns;
    rowPrice = new double[rows];
    columnPrice = new double[columns];
    columnOfRow = new int[rows];
    rowOfColumn = new int[columns];
    distance = new double[columns];
    previousRow = new int[columns];
    open = new int[columns];
    reached = new int[columns];
    Arrays.fill(columnOfRow, -1);
    Arrays.fill(rowOfColumn, -1);
  }

  int[] solve() {
    start();
    for (int i = 0; i < rows; i++) {
      if (columnOfRow[i] < 0) {
        augment(i);
      }
    }
    return columnOfRow;
  }

  /** Prices by reduction, and every row that has a free column of reduced cost 0 takes it. */
  private void start() {
    if (rows == columns) {
      // Only a square problem may price columns: one that stays free must keep the price 0.
      System.arraycopy(costs, 0, columnPrice, 0, columns);
      for (int i = 1; i < rows; i++) {
        int row = i * columns;
        for (int j = 0; j < columns; j++) {
          columnPrice[j] = Math.min(columnPrice[j], costs[row + j]);
        }
      }
    }
    for (int i = 0; i < rows; i++) {
      int row = i * columns;
      double least = Double.POSITIVE_INFINITY;
      int cheapest = -1;
      for (int j = 0; j < columns; j++) {
        double reduced = costs[row + j] - columnPrice[j];
        if (reduced < least || (reduced == least && rowOfColumn[cheapest] >= 0)) {
          least = reduced;
          cheapest = j;
        }
      }
      rowPrice[i] = least;
      if (rowOfColumn[cheapest] < 0) {
        rowOfColumn[cheapest] = i;
        columnOfRow[i] = cheapest;
      }
    }
  }

  /** Finds the shortest alternating path from a free row to a free column and switches it. */
  private void augment(int start) {
    for (int j = 0; j < columns; j++) {
      // From the back, so that removal by swapping meets low columns first.
      open[j] = columns - 1 - j;
      distance[j] = Double.POSITIVE_INFINITY;
    }
    int left = columns;
    int settled = 0;
    int row = start;
    double length = 0;
    int end = -1;
    while (end < 0) {
      int at = relax(row, length, left);
      int column = open[at];
      length = distance[column];
      open[at] = open[--left];
      if (rowOfColumn[column] < 0) {
        end = column;
      } else {
        reached[settled++] = column;
        row = rowOfColumn[column];
      }
    }
    reprice(start, length, settled);
    int column = end;
    int owner;
    do {
      owner = previousRow[column];
      rowOfColumn[column] = owner;
      int former = columnOfRow[owner];
      columnOfRow[owner] = column;
      column = former;
    } while (owner != start);
  }

  /** Extends the paths by one row; the place of the nearest open column, a free one among equals. */
  private int relax(int row, double length, int left) {
    double shift = length - rowPrice[row];
    int offset = row * columns;
    int nearest = -1;
    double least = Double.POSITIVE_INFINITY;
    for (int at = 0; at < left; at++) {
      int j = open[at];
      double through = costs[offset + j] - columnPrice[j] + shift;
      if (through < distance[j]) {
        distance[j] = through;
        previousRow[j] = row;
      }
      if (distance[j] < least || (distance[j] == least && rowOfColumn[j] < 0)) {
        least = distance[j];
        nearest = at;
      }
    }
    return nearest;
  }

  private void reprice(int start, double length, int settled) {
    rowPrice[start] += length;
    for (int k = 0; k < settled; k++) {
      int column = reached[k];
      double gain = length - distance[column];
      rowPrice[rowOfColumn[column]] += gain;
      columnPrice[column] -= gain;
    }
  }
}
