package io.solvegrad.graphmatching;

import io.solvegrad.graph.EdgeList;
import org.jspecify.annotations.Nullable;

/** The cost of a map p from rows to columns: sum u[i, p(i)] + sum q[i, p(i), j, p(j)]. */
final class QuadraticCosts {
  final int rows;
  final int columns;
  final double[] unary;
  private final double[] pairwise;

  QuadraticCosts(int rows, int columns) {
    this.rows = rows;
    this.columns = columns;
    unary = new double[rows * columns];
    pairwise = new double[unary.length * unary.length];
  }

  /** The cost of i to k together with j to l, in both directions. */
  double pair(int i, int k, int j, int l) {
    int first = i * columns + k;
    int second = j * columns + l;
    return pairwise[first * unary.length + second];
  }

  /**
   * Adds the costs of matching two graphs, laid out as {@link GraphMatching} does from an offset on.
   * Left vertices are rows; right ones are columns, renamed by a map if there is one.
   */
  void add(
      double[] costs, int offset, EdgeList left, EdgeList right, int @Nullable [] rightNames) {
    int at = offset;
    for (int i = 0; i < left.vertices(); i++) {
      for (int k = 0; k < right.vertices(); k++) {
        unary[i * columns + name(rightNames, k)] += costs[at++];
      }
    }
    for (int e = 0; e < left.size(); e++) {
      for (int f = 0; f < right.size(); f++) {
        int k = name(rightNames, right.from()[f]);
        int l = name(rightNames, right.to()[f]);
        addPair(left.from()[e], k, left.to()[e], l, costs[at++]);
      }
    }
  }

  /** The same with right vertices as rows and left ones, renamed by a map, as columns. */
  void addSwapped(double[] costs, int offset, EdgeList left, EdgeList right, int[] leftNames) {
    int at = offset;
    for (int i = 0; i < left.vertices(); i++) {
      for (int k = 0; k < right.vertices(); k++) {
        unary[k * columns + leftNames[i]] += costs[at++];
      }
    }
    for (int e = 0; e < left.size(); e++) {
      for (int f = 0; f < right.size(); f++) {
        int i = leftNames[left.from()[e]];
        int j = leftNames[left.to()[e]];
        addPair(right.from()[f], i, right.to()[f], j, costs[at++]);
      }
    }
  }

  private static int name(int @Nullable [] names, int vertex) {
    return names == null ? vertex : names[vertex];
  }

  private void addPair(int i, int k, int j, int l, double cost) {
    int first = i * columns + k;
    int second = j * columns + l;
    if (first == second) {
      unary[first] += cost;
    } else {
      pairwise[first * unary.length + second] += cost;
      pairwise[second * unary.length + first] += cost;
    }
  }

  double cost(int[] map) {
    double cost = 0;
    for (int i = 0; i < rows; i++) {
      cost += unary[i * columns + map[i]];
      for (int j = 0; j < i; j++) {
        cost += pair(i, map[i], j, map[j]);
      }
    }
    return cost;
  }
}
