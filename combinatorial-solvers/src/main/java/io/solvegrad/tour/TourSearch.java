package io.solvegrad.tour;

import io.solvegrad.solver.Optimality;
import io.solvegrad.solver.SolveLimits;
import java.util.Arrays;

/**
 * Branch and bound over edges. Each node raises the 1-tree bound by subgradient steps on the prices
 * of cities; an edge at a city of degree three or more is then forbidden in one branch and forced
 * in the other.
 */
final class TourSearch {
  private static final double ROUNDING = 1e-11;
  private static final int ROOT_STEPS = 400;
  private static final int NODE_STEPS = 40;

  private final int cities;
  private final SolveLimits limits;
  private final OneTree tree;
  private double rounding;
  private TourHeuristic heuristic;
  private int[] best;
  private double bestLength;
  private boolean stopped;

  TourSearch(double[] lengths, int cities, SolveLimits limits) {
    this.cities = cities;
    this.limits = limits;
    double least = Arrays.stream(lengths).min().orElse(0);
    double range = Arrays.stream(lengths).max().orElse(0) - least;
    heuristic = heuristic(lengths);
    best = heuristic.best();
    double[] counted = lengths;
    double excess = excess(lengths, least);
    // No better tour has an edge that exceeds the least by more than this tour does in all. Such
    // edges, forbiddingly long, would make the differences between the others look like rounding.
    while (excess > 0 && 4 * excess < range) {
      range = 2 * excess;
      double most = least + range;
      counted = Arrays.stream(lengths).map(x -> Math.min(x, most)).toArray();
      heuristic = heuristic(counted);
      best = heuristic.best();
      excess = excess(lengths, least);
    }
    tree = new OneTree(counted, cities);
    bestLength = heuristic.length(best);
  }

  private TourHeuristic heuristic(double[] lengths) {
    rounding = ROUNDING * cities * Arrays.stream(lengths).map(Math::abs).max().orElse(0);
    return new TourHeuristic(lengths, cities, rounding, limits);
  }

  private double excess(double[] lengths, double least) {
    double excess = 0;
    for (int k = 0; k < cities; k++) {
      excess += lengths[best[k] * cities + best[(k + 1) % cities]] - least;
    }
    return excess;
  }

  int[] tour() {
    return best;
  }

  Optimality run() {
    byte[] state = new byte[cities * cities];
    branch(state, new double[cities], ROOT_STEPS);
    return stopped ? Optimality.UNPROVEN : Optimality.PROVEN;
  }

  private void branch(byte[] state, double[] prices, int steps) {
    if (stopped || limits.reached()) {
      stopped = true;
      return;
    }
    double[] bestPrices = prices.clone();
    double bound = raise(state, bestPrices, steps);
    if (stopped || bound >= bestLength - rounding) {
      return;
    }
    tree.build(bestPrices, state);
    if (tree.excess() == 0) {
      return;
    }
    if (!exclude(state, bestPrices, bound)) {
      return;
    }
    long edge = branchingEdge(state, bestPrices);
    if (edge < 0) {
      // What was just fixed has overtaken the tree.
      branch(state, bestPrices, NODE_STEPS);
      return;
    }
    int a = (int) (edge / cities);
    int b = (int) (edge % cities);
    byte[] without = state.clone();
    set(without, a, b, OneTree.FORBIDDEN);
    if (propagate(without)) {
      branch(without, bestPrices, NODE_STEPS);
    }
    set(state, a, b, OneTree.FORCED);
    if (propagate(state)) {
      branch(state, bestPrices, NODE_STEPS);
    }
  }

  /** Subgradient ascent; leaves the best prices in the array and returns their bound. */
  private double raise(byte[] state, double[] prices, int steps) {
    double[] current = prices.clone();
    int[] lastDegree = new int[cities];
    Arrays.fill(lastDegree, 2);
    double bound = Double.NEGATIVE_INFINITY;
    double factor = steps == ROOT_STEPS ? 2 : 1;
    int patience = Math.max(5, steps / 15);
    int idle = 0;
    for (int s = 0; s < steps; s++) {
      if (limits.reached()) {
        stopped = true;
        return bound;
      }
      double value = tree.build(current, state);
      if (value > bound) {
        bound = value;
        System.arraycopy(current, 0, prices, 0, cities);
        idle = 0;
      } else if (++idle >= patience) {
        factor /= 2;
        idle = 0;
      }
      int excess = value == Double.POSITIVE_INFINITY ? 0 : tree.excess();
      if (excess == 0 && value < bestLength) {
        best = tree.tour();
        bestLength = heuristic.length(best);
      }
      if (excess == 0 || bound >= bestLength - rounding) {
        return bound;
      }
      double step = factor * (bestLength - value) / excess;
      for (int c = 0; c < cities; c++) {
        // A part of the last direction damps the zigzag of neighbouring trees.
        current[c] += step * (0.7 * (tree.degree[c] - 2) + 0.3 * (lastDegree[c] - 2));
        lastDegree[c] = tree.degree[c];
      }
    }
    return bound;
  }

