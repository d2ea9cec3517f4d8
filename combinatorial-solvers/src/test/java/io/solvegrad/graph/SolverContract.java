package io.solvegrad.graph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.solvegrad.solver.AdaptiveImplicitMle;
import io.solvegrad.solver.AdaptiveInterpolation;
import io.solvegrad.solver.BlackboxSolver;
import io.solvegrad.solver.CountingSolver;
import io.solvegrad.solver.FenchelYoung;
import io.solvegrad.solver.GradientEstimator;
import io.solvegrad.solver.Identity;
import io.solvegrad.solver.ImplicitMle;
import io.solvegrad.solver.Interpolation;
import io.solvegrad.solver.LagrangianProximal;
import io.solvegrad.solver.Lambda;
import io.solvegrad.solver.LayerPass;
import io.solvegrad.solver.NonNegativeClamp;
import io.solvegrad.solver.Optimality;
import io.solvegrad.solver.Perturbed;
import io.solvegrad.solver.SolveLimits;
import io.solvegrad.solver.SolverException;
import io.solvegrad.solver.SolverException.Reason;
import io.solvegrad.solver.SolverLayer;
import io.solvegrad.solver.SpoPlus;
import io.solvegrad.solver.WeightDomain;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/**
 * What every solver owes to those who call it, and what the blackbox gradient then promises: random
 * small instances against exhaustive search. The numbers are those of the method's list of
 * properties.
 */
public abstract class SolverContract {
  private static final String SEED = "811";
  private static final double TOLERANCE = 1e-9;

  /** A solver and all that it may answer; nothing if the structure has no solution. */
  public record Instance(BlackboxSolver solver, List<double[]> solutions) {}

  /** A random structure, now and then one without a solution. */
  protected abstract Instance instance(SplittableRandom random);

  /** Of how many random instances one is tried; more than 1 where a solve takes milliseconds. */
  protected int sparing() {
    return 1;
  }

  private boolean skips(long seed) {
    return Math.floorMod(seed ^ seed >>> 32, sparing()) != 0;
  }

  /** An instance with costs and an upstream; perturbed costs stay inside the domain. */
  private record Problem(
      Instance instance, double[] costs, double[] upstream, double lambda, double gap) {
    double[] solve(double[] weights) {
      double[] solution = new double[instance.solver.size()];
      instance.solver.solve(weights, solution);
      return solution;
    }

    double[] moved(double strength) {
      return solve(plus(costs, strength, upstream));
    }

    double[] gradient(double strength) {
      double[] gradient = new double[costs.length];
      new Interpolation(Lambda.plain(strength))
          .gradient(instance.solver, costs, solve(costs), upstream, gradient);
      return gradient;
    }

    double interpolated(double[] weights) {
      return new Interpolation(Lambda.plain(lambda)).value(instance.solver, weights, upstream);
    }
  }

  private Problem problem(long seed, boolean ties) {
    SplittableRandom random = new SplittableRandom(seed);
    Instance instance = instance(random);
    int size = instance.solver.size();
    boolean anyCosts = instance.solver.domain() == WeightDomain.FINITE && random.nextBoolean();
    double lambda = random.nextDouble(0.2, 20);
    double[] costs = random.doubles(size, anyCosts ? -3 : 0.01, 3).toArray();
    double[] upstream = new double[size];
    for (int i = 0; i < size; i++) {
      // Perturbed costs stay above zero where they must.
      upstream[i] = random.nextDouble(anyCosts ? -3 : -0.99 * costs[i] / lambda, 3 / lambda);
    }
    if (ties) {
      double zeros = random.nextDouble();
      double least = anyCosts ? Double.NEGATIVE_INFINITY : 0;
      Arrays.setAll(
          costs, i -> random.nextDouble() < zeros ? 0 : Math.max(least, Math.rint(costs[i] - 0.7)));
    }
    return new Problem(instance, costs, upstream, lambda, gap(instance, costs));
  }

