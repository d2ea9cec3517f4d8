package io.solvegrad.ranking.metric;

import io.solvegrad.ranking.PositionFunction;
import io.solvegrad.ranking.RankTerm;
import io.solvegrad.ranking.TargetRanks;
import io.solvegrad.ranking.Targets;

/** Ranks that a test gives, whole or not, with what a metric pushes. Nothing is cut off. */
final class FixedRanks extends TargetRanks {
  private final double[] rank;
  private final double[] among;
  private final double[] pushedWorth;

  FixedRanks(double[] rank, double[] among) {
    this.rank = rank;
    this.among = among;
    pushedWorth = new double[rank.length];
    reset(rank.length);
    for (int k = 0; k < rank.length; k++) {
      set(k, rank[k], among[k]);
    }
  }

  /** The same ranks with one of them moved, and nothing pushed. */
  FixedRanks moved(int k, double rankStep, double amongStep) {
    FixedRanks moved = new FixedRanks(rank, among);
    moved.set(k, rank[k] + rankStep, among[k] + amongStep);
    return moved;
  }

  double pushedRank(int k) {
    return rankUpstream(k);
  }

  double pushedAmong(int k) {
    return amongUpstream(k);
  }

  /** What was pushed into the worth of a place, whatever its slope. */
  double pushedWorth(int k) {
    return pushedWorth[k];
  }

  @Override
  public double value(PositionFunction position, int k, double upstream) {
    pushRank(k, upstream * position.discount().slope(rank(k)));
    pushedWorth[k] += upstream;
    return position.discount().at(rank(k));
  }

  @Override
  public double term(RankTerm term, int cutoff, int k, double upstream) {
    return super.term(term, Integer.MAX_VALUE, k, upstream);
  }

  /** Labels whose grades and weights a test gives. */
  record Labels(int candidates, double[] grades, double[] weights) implements Targets {
    @Override
    public int count() {
      return grades.length;
    }

    @Override
    public double grade(int k) {
      return grades[k];
    }

    @Override
    public double weight(int k) {
      return weights[k];
    }
  }
}
