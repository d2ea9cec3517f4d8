package io.solvegrad.relaxation;

import io.solvegrad.ranking.CandidateList;
import io.solvegrad.ranking.PositionFunction;
import io.solvegrad.ranking.PositionValues;
import io.solvegrad.ranking.Ranker;
import io.solvegrad.ranking.ScoreArray;
import io.solvegrad.ranking.SmoothFunction;
import java.util.Objects;

/**
 * A soft permutation matrix by entropic optimal transport from scores to positions: P(r, i) is
 * proportional to exp(-(x_i - t_r)^2 / epsilon) times a row and a column factor that Sinkhorn
 * iterations find in the log domain, so that small epsilons (down to 1e-300) are no trouble.
 *
 * <p>Scores are squashed to x = sigmoid((s - mean) / standard deviation); positions stand at t_r
 * from 1 down to 0. The derivative goes through all iterations and through mean and deviation.
 * O(n^2) time an iteration, O(n x iterations) memory.
 *
 * <p>Source: Cuturi, Teboul, Vert, NeurIPS 2019, arXiv:1905.11885.
 *
 * @param epsilon positive, usually 0.01 to 0.1
 * @param iterations at least 1
 */
public record Sinkhorn(double epsilon, int iterations) implements Ranker<PositionValues> {

  /**
   * Checks both.
   *
   * @throws IllegalArgumentException unless epsilon is positive and finite and there is an
   *     iteration
   */
  public Sinkhorn {
    Steps.requirePositive("epsilon", epsilon);
    requireIterations(iterations, 1);
  }

  static void requireIterations(int iterations, int least) {
    if (iterations < least) {
      throw new IllegalArgumentException(
          "Sinkhorn iterations must be at least %d, but are %d".formatted(least, iterations));
    }
  }

  @Override
  public Pass<PositionValues> newPass() {
    return new PermutationPass(new Transport(epsilon), iterations);
  }

  /**
   * The soft permutation matrix itself, for looking at it: O(n^2) memory.
   *
   * @param scores the scores, not NaN. Not modified.
   * @return row r - 1 holds the probabilities of position r
   * @throws IllegalArgumentException if a score is NaN, naming its index
   */
  public double[][] matrix(double... scores) {
    return matrix(new Transport(epsilon), iterations, scores);
  }

  static double[][] matrix(Logits logits, int iterations, double[] scores) {
    Objects.requireNonNull(scores, "scores must not be null");
    Steps.requireNumbers("score", scores, scores.length);
    int n = scores.length;
    int[] all = new int[n];
    for (int i = 0; i < n; i++) {
      all[i] = i;
    }
    CandidateList list =
        CandidateList.of(
            ScoreArray.of(scores.clone()), all, scores.clone(), ScoreArray.of(new double[n]));
    PositionValues values = new PermutationPass(logits, iterations).forward(list);
    double[][] matrix = new double[n][n];
    for (int r = 1; r <= n; r++) {
      int place = r;
      PositionFunction only =
          new PositionFunction(
              SmoothFunction.of(x -> x == place ? 1 : 0, x -> 0), Integer.MAX_VALUE);
      for (int i = 0; i < n; i++) {
        matrix[r - 1][i] = values.value(only, i, 0);
      }
    }
    return matrix;
  }

  private static final class Transport implements Logits {
    private final double epsilon;
    private final SortedScores finite = new SortedScores();
    private int n;
    private double deviation;
    private double[] whitened = {};
    private double[] squashed = {};
    private double[] upstreams = {};

    Transport(double epsilon) {
      this.epsilon = epsilon;
    }

    @Override
    public void load(double[] scores, int size) {
      n = size;
      finite.sort(scores, n, 1);
      whitened = new double[n];
      squashed = new double[n];
      upstreams = new double[n];
      double mean = 0;
      double first = n == 0 ? 0 : finite.sorted[0];
      for (int p = 0; p < n; p++) {
        mean += (finite.sorted[p] - first) / n;
      }
      double largest = 0;
      for (int p = 0; p < n; p++) {
        double gap = finite.sorted[p] - first - mean;
        whitened[finite.order[p]] = gap;
        largest = Math.max(largest, Math.abs(gap));
      }
      // Squares of scores may leave the number format; those of their ratios do not.
      double variance = 0;
      for (int i = 0; i < n && largest > 0; i++) {
        double gap = whitened[i] / largest;
        variance += gap * gap / n;
      }
      deviation = largest * Math.sqrt(variance);
      for (int i = 0; i < n; i++) {
        whitened[i] = deviation == 0 ? 0 : whitened[i] / deviation;
        squashed[i] = Steps.logistic(whitened[i]);
      }
    }

    private double position(int r) {
      return n == 1 ? 0.5 : (n - r) / (n - 1.0);
    }

    @Override
    public void row(int r, double[] target) {
      double t = position(r);
      for (int i = 0; i < n; i++) {
        target[i] = -(squashed[i] - t) * (squashed[i] - t) / epsilon;
      }
    }

    @Override
    public void pull(int r, double[] upstream) {
      double t = position(r);
      for (int i = 0; i < n; i++) {
        upstreams[i] -= 2 * (squashed[i] - t) * upstream[i] / epsilon;
      }
    }

    /** Through sigmoid, deviation and mean; equal scores have no direction. */
    @Override
    public void finish(double[] gradient) {
      if (deviation == 0) {
        return;
      }
      double mean = 0;
      double along = 0;
      for (int i = 0; i < n; i++) {
        upstreams[i] *= squashed[i] * (1 - squashed[i]);
        mean += upstreams[i] / n;
        along += upstreams[i] * whitened[i] / n;
      }
      for (int i = 0; i < n; i++) {
        gradient[i] += (upstreams[i] - mean - whitened[i] * along) / deviation;
      }
    }
  }
}
