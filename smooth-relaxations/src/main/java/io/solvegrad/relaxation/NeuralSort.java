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
   * @param scores the scores. Not modified.
   * @return row r - 1 holds the probabilities of position r
   */
  public double[][] matrix(double... scores) {
    return Sinkhorn.matrix(new Rows(temperature), sinkhornIterations, scores);
  }

  private static final class Rows implements Logits {
    private final double temperature;
    private final SortedScores scores = new SortedScores();
    private int n;
    private double[] centred = {};
    private double[] spread = {};
    private double[] centredUpstream = {};
    private double[] spreadUpstream = {};

    Rows(double temperature) {
      this.temperature = temperature;
    }

    @Override
    public void load(double[] values, int size) {
      n = size;
      scores.sort(values, n, 100 * temperature);
      centred = new double[n];
      spread = new double[n];
      centredUpstream = new double[n];
      spreadUpstream = new double[n];
      double sum = 0;
      for (int p = 1; p < n; p++) {
        sum += scores.sorted[0] - scores.sorted[p];
      }
      for (int p = 0; p < n; p++) {
        if (p > 0) {
          sum += (scores.sorted[p - 1] - scores.sorted[p]) * (2.0 * p - n);
        }
        // Rows do not change when all scores move together.
        centred[scores.order[p]] = scores.sorted[p] - scores.sorted[n / 2];
        spread[scores.order[p]] = sum;
      }
    }

    @Override
    public void row(int r, double[] target) {
      double slope = n + 1 - 2.0 * r;
      for (int i = 0; i < n; i++) {
        target[i] = (slope * centred[i] - spread[i]) / temperature;
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
