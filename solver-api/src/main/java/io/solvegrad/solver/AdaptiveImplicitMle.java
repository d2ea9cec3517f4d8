package io.solvegrad.solver;

import java.util.Arrays;
import java.util.Objects;

/**
 * {@link ImplicitMle} whose lambda is alpha ||w|| / ||g||, with an alpha that rises by {@code rate}
 * after a step whose gradients have too few non-zero entries and falls otherwise. The number of
 * non-zero entries is averaged over steps with weight 0.9 on the past. Alpha never falls below
 * {@code rate}.
 *
 * <p>The estimator is a value: {@link #adapted} returns the one for the next step, and {@link
 * SolverLayer} asks for it after every backward pass.
 *
 * <p>Source: Minervini, Franceschi, Niepert: Adaptive Perturbation-Based Gradient Estimation for
 * Discrete Latent Variable Models, AAAI 2023, arXiv:2209.04862.
 *
 * @param noise temperature, ones, draws and seed; its lambda is not used
 * @param central whether to take differences from both sides, for two backward solves a draw
 * @param alpha size of the perturbation relative to the costs, positive
 * @param rate by how much alpha changes in a step, positive
 * @param target the wanted number of non-zero entries in the gradient of an instance, positive
 * @param nonZeros their average so far
 */
public record AdaptiveImplicitMle(
    ImplicitMle noise, boolean central, double alpha, double rate, double target, double nonZeros)
    implements GradientEstimator {
  private static final double DECAY = 0.9;

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException unless alpha, rate and target are positive and finite
   */
  public AdaptiveImplicitMle {
    Objects.requireNonNull(noise, "noise must not be null");
    Vectors.requirePositive("alpha", alpha);
    Vectors.requirePositive("rate", rate);
    Vectors.requirePositive("target", target);
  }

  /**
   * The usual settings: one-sided, one non-zero entry, a rate of 0.0001, alpha 1.
   *
   * @param noise temperature, ones, draws and seed
   */
  public AdaptiveImplicitMle(ImplicitMle noise) {
    this(noise, false, 1, 1e-4, 1, 1);
  }

  @Override
  public Pullback forward(BlackboxSolver solver, double[] costs, double[] solution, long draw) {
    var solves = ImplicitMle.NoisySolves.of(noise, solver, costs, solution, draw);
    return (upstream, gradient) -> {
      Vectors.requireSize("upstream", upstream, solver);
      if (Vectors.isZero(upstream)) {
        Arrays.fill(gradient, 0);
        return;
      }
      Lambda lambda = new AdaptiveInterpolation(alpha).lambda(costs, upstream);
      solves.pull(solver, upstream, lambda.plainValue(solver.size()), central, gradient);
    };
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

  @Override
  public AdaptiveImplicitMle adapted(double nonZerosOfStep) {
    double average = DECAY * nonZeros + (1 - DECAY) * nonZerosOfStep;
    double next = average < target ? alpha + rate : Math.max(rate, alpha - rate);
    return new AdaptiveImplicitMle(noise, central, next, rate, target, average);
  }
}
