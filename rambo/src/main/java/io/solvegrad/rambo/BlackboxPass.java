package io.solvegrad.rambo;

import io.solvegrad.ranking.CandidateList;
import io.solvegrad.ranking.Diagnostics;
import io.solvegrad.ranking.PositionFunction;
import io.solvegrad.ranking.RankKernel;
import io.solvegrad.ranking.RankKernels;
import io.solvegrad.ranking.Ranker;
import io.solvegrad.ranking.Ranks;
import io.solvegrad.ranking.TargetRanks;
import io.solvegrad.solver.Lambda;

/** The scratch of one thread that ranks exactly. */
final class BlackboxPass extends TargetRanks implements Ranker.Pass<Ranks> {
  private final Lambda lambda;
  private final RankKernel kernel = RankKernels.newKernel();
  private int[] ranks = {};
  private int[] among = {};
  private double[] moved = {};

  BlackboxPass(Lambda lambda) {
    this.lambda = lambda;
  }

  @Override
  public Ranks forward(CandidateList list) {
    int targets = list.count();
    if (ranks.length < targets) {
      int capacity = Math.max(targets, 2 * ranks.length);
      ranks = new int[capacity];
      among = new int[capacity];
      moved = new double[capacity];
    }
    reset(targets);
    kernel.targetRanks(list, ranks, among);
    for (int k = 0; k < targets; k++) {
      set(k, ranks[k], among[k]);
    }
    return this;
  }

  @Override
  public double value(PositionFunction position, int k, double upstream) {
    pushRank(k, upstream * position.integerSlope(rank(k)));
    return position.at(rank(k));
  }

  @Override
  public void backward(CandidateList list, Diagnostics diagnostics) {
    double strength = strength(list);
    diagnostics.recordLambda(strength);
    int changed = moves(list, strength) ? kernel.addRankChange(list, moved, strength) : 0;
    diagnostics.record(list.candidates(), changed);
  }

  /** Lambda in plain units, unless gradients of that size have no place among the scores. */
  private double strength(CandidateList list) {
    double strength = lambda.plainValue(list.candidates());
    double smallest = list.scores().round(1 / strength);
    double largest = list.scores().round(list.candidates() / strength);
    if (!(smallest > 0) || largest == Double.POSITIVE_INFINITY) {
      throw new IllegalArgumentException(
          "lambda is %s (plain) for a list of %d candidates, so gradients, which are multiples of 1 /"
                  .formatted(strength, list.candidates())
              + " lambda, would all be 0 or infinite. Maybe scale it to the scores.");
    }
    return strength;
  }

  /** Moves the targets along their upstreams; false if no score changes, so that none is ranked. */
  private boolean moves(CandidateList list, double strength) {
    double[] scores = list.targetScores();
    boolean any = false;
    for (int k = 0; k < list.count(); k++) {
      double upstream = rankUpstream(k);
      if (!Double.isFinite(upstream)) {
        throw new IllegalArgumentException(
            "the metric gave %s as derivative of rank %s. Maybe make it smooth there; RankTerm.of looks just below rank 1 too"
                .formatted(upstream, rank(k)));
      }
      double target = list.scores().round(scores[k] + strength * upstream);
      // An infinite score that is pushed the other way without bound has no sum: it stays.
      moved[k] = Double.isNaN(target) ? scores[k] : target;
      any |= moved[k] != scores[k];
    }
    return any;
  }
}
