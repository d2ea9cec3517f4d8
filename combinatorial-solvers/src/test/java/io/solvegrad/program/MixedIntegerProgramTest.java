package io.solvegrad.program;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.solvegrad.graph.SolverContract;
import io.solvegrad.solver.BlackboxSolver;
import io.solvegrad.solver.SolveLimits;
import io.solvegrad.solver.SolverException;
import io.solvegrad.solver.SolverException.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** SCIP takes milliseconds to start, so the contract is tried less often than elsewhere. */
final class MixedIntegerProgramTest {
  private static final double INF = Double.POSITIVE_INFINITY;

  private static double[] solve(BlackboxSolver solver, double... costs) {
    double[] solution = new double[solver.size()];
    solver.solve(costs, solution);
    return solution;
  }

  @Property(seed = "17", tries = 300)
  void binaryPrograms_againstEnumeration(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int size = random.nextInt(1, 8);
    List<LinearConstraint> constraints = new ArrayList<>();
    for (int c = random.nextInt(0, 4); c > 0; c--) {
      int[] variables = random.ints(random.nextInt(1, 5), 0, size).toArray();
      double[] coefficients =
          random.ints(variables.length, -3, 4).asDoubleStream().toArray();
      double lower = random.nextInt(-4, 3);
      constraints.add(
          new LinearConstraint(variables, coefficients, lower, lower + random.nextInt(5)));
    }
    double[] costs = random.doubles(size, -2, 2).toArray();
    List<double[]> feasible =
        SolverContract.subsets(size, subset -> constraints.stream().allMatch(c -> meets(c, subset)));
    MixedIntegerProgram program = MixedIntegerProgram.binary(size, constraints);
    if (feasible.isEmpty()) {
      SolverException failure =
          assertThrows(SolverException.class, () -> solve(program, costs));
      assertEquals(Reason.INFEASIBLE, failure.reason());
      return;
    }
    double least = feasible.stream().mapToDouble(s -> dot(costs, s)).min().orElseThrow();
    double[] solution = solve(program, costs);
    assertEquals(least, dot(costs, solution), 1e-9);
    assertTrue(feasible.stream().anyMatch(s -> Arrays.equals(s, solution)));
  }

  private static boolean meets(LinearConstraint constraint, int subset) {
    double sum =
        IntStream.range(0, constraint.variables().length)
            .mapToDouble(
                k -> constraint.coefficients()[k] * (subset >> constraint.variables()[k] & 1))
            .sum();
    return sum >= constraint.lower() && sum <= constraint.upper();
  }

  private static double dot(double[] a, double[] b) {
    return IntStream.range(0, a.length).mapToDouble(i -> a[i] * b[i]).sum();
  }

  @Test
  void mixedProgram_hasWholeAndOtherValues() {
    // Least -x - y with x whole, x + y <= 2.5, x <= 1.7.
    var program =
        new MixedIntegerProgram(
            new double[] {0, 0},
            new double[] {1.7, INF},
            new boolean[] {true, false},
            List.of(new LinearConstraint(new int[] {0, 1}, new double[] {1, 1}, -INF, 2.5)));
    assertArrayEquals(new double[] {1, 1.5}, solve(program, -2, -1), 1e-9);
  }

  @Test
  void unboundedProgram_isNamed() {
    var program =
        new MixedIntegerProgram(
            new double[] {0}, new double[] {INF}, new boolean[] {false}, List.of());
    SolverException failure = assertThrows(SolverException.class, () -> solve(program, -1));
    assertEquals(Reason.UNBOUNDED, failure.reason());
  }

  @Test
  void tooShortATime_isNamed() {
    var program = MixedIntegerProgram.binary(2, List.of());
    SolveLimits limits = SolveLimits.within(Duration.ofNanos(1));
    SolverException failure =
        assertThrows(
            SolverException.class,
            () -> program.solve(new double[2], new double[2], limits));
    assertEquals(Reason.TIME_LIMIT, failure.reason());
    assertTrue(failure.getMessage().contains("Maybe"), failure.getMessage());
  }

  @Test
  void nan_isNamed() {
    SolverException failure =
        assertThrows(
            SolverException.class,
            () -> solve(MixedIntegerProgram.binary(1, List.of()), Double.NaN));
    assertEquals(Reason.BAD_INPUT, failure.reason());
  }
}
