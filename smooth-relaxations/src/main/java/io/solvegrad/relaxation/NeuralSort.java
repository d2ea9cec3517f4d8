package io.solvegrad.relaxation;

import io.solvegrad.ranking.PositionValues;
import io.solvegrad.ranking.Ranker;
import java.util.Arrays;

/**
 * A soft permutation matrix by NeuralSort: row r is softmax(((n + 1 - 2 r) s - A 1) / temperature),
 * with A_ij = |s_i - s_j|; metrics read the expected worth of positions under it.
 *
 * <p>With NDCG this is PiRank (Swezey et al., NeurIPS 2021) and, with Sinkhorn iterations,
 * NeuralNDCG (Pobrotyn, Bialobrzeski, 2021, arXiv:2102.07831) in both its forms, which are one
 * number: the expected gain of each position times its discount, and the expected discount of each
 * candidate times its gain. Rows add up to 1; columns do so after Sinkhorn iterations (allRank
 * makes up to 50). O(n^2) time an iteration, O(n x iterations) memory: the matrix is never held.
 * Scores of any size are told apart as far as the number format does; infinite ones stand far
 * beyond the finite ones.
 *
 * <p>Source: Grover et al., ICLR 2019, arXiv:1903.08850.
 *
 * @param temperature positive, in units of score times n
 * @param sinkhornIterations how often columns and rows are normalised afterwards, 0 or more
 */
public record NeuralSort(double temperature, int sinkhornIterations)
    implements Ranker<PositionValues> {

  /**
   * Checks both.
   *
   * @throws IllegalArgumentException unless the temperature is positive and finite and the number
   *     of iterations not negative
   */
  public NeuralSort {
    Steps.requirePositive("temperature", temperature);
    Sinkhorn.requireIterations(sinkhornIterations, 0);
  }

  /**
   * NeuralSort itself, without Sinkhorn iterations.
   *
   * @param temperature positive
   */
  public NeuralSort(double temperature) {
    this(temperature, 0);
  }

  @Override
  public Pass<PositionValues> newPass() {
    return new PermutationPass(new Rows(temperature), sinkhornIterations);
  }

  /**
   * The soft permutation matrix itself, for looking at it: O(n^2) memory.
   *
   * @param scores the scores, not NaN. Not modified.
   * @return row r - 1 holds the probabilities of position r
   * @throws IllegalArgumentException if a score is NaN, naming its index
   */
  public double[][] matrix(double... scores) {
    return Sinkhorn.matrix(new Rows(temperature), sinkhornIterations, scores);
  }

  private static final class Rows implements Logits {
    private final double temperature;
    private final SortedScores scores = new SortedScores();
    private int n;
    private double[] gaps = {};
    private double[] centredUpstream = {};
    private double[] spreadUpstream = {};

    Rows(double temperature) {
      this.temperature = temperature;
    }

    @Override
    public void load(double[] values, int size) {
      n = size;
      scores.sort(values, n, 100 * temperature);
      gaps = new double[n];
      centredUpstream = new double[n];
      spreadUpstream = new double[n];
      for (int p = 1; p < n; p++) {
        gaps[p] = (scores.sorted[p - 1] - scores.sorted[p]) / temperature;
      }
    }

    /**
     * Relative to the r-th largest score, whose logit is the largest: one place further down the
     * logit falls by an odd multiple of the gap, 1, 3, 5 and so on, and likewise further up. Sums
     * of numbers of one sign lose no digits, however far apart the scores are.
     */
    @Override
    public void row(int r, double[] target) {
      double logit = 0;
      target[scores.order[r - 1]] = 0;
      for (int p = r; p < n; p++) {
        logit -= gaps[p] * (2.0 * (p - r) + 1);
        target[scores.order[p]] = logit;
      }
      logit = 0;
      for (int p = r - 1; p > 0; p--) {
        logit -= gaps[p] * (2.0 * (r - p) - 1);
        target[scores.order[p - 1]] = logit;
      }
    }

    @Override
    public void pull(int r, double[] upstream) {
      double slope = n + 1 - 2.0 * r;
      for (int i = 0; i < n; i++) {
        centredUpstream[i] += slope * upstream[i];
        spreadUpstream[i] -= upstream[i];
      }
    }

    @Override
    public void finish(double[] gradient) {
      double total = Arrays.stream(spreadUpstream).sum();
      double above = 0;
      for (int p = 0; p < n; ) {
        int end = p;
        double tied = 0;
        for (; end < n && scores.sorted[end] == scores.sorted[p]; end++) {
          tied += spreadUpstream[scores.order[end]];
        }
        double below = total - above - tied;
        for (int q = p; q < end; q++) {
          int i = scores.order[q];
          double own = spreadUpstream[i] * (n - end - p);
          gradient[i] += (centredUpstream[i] + own + below - above) / temperature;
        }
        above += tied;
        p = end;
      }
    }
  }
}
