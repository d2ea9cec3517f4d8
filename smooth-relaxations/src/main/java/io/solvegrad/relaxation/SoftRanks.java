package io.solvegrad.relaxation;

import io.solvegrad.ranking.CandidateList;
import io.solvegrad.ranking.Diagnostics;
import io.solvegrad.ranking.PositionFunction;
import io.solvegrad.ranking.RankTerm;
import io.solvegrad.ranking.Ranker;
import io.solvegrad.ranking.Ranks;
import io.solvegrad.ranking.TargetRanks;
import java.util.Arrays;

/** What the passes of all rankers with one soft rank for each target have in common. */
abstract class SoftRanks extends TargetRanks implements Ranker.Pass<Ranks> {
  private final SoftCutoff cutoff;
  private int thresholdOf;
  private double threshold;

  /** Scores of all candidates, margin included. */
  double[] scores = {};

  /** Gradient of all candidates. */
  double[] gradient = {};

  private int[] positions = {};
  private int candidates;

  SoftRanks(SoftCutoff cutoff) {
    this.cutoff = cutoff;
  }

  @Override
  public final Ranks forward(CandidateList list) {
    candidates = list.candidates();
    positions = list.positions();
    thresholdOf = -1;
    reset(list.count());
    if (scores.length < candidates) {
      int capacity = Math.max(candidates, 2 * scores.length);
      scores = new double[capacity];
      gradient = new double[capacity];
    }
    list.copyScores(scores);
    rank(list);
    return this;
  }

  /** Sets the ranks of all targets. */
  abstract void rank(CandidateList list);

  /** Adds the gradient of all candidates to {@link #gradient}, from the upstreams. */
  abstract void pull(CandidateList list);

  /** The soft rank of any candidate, for a cut-off at the midpoint of two ranks. */
  abstract double rankOf(int candidate);

  @Override
  public final double value(PositionFunction position, int k, double upstream) {
    if (scores[positions[k]] == Double.NEGATIVE_INFINITY) {
      return 0;
    }
    double rank = rank(k);
    double worth = position.discount().at(rank);
    double slope = position.discount().slope(rank);
    if (position.cutoff() >= candidates) {
      pushRank(k, upstream * slope);
      return worth;
    }
    double kept = cut(position.cutoff(), k, upstream * worth);
    pushRank(k, upstream * slope * kept);
    return worth * kept;
  }

  /** The term times the soft cut-off. */
  @Override
  public final double term(RankTerm term, int limit, int k, double upstream) {
    if (scores[positions[k]] == Double.NEGATIVE_INFINITY) {
      return 0;
    }
    double rank = rank(k);
    double among = among(k);
    double worth = term.at(rank, among);
    double kept = limit >= candidates ? 1 : cut(limit, k, upstream * worth);
    pushRank(k, upstream * kept * term.rankSlope(rank, among));
    pushAmong(k, upstream * kept * term.amongSlope(rank, among));
    return worth * kept;
  }

  /** A lower bound of a cut-off may be negative; nothing found is worth more. */
  @Override
  public final double best(PositionFunction position, int count, double upstream) {
    int best = 0;
    for (int k = 1; k < count; k++) {
      best = rank(k) < rank(best) ? k : best;
    }
    return value(position, best, 0) > 0 ? value(position, best, upstream) : 0;
  }

  @Override
  public final int retrieved(int of) {
    int count = of;
    for (int i = 0; i < candidates; i++) {
      count -= scores[i] == Double.NEGATIVE_INFINITY ? 1 : 0;
    }
    return count;
  }

  /** The soft [rank at most limit] of target k; takes the derivative by it at the same time. */
  double cut(int limit, int k, double upstream) {
    double x = threshold(limit) - rank(k);
    pushRank(k, -upstream * cutoff.step().slope(x));
    return cutoff.step().at(x);
  }

  private double threshold(int limit) {
    if (thresholdOf != limit) {
      thresholdOf = limit;
      threshold =
          cutoff.offset()
              + (cutoff.threshold() == SoftCutoff.Threshold.FIXED ? limit : midpoint(limit));
    }
    return threshold;
  }

  /**
   * Soft ranks fall as scores rise, so the k-th smallest rank is that of the k-th largest score.
   */
  private double midpoint(int limit) {
    double[] sorted = Arrays.copyOf(scores, candidates);
    Arrays.sort(sorted);
    double last = sorted[candidates - limit];
    double next = sorted[candidates - limit - 1];
    return (rankOf(find(last)) + rankOf(find(next))) / 2;
  }

  private int find(double score) {
    int i = 0;
    while (scores[i] != score) {
      i++;
    }
    return i;
  }

  @Override
  public final void backward(CandidateList list, Diagnostics diagnostics) {
    Arrays.fill(gradient, 0, candidates, 0);
    pull(list);
    int moved = 0;
    for (int i = 0; i < candidates; i++) {
      if (gradient[i] != 0) {
        list.addGradient(i, gradient[i]);
        moved++;
      }
    }
    diagnostics.record(candidates, moved);
  }
}
