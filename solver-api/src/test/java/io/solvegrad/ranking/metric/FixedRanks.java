package io.solvegrad.ranking.metric;

import io.solvegrad.ranking.PositionFunction;
import io.solvegrad.ranking.TargetRanks;
import io.solvegrad.ranking.Targets;

/** Ranks that a test gives, whole or not, with the derivatives that a metric pushes. */
final class FixedRanks extends TargetRanks {
  private final double[] rank;
  private final double[] among;
  private final boolean whole;

  FixedRanks(double[] rank, double[] among, boolean whole) {
    this.rank = rank;
    this.among = among;
    this.whole = whole;
    reset(rank.length);
    for (int k = 0; k < rank.length; k++) {
      set(k, rank[k], among[k]);
    }
  }

  /** The same ranks with one of them moved. */
  FixedRanks moved(int k, double rankStep, double amongStep) {
    FixedRanks moved = new FixedRanks(rank.clone(), among.clone(), whole);
    moved.set(k, rank[k] + rankStep, among[k] + amongStep);
    return moved;
  }

  double pushedRank(int k) {
    return rankUpstream(k);
  }

  double pushedAmong(int k) {
    return amongUpstream(k);
  }

  @Override
  public double value(PositionFunction position, int k, double upstream) {
    double slope = whole ? position.integerSlope(rank(k)) : position.discount().slope(rank(k));
    pushRank(k, upstream * slope);
    return position.at(rank(k));
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
