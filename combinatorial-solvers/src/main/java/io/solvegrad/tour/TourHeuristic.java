package io.solvegrad.tour;

import io.solvegrad.solver.SolveLimits;

/**
 * Good tours: from several cities the nearest neighbour each time, then exchanges of two edges and
 * moves of up to three cities until none helps.
 */
final class TourHeuristic {
  private static final int STARTS = 12;
  private static final int LONGEST_MOVE = 3;

  private final double[] lengths;
  private final int cities;
  private final double rounding;
  private final SolveLimits limits;

  TourHeuristic(double[] lengths, int cities, double rounding, SolveLimits limits) {
    this.lengths = lengths;
    this.cities = cities;
    this.rounding = rounding;
    this.limits = limits;
  }

  int[] best() {
    int[] best = {};
    double least = Double.POSITIVE_INFINITY;
    int starts = Math.min(STARTS, cities);
    for (int s = 0; s == 0 || (s < starts && !limits.reached()); s++) {
      int[] tour = nearestNeighbour(s * cities / starts);
      improve(tour);
      double length = length(tour);
      if (length < least) {
        least = length;
        best = tour;
      }
    }
    return best;
  }

  double length(int[] tour) {
    double sum = 0;
    for (int k = 0; k < cities; k++) {
      sum += d(tour[k], tour[(k + 1) % cities]);
    }
    return sum;
  }

  private double d(int a, int b) {
    return lengths[a * cities + b];
  }

  private int[] nearestNeighbour(int start) {
    int[] tour = new int[cities];
    boolean[] visited = new boolean[cities];
    tour[0] = start;
    visited[start] = true;
    for (int k = 1; k < cities; k++) {
      int nearest = -1;
      for (int c = 0; c < cities; c++) {
        if (!visited[c] && (nearest < 0 || d(tour[k - 1], c) < d(tour[k - 1], nearest))) {
          nearest = c;
        }
      }
      tour[k] = nearest;
      visited[nearest] = true;
    }
    return tour;
  }

  void improve(int[] tour) {
    boolean improved = true;
    while (improved && !limits.reached()) {
      improved = exchangeEdges(tour) || moveCities(tour);
    }
  }

  /** Replaces edges (a, b) and (c, d) by (a, c) and (b, d). */
  private boolean exchangeEdges(int[] tour) {
    boolean improved = false;
    for (int i = 0; i < cities - 1; i++) {
      for (int j = i + 2; j < cities; j++) {
        int a = tour[i];
        int b = tour[i + 1];
        int c = tour[j];
        int d = tour[(j + 1) % cities];
        if (a != d && d(a, c) + d(b, d) < d(a, b) + d(c, d) - rounding) {
          reverse(tour, i + 1, j);
          improved = true;
        }
      }
    }
    return improved;
  }

  /** Moves the first few cities of some rotation of the tour to another place. */
  private boolean moveCities(int[] tour) {
    for (int first = 0; first < cities; first++) {
      for (int count = 1; count <= Math.min(LONGEST_MOVE, cities - 3); count++) {
        int before = tour[(first + cities - 1) % cities];
        int head = tour[first];
        int tail = tour[(first + count - 1) % cities];
        int after = tour[(first + count) % cities];
        double saved = d(before, head) + d(tail, after) - d(before, after);
        for (int k = count; k < cities - 1; k++) {
          int left = tour[(first + k) % cities];
          int right = tour[(first + k + 1) % cities];
          double gap = saved + d(left, right) - rounding;
          boolean straight = d(left, head) + d(tail, right) < gap;
          if (straight || d(left, tail) + d(head, right) < gap) {
            move(tour, first, count, k, straight);
            return true;
          }
        }
      }
    }
    return false;
  }

  private void move(int[] tour, int first, int count, int place, boolean straight) {
    int[] moved = new int[cities];
    int filled = 0;
    for (int k = count; k <= place; k++) {
      moved[filled++] = tour[(first + k) % cities];
    }
    for (int k = 0; k < count; k++) {
      moved[filled++] = tour[(first + (straight ? k : count - 1 - k)) % cities];
    }
    for (int k = place + 1; k < cities; k++) {
      moved[filled++] = tour[(first + k) % cities];
    }
    System.arraycopy(moved, 0, tour, 0, cities);
  }

  private static void reverse(int[] tour, int from, int to) {
    for (int i = from, j = to; i < j; i++, j--) {
      int swapped = tour[i];
      tour[i] = tour[j];
      tour[j] = swapped;
    }
  }
}