  /**
   * Forbids every edge that no tour shorter than the best can use: putting it into the 1-tree in
   * place of the dearest edge it can replace already costs too much. False if no tour is left.
   */
  private boolean exclude(byte[] state, double[] prices, double bound) {
    double slack = bestLength - rounding - bound;
    double[] dearest = new double[cities];
    boolean[] seen = new boolean[cities];
    int[] stack = new int[cities];
    int[][] neighbours = treeNeighbours();
    double secondPrice =
        state[tree.secondNeighbour] == OneTree.FORCED
            ? Double.NEGATIVE_INFINITY
            : tree.price(0, tree.secondNeighbour, prices);
    for (int c = 1; c < cities; c++) {
      if (state[c] == OneTree.FREE
          && c != tree.firstNeighbour
          && c != tree.secondNeighbour
          && tree.price(0, c, prices) - secondPrice > slack) {
        set(state, 0, c, OneTree.FORBIDDEN);
      }
    }
    for (int root = 1; root < cities; root++) {
      Arrays.fill(seen, false);
      seen[root] = true;
      dearest[root] = Double.NEGATIVE_INFINITY;
      stack[0] = root;
      int top = 1;
      while (top > 0) {
        int here = stack[--top];
        for (int next : neighbours[here]) {
          if (!seen[next]) {
            seen[next] = true;
            boolean forced = state[here * cities + next] == OneTree.FORCED;
            double price = forced ? Double.NEGATIVE_INFINITY : tree.price(here, next, prices);
            dearest[next] = Math.max(dearest[here], price);
            stack[top++] = next;
            if (next > root
                && state[root * cities + next] == OneTree.FREE
                && here != root
                && tree.price(root, next, prices) - dearest[next] > slack) {
              set(state, root, next, OneTree.FORBIDDEN);
            }
          }
        }
      }
    }
    return propagate(state);
  }

  private int[][] treeNeighbours() {
    int[] count = new int[cities];
    for (int c = 2; c < cities; c++) {
      count[c]++;
      count[tree.parent[c]]++;
    }
    int[][] neighbours = new int[cities][];
    Arrays.setAll(neighbours, c -> new int[count[c]]);
    for (int c = 2; c < cities; c++) {
      int p = tree.parent[c];
      neighbours[c][--count[c]] = p;
      neighbours[p][--count[p]] = c;
    }
    return neighbours;
  }

  /** The dearest free tree edge at a city with the most tree edges; -1 if there is none. */
  private long branchingEdge(byte[] state, double[] prices) {
    int[][] neighbours = treeNeighbours();
    long chosen = -1;
    int mostDegree = 2;
    double dearest = Double.NEGATIVE_INFINITY;
    for (int c = 0; c < cities; c++) {
      int degree = tree.degree[c];
      if (degree < 3 || degree < mostDegree) {
        continue;
      }
      for (int other : neighbours[c]) {
        double price = tree.price(c, other, prices);
        if (state[c * cities + other] == OneTree.FREE && (degree > mostDegree || price > dearest)) {
          mostDegree = degree;
          dearest = price;
          chosen = (long) c * cities + other;
        }
      }
      boolean joined = c == tree.firstNeighbour || c == tree.secondNeighbour;
      if (chosen < 0 && joined && state[c] == OneTree.FREE) {
        chosen = c;
      }
    }
    return chosen;
  }

  private void set(byte[] state, int a, int b, byte value) {
    state[a * cities + b] = value;
    state[b * cities + a] = value;
  }

  /**
   * Cities with two forced edges forbid the others, cities with two allowed edges force them, and
   * no forced edges may close a round trip too early. False if no tour is left.
   */
  private boolean propagate(byte[] state) {
    boolean changed = true;
    while (changed) {
      changed = false;
      for (int c = 0; c < cities; c++) {
        int row = c * cities;
        int forced = 0;
        int allowed = 0;
        for (int o = 0; o < cities; o++) {
          if (o != c) {
            forced += state[row + o] == OneTree.FORCED ? 1 : 0;
            allowed += state[row + o] != OneTree.FORBIDDEN ? 1 : 0;
          }
        }
        if (forced > 2 || allowed < 2) {
          return false;
        }
        if ((forced == 2 && allowed > 2) || (allowed == 2 && forced < 2)) {
          byte value = forced == 2 ? OneTree.FORBIDDEN : OneTree.FORCED;
          for (int o = 0; o < cities; o++) {
            if (o != c && state[row + o] == OneTree.FREE) {
              set(state, c, o, value);
            }
          }
          changed = true;
        }
      }
      if (!changed) {
        int closed = forbidShortCycles(state);
        if (closed < 0) {
          return false;
        }
        changed = closed > 0;
      }
    }
    return true;
  }

  /**
   * Forbids the edge between the ends of each forced path; -1 if forced edges form a short cycle.
   */
  private int forbidShortCycles(byte[] state) {
    int closed = 0;
    boolean[] visited = new boolean[cities];
    for (int c = 0; c < cities; c++) {
      if (!visited[c] && forcedDegree(state, c) == 1) {
        int length = 1;
        int before = -1;
        int here = c;
        int next = nextForced(state, here, before);
        visited[c] = true;
        while (next >= 0) {
          before = here;
          here = next;
          visited[here] = true;
          length++;
          next = nextForced(state, here, before);
        }
        if (length > 2 && length < cities && state[c * cities + here] == OneTree.FREE) {
          set(state, c, here, OneTree.FORBIDDEN);
          closed++;
        }
      }
    }
    for (int c = 0; c < cities; c++) {
      if (!visited[c] && forcedDegree(state, c) == 2) {
        int length = 1;
        int before = c;
        int here = nextForced(state, c, -1);
        visited[c] = true;
        while (here != c) {
          visited[here] = true;
          length++;
          int next = nextForced(state, here, before);
          before = here;
          here = next;
        }
        if (length < cities) {
          return -1;
        }
      }
    }
    return closed;
  }

  private int forcedDegree(byte[] state, int city) {
    int degree = 0;
    for (int o = 0; o < cities; o++) {
      degree += state[city * cities + o] == OneTree.FORCED ? 1 : 0;
    }
    return degree;
  }

  private int nextForced(byte[] state, int city, int before) {
    for (int o = 0; o < cities; o++) {
      if (o != before && state[city * cities + o] == OneTree.FORCED) {
        return o;
      }
    }
    return -1;
  }
}
