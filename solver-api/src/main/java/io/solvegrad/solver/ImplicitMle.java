package io.solvegrad.solver;

import java.util.Arrays;
import java.util.Objects;
import java.util.SplittableRandom;

/**
 * Implicit maximum likelihood: the blackbox gradient of noisy solves, y(w - e) in the forward pass
 * and (y(w + lambda g - e) - y(w - e)) / lambda in the backward pass with the same noise e, both
 * averaged over the draws. Noise makes the solver a sampler of the exponential family with
 * parameters -w / temperature (perturb and MAP) and keeps gradients from vanishing.
 *
 * <p>The noise is sum-of-gamma: {@code ones} of its variables add up to a Gumbel variable, so give
 * the typical number of ones in a solution (1 gives nearly Gumbel noise for a one-hot choice).
 * Solves: N forward, N backward. Shortest paths need {@link NonNegativeClamp} in front.
 *
 * <p>Source: Niepert, Minervini, Franceschi: Implicit MLE: Backpropagating Through Discrete
 * Exponential Family Distributions, NeurIPS 2021, arXiv:2106.01798.
 *
 * @param lambda the interpolation strength
 * @param temperature of the noise, positive
 * @param ones k, the number of ones in a solution, at least 1
 * @param draws N, at least 1
 * @param seed of the noise
 */
public record ImplicitMle(Lambda lambda, double temperature, int ones, int draws, long seed)
    implements GradientEstimator {

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException unless the temperature is positive and finite and the counts
   *     are at least 1
   */
  public ImplicitMle {
    Objects.requireNonNull(lambda, "lambda must not be null");
    Vectors.requirePositive("temperature", temperature);
    if (ones < 1 || draws < 1) {
      throw new IllegalArgumentException(
          "ones and draws must be at least 1, but are " + ones + " and " + draws);
    }
  }

  @Override
  public Pullback forward(BlackboxSolver solver, double[] costs, double[] solution, long draw) {
    NoisySolves solves = NoisySolves.of(this, solver, costs, solution, draw);
    return (upstream, gradient) ->
        solves.pull(solver, upstream, lambda.plainValue(solver.size()), false, gradient);
  }

  @Override
  public void gradient(
      BlackboxSolver solver,
      double[] costs,
      double[] solution,
      double[] upstream,
      double[] gradient) {
    Vectors.requireSizes(solver, costs, solution, upstream, gradient);
    if (Vectors.isZero(upstream)) {
      Arrays.fill(gradient, 0);
      return;
    }
    forward(solver, costs, new double[costs.length], 0).gradient(upstream, gradient);
  }

  /** The forward solves of one instance, each with its noisy costs. */
  record NoisySolves(double[][] costs, double[][] solutions) {

    static NoisySolves of(
        ImplicitMle settings, BlackboxSolver solver, double[] costs, double[] mean, long draw) {
      Vectors.requireSize("costs", costs, solver);
      Vectors.requireSize("solution", mean, solver);
      SplittableRandom random = Noises.stream(settings.seed, draw);
      double[][] noisy = new double[settings.draws][costs.length];
      double[][] solutions = new double[settings.draws][costs.length];
      Arrays.fill(mean, 0);
      for (int k = 0; k < settings.draws; k++) {
        for (int i = 0; i < costs.length; i++) {
          noisy[k][i] = costs[i] - Noises.sumOfGamma(random, settings.ones, settings.temperature);
        }
        solver.solve(noisy[k], solutions[k]);
        Vectors.add(mean, 1.0 / settings.draws, solutions[k]);
      }
      return new NoisySolves(noisy, solutions);
    }

    /** The mean of the blackbox gradients, from one side or from both. */
    void pull(
        BlackboxSolver solver,
        double[] upstream,
        double lambda,
        boolean central,
        double[] gradient) {
      Vectors.requireSize("upstream", upstream, solver);
      Vectors.requireSize("gradient", gradient, solver);
      Arrays.fill(gradient, 0);
      if (Vectors.isZero(upstream)) {
        return;
      }
      double divisor = (central ? 2 : 1) * lambda * costs.length;
      for (int k = 0; k < costs.length; k++) {
        double[] better = Vectors.solve(solver, Vectors.plus(costs[k], lambda, upstream));
        double[] worse =
            central
                ? Vectors.solve(solver, Vectors.plus(costs[k], -lambda, upstream))
                : solutions[k];
        for (int i = 0; i < gradient.length; i++) {
          gradient[i] += (better[i] - worse[i]) / divisor;
        }
      }
    }
  }
}
