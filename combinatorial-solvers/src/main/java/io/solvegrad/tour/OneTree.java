package io.solvegrad.tour;

import java.util.Arrays;

/**
 * A spanning tree of all cities but the first, plus two edges of the first: every tour is one, so
 * the cheapest is a lower bound. Edge states say which edges must and must not be used.
 */
final class OneTree {
  static final byte FREE = 0;
  static final byte FORCED = 1;
  static final byte FORBIDDEN = -1;

  private final double[] lengths;
  private final int cities;
  /** The neighbour towards the root of each city but 0 and the root, then two edges of city 0. */
  final int[] parent;
  final int[] degree;
  int firstNeighbour;
  int secondNeighbour;

  private final double[] key;
  private final int[] open;

  OneTree(double[] lengths, int cities) {
    this.lengths = lengths;
    this.cities = cities;
    parent = new int[cities];
    degree = new int[cities];
    key = new double[cities];
    open = new int[cities];
  }

  /**
   * Builds the cheapest one under prices.
   *
   * @return its cost including prices minus twice their sum, which bounds all allowed tours from
   *     below; infinity if there is none
   */
  double build(double[] prices, byte[] state) {
    Arrays.fill(degree, 0);
    double bound = tree(prices, state);
    if (bound == Double.POSITIVE_INFINITY) {
      return bound;
    }
    firstNeighbour = cheapestOfFirst(prices, state, -1);
    secondNeighbour = cheapestOfFirst(prices, state, firstNeighbour);
    if (secondNeighbour < 0) {
      return Double.POSITIVE_INFINITY;
    }
    bound += price(0, firstNeighbour, prices) + price(0, secondNeighbour, prices);
    degree[0] = 2;
    degree[firstNeighbour]++;
    degree[secondNeighbour]++;
    for (double p : prices) {
      bound -= 2 * p;
    }
    return bound;
  }

  /** Prim's algorithm from city 1, forced edges first. */
  private double tree(double[] prices, byte[] state) {
    int left = cities - 2;
    for (int k = 0; k < left; k++) {
      open[k] = k + 2;
      key[k + 2] = Double.POSITIVE_INFINITY;
    }
    double cost = 0;
    int city = 1;
    while (left > 0) {
      int row = city * cities;
      int nearest = 0;
      double least = Double.POSITIVE_INFINITY;
      double own = prices[city];
      for (int k = 0; k < left; k++) {
        int other = open[k];
        byte edge = state[row + other];
        if (edge != FORBIDDEN) {
          double length =
              edge == FORCED
                  ? Double.NEGATIVE_INFINITY
                  : lengths[row + other] + own + prices[other];
          if (length < key[other]) {
            key[other] = length;
            parent[other] = city;
          }
        }
        if (key[other] < least) {
          least = key[other];
          nearest = k;
        }
      }
      if (least == Double.POSITIVE_INFINITY) {
        return least;
      }
      city = open[nearest];
      open[nearest] = open[--left];
      cost += price(city, parent[city], prices);
      degree[city]++;
      degree[parent[city]]++;
    }
    return cost;
  }

  private int cheapestOfFirst(double[] prices, byte[] state, int except) {
    int best = -1;
    double least = Double.POSITIVE_INFINITY;
    for (int c = 1; c < cities; c++) {
      if (c != except && state[c] != FORBIDDEN) {
        double length = state[c] == FORCED ? Double.NEGATIVE_INFINITY : price(0, c, prices);
        if (best < 0 || length < least) {
          least = length;
          best = c;
        }
      }
    }
    return best;
  }

  double price(int a, int b, double[] prices) {
    return lengths[a * cities + b] + prices[a] + prices[b];
  }

  /** The sum of squared deviations of degrees from two; 0 for a tour. */
  int excess() {
    int excess = 0;
    for (int d : degree) {
      excess += (d - 2) * (d - 2);
    }
    return excess;
  }

  /** The cities in the order of the tour that this is. */
  int[] tour() {
    assert excess() == 0;
    int[] tour = new int[cities];
    int[][] neighbours = new int[cities][2];
    int[] filled = new int[cities];
    for (int c = 2; c < cities; c++) {
      join(neighbours, filled, c, parent[c]);
    }
    join(neighbours, filled, 0, firstNeighbour);
    join(neighbours, filled, 0, secondNeighbour);
    int before = 0;
    int here = firstNeighbour;
    for (int k = 1; k < cities; k++) {
      tour[k] = here;
      int next = neighbours[here][0] == before ? neighbours[here][1] : neighbours[here][0];
      before = here;
      here = next;
    }
    return tour;
  }

  private static void join(int[][] neighbours, int[] filled, int a, int b) {
    neighbours[a][filled[a]++] = b;
    neighbours[b][filled[b]++] = a;
  }
}
