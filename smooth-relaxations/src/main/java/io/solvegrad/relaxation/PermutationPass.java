package io.solvegrad.relaxation;

import io.solvegrad.ranking.CandidateList;
import io.solvegrad.ranking.Diagnostics;
import io.solvegrad.ranking.ExponentialKernel;
import io.solvegrad.ranking.PositionFunction;
import io.solvegrad.ranking.PositionValues;
import io.solvegrad.ranking.RankKernels;
import io.solvegrad.ranking.Ranker;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Expectations E_i[D] = sum_r P(r, i) D(r) under a soft permutation matrix P = exp(logits + a_r +
 * b_i) that is normalised by rows, or by Sinkhorn iterations in the log domain: columns, rows,
 * columns, rows. P is computed row by row and never held; the derivative goes through all
 * iterations.
 */
final class PermutationPass implements Ranker.Pass<PositionValues>, PositionValues {

  /** The expectations of one position function, and what was pushed into them. */
  private record Expectation(PositionFunction position, double[] value, double[] upstream) {}

  private final ExponentialKernel exponentials = RankKernels.exponentials();
  private final Logits logits;
  private final int iterations;
  private final List<double[]> rowPotentials = new ArrayList<>();
  private final List<double[]> columnPotentials = new ArrayList<>();
  private final List<Expectation> expectations = new ArrayList<>();
  private double[] scores = {};
  private double[] row = {};
  private double[] other = {};
  private int[] positions = {};
  private int n;

  PermutationPass(Logits logits, int iterations) {
    this.logits = logits;
    this.iterations = iterations;
  }

  @Override
  public PositionValues forward(CandidateList list) {
    n = list.candidates();
    positions = list.positions();
    if (scores.length < n) {
      scores = new double[n];
      row = new double[n];
      other = new double[n];
    }
    list.copyScores(scores);
    logits.load(scores, n);
    expectations.clear();
    rowPotentials.clear();
    columnPotentials.clear();
    columnPotentials.add(new double[n]);
    rowPotentials.add(normaliseRows(columnPotentials.getLast()));
    for (int t = 0; t < iterations; t++) {
      columnPotentials.add(normaliseColumns(rowPotentials.getLast()));
      rowPotentials.add(normaliseRows(columnPotentials.getLast()));
    }
    return this;
  }

  private double[] normaliseRows(double[] columns) {
    double[] rows = new double[n];
    for (int r = 1; r <= n; r++) {
      logits.row(r, row);
      double largest = Double.NEGATIVE_INFINITY;
      for (int i = 0; i < n; i++) {
        largest = Math.max(largest, row[i] + columns[i]);
      }
      double sum = 0;
      for (int i = 0; i < n; i++) {
        row[i] += columns[i] - largest;
      }
      exponentials.exp(row, n);
      for (int i = 0; i < n; i++) {
        sum += row[i];
      }
      rows[r - 1] = -largest - Math.log(sum);
    }
    return rows;
  }

  private double[] normaliseColumns(double[] rows) {
    double[] largest = new double[n];
    double[] sum = new double[n];
    Arrays.fill(largest, Double.NEGATIVE_INFINITY);
    for (int r = 1; r <= n; r++) {
      logits.row(r, row);
      for (int i = 0; i < n; i++) {
        double x = row[i] + rows[r - 1];
        if (x > largest[i]) {
          sum[i] = sum[i] * Math.exp(largest[i] - x) + 1;
          largest[i] = x;
        } else if (x > Double.NEGATIVE_INFINITY) {
          sum[i] += Math.exp(x - largest[i]);
        }
      }
    }
    for (int i = 0; i < n; i++) {
      sum[i] = -largest[i] - Math.log(sum[i]);
    }
    return sum;
  }

  @Override
  public double value(PositionFunction position, int k, double upstream) {
    for (Expectation known : expectations) {
      if (known.position.equals(position)) {
        known.upstream[positions[k]] += upstream;
        return known.value[positions[k]];
      }
    }
    Expectation made = expect(position);
    expectations.add(made);
    made.upstream[positions[k]] += upstream;
    return made.value[positions[k]];
  }

  private Expectation expect(PositionFunction position) {
    double[] value = new double[n];
    for (int r = 1; r <= n; r++) {
      double worth = position.at(r);
      if (worth != 0) {
        probabilities(r, rowPotentials.getLast(), columnPotentials.getLast(), row);
        for (int i = 0; i < n; i++) {
          value[i] += row[i] * worth;
        }
      }
    }
    return new Expectation(position, value, new double[n]);
  }

  private void probabilities(int r, double[] rows, double[] columns, double[] target) {
    logits.row(r, target);
    for (int i = 0; i < n; i++) {
      target[i] += rows[r - 1] + columns[i];
    }
    exponentials.exp(target, n);
  }

  @Override
  public void backward(CandidateList list, Diagnostics diagnostics) {
    double[] columnUpstream = new double[n];
    for (int r = 1; r <= n; r++) {
      pullExpectations(r, columnUpstream);
    }
    for (int t = iterations; t > 0; t--) {
      columnUpstream = pullIteration(t, columnUpstream);
    }
    double[] gradient = new double[n];
    logits.finish(gradient);
    int moved = 0;
    for (int i = 0; i < n; i++) {
      if (gradient[i] != 0) {
        list.addGradient(i, gradient[i]);
        moved++;
      }
    }
    diagnostics.record(n, moved);
  }

  /** Through the last normalisation of row r: upstream minus its mean under the row. */
  private void pullExpectations(int r, double[] columnUpstream) {
    Arrays.fill(other, 0, n, 0);
    boolean any = false;
    for (Expectation expectation : expectations) {
      double worth = expectation.position.at(r);
      for (int i = 0; i < n && worth != 0; i++) {
        other[i] += worth * expectation.upstream[i];
        any |= other[i] != 0;
      }
    }
    if (!any) {
      return;
    }
    probabilities(r, rowPotentials.getLast(), columnPotentials.getLast(), row);
    double mean = 0;
    for (int i = 0; i < n; i++) {
      mean += row[i] * other[i];
    }
    for (int i = 0; i < n; i++) {
      other[i] = row[i] * (other[i] - mean);
      columnUpstream[i] += other[i];
    }
    logits.pull(r, other);
  }

  /** Through the t-th normalisation of columns and the one of rows before it. */
  private double[] pullIteration(int t, double[] columnUpstream) {
    double[] earlier = new double[n];
    double[] rows = rowPotentials.get(t - 1);
    for (int r = 1; r <= n; r++) {
      probabilities(r, rows, columnPotentials.get(t), row);
      double rowUpstream = 0;
      for (int i = 0; i < n; i++) {
        other[i] = -row[i] * columnUpstream[i];
        rowUpstream += other[i];
      }
      probabilities(r, rows, columnPotentials.get(t - 1), row);
      for (int i = 0; i < n; i++) {
        double back = row[i] * rowUpstream;
        other[i] -= back;
        earlier[i] -= back;
      }
      logits.pull(r, other);
    }
    return earlier;
  }
}
