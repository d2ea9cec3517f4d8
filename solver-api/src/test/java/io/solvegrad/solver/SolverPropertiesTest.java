package io.solvegrad.solver;

import static io.solvegrad.solver.ExhaustiveSolver.dot;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.solvegrad.ranking.RankingSolver;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.statistics.Statistics;
import net.jqwik.api.statistics.StatisticsReport;

/**
 * What the theory of the blackbox gradient promises for any solver, tried on rankings and on random
 * finite sets. The numbers are those of the list of properties in the method's fact sheet.
 */
final class SolverPropertiesTest {
  private static final String SEED = "20201";
  private static final double TOLERANCE = 1e-9;

  /** A solver that can be enumerated, its costs and the upstream of its solution. */
  record Problem(
      BlackboxSolver solver, List<double[]> solutions, double[] costs, double[] upstream) {

    double[] solve(double[] weights) {
      double[] solution = new double[solver.size()];
      solver.solve(weights, solution);
      return solution;
    }

    double[] solution() {
      return solve(costs);
    }

    double[] moved(double lambda) {
      return solve(plus(costs, lambda, upstream));
    }

    double[] gradient(double lambda) {
      double[] gradient = new double[solver.size()];
      new Interpolation(Lambda.plain(lambda))
          .gradient(solver, costs, solution(), upstream, gradient);
      return gradient;
    }

    double interpolated(double lambda) {
      return new Interpolation(Lambda.plain(lambda)).value(solver, costs, upstream);
    }

    Problem withCosts(double[] other) {
      return new Problem(solver, solutions, other, upstream);
    }

    @Override
    public String toString() {
      return solver.getClass().getSimpleName()
          + " costs "
          + Arrays.toString(costs)
          + " upstream "
          + Arrays.toString(upstream);
    }
  }

  private static double[] plus(double[] a, double factor, double[] b) {
    double[] sum = a.clone();
    for (int i = 0; i < sum.length; i++) {
      sum[i] += factor * b[i];
    }
    return sum;
  }

  private static double[] times(double factor, double[] a) {
    return plus(new double[a.length], factor, a);
  }

  private static boolean isZero(double[] a) {
    return dot(a, a) == 0;
  }

  @Provide
  Arbitrary<Problem> problems() {
    Arbitrary<Boolean> kind = Arbitraries.of(true, false);
    return Combinators.combine(kind, Arbitraries.longs().withoutEdgeCases())
        .as((ranking, seed) -> problem(ranking, new SplittableRandom(seed)));
  }

  private static Problem problem(boolean ranking, SplittableRandom random) {
    int size = random.nextInt(2, 6);
    List<double[]> solutions = ranking ? Permutations.of(size) : new ArrayList<>();
    if (!ranking) {
      int count = random.nextInt(2, 9);
      for (int i = 0; i < count; i++) {
        solutions.add(random.doubles(size, -2, 2).toArray());
      }
    }
    return new Problem(
        ranking ? new RankingSolver(size) : new ExhaustiveSolver(size, solutions),
        solutions,
        random.doubles(size, -3, 3).toArray(),
        random.doubles(size, -2, 2).toArray());
  }

  /** Counts how often the thing to be proved was not trivial, and fails if that is rare. */
  private static void requireOften(boolean nonZero) {
    Statistics.label("gradient is not zero").collect(nonZero);
    Statistics.label("gradient is not zero")
        .coverage(checker -> checker.check(true).percentage(p -> p >= 50));
  }

  @StatisticsReport(StatisticsReport.StatisticsReportMode.OFF)
  @Property(seed = SEED, tries = 500)
  void property01_solutionIsConstantBelowHalfTheGap(
      @ForAll("problems") Problem problem, @ForAll long seed) {
    double[] solution = problem.solution();
    double[] runnerUp = solution;
    double gap = Double.POSITIVE_INFINITY;
    double distance = 0;
    for (double[] other : problem.solutions) {
      double[] difference = plus(other, -1, solution);
      if (!isZero(difference)) {
        double lead = dot(problem.costs, difference);
        runnerUp = lead < gap ? other : runnerUp;
        gap = Math.min(gap, lead);
        double norm = 0;
        for (double d : difference) {
          norm += Math.abs(d);
        }
        distance = Math.max(distance, norm);
      }
    }
    // |<delta, y - y'>| <= max |delta| * ||y - y'||_1, kept below the gap.
    double reach = 0.999 * gap / distance;
    double[] delta =
        new SplittableRandom(seed).doubles(problem.costs.length, -reach, reach).toArray();
    assertArrayEquals(solution, problem.solve(plus(problem.costs, 1, delta)));
    // Beyond the gap it is not constant: moved towards the runner-up, the costs prefer another.
    double[] away = plus(solution, -1, runnerUp);
    double[] beyond = plus(problem.costs, 1.001 * gap / dot(away, away), away);
    assertFalse(Arrays.equals(solution, problem.solve(beyond)));
  }

