package io.solvegrad.shortestpath;

import java.util.Arrays;

/**
 * Edges by one of their ends: those of vertex v are edges[first[v]] to edges[first[v + 1] - 1], in
 * ascending order.
 */
record Incidence(int[] first, int[] edges) {

  /** The edges by an end of each, in O(vertices + edges). */
  static Incidence of(int vertices, int[] ends) {
    int[] first = new int[vertices + 1];
    for (int v : ends) {
      first[v + 1]++;
    }
    Arrays.parallelPrefix(first, Integer::sum);
    int[] edges = new int[ends.length];
    int[] filled = first.clone();
    for (int e = 0; e < ends.length; e++) {
      edges[filled[ends[e]]++] = e;
    }
    return new Incidence(first, edges);
  }

  /** Which vertices a walk from start can reach, given the other end of each edge. */
  boolean[] reachable(int[] otherEnds, int start) {
    boolean[] reached = new boolean[first.length - 1];
    int[] open = new int[reached.length];
    int left = 0;
    reached[start] = true;
    open[left++] = start;
    while (left > 0) {
      int v = open[--left];
      for (int k = first[v]; k < first[v + 1]; k++) {
        int next = otherEnds[edges[k]];
        if (!reached[next]) {
          reached[next] = true;
          open[left++] = next;
        }
      }
    }
    return reached;
  }
}
