package io.solvegrad.relaxation;

import io.solvegrad.ranking.PositionValues;
import io.solvegrad.ranking.Ranker;

/**
 * A soft permutation matrix by SoftSort: row r is softmax(-|s_(r) - s|^power / temperature), with
 * s_(r) the r-th largest score. Simpler than {@link NeuralSort} and as good in the experiments of
 * its authors. O(n^2) time an iteration, O(n x iterations) memory. Infinite scores stand far beyond
 * the finite ones.
 *
 * <p>Source: Prillo and Eisenschlos, ICML 2020, arXiv:2006.16038.
 *
 * @param temperature positive, in units of score to the power
 * @param power usually 1 or 2, at least 1
 * @param sinkhornIterations how often columns and rows are normalised afterwards, 0 or more
 */
public record SoftSort(double temperature, double power, int sinkhornIterations)
    implements Ranker<PositionValues> {

  /**
   * Checks all three.
   *
   * @throws IllegalArgumentException if one is out of range
   */
  public SoftSort {
    Steps.requirePositive("temperature", temperature);
    if (!(power >= 1) || power == Double.POSITIVE_INFINITY) {
      throw new IllegalArgumentException("power must be finite and at least 1, but is " + power);
    }
    Sinkhorn.requireIterations(sinkhornIterations, 0);
  }

  /**
   * SoftSort with power 1 and no Sinkhorn iterations.
   *
   * @param temperature positive
   */
  public SoftSort(double temperature) {
    this(temperature, 1, 0);
  }

  @Override
  public Pass<PositionValues> newPass() {
    return new PermutationPass(new Rows(temperature, power), sinkhornIterations);
  }

  /**
   * The soft permutation matrix itself, for looking at it: O(n^2) memory.
   *
   * @param scores the scores, not NaN. Not modified.
   * @return row r - 1 holds the probabilities of position r
   * @throws IllegalArgumentException if a score is NaN, naming its index
   */
  public double[][] matrix(double... scores) {
    return Sinkhorn.matrix(new Rows(temperature, power), sinkhornIterations, scores);
  }

  private static final class Rows implements Logits {
    private final double temperature;
    private final double power;
    private final SortedScores scores = new SortedScores();
    private double[] upstreams = {};
    private double[] values = {};

    Rows(double temperature, double power) {
      this.temperature = temperature;
      this.power = power;
    }

    @Override
    public void load(double[] input, int n) {
      scores.sort(input, n, 100 * Math.max(1, temperature));
      upstreams = new double[n];
      values = new double[n];
      for (int p = 0; p < n; p++) {
        values[scores.order[p]] = scores.sorted[p];
      }
    }

    @Override
    public void row(int r, double[] target) {
      for (int i = 0; i < values.length; i++) {
        target[i] = -distance(scores.sorted[r - 1] - values[i]) / temperature;
      }
    }

    private double distance(double gap) {
      return power == 1 ? Math.abs(gap) : Math.pow(Math.abs(gap), power);
    }

    @Override
    public void pull(int r, double[] upstream) {
      int first = scores.order[r - 1];
      for (int i = 0; i < values.length; i++) {
        if (upstream[i] == 0) {
          continue; // too far away, where the slope may be infinite
        }
        double gap = scores.sorted[r - 1] - values[i];
        double slope = Math.signum(gap);
        if (power != 1) {
          slope *= power * Math.pow(Math.abs(gap), power - 1);
        }
        double share = upstream[i] * slope / temperature;
        upstreams[first] -= share;
        upstreams[i] += share;
      }
    }

    @Override
    public void finish(double[] gradient) {
      for (int i = 0; i < values.length; i++) {
        gradient[i] += upstreams[i];
      }
    }
  }
}
