package io.solvegrad.solver;

import static io.solvegrad.solver.ExhaustiveSolver.dot;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.solvegrad.ranking.RankingSolver;
import io.solvegrad.solver.LagrangianProximal.Envelope;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Each estimator against its formula. */
final class EstimatorsTest {
  /** The cheaper of two. */
  private static final BlackboxSolver EITHER =
      new ExhaustiveSolver(2, List.of(new double[] {1, 0}, new double[] {0, 1}));

  /** A solver over random subsets, with costs and an upstream. */
  private record Problem(ExhaustiveSolver solver, double[] costs, double[] upstream) {
    static Problem of(long seed) {
      SplittableRandom random = new SplittableRandom(seed);
      int size = random.nextInt(2, 7);
      List<double[]> solutions =
          IntStream.range(0, 1 << size)
              .filter(subset -> subset == 1 || random.nextInt(4) == 0)
              .mapToObj(s -> IntStream.range(0, size).mapToDouble(i -> s >> i & 1).toArray())
              .toList();
      return new Problem(
          new ExhaustiveSolver(size, solutions),
          random.doubles(size, -3, 3).toArray(),
          random.doubles(size, -2, 2).toArray());
    }

    double[] solution() {
      return Vectors.solve(solver, costs);
    }

    double[] gradient(GradientEstimator estimator) {
      double[] gradient = new double[costs.length];
      estimator.gradient(solver, costs, solution(), upstream, gradient);
      return gradient;
    }
  }

  @Property(seed = "31", tries = 300)
  void adaptiveInterpolation_isInterpolationAtItsLambdaAndFollowsScales(@ForAll long seed) {
    Problem p = Problem.of(seed);
    AdaptiveInterpolation adaptive = new AdaptiveInterpolation(1.5);
    double lambda = 1.5 * Vectors.norm(p.costs) / Vectors.norm(p.upstream);
    double[] gradient = p.gradient(adaptive);
    assertArrayEquals(p.gradient(new Interpolation(Lambda.plain(lambda))), gradient, 1e-12);
    double[] steep = Arrays.stream(p.upstream).map(g -> 8 * g).toArray();
    assertArrayEquals(
        Arrays.stream(gradient).map(g -> 8 * g).toArray(),
        new Problem(p.solver, p.costs, steep).gradient(adaptive),
        1e-12);
    double[] dear = Arrays.stream(p.costs).map(w -> 8 * w).toArray();
    assertArrayEquals(
        Arrays.stream(gradient).map(g -> g / 8).toArray(),
        new Problem(p.solver, dear, p.upstream).gradient(adaptive),
        1e-12);
  }

  @Property(seed = "32", tries = 300)
  void identity_isMinusTheDerivativeOfTheProjection(@ForAll long seed) {
    Problem p = Problem.of(seed);
    for (Identity.Projection projection : Identity.Projection.values()) {
      Identity identity = new Identity(projection);
      double[] gradient = p.gradient(identity);
      for (int i = 0; i < gradient.length; i++) {
        double[] up = p.costs.clone();
        double[] down = p.costs.clone();
        up[i] += 1e-6;
        down[i] -= 1e-6;
        double slope =
            (dot(p.upstream, identity.project(up)) - dot(p.upstream, identity.project(down)))
                / 2e-6;
        assertEquals(-slope, gradient[i], 1e-5 * Math.max(1, Math.abs(slope)), "" + projection);
      }
      double[] solution = new double[p.costs.length];
      identity.forward(p.solver, p.costs, solution, 0);
      assertArrayEquals(Vectors.solve(p.solver, identity.project(p.costs)), solution);
    }
  }

  @Test
  void identity_ofCostsWithoutDirectionIsZero() {
    double[] gradient = {9, 9};
    new Identity(Identity.Projection.STANDARDISE)
        .gradient(EITHER, new double[] {2, 2}, new double[] {1, 0}, new double[] {1, -1}, gradient);
    assertArrayEquals(new double[2], gradient);
  }

  private static double normalDensity(double x) {
    return Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
  }

