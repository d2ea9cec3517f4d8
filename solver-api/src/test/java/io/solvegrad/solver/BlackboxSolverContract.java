package io.solvegrad.solver;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every solver owes to those who call it. */
public abstract class BlackboxSolverContract {
  private static final int TRIES = 200;

  /** A problem small enough to be solved by enumeration. */
  protected abstract BlackboxSolver solver();

  /** All that the solver may answer. */
  protected abstract List<double[]> solutions();

  /** Random costs; every other time whole numbers, so that ties occur. */
  private double[] costs(SplittableRandom random) {
    double[] costs = random.doubles(solver().size(), -3, 3).toArray();
    return random.nextBoolean() ? costs : Arrays.stream(costs).map(Math::rint).toArray();
  }

  @Test
  void writesTheCheapestSolution() {
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < TRIES; i++) {
      double[] costs = costs(random);
      double[] solution = solve(solver(), costs);
      assertTrue(
          solutions().stream().anyMatch(s -> Arrays.equals(s, solution)),
          () -> "infeasible: " + Arrays.toString(solution));
      double cheapest =
          solutions().stream().mapToDouble(s -> ExhaustiveSolver.dot(costs, s)).min().orElseThrow();
      assertEquals(cheapest, ExhaustiveSolver.dot(costs, solution), 1e-9);
    }
  }

  @Test
  void leavesTheCostsAlone() {
    double[] costs = costs(new SplittableRandom(2));
    double[] before = costs.clone();
    solve(solver(), costs);
    assertArrayEquals(before, costs);
  }

  @Test
  void overwritesWhatStandsInTheSolution() {
    double[] costs = costs(new SplittableRandom(3));
    double[] solution = new double[solver().size()];
    Arrays.fill(solution, 99);
    solver().solve(costs, solution);
    assertArrayEquals(solve(solver(), costs), solution);
  }

  @Test
  void givesTheSameAnswerToSeveralThreadsAtOnce() {
    BlackboxSolver shared = solver();
    SplittableRandom random = new SplittableRandom(4);
    List<double[]> costs = IntStream.range(0, TRIES).mapToObj(i -> costs(random)).toList();
    List<double[]> alone = costs.stream().map(c -> solve(shared, c)).toList();
    List<double[]> together = costs.parallelStream().map(c -> solve(shared, c)).toList();
    for (int i = 0; i < TRIES; i++) {
      assertArrayEquals(alone.get(i), together.get(i));
    }
  }

  private static double[] solve(BlackboxSolver solver, double[] costs) {
    double[] solution = new double[solver.size()];
    solver.solve(costs, solution);
    return solution;
  }
}
