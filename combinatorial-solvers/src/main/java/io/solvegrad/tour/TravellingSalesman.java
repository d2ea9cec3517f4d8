package io.solvegrad.tour;

import io.solvegrad.solver.BlackboxSolver;
import io.solvegrad.solver.Optimality;
import io.solvegrad.solver.SolveLimits;
import io.solvegrad.solver.WeightDomain;
import java.util.Arrays;
import java.util.Objects;

/**
 * The symmetric travelling salesman: the shortest round trip through all cities. Costs and solution
 * are row-major matrices; the solution is the symmetric adjacency matrix of the tour, so that each
 * edge is paid in both directions and only the sum of the two costs matters. The diagonal is
 * ignored. Any finite costs.
 *
 * <p>Exact. Up to {@value #DYNAMIC_PROGRAMMING} cities by dynamic programming over subsets (O(2^n
 * n&sup2;), Held and Karp); above by branch and bound with the Lagrangian bound of 1-trees, which
 * equals that of all subtour cuts. Random instances of 40 cities take milliseconds; the worst case
 * is exponential, so large models should set a time limit, after which the best tour found is
 * returned as unproven; dynamic programming does not look at limits. Of tours that are equal to a
 * 10^11-th of the costs that count the first found wins, always the same.
 *
 * <p>Sources: Held, Karp: The traveling-salesman problem and minimum spanning trees, 1970 and 1971,
 * doi:10.1287/opre.18.6.1138, doi:10.1007/BF01584070.
 *
 * @param cities number of cities, at least 3
 */
public record TravellingSalesman(int cities) implements BlackboxSolver {

  /** Up to so many cities dynamic programming is faster. */
  static final int DYNAMIC_PROGRAMMING = 11;

  /**
   * Checks the number.
   *
   * @throws IllegalArgumentException unless there are 3 to 10,000 cities
   */
  public TravellingSalesman {
    if (cities < 3 || cities > 10_000) {
      throw new IllegalArgumentException(
          "cities is " + cities + " but must be between 3 and 10000");
    }
  }

  @Override
  public int size() {
    return cities * cities;
  }

  @Override
  public void solve(double[] costs, double[] solution) {
    solve(costs, solution, SolveLimits.none());
  }

  @Override
  public Optimality solve(double[] costs, double[] solution, SolveLimits limits) {
    Objects.requireNonNull(limits, "limits must not be null");
    WeightDomain.FINITE.require(costs, solution, size());
    double[] lengths = new double[costs.length];
    for (int i = 0; i < cities; i++) {
      for (int j = 0; j < cities; j++) {
        lengths[i * cities + j] = i == j ? 0 : costs[i * cities + j] + costs[j * cities + i];
      }
    }
    int[] tour;
    Optimality optimality = Optimality.PROVEN;
    if (cities <= DYNAMIC_PROGRAMMING) {
      tour = new SubsetTable(lengths, cities).tour();
    } else {
      TourSearch search = new TourSearch(lengths, cities, limits);
      optimality = search.run();
      tour = search.tour();
    }
    Arrays.fill(solution, 0);
    for (int k = 0; k < cities; k++) {
      int here = tour[k];
      int next = tour[(k + 1) % cities];
      solution[here * cities + next] = 1;
      solution[next * cities + here] = 1;
    }
    return optimality;
  }
}
