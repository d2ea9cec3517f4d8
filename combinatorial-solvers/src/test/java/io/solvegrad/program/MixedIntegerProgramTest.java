package io.solvegrad.program;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.solvegrad.graph.SolverContract;
import io.solvegrad.solver.BlackboxSolver;
import io.solvegrad.solver.Optimality;
import io.solvegrad.solver.SolveLimits;
import io.solvegrad.solver.SolverException;
import io.solvegrad.solver.SolverException.Reason;
import java.io.File;
import java.lang.reflect.InvocationTargetException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** SCIP takes milliseconds to start, so the contract is tried less often than elsewhere. */
final class MixedIntegerProgramTest extends SolverContract {
  private static final double INF = Double.POSITIVE_INFINITY;

  @Override
  protected int sparing() {
    return 10;
  }

  /** Whole numbers from 0 to 2, or zeros and ones, under a few constraints. */
  @Override
  protected Instance instance(SplittableRandom random) {
    int size = random.nextInt(1, 5);
    int most = random.nextInt(1, 3);
    List<LinearConstraint> constraints = new ArrayList<>();
    for (int c = random.nextInt(0, 3); c > 0; c--) {
      int[] variables = random.ints(random.nextInt(1, 4), 0, size).toArray();
      double[] coefficients = random.ints(variables.length, -3, 4).asDoubleStream().toArray();
      double lower = random.nextInt(-6, 3);
      constraints.add(
          new LinearConstraint(variables, coefficients, lower, lower + random.nextInt(6)));
    }
    boolean[] integer = new boolean[size];
    double[] upper = new double[size];
    Arrays.fill(integer, true);
    Arrays.fill(upper, most);
    int base = most + 1;
    List<double[]> solutions =
        IntStream.range(0, (int) Math.pow(base, size))
            .mapToObj(code ->
                IntStream.range(0, size)
                    .mapToDouble(i -> code / (int) Math.pow(base, i) % base)
                    .toArray())
            .filter(y -> constraints.stream().allMatch(c -> meets(c, y)))
            .toList();
    return new Instance(
        new MixedIntegerProgram(new double[size], upper, integer, constraints), solutions);
  }

  private static boolean meets(LinearConstraint constraint, double[] y) {
    double sum =
        IntStream.range(0, constraint.variables().length)
            .mapToDouble(k -> constraint.coefficients()[k] * y[constraint.variables()[k]])
            .sum();
    return sum >= constraint.lower() && sum <= constraint.upper();
  }

  private static double[] solve(BlackboxSolver solver, double... costs) {
    double[] solution = new double[solver.size()];
    solver.solve(costs, solution);
    return solution;
  }