  /** For two items the probability of the first is a normal distribution function. */
  @Test
  void perturbed_estimatesTheDerivativeOfTheMean() {
    double sigma = 0.7;
    double[] costs = {1.2, 0.8};
    for (Perturbed.Noise noise : Perturbed.Noise.values()) {
      boolean additive = noise == Perturbed.Noise.ADDITIVE;
      double spread = sigma * Math.sqrt(2);
      double distance =
          (additive ? costs[1] - costs[0] : Math.log(costs[1]) - Math.log(costs[0])) / spread;
      double slope = -normalDensity(distance) / spread / (additive ? 1 : costs[0]);
      Perturbed perturbed = new Perturbed(noise, sigma, 200_000, 4);
      double[] gradient = new double[2];
      perturbed.gradient(EITHER, costs, new double[] {0, 1}, new double[] {1, 0}, gradient);
      assertEquals(slope, gradient[0], 0.02 * Math.abs(slope), "" + noise);
    }
  }

  @Test
  void noise_isTheSameForTheSameDrawAlone() {
    RankingSolver solver = new RankingSolver(6);
    double[] costs = {1, 2, 3, 4, 5, 6};
    ImplicitMle imle = new ImplicitMle(Lambda.plain(1), 2, 1, 2, 9);
    for (GradientEstimator estimator :
        List.of(
            new Perturbed(Perturbed.Noise.ADDITIVE, 2, 3, 9),
            new Perturbed(Perturbed.Noise.MULTIPLICATIVE, 1, 3, 9),
            imle,
            new AdaptiveImplicitMle(imle))) {
      double[][] solutions = new double[3][6];
      estimator.forward(solver, costs, solutions[0], 5);
      estimator.forward(solver, costs, solutions[1], 5);
      estimator.forward(solver, costs, solutions[2], 6);
      assertArrayEquals(solutions[0], solutions[1]);
      assertNotEquals(Arrays.toString(solutions[0]), Arrays.toString(solutions[2]));
    }
  }

  @Test
  void sumOfGamma_addsUpToGumbelMoments() {
    for (int ones : new int[] {1, 3, 10}) {
      SplittableRandom random = new SplittableRandom(8);
      double sum = 0;
      double squares = 0;
      int draws = 40_000;
      for (int d = 0; d < draws; d++) {
        double total = 0;
        for (int i = 0; i < ones; i++) {
          total += Noises.sumOfGamma(random, ones, 1);
        }
        sum += total;
        squares += total * total;
      }
      double mean = sum / draws;
      // Ten terms of the series: the mean of H_10 - log 10 and the variance of sum 1 / i^2.
      assertEquals(0.6264, mean, 0.03);
      assertEquals(1.5498, squares / draws - mean * mean, 0.06);
    }
  }

  @Property(seed = "33", tries = 200)
  void implicitMle_withLittleNoiseIsInterpolation(@ForAll long seed) {
    Problem p = Problem.of(seed);
    ImplicitMle imle = new ImplicitMle(Lambda.plain(2), 1e-12, 1, 3, 1);
    assertArrayEquals(p.gradient(new Interpolation(Lambda.plain(2))), p.gradient(imle), 1e-12);
    double lambda = Vectors.norm(p.costs) / Vectors.norm(p.upstream);
    assertArrayEquals(
        p.gradient(new Interpolation(Lambda.plain(lambda))),
        p.gradient(new AdaptiveImplicitMle(imle)),
        1e-12);
    assertArrayEquals(
        p.gradient(new LagrangianProximal(Envelope.AVERAGE, Lambda.plain(lambda))),
        p.gradient(new AdaptiveImplicitMle(imle, true, 1, 0.1, 1, 1)),
        1e-12);
  }

  @Test
  void adaptiveImplicitMle_steersTheNumberOfNonZeros() {
    ImplicitMle noise = new ImplicitMle(Lambda.plain(1), 1, 1, 1, 1);
    AdaptiveImplicitMle start = new AdaptiveImplicitMle(noise, false, 1, 0.25, 4, 4);
    assertEquals(1.25, start.adapted(0).alpha());
    assertEquals(0.75, start.adapted(100).alpha());
    AdaptiveImplicitMle low = start;
    for (int i = 0; i < 20; i++) {
      low = low.adapted(100);
    }
    assertEquals(0.25, low.alpha(), "never below the rate");
    assertEquals(0.9 * 4 + 0.1 * 10, start.adapted(10).nonZeros(), 1e-12);
  }

  @Property(seed = "34", tries = 300)
  void envelopes(@ForAll long seed) {
    Problem p = Problem.of(seed);
    Lambda tau = Lambda.plain(2.5);
    double[] lower = p.gradient(new LagrangianProximal(Envelope.LOWER, tau));
    double[] upper = p.gradient(new LagrangianProximal(Envelope.UPPER, tau));
    double[] average = p.gradient(new LagrangianProximal(Envelope.AVERAGE, tau));
    assertArrayEquals(p.gradient(new Interpolation(tau)), lower);
    double[] worse = Vectors.solve(p.solver, Vectors.plus(p.costs, -2.5, p.upstream));
    for (int i = 0; i < lower.length; i++) {
      assertEquals((p.solution()[i] - worse[i]) / 2.5, upper[i], 1e-12);
      assertEquals((lower[i] + upper[i]) / 2, average[i], 1e-12);
    }
  }