  private static double gap(Instance instance, double[] costs) {
    double[] sorted =
        instance.solutions.stream().mapToDouble(s -> dot(costs, s)).sorted().toArray();
    return sorted.length < 2 ? Double.POSITIVE_INFINITY : sorted[1] - sorted[0];
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  private static double[] plus(double[] a, double factor, double[] b) {
    double[] sum = a.clone();
    for (int i = 0; i < sum.length; i++) {
      sum[i] += factor * b[i];
    }
    return sum;
  }

  private static boolean isZero(double[] a) {
    return dot(a, a) == 0;
  }

  private static double[] cheapest(List<double[]> solutions, double[] costs) {
    double[] best = solutions.getFirst();
    for (double[] solution : solutions) {
      best = dot(costs, solution) < dot(costs, best) ? solution : best;
    }
    return best;
  }

  @Property(seed = SEED, tries = 2000)
  void writesTheCheapestSolution(@ForAll long seed, @ForAll boolean ties) {
    if (skips(seed)) {
      return;
    }
    Problem problem = problem(seed, ties);
    double[] costs = problem.costs.clone();
    double[] solution = new double[costs.length];
    Arrays.fill(solution, 99);
    if (problem.instance.solutions.isEmpty()) {
      SolverException failure =
          assertThrows(SolverException.class, () -> problem.instance.solver.solve(costs, solution));
      assertEquals(Reason.INFEASIBLE, failure.reason(), failure::getMessage);
      return;
    }
    Optimality optimality = problem.instance.solver.solve(costs, solution, SolveLimits.none());
    assertEquals(Optimality.PROVEN, optimality);
    assertArrayEquals(problem.costs, costs, "the costs are left alone");
    assertTrue(
        problem.instance.solutions.stream().anyMatch(s -> Arrays.equals(s, solution)),
        () -> "infeasible: " + Arrays.toString(solution));
    double[] best = cheapest(problem.instance.solutions, costs);
    assertEquals(dot(costs, best), dot(costs, solution), TOLERANCE);
    if (problem.gap > 1e-6) {
      assertArrayEquals(best, solution, "the only optimum");
    }
    assertArrayEquals(solution, problem.solve(costs), "the same answer again");
  }

  @Property(seed = SEED, tries = 300)
  void property1_solutionIsConstantBelowHalfTheGap(@ForAll long seed) {
    Problem problem = problem(seed, false);
    if (skips(seed) || problem.instance.solutions.size() < 2 || problem.gap < 1e-6) {
      return;
    }
    double[] solution = problem.solve(problem.costs);
    double distance = 0;
    for (double[] other : problem.instance.solutions) {
      double norm = 0;
      for (double d : plus(other, -1, solution)) {
        norm += Math.abs(d);
      }
      distance = Math.max(distance, norm);
    }
    double room = Arrays.stream(problem.costs).map(Math::abs).min().orElseThrow();
    double reach = 0.99 * Math.min(room, problem.gap / distance);
    double[] delta = new SplittableRandom(~seed).doubles(solution.length, -reach, reach).toArray();
    assertArrayEquals(solution, problem.solve(plus(problem.costs, 1, delta)));
  }

  @Property(seed = SEED, tries = 300)
  void property2_gradientIsTheSlopeOfTheInterpolation(@ForAll long seed) {
    Problem problem = problem(seed, false);
    if (skips(seed) || problem.instance.solutions.isEmpty()) {
      return;
    }
    double step = 1e-5;
    double[] gradient = problem.gradient(problem.lambda);
    for (int i = 0; i < gradient.length; i++) {
      double[] unit = new double[gradient.length];
      unit[i] = step;
      double[] up = plus(problem.costs, 1, unit);
      double[] down = plus(problem.costs, -1, unit);
      double[] perturbation = plus(new double[unit.length], problem.lambda, problem.upstream);
      boolean breakpoint =
          !Arrays.equals(problem.solve(up), problem.solve(down))
              || !Arrays.equals(
                  problem.solve(plus(up, 1, perturbation)),
                  problem.solve(plus(down, 1, perturbation)));
      if (!breakpoint) {
        double slope = (problem.interpolated(up) - problem.interpolated(down)) / (2 * step);
        assertEquals(slope, gradient[i], 1e-5 * Math.max(1, Math.abs(slope)));
      }
    }
  }

  @Property(seed = SEED, tries = 300)
  void property3and4_boundsAndLambda(@ForAll long seed) {
    Problem problem = problem(seed, false);
    if (skips(seed) || problem.instance.solutions.isEmpty()) {
      return;
    }
    double[] near = problem.moved(problem.lambda / 3);
    double[] far = problem.moved(problem.lambda);
    double[] g = problem.upstream;
    double[] w = problem.costs;
    double between = problem.interpolated(w);
    assertTrue(dot(g, far) <= between + TOLERANCE);
    assertTrue(between <= dot(g, problem.solve(w)) + TOLERANCE);
    double[] gradient = problem.gradient(problem.lambda);
    assertTrue(dot(g, gradient) <= TOLERANCE);
    assertTrue(dot(w, gradient) >= -TOLERANCE);
    assertTrue(dot(g, far) <= dot(g, near) + TOLERANCE);
    assertTrue(dot(w, far) >= dot(w, near) - TOLERANCE);
    if (dot(g, near) < dot(g, problem.solve(w)) - TOLERANCE) {
      assertFalse(isZero(gradient), "what differs from f keeps differing for a larger lambda");
    }
  }

  @Property(seed = SEED, tries = 100)
  void property5_zeroUpstreamCostsNoSolve(@ForAll long seed) {
    Problem problem = problem(seed, false);
    CountingSolver counting = new CountingSolver(problem.instance.solver);
    double[] zeros = new double[problem.costs.length];
    double[] gradient = problem.costs.clone();
    new Interpolation(Lambda.plain(1)).gradient(counting, problem.costs, zeros, zeros, gradient);
    assertTrue(isZero(gradient));
    assertEquals(0, counting.calls().get());
  }

  @Property(seed = SEED, tries = 300)
  void property6_scale(@ForAll long seed) {
    Problem problem = problem(seed, false);
    if (skips(seed) || problem.instance.solutions.isEmpty()) {
      return;
    }
    // A power of two, so that scaling does not round.
    double k = 8;
    double[] costs = plus(new double[problem.costs.length], k, problem.costs);
    double[] upstream = plus(new double[problem.costs.length], k, problem.upstream);
    double[] gradient = problem.gradient(problem.lambda);
    Problem both = new Problem(problem.instance, costs, upstream, problem.lambda, 0);
    assertArrayEquals(gradient, both.gradient(problem.lambda), TOLERANCE);
    Problem alone = new Problem(problem.instance, costs, problem.upstream, problem.lambda, 0);
    assertArrayEquals(
        gradient, plus(new double[costs.length], k, alone.gradient(k * problem.lambda)), TOLERANCE);
  }

  @Property(seed = SEED, tries = 300)
  void property7_gradientVanishesBelowTheThreshold(@ForAll long seed) {
    Problem problem = problem(seed, false);
    if (skips(seed) || problem.instance.solutions.size() < 2 || problem.gap < 1e-6) {
      return;
    }
    double[] solution = problem.solve(problem.costs);
    double gain = 1e-3;
    for (double[] other : problem.instance.solutions) {
      gain = Math.max(gain, dot(problem.upstream, plus(solution, -1, other)));
    }
    double threshold = Math.min(problem.lambda, 0.99 * problem.gap / gain);
    assertTrue(isZero(problem.gradient(threshold)));
  }

  /** Every estimator runs on every solver and keeps its promises; clamped where it must be. */
  @Property(seed = SEED, tries = 60)
  void everyEstimatorWorks(@ForAll long seed) {
    Problem problem = problem(seed, false);
    if (skips(seed) || problem.instance.solutions.isEmpty()) {
      return;
    }
    boolean clamped = problem.instance.solver.domain() == WeightDomain.NON_NEGATIVE;
    BlackboxSolver solver =
        clamped ? new NonNegativeClamp(problem.instance.solver) : problem.instance.solver;
    for (GradientEstimator estimator : estimators(problem.lambda)) {
      CountingSolver counting = new CountingSolver(solver);
      SolverLayer layer = SolverLayer.of(counting, estimator);
      LayerPass pass = layer.forward(new double[][] {problem.costs, problem.costs});
      int forward = counting.calls().get();
      double[][] upstreams = {problem.upstream, new double[problem.upstream.length]};
      double[] gradient = pass.backward(upstreams)[0];
      assertEquals(List.of(), pass.failures(), estimator::toString);
      assertEquals(1, pass.diagnostics().skippedRows());
      assertTrue(Arrays.stream(gradient).allMatch(Double::isFinite), estimator::toString);
      assertArrayEquals(pass.solutions()[0].clone(), clampedToHull(problem, pass.solutions()[0]));
      if (estimator instanceof Identity) {
        assertEquals(forward, counting.calls().get(), "no further solve");
      }
    }
    double[] gradient = new double[problem.costs.length];
    double[] target = problem.solve(problem.costs);
    new FenchelYoung(new Perturbed(Perturbed.Noise.ADDITIVE, 0.1, 3, 1))
        .evaluate(solver, problem.costs, target, 0, gradient);
    assertTrue(Arrays.stream(gradient).allMatch(Double::isFinite));
    double value = new SpoPlus().evaluate(solver, problem.costs, problem.costs, 0, gradient);
    assertEquals(0, value, TOLERANCE);
    assertTrue(isZero(gradient), "the prediction is the truth");
  }

  /** Forward values are means of solutions, so they lie between the extreme ones. */
  private static double[] clampedToHull(Problem problem, double[] forward) {
    double[] inside = forward.clone();
    for (int i = 0; i < inside.length; i++) {
      int entry = i;
      double[] values =
          problem.instance.solutions.stream().mapToDouble(s -> s[entry]).sorted().toArray();
      double least = values[0] - TOLERANCE;
      double most = values[values.length - 1] + TOLERANCE;
      inside[i] = Math.clamp(forward[i], least, most);
    }
    return inside;
  }

  private static List<GradientEstimator> estimators(double lambda) {
    Lambda plain = Lambda.plain(lambda);
    ImplicitMle noise = new ImplicitMle(plain, 0.5, 2, 2, 1);
    List<GradientEstimator> all =
        new ArrayList<>(
            List.of(
                new Interpolation(plain),
                new AdaptiveInterpolation(1),
                new Perturbed(Perturbed.Noise.ADDITIVE, 0.3, 3, 1),
                new Perturbed(Perturbed.Noise.MULTIPLICATIVE, 0.3, 3, 1),
                noise,
                new AdaptiveImplicitMle(noise),
                new AdaptiveImplicitMle(noise, true, 1, 0.1, 2, 1)));
    for (Identity.Projection projection : Identity.Projection.values()) {
      all.add(new Identity(projection));
    }
    for (LagrangianProximal.Envelope envelope : LagrangianProximal.Envelope.values()) {
      all.add(new LagrangianProximal(envelope, plain));
    }
    return all;
  }

  /** The gradient is not zero most of the time, or the properties above would say little. */
  @Test
  void gradientsAreOftenNotZero() {
    int nonZero = 0;
    int feasible = 0;
    for (long seed = 0; seed < Math.max(60, 400 / sparing()); seed++) {
      Problem problem = problem(seed, false);
      if (problem.instance.solutions.size() > 1) {
        feasible++;
        nonZero += isZero(problem.gradient(problem.lambda)) ? 0 : 1;
      }
    }
    assertTrue(nonZero > 0.05 * feasible && feasible > 20, nonZero + " of " + feasible);
  }

  @Test
  void givesTheSameAnswerToSeveralThreadsAtOnce() {
    List<Problem> problems =
        IntStream.range(0, 100)
            .mapToObj(i -> problem(i, i % 2 == 0))
            .filter(p -> !p.instance.solutions.isEmpty())
            .toList();
    Problem first = problems.getFirst();
    List<double[]> alone = problems.stream().map(p -> p.solve(p.costs)).toList();
    List<double[]> together = problems.parallelStream().map(p -> p.solve(p.costs)).toList();
    List<double[]> shared =
        IntStream.range(0, 50).parallel().mapToObj(i -> first.solve(first.costs)).toList();
    for (int i = 0; i < problems.size(); i++) {
      assertArrayEquals(alone.get(i), together.get(i));
    }
    shared.forEach(s -> assertArrayEquals(alone.getFirst(), s));
  }

  @Test
  void badCostsAreNamed() {
    BlackboxSolver solver = problem(3, false).instance.solver;
    for (double bad : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
      double[] costs = new double[solver.size()];
      costs[costs.length - 1] = bad;
      SolverException failure =
          assertThrows(SolverException.class, () -> solver.solve(costs, new double[solver.size()]));
      assertEquals(Reason.BAD_INPUT, failure.reason());
      assertTrue(failure.getMessage().contains("costs[" + (costs.length - 1) + "] is " + bad));
    }
    SolverException failure =
        assertThrows(
            SolverException.class,
            () -> solver.solve(new double[solver.size() + 1], new double[solver.size()]));
    assertEquals(Reason.BAD_INPUT, failure.reason());
    assertFalse(solver.toString().contains("@"), "a text that tells something");
  }

  /** All subsets of the entries of a vector that satisfy a condition. */
  public static List<double[]> subsets(int size, IntPredicate feasible) {
    return IntStream.range(0, 1 << size)
        .filter(feasible)
        .mapToObj(subset -> IntStream.range(0, size).mapToDouble(i -> subset >> i & 1).toArray())
        .toList();
  }
}