  @StatisticsReport(StatisticsReport.StatisticsReportMode.OFF)
  @Property(seed = SEED, tries = 500)
  void property02_gradientIsTheSlopeOfTheInterpolation(
      @ForAll("problems") Problem problem, @ForAll @DoubleRange(min = 1, max = 20) double lambda) {
    double step = 1e-5;
    double[] gradient = problem.gradient(lambda);
    for (int i = 0; i < gradient.length; i++) {
      double[] unit = new double[gradient.length];
      unit[i] = step;
      Problem up = problem.withCosts(plus(problem.costs, 1, unit));
      Problem down = problem.withCosts(plus(problem.costs, -1, unit));
      boolean breakpoint =
          !Arrays.equals(up.solution(), down.solution())
              || !Arrays.equals(up.moved(lambda), down.moved(lambda));
      if (!breakpoint) {
        double slope = (up.interpolated(lambda) - down.interpolated(lambda)) / (2 * step);
        assertEquals(slope, gradient[i], 1e-6);
      }
      Statistics.label("breakpoint").collect(breakpoint);
    }
    Statistics.label("breakpoint").coverage(checker -> checker.check(true).percentage(p -> p <= 2));
    requireOften(!isZero(gradient));
  }

  @StatisticsReport(StatisticsReport.StatisticsReportMode.OFF)
  @Property(seed = SEED, tries = 500)
  void property03_interpolationIsBounded(
      @ForAll("problems") Problem problem, @ForAll @DoubleRange(min = 1, max = 20) double lambda) {
    double here = dot(problem.upstream, problem.solution());
    double there = dot(problem.upstream, problem.moved(lambda));
    double between = problem.interpolated(lambda);
    assertTrue(there <= between + TOLERANCE && between <= here + TOLERANCE);
    double[] gradient = problem.gradient(lambda);
    assertTrue(dot(problem.upstream, gradient) <= TOLERANCE);
    assertTrue(dot(problem.costs, gradient) >= -TOLERANCE);
    requireOften(!isZero(gradient));
  }

  @StatisticsReport(StatisticsReport.StatisticsReportMode.OFF)
  @Property(seed = SEED, tries = 500)
  void property04_interpolationFallsWithLambda(
      @ForAll("problems") Problem problem,
      @ForAll @DoubleRange(min = 1, max = 20) double lambda,
      @ForAll @DoubleRange(min = 1, max = 8) double ratio) {
    double larger = lambda * ratio;
    double[] near = problem.moved(lambda);
    double[] far = problem.moved(larger);
    assertTrue(dot(problem.upstream, far) <= dot(problem.upstream, near) + TOLERANCE);
    assertTrue(dot(problem.costs, far) >= dot(problem.costs, near) - TOLERANCE);
    double linearised = dot(problem.upstream, problem.solution());
    double differsNear = linearised - problem.interpolated(lambda);
    double differsFar = linearised - problem.interpolated(larger);
    assertTrue(differsFar >= differsNear - TOLERANCE, "where they differ grows");
    requireOften(!isZero(problem.gradient(lambda)));
  }

  @StatisticsReport(StatisticsReport.StatisticsReportMode.OFF)
  @Property(seed = SEED, tries = 200)
  void property05_zeroUpstreamCostsNoSolve(
      @ForAll("problems") Problem problem, @ForAll @DoubleRange(min = 1, max = 20) double lambda) {
    CountingSolver counting = new CountingSolver(problem.solver);
    double[] gradient = problem.costs.clone();
    new Interpolation(Lambda.plain(lambda))
        .gradient(
            counting, problem.costs, problem.solution(), new double[gradient.length], gradient);
    assertTrue(isZero(gradient));
    assertEquals(0, counting.calls().get());
    requireOften(!isZero(problem.gradient(lambda)));
  }

  @StatisticsReport(StatisticsReport.StatisticsReportMode.OFF)
  @Property(seed = SEED, tries = 500)
  void property06_scale(
      @ForAll("problems") Problem problem, @ForAll @DoubleRange(min = 1, max = 20) double lambda) {
    // A power of two, so that scaling does not round.
    double k = 8;
    double[] gradient = problem.gradient(lambda);
    Problem both =
        new Problem(
            problem.solver, problem.solutions, times(k, problem.costs), times(k, problem.upstream));
    assertArrayEquals(gradient, both.gradient(lambda), TOLERANCE);
    Problem costs = problem.withCosts(times(k, problem.costs));
    assertArrayEquals(times(1 / k, gradient), costs.gradient(k * lambda), TOLERANCE);
    requireOften(!isZero(gradient));
  }

  @StatisticsReport(StatisticsReport.StatisticsReportMode.OFF)
  @Property(seed = SEED, tries = 500)
  void property07_gradientVanishesBelowTheThreshold(@ForAll("problems") Problem problem) {
    double[] solution = problem.solution();
    double gap = Double.POSITIVE_INFINITY;
    double gain = 0;
    for (double[] other : problem.solutions) {
      double[] difference = plus(other, -1, solution);
      if (!isZero(difference)) {
        gap = Math.min(gap, dot(problem.costs, difference));
        gain = Math.max(gain, -dot(problem.upstream, difference));
      }
    }
    Assume.that(gain > 1e-3 && gap > 1e-6);
    assertTrue(isZero(problem.gradient(0.999 * gap / gain)));
    requireOften(!isZero(problem.gradient(1000 / gain)));
  }
}