  @Property(seed = "35", tries = 300)
  void proximity_addsTheSquaredDistanceForBinarySolutions(@ForAll long seed) {
    Problem p = Problem.of(seed);
    double[] y = p.solution();
    double[] best = y;
    double least = Double.POSITIVE_INFINITY;
    for (double[] other : p.solver.solutions()) {
      double distance = 0;
      for (int i = 0; i < y.length; i++) {
        distance += (other[i] - y[i]) * (other[i] - y[i]);
      }
      double value = dot(p.costs, other) + 3 * dot(p.upstream, other) + 0.8 / 2 * distance;
      if (value < least - 1e-12) {
        least = value;
        best = other;
      }
    }
    double[] gradient = p.gradient(new LagrangianProximal(Envelope.LOWER, Lambda.plain(3), 0.8));
    for (int i = 0; i < y.length; i++) {
      assertEquals((best[i] - y[i]) / 3, gradient[i], 1e-12);
    }
  }

  @Test
  void proximity_refusesOtherSolutions() {
    assertThrows(
        IllegalArgumentException.class,
        () ->
            new LagrangianProximal(Envelope.LOWER, Lambda.plain(1), 1)
                .gradient(
                    new RankingSolver(2),
                    new double[] {1, 2},
                    new double[] {2, 1},
                    new double[] {1, 0},
                    new double[2]));
  }

  @Property(seed = "36", tries = 300)
  void spoPlus_isAConvexBoundOfTheRegret(@ForAll long seed) {
    Problem p = Problem.of(seed);
    double[] truth = p.upstream;
    SpoPlus loss = new SpoPlus();
    double[] gradient = new double[truth.length];
    double value = loss.evaluate(p.solver, p.costs, truth, 0, gradient);
    double regret = dot(truth, p.solution()) - dot(truth, Vectors.solve(p.solver, truth));
    assertTrue(value >= regret - 1e-12);
    assertEquals(0, loss.evaluate(p.solver, truth, truth, 0, new double[truth.length]));
    requireSubgradient(loss, p, truth, value, gradient, seed);
  }

  @Property(seed = "37", tries = 200)
  void fenchelYoung_isConvexWithItsGradient(@ForAll long seed) {
    Problem p = Problem.of(seed);
    double[] target = p.solver.solutions().getLast();
    for (Perturbed.Noise noise : Perturbed.Noise.values()) {
      FenchelYoung loss = new FenchelYoung(new Perturbed(noise, 0.8, 7, 2));
      double[] gradient = new double[target.length];
      double value = loss.evaluate(p.solver, p.costs, target, 3, gradient);
      requireSubgradient(loss, p, target, value, gradient, seed);
    }
  }

  private static void requireSubgradient(
      CostLoss loss, Problem p, double[] target, double value, double[] gradient, long seed) {
    double[] step = new SplittableRandom(~seed).doubles(target.length, -2, 2).toArray();
    double[] there = Vectors.plus(p.costs, 1, step);
    double other = loss.evaluate(p.solver, there, target, 3, new double[target.length]);
    assertTrue(other >= value + dot(gradient, step) - 1e-9, other + " < " + value);
  }

  @Test
  void settings_areChecked() {
    List<Runnable> wrong =
        List.of(
            () -> new AdaptiveInterpolation(0),
            () -> new Perturbed(Perturbed.Noise.ADDITIVE, -1, 1, 1),
            () -> new Perturbed(Perturbed.Noise.ADDITIVE, 1, 0, 1),
            () -> new ImplicitMle(Lambda.plain(1), 0, 1, 1, 1),
            () -> new ImplicitMle(Lambda.plain(1), 1, 0, 1, 1),
            () ->
                new AdaptiveImplicitMle(
                    new ImplicitMle(Lambda.plain(1), 1, 1, 1, 1), false, 1, 0, 1, 1),
            () -> new LagrangianProximal(Envelope.LOWER, Lambda.plain(1), -1));
    for (Runnable each : wrong) {
      assertThrows(IllegalArgumentException.class, each::run);
    }
  }
}
