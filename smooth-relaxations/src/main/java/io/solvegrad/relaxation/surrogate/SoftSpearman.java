package io.solvegrad.relaxation.surrogate;

import io.solvegrad.ranking.CandidateList;
import io.solvegrad.ranking.Diagnostics;
import io.solvegrad.ranking.Ranker;
import io.solvegrad.ranking.Ranks;
import java.util.Objects;

/**
 * 1 - Spearman's rank correlation: the correlation of soft ranks of the scores with ranks of the
 * labels. Unlike {@link io.solvegrad.ranking.metric.Spearman}, which knows the variance of exact
 * ranks, it divides by the variance that soft ranks have. Where either has no variance the
 * correlation counts as 0. Costs one or two rankings of the list. Candidates at -infinity are
 * ranked last, and take part; leave them out where they are padding.
 *
 * @param ranker gives soft ranks of all candidates
 * @param softLabels whether labels are ranked softly too; else by mean ranks
 */
public record SoftSpearman(Ranker<Ranks> ranker, boolean softLabels) implements ListObjective {

  /** Makes the loss; the ranker must not be null. */
  public SoftSpearman {
    Objects.requireNonNull(ranker, "ranker must not be null");
  }

  /**
   * The correlation with exact ranks of the labels, mean ranks where labels are equal.
   *
   * @param ranker gives soft ranks of all candidates
   */
  public SoftSpearman(Ranker<Ranks> ranker) {
    this(ranker, false);
  }

  @Override
  public double elements(LabelledList list) {
    return 1;
  }

  @Override
  public double evaluate(LabelledList list, double scale) {
    int n = list.size();
    double[] wanted = softLabels ? ranks(list.labelsAsTargets(), n) : list.labelRanks();
    double wantedNorm = centre(wanted);
    CandidateList candidates = list.asTargets();
    Ranker.Pass<Ranks> pass = ranker.newPass();
    Ranks ranks = pass.forward(candidates);
    double[] given = new double[n];
    for (int i = 0; i < n; i++) {
      given[i] = ranks.rank(i);
    }
    double norm = centre(given);
    if (norm == 0 || wantedNorm == 0) {
      return 1;
    }
    double correlation = 0;
    for (int i = 0; i < n; i++) {
      correlation += given[i] / norm * (wanted[i] / wantedNorm);
    }
    if (scale != 0) {
      for (int i = 0; i < n; i++) {
        double slope = (wanted[i] / wantedNorm - correlation * given[i] / norm) / norm;
        ranks.pushRank(i, -scale * slope);
      }
      pass.backward(candidates, new Diagnostics());
      list.addGradient(candidates);
    }
    return 1 - correlation;
  }

  private double[] ranks(CandidateList candidates, int n) {
    Ranks ranks = ranker.newPass().forward(candidates);
    double[] result = new double[n];
    for (int i = 0; i < n; i++) {
      result[i] = ranks.rank(i);
    }
    return result;
  }

  /** Subtracts the mean and returns the norm of what is left. */
  private static double centre(double[] values) {
    double mean = 0;
    for (double value : values) {
      mean += value / values.length;
    }
    double squares = 0;
    for (int i = 0; i < values.length; i++) {
      values[i] -= mean;
      squares += values[i] * values[i];
    }
    return Math.sqrt(squares);
  }
}
