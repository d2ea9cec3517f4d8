package io.solvegrad.solver;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.solvegrad.ranking.RankingSolver;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.apache.commons.math3.stat.descriptive.DescriptiveStatistics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Noise of estimators: its distribution, where it enters, and whose it is. */
final class SampledEstimatorsTest {
  private static final RankingSolver RANKS = new RankingSolver(4);
  private static final double[] COSTS = {1.2, 0.8, 0, 2};
  private static final double[] UPSTREAM = {1, -0.5, 0.25, 0};

  /**
   * The sum over draws of (g . y_k - g . mean) z_k / (sigma (N - 1)), divided by w if it
   * multiplies.
   */
  @Test
  void perturbed_isItsFormula() {
    for (Perturbed.Noise noise : Perturbed.Noise.values()) {
      for (int draws : new int[] {1, 2, 5}) {
        double sigma = 0.7;
        Perturbed perturbed = new Perturbed(noise, sigma, draws, 9);
        Perturbed.Sample sample = perturbed.sample(RANKS, COSTS, 3);
        double[] mean = new double[4];
        double[] gradient = {7, 7, 7, 7};
        perturbed.forward(RANKS, COSTS, mean, 3).gradient(UPSTREAM, gradient);
        double[] expected = new double[4];
        double[] expectedMean = new double[4];
        for (int k = 0; k < draws; k++) {
          for (int i = 0; i < 4; i++) {
            double z = sample.noise()[k][i];
            double noisy =
                noise == Perturbed.Noise.ADDITIVE
                    ? COSTS[i] + sigma * z
                    : COSTS[i] * Math.exp(sigma * z - sigma * sigma / 2);
            assertEquals(noisy, sample.costs()[k][i], 1e-12);
            expectedMean[i] += sample.solutions()[k][i] / draws;
          }
        }
        for (int k = 0; k < draws; k++) {
          double advantage = ExhaustiveSolver.dot(UPSTREAM, sample.solutions()[k]);
          advantage -= draws == 1 ? 0 : ExhaustiveSolver.dot(UPSTREAM, expectedMean);
          for (int i = 0; i < 4; i++) {
            double unit = noise == Perturbed.Noise.ADDITIVE ? 1 : COSTS[i];
            double share = advantage * sample.noise()[k][i] / (sigma * Math.max(1, draws - 1));
            expected[i] += unit == 0 ? 0 : share / unit;
          }
        }
        assertArrayEquals(expectedMean, mean, 1e-12);
        assertArrayEquals(expected, gradient, 1e-12, noise + " " + draws);
      }
    }
  }

  @Test
  void perturbed_withoutUpstreamIsZeroAndChecksSizes() {
    Perturbed perturbed = new Perturbed(Perturbed.Noise.ADDITIVE, 0.5, 3, 1);
    double[] gradient = {7, 7, 7, 7};
    perturbed.gradient(RANKS, COSTS, new double[4], new double[4], gradient);
    assertArrayEquals(new double[4], gradient);
    Arrays.fill(gradient, 7);
    var pullback = perturbed.forward(RANKS, COSTS, new double[4], 0);
    pullback.gradient(new double[4], gradient);
    assertArrayEquals(new double[4], gradient);
    refused(() -> perturbed.forward(RANKS, COSTS, new double[3], 0));
    refused(() -> perturbed.sample(RANKS, new double[5], 0));
    refused(() -> pullback.gradient(new double[5], new double[4]));
    refused(() -> pullback.gradient(UPSTREAM, new double[5]));
    refused(() -> perturbed.gradient(RANKS, COSTS, new double[4], new double[5], new double[4]));
  }

  private static void refused(Executable call) {
    String message = assertThrows(IllegalArgumentException.class, call).getMessage();
    assertTrue(message.contains("length"), message);
  }

  /** Mean and variance of a gamma variable are its shape. */
  @Test
  void gammas_haveTheirMoments() {
    SplittableRandom random = new SplittableRandom(5);
    for (double shape : new double[] {0.25, 1, 3.5}) {
      DescriptiveStatistics drawn = new DescriptiveStatistics();
      for (int i = 0; i < 200_000; i++) {
        drawn.addValue(Noises.gamma(random, shape));
      }
      assertTrue(drawn.getMin() > 0 || shape < 1);
      assertEquals(shape, drawn.getMean(), 0.02 * shape + 0.005);
      assertEquals(shape, drawn.getVariance(), 0.04 * shape + 0.01);
    }
  }

