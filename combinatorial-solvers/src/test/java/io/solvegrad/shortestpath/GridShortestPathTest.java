package io.solvegrad.shortestpath;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.solvegrad.graph.SolverContract;
import io.solvegrad.shortestpath.GridShortestPath.Neighbourhood;
import io.solvegrad.solver.NonNegativeClamp;
import io.solvegrad.solver.Optimality;
import io.solvegrad.solver.SolveLimits;
import io.solvegrad.solver.SolverException;
import io.solvegrad.solver.SolverException.Reason;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

final class GridShortestPathTest extends SolverContract {
  private final Map<GridShortestPath, List<double[]>> paths = new ConcurrentHashMap<>();

  @Override
  protected Instance instance(SplittableRandom random) {
    Neighbourhood neighbourhood = random.nextBoolean() ? Neighbourhood.FOUR : Neighbourhood.EIGHT;
    int rows = random.nextInt(1, 5);
    int columns = random.nextInt(1, neighbourhood == Neighbourhood.FOUR ? 5 : 4);
    GridShortestPath grid =
        rows * columns > 9 && neighbourhood == Neighbourhood.EIGHT
            ? new GridShortestPath(3, 3, neighbourhood)
            : new GridShortestPath(rows, columns, neighbourhood);
    return new Instance(grid, paths.computeIfAbsent(grid, Paths::ofGrid));
  }