  @Property(seed = "17", tries = 2000)
  void binaryPrograms_againstEnumeration(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int size = random.nextInt(1, 8);
    List<LinearConstraint> constraints = new ArrayList<>();
    for (int c = random.nextInt(0, 4); c > 0; c--) {
      int[] variables = random.ints(random.nextInt(1, 5), 0, size).toArray();
      double[] coefficients = random.ints(variables.length, -3, 4).asDoubleStream().toArray();
      double lower = random.nextInt(-4, 3);
      constraints.add(
          new LinearConstraint(variables, coefficients, lower, lower + random.nextInt(5)));
    }
    double[] costs = random.doubles(size, -2, 2).toArray();
    List<double[]> feasible =
        SolverContract.subsets(
            size, subset -> constraints.stream().allMatch(c -> meets(c, subset)));
    MixedIntegerProgram program = MixedIntegerProgram.binary(size, constraints);
    if (feasible.isEmpty()) {
      SolverException failure = assertThrows(SolverException.class, () -> solve(program, costs));
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

  /** Of whole variables and under constraints, where SCIP itself may say infeasible. */
  @Test
  void unboundedWholeProgram_isNotCalledInfeasible() {
    double[] low = {-INF, 0};
    double[] high = {INF, INF};
    var rows = List.of(new LinearConstraint(new int[] {0, 1}, new double[] {1, -1}, -5, 5));
    for (boolean whole : new boolean[] {true, false}) {
      var program = new MixedIntegerProgram(low, high, new boolean[] {whole, whole}, rows);
      SolverException failure = assertThrows(SolverException.class, () -> solve(program, -1, -1));
      assertEquals(Reason.UNBOUNDED, failure.reason(), failure.getMessage());
    }
    var impossible =
        new MixedIntegerProgram(
            low,
            high,
            new boolean[2],
            List.of(
                new LinearConstraint(new int[] {1}, new double[] {1}, -INF, -1),
                new LinearConstraint(new int[] {0, 1}, new double[] {1, 1}, 0, INF)));
    SolverException failure = assertThrows(SolverException.class, () -> solve(impossible, -1, -1));
    assertEquals(Reason.INFEASIBLE, failure.reason(), failure.getMessage());
  }

  /**
   * A class path without the natives, as a user of another platform has it, or without a library.
   * Said by the constructor, because that is what loads them: no time limit pays for it.
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "ortools-(linux.*|darwin.*|win.*); the native library of OR-Tools cannot be loaded on .* Maybe add com.google.ortools:ortools-PLATFORM for this platform",
        "ortools-java; MixedIntegerProgram needs OR-Tools. Maybe add com.google.ortools:ortools-java",
        "protobuf-java; MixedIntegerProgram needs OR-Tools, which needs class com.google.protobuf.Message. Maybe add com.google.protobuf:protobuf-java",
        "jna.*; MixedIntegerProgram needs OR-Tools, which needs class com.sun.jna.Platform. Maybe add net.java.dev.jna:jna-platform"
      })
  void missingLibrary_isNamedByTheConstructor(String library, String sentence) throws Exception {
    URL[] classPath =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(entry -> !entry.matches(".*[/\\\\]" + library + "-\\d[^/\\\\]*"))
            .map(MixedIntegerProgramTest::url)
            .toArray(URL[]::new);
    try (var loader = new URLClassLoader(classPath, ClassLoader.getPlatformClassLoader())) {
      Class<?> type = loader.loadClass(MixedIntegerProgram.class.getName());
      // The second time the class that loads the library knows already.
      for (int attempt = 0; attempt < 2; attempt++) {
        InvocationTargetException failure =
            assertThrows(
                InvocationTargetException.class,
                () -> type.getMethod("binary", int.class, List.class).invoke(null, 1, List.of()));
        Throwable cause = failure.getCause();
        assertEquals(IllegalStateException.class, cause.getClass());
        assertTrue(cause.getMessage().matches(sentence), cause.getMessage());
      }
    }
  }

  private static URL url(String entry) {
    try {
      return Path.of(entry).toUri().toURL();
    } catch (MalformedURLException impossible) {
      throw new AssertionError(impossible);
    }
  }

  /** A knapsack with correlated values takes SCIP longer than the limit. */
  @Test
  void stoppedSearch_saysThatItIsUnproven() {
    SplittableRandom random = new SplittableRandom(3);
    int size = 300;
    List<LinearConstraint> rows = new ArrayList<>();
    int[] all = IntStream.range(0, size).toArray();
    for (int c = 0; c < 30; c++) {
      double[] sizes = random.doubles(size, 100, 200).toArray();
      rows.add(new LinearConstraint(all, sizes, -INF, 75 * size));
    }
    double[] costs = random.doubles(size, -150, -140).toArray();
    var program = MixedIntegerProgram.binary(size, rows);
    double[] solution = new double[size];
    Optimality optimality =
        program.solve(costs, solution, SolveLimits.within(Duration.ofMillis(400)));
    assertEquals(Optimality.UNPROVEN, optimality);
    for (LinearConstraint row : rows) {
      assertTrue(meets(row, solution));
    }
  }

  @Test
  void tooShortATime_isNamed() {
    var program = MixedIntegerProgram.binary(2, List.of());
    SolveLimits limits = SolveLimits.within(Duration.ofNanos(1));
    SolverException failure =
        assertThrows(
            SolverException.class, () -> program.solve(new double[2], new double[2], limits));
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

  /** Costs below what SCIP takes for zero, alone and beside ordinary ones. */
  @Test
  void tinyCosts_areComparedAsOthers() {
    var pairs =
        List.of(
            new LinearConstraint(new int[] {0, 1}, new double[] {1, 1}, 1, INF),
            new LinearConstraint(new int[] {2, 3}, new double[] {1, 1}, 1, INF));
    var one = MixedIntegerProgram.binary(2, pairs.subList(0, 1));
    for (double small : new double[] {5e-10, 1e-10, 1e-12, 1e-30, 1e-300}) {
      assertArrayEquals(new double[] {0, 1}, solve(one, 2 * small, small), "costs around " + small);
    }
    var two = MixedIntegerProgram.binary(4, pairs);
    for (double small : new double[] {5e-10, 1e-10, 1e-12, 1e-14}) {
      assertArrayEquals(
          new double[] {0, 1, 1, 0}, solve(two, 2 * small, small, 1, 2), "costs around " + small);
      double large = 1e19;
      assertArrayEquals(
          new double[] {0, 1, 1, 0},
          solve(two, large, large * small, large * small, 2 * large * small),
          "costs around " + small);
    }
  }

  /** One forbiddingly large coefficient must not make the others look small. */
  @Test
  void tinyCoefficients_areObeyed() {
    for (double small : new double[] {1e-7, 1e-12, 1e-300}) {
      var needed =
          MixedIntegerProgram.binary(
              1, List.of(new LinearConstraint(new int[] {0}, new double[] {small}, small, INF)));
      assertArrayEquals(new double[] {1}, solve(needed, 1));
    }
    var either =
        MixedIntegerProgram.binary(
            3,
            List.of(new LinearConstraint(new int[] {0, 1, 2}, new double[] {1e9, 1, 1}, -INF, 1)));
    assertArrayEquals(new double[] {0, 1, 0}, solve(either, -9, -2, -1));
  }

  /** Scaled costs times bounds must not become what SCIP takes for infinity. */
  @Test
  void largeBounds_areReached() {
    for (boolean whole : new boolean[] {true, false}) {
      var program =
          new MixedIntegerProgram(
              new double[1], new double[] {1e15}, new boolean[] {whole}, List.of());
      assertArrayEquals(new double[] {1e15}, solve(program, -1), 1);
    }
  }

  /** Costs over fourteen orders of magnitude: right to 1e-15 of the largest. */
  @Property(seed = "29", tries = 300)
  void costsOfManySizes_againstEnumeration(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Instance instance = instance(random);
    double[] costs = random.doubles(instance.solver().size(), -2, 2).toArray();
    double unit = Math.pow(10, -random.nextInt(40));
    Arrays.setAll(costs, i -> costs[i] * unit * Math.pow(10, -random.nextInt(15)));
    double largest = Arrays.stream(costs).map(Math::abs).max().orElseThrow();
    double least =
        instance.solutions().stream().mapToDouble(s -> dot(costs, s)).min().orElse(Double.NaN);
    if (!Double.isNaN(least)) {
      assertEquals(least, dot(costs, solve(instance.solver(), costs)), 2e-15 * largest);
    }
  }
}