  /** k variables add up to a Gumbel variable but for its mean: variance (pi tau)^2 / 6. */
  @Test
  void sumsOfGammas_addUpToGumbel() {
    SplittableRandom random = new SplittableRandom(6);
    int k = 3;
    double temperature = 2;
    DescriptiveStatistics drawn = new DescriptiveStatistics();
    for (int i = 0; i < 60_000; i++) {
      double sum = 0;
      for (int j = 0; j < k; j++) {
        sum += Noises.sumOfGamma(random, k, temperature);
      }
      drawn.addValue(sum);
    }
    // Ten of infinitely many terms: a variance of tau^2 (1 + 1/4 + ... + 1/100).
    double variance = 0;
    double mean = -Math.log(10);
    for (int i = 1; i <= 10; i++) {
      variance += 1.0 / (i * i);
      mean += 1.0 / i;
    }
    assertEquals(temperature * mean, drawn.getMean(), 0.05);
    assertEquals(temperature * temperature * variance, drawn.getVariance(), 0.2);
  }

  /** Every instance of every step has noise of its own, which a repetition meets again. */
  @Test
  void layer_numbersItsNoise() {
    Perturbed perturbed = new Perturbed(Perturbed.Noise.ADDITIVE, 1, 4, 2);
    SolverLayer layer = SolverLayer.of(RANKS, perturbed).threads(1);
    double[][] costs = {COSTS, COSTS, COSTS};
    for (long step = 0; step < 2; step++) {
      double[][] solutions = layer.forward(costs).solutions();
      for (int b = 0; b < 3; b++) {
        double[] expected = new double[4];
        perturbed.sample(RANKS, COSTS, (step << 32) + b).mean(expected);
        assertArrayEquals(expected, solutions[b]);
      }
      assertFalse(Arrays.equals(solutions[0], solutions[1]));
    }
  }

  /** The estimator adapts to the mean number of gradients that are not zero, of those delivered. */
  @Test
  void layer_tellsTheEstimatorHowDenseGradientsAre() {
    double[] told = new double[1];
    GradientEstimator listening =
        new GradientEstimator() {
          @Override
          public void gradient(
              BlackboxSolver solver,
              double[] costs,
              double[] solution,
              double[] upstream,
              double[] gradient) {
            System.arraycopy(upstream, 0, gradient, 0, gradient.length);
            if (upstream[0] == 9) {
              throw new IllegalStateException("broken");
            }
          }

          @Override
          public GradientEstimator adapted(double nonZeros) {
            told[0] = nonZeros;
            return this;
          }
        };
    LayerPass pass =
        SolverLayer.of(RANKS, listening).forward(new double[][] {COSTS, COSTS, COSTS, COSTS});
    double[][] gradients =
        pass.backward(new double[][] {{1, 0, 0, 0}, {9, 0, 0, 0}, {1, 2, 3, 4}, {0, 0, 0, 0}});
    assertEquals(5 / 3.0, told[0]);
    assertArrayEquals(new double[4], gradients[1], "of the one that failed");
    assertEquals(1, pass.failures().size());
    assertEquals(5, pass.diagnostics().nonZeros());
    assertEquals(1, pass.diagnostics().skippedRows());
  }

  /** Of a loss on costs, too, instances that fail are worth nothing. */
  @Test
  void layer_clearsWhatAFailedLossHasWritten() {
    CostLoss halfway =
        (solver, costs, target, draw, gradient) -> {
          Arrays.fill(gradient, 5);
          if (target[0] == 9) {
            throw new IllegalStateException("broken");
          }
          return 3;
        };
    LossPass pass =
        SolverLayer.of(RANKS, new Interpolation(Lambda.plain(1)))
            .evaluate(halfway, new double[][] {COSTS, COSTS}, new double[][] {{9, 0, 0, 0}, COSTS});
    assertArrayEquals(new double[4], pass.gradients()[0]);
    assertArrayEquals(new double[] {5, 5, 5, 5}, pass.gradients()[1]);
    assertArrayEquals(new double[] {0, 3}, pass.values());
  }
}
