package io.solvegrad.tour;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.solvegrad.graph.SolverContract;
import io.solvegrad.solver.Optimality;
import io.solvegrad.solver.SolveLimits;
import io.solvegrad.solver.SolverException;
import io.solvegrad.solver.SolverException.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

final class TravellingSalesmanTest extends SolverContract {
  private final Map<Integer, List<double[]>> tours = new ConcurrentHashMap<>();

  @Override
  protected Instance instance(SplittableRandom random) {
    int cities = random.nextInt(3, 7);
    return new Instance(
        new TravellingSalesman(cities),
        tours.computeIfAbsent(cities, TravellingSalesmanTest::allTours));
  }

  private static List<double[]> allTours(int cities) {
    List<double[]> all = new ArrayList<>();
    int[] order = new int[cities];
    extend(order, 1, all);
    return all;
  }

  private static void extend(int[] order, int count, List<double[]> all) {
    int n = order.length;
    if (count == n) {
      if (order[1] < order[n - 1]) {
        double[] tour = new double[n * n];
        for (int k = 0; k < n; k++) {
          tour[order[k] * n + order[(k + 1) % n]] = 1;
          tour[order[(k + 1) % n] * n + order[k]] = 1;
        }
        all.add(tour);
      }
      return;
    }
    for (int c = 1; c < n; c++) {
      int city = c;
      if (Arrays.stream(order, 1, count).noneMatch(o -> o == city)) {
        order[count] = c;
        extend(order, count + 1, all);
      }
    }
  }

  private static double[] symmetric(SplittableRandom random, int n, int kind) {
    double[] x = random.doubles(n).toArray();
    double[] y = random.doubles(n).toArray();
    double[] lengths = new double[n * n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < i; j++) {
        double length =
            switch (kind) {
              case 0 -> Math.hypot(x[i] - x[j], y[i] - y[j]);
              case 1 -> random.nextDouble(-1, 1);
              default -> random.nextInt(4);
            };
        lengths[i * n + j] = length;
        lengths[j * n + i] = length;
      }
    }
    return lengths;
  }

  /** The search, which is used for larger instances, against the table. */
  @Property(seed = "40", tries = 1500)
  void branchAndBound_agreesWithDynamicProgramming(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int n = random.nextInt(5, 12);
    double[] lengths = symmetric(random, n, random.nextInt(3));
    TourSearch search = new TourSearch(lengths, n, SolveLimits.none());
    assertEquals(Optimality.PROVEN, search.run());
    TourHeuristic measure = new TourHeuristic(lengths, n, 0, SolveLimits.none());
    double expected = measure.length(new SubsetTable(lengths, n).tour());
    assertEquals(expected, measure.length(search.tour()), 1e-9);
    assertEquals(n, Arrays.stream(search.tour()).distinct().count());
  }

  @Test
  void fifteenCities_agreeWithDynamicProgramming() {
    for (int kind = 0; kind < 3; kind++) {
      for (long seed = 0; seed < 8; seed++) {
        double[] lengths = symmetric(new SplittableRandom(seed), 15, kind);
        TourSearch search = new TourSearch(lengths, 15, SolveLimits.none());
        search.run();
        TourHeuristic measure = new TourHeuristic(lengths, 15, 0, SolveLimits.none());
        assertEquals(
            measure.length(new SubsetTable(lengths, 15).tour()),
            measure.length(search.tour()),
            1e-9);
      }
    }
  }

  @Test
  void stoppedSearch_returnsAnUnprovenTour() {
    int n = 30;
    double[] lengths = symmetric(new SplittableRandom(1), n, 0);
    double[] solution = new double[n * n];
    Optimality optimality =
        new TravellingSalesman(n).solve(lengths, solution, SolveLimits.until(() -> true));
    assertEquals(Optimality.UNPROVEN, optimality);
    assertEquals(2 * n, Arrays.stream(solution).sum());
  }

  @Test
  void fortyCities_areProvenOptimal() {
    for (long seed = 0; seed < 3; seed++) {
      double[] lengths = symmetric(new SplittableRandom(seed), 40, 0);
      Optimality optimality =
          new TravellingSalesman(40)
              .solve(lengths, new double[1600], SolveLimits.within(Duration.ofMinutes(1)));
      assertEquals(Optimality.PROVEN, optimality);
    }
  }

  @Test
  void infiniteLength_isNamed() {
    double[] lengths = new double[16];
    lengths[6] = Double.POSITIVE_INFINITY;
    SolverException failure =
        assertThrows(
            SolverException.class, () -> new TravellingSalesman(4).solve(lengths, new double[16]));
    assertEquals(Reason.BAD_INPUT, failure.reason());
    assertTrue(failure.getMessage().contains("costs[6]"));
  }

  /** Without forbidden edges in the optimum, their length must not matter. */
  @Test
  void forbiddinglyLongEdges_doNotHideTheOthers() {
    int n = 13;
    for (int seed = 0; seed < 30; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      double[] costs = random.doubles((long) n * n, -1, 1).toArray();
      double[] forbidden = costs.clone();
      for (int k = 0; k < 5; k++) {
        int i = random.nextInt(n * n);
        costs[i] = 1e3;
        forbidden[i] = 1e13;
      }
      double[] expected = new double[n * n];
      double[] actual = new double[n * n];
      new TravellingSalesman(n).solve(costs, expected);
      new TravellingSalesman(n).solve(forbidden, actual);
      assertArrayEquals(expected, actual);
    }
  }
}