  /** The sizes that the documentation offers for negative weights end soon. */
  @Test
  void largestGridsWithNegativeWeights() {
    for (var grid :
        List.of(
            new GridShortestPath(6, 6, Neighbourhood.FOUR),
            new GridShortestPath(4, 5, Neighbourhood.EIGHT))) {
      SplittableRandom random = new SplittableRandom(9);
      for (int i = 0; i < 5; i++) {
        double[] costs = random.doubles(grid.size(), -1, 1).toArray();
        double[] solution = new double[grid.size()];
        assertEquals(
            Optimality.PROVEN,
            grid.solve(costs, solution, SolveLimits.within(Duration.ofMinutes(1))));
        double[] walk = new double[grid.size()];
        new NonNegativeClamp(grid).solve(costs, walk);
        assertTrue(dot(costs, solution) <= dot(costs, walk) + 1e-9);
      }
    }
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  @Test
  void negativeWeightOnALargeGrid_isRefusedWithAdvice() {
    var grid = new GridShortestPath(7, 7, Neighbourhood.EIGHT);
    double[] costs = new double[49];
    Arrays.fill(costs, 1);
    costs[20] = -0.25;
    SolverException failure =
        assertThrows(SolverException.class, () -> grid.solve(costs, new double[49]));
    assertEquals(Reason.OUTSIDE_DOMAIN, failure.reason());
    assertTrue(failure.getMessage().startsWith("costs[20] is -0.25"), failure.getMessage());
    assertTrue(failure.getMessage().contains("Maybe"), failure.getMessage());
    double[] clamped = new double[49];
    new NonNegativeClamp(grid).solve(costs, clamped);
    assertEquals(7, Arrays.stream(clamped).sum());
  }

  /** Buckets and heap give vertices in the same order, ties included, or the buckets give up. */
  @Property(seed = "64", tries = 1000)
  void bucketsPopAsTheHeapDoes(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int vertices = random.nextInt(1, 200);
    double reach = Math.pow(10, random.nextInt(-3, 4));
    int kind = random.nextInt(3);
    BucketQueue buckets = new BucketQueue(vertices, 1 << random.nextInt(6, 11), reach);
    VertexQueue heap = new VertexQueue(vertices);
    int pushed = 0;
    int waiting = 0;
    double now = 0;
    while (waiting > 0 || pushed < vertices) {
      if (pushed < vertices && (waiting == 0 || random.nextInt(5) < 3)) {
        double weight = random.nextDouble(reach);
        double key =
            now
                + switch (kind) {
                  case 0 -> weight;
                  case 1 -> random.nextBoolean() ? 0 : reach;
                  default -> weight < 0.1 * reach ? weight : weight * 1e-6;
                };
        int vertex = (pushed * 37) % vertices;
        vertex = vertices % 37 == 0 ? pushed : vertex;
        buckets.push(key, vertex);
        heap.push(key, vertex);
        pushed++;
        waiting++;
      } else {
        int vertex = buckets.pop();
        if (vertex < 0) {
          return;
        }
        assertEquals(heap.pop(), vertex);
        now = buckets.lastKey();
        assertEquals(heap.lastKey(), now);
        waiting--;
      }
    }
  }

  /** Weights for which buckets are unfit, among them those of a clamped layer. */
  @Test
  void oddWeightsOnALargeGrid_areSolvedAllTheSame() {
    GridShortestPath grid = new GridShortestPath(200, 190, Neighbourhood.EIGHT);
    SplittableRandom random = new SplittableRandom(3);
    List<double[]> odd =
        List.of(
            new double[grid.size()],
            random.doubles(grid.size()).map(w -> w < 0.5 ? 0 : w).toArray(),
            random.doubles(grid.size()).map(w -> w < 1e-4 ? 1e12 : w).toArray(),
            random.doubles(grid.size()).map(w -> Math.pow(10, 30 * w - 15)).toArray(),
            random.doubles(grid.size()).map(w -> Double.MIN_VALUE).toArray(),
            random.doubles(grid.size()).map(w -> 1e295 * w).toArray());
    for (double[] weights : odd) {
      double[] solution = new double[grid.size()];
      grid.solve(weights, solution);
      double cost = dot(weights, solution);
      double expected = bellman(grid, weights);
      assertEquals(expected, cost, 1e-12 * expected);
    }
  }

  /** The cheapest path's cost, by sweeps until nothing changes. */
  private static double bellman(GridShortestPath grid, double[] weights) {
    int columns = grid.columns();
    double[] distance = new double[weights.length];
    Arrays.fill(distance, Double.POSITIVE_INFINITY);
    distance[0] = weights[0];
    boolean changed = true;
    for (boolean back = false; changed; back = !back) {
      changed = false;
      for (int k = 0; k < weights.length; k++) {
        int cell = back ? weights.length - 1 - k : k;
        for (int r = Math.max(0, cell / columns - 1);
            r <= Math.min(grid.rows() - 1, cell / columns + 1);
            r++) {
          for (int c = Math.max(0, cell % columns - 1);
              c <= Math.min(columns - 1, cell % columns + 1);
              c++) {
            double through = distance[r * columns + c] + weights[cell];
            if (through < distance[cell] && (r * columns + c) != cell) {
              distance[cell] = through;
              changed = true;
            }
          }
        }
      }
    }
    return distance[weights.length - 1];
  }

  @Test
  void ties_goTheSameWayEveryTime() {
    double[] costs = new double[9];
    Arrays.fill(costs, 1);
    double[] solution = new double[9];
    new GridShortestPath(3, 3, Neighbourhood.FOUR).solve(costs, solution);
    assertArrayEquals(new double[] {1, 1, 1, 0, 0, 1, 0, 0, 1}, solution);
  }

  @Test
  void cancelledSearch_saysSo() {
    var grid = new GridShortestPath(6, 6, Neighbourhood.FOUR);
    double[] costs = new double[36];
    Arrays.fill(costs, -1);
    SolverException failure =
        assertThrows(
            SolverException.class,
            () -> {
              // All weights are equal: the search is long, and it is stopped at once or has a path.
              if (grid.solve(costs, new double[36], SolveLimits.until(() -> true))
                  == Optimality.UNPROVEN) {
                throw new SolverException(Reason.CANCELLED, "stopped with a path in hand");
              }
            });
    assertEquals(Reason.CANCELLED, failure.reason());
  }
}
