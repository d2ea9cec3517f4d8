package io.solvegrad.solver;

import java.util.Arrays;
import java.util.Objects;
import java.util.SplittableRandom;

/**
 * The mean solution under Gaussian noise, which is smooth in the costs. With N draws of Z and y_k
 * the solution of the k-th:
 *
 * <ul>
 *   <li>additive: y_k = y(w + sigma Z_k), gradient = sum_k (&lt;g, y_k&gt; - b) Z_k / (sigma (N -
 *       1))
 *   <li>multiplicative: y_k = y(w * exp(sigma Z_k - sigma&sup2; / 2)), which keeps the signs of the
 *       costs and their means, so that shortest paths stay in their domain; the same gradient
 *       divided by w, and 0 where w is 0
 * </ul>
 *
 * <p>b is the mean of the &lt;g, y_k&gt;, a control variate that leaves the estimate unbiased; with
 * a single draw it is 0 and the divisor sigma. The forward pass takes N solves and the backward
 * pass none. The forward value is a mean of solutions, in general no solution itself. Use {@link
 * FenchelYoung} instead when the right solution is known.
 *
 * <p>Sources: Berthet et al.: Learning with Differentiable Perturbed Optimizers, NeurIPS 2020,
 * arXiv:2002.08676; Dalle et al.: Learning with Combinatorial Optimization Layers: a Probabilistic
 * Approach, arXiv:2207.13513 (multiplicative).
 *
 * @param noise how noise enters
 * @param sigma its standard deviation, positive
 * @param draws N, the number of solves, at least 1
 * @param seed of the noise
 */
public record Perturbed(Noise noise, double sigma, int draws, long seed)
    implements GradientEstimator {

  /** How noise enters the costs. */
  public enum Noise {
    /** w + sigma Z. */
    ADDITIVE,
    /** w * exp(sigma Z - sigma&sup2; / 2). */
    MULTIPLICATIVE
  }

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException unless sigma is positive and finite and there is a draw
   */
  public Perturbed {
    Objects.requireNonNull(noise, "noise must not be null");
    Vectors.requirePositive("sigma", sigma);
    if (draws < 1) {
      throw new IllegalArgumentException("draws must be at least 1, but is " + draws);
    }
  }

  /** The noisy solves of one forward pass. */
  record Sample(double[][] noise, double[][] factors, double[][] costs, double[][] solutions) {

    /** Writes the mean solution. */
    void mean(double[] mean) {
      Arrays.fill(mean, 0);
      for (double[] solution : solutions) {
        Vectors.add(mean, 1.0 / solutions.length, solution);
      }
    }
  }

  Sample sample(BlackboxSolver solver, double[] costs, long draw) {
    Vectors.requireSize("costs", costs, solver);
    SplittableRandom random = Noises.stream(seed, draw);
    int size = costs.length;
    Sample sample =
        new Sample(
            new double[draws][size],
            new double[draws][size],
            new double[draws][size],
            new double[draws][size]);
    for (int k = 0; k < draws; k++) {
      for (int i = 0; i < size; i++) {
        double z = random.nextGaussian();
        boolean additive = noise == Noise.ADDITIVE;
        sample.noise[k][i] = z;
        sample.factors[k][i] = additive ? 1 : Math.exp(sigma * z - sigma * sigma / 2);
        sample.costs[k][i] = costs[i] * sample.factors[k][i] + (additive ? sigma * z : 0);
      }
      solver.solve(sample.costs[k], sample.solutions[k]);
    }
    return sample;
  }

  @Override
  public Pullback forward(BlackboxSolver solver, double[] costs, double[] solution, long draw) {
    Vectors.requireSize("solution", solution, solver);
    Sample sample = sample(solver, costs, draw);
    sample.mean(solution);
    return (upstream, gradient) -> {
      Vectors.requireSizes(solver, costs, solution, upstream, gradient);
      Arrays.fill(gradient, 0);
      if (!Vectors.isZero(upstream)) {
        pull(sample, costs, solution, upstream, gradient);
      }
    };
  }

  private void pull(
      Sample sample, double[] costs, double[] solution, double[] upstream, double[] gradient) {
    double baseline = draws == 1 ? 0 : Vectors.dot(upstream, solution);
    double divisor = sigma * Math.max(1, draws - 1);
    for (int k = 0; k < draws; k++) {
      double advantage = Vectors.dot(upstream, sample.solutions[k]) - baseline;
      Vectors.add(gradient, advantage / divisor, sample.noise[k]);
    }
    for (int i = 0; noise == Noise.MULTIPLICATIVE && i < gradient.length; i++) {
      gradient[i] = costs[i] == 0 ? 0 : gradient[i] / costs[i];
    }
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
}
