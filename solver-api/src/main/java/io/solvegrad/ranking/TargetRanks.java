package io.solvegrad.ranking;

import java.util.Arrays;

/** Ranks and their derivatives as plain arrays: what a ranker with one rank a candidate extends. */
public abstract class TargetRanks implements Ranks {
  private double[] rank = {};
  private double[] among = {};
  private double[] rankUpstream = {};
  private double[] amongUpstream = {};

  /** For rankers. */
  protected TargetRanks() {}

  /**
   * Makes room for the ranks of a list and forgets its derivatives.
   *
   * @param targets number of relevant candidates of the list
   */
  protected final void reset(int targets) {
    if (rank.length < targets) {
      int capacity = Math.max(targets, 2 * rank.length);
      rank = new double[capacity];
      among = new double[capacity];
      rankUpstream = new double[capacity];
      amongUpstream = new double[capacity];
    }
    Arrays.fill(rankUpstream, 0, targets, 0);
    Arrays.fill(amongUpstream, 0, targets, 0);
  }

  /**
   * Sets the two ranks of relevant candidate k.
   *
   * @param k index of the relevant candidate, from 0
   * @param rankOfK its rank among all candidates
   * @param amongOfK its rank among the relevant candidates
   */
  protected final void set(int k, double rankOfK, double amongOfK) {
    rank[k] = rankOfK;
    among[k] = amongOfK;
  }

  /**
   * {@return dL/drank(k) as pushed so far}
   *
   * @param k index of the relevant candidate, from 0
   */
  protected final double rankUpstream(int k) {
    return rankUpstream[k];
  }

  /**
   * {@return dL/damong(k) as pushed so far}
   *
   * @param k index of the relevant candidate, from 0
   */
  protected final double amongUpstream(int k) {
    return amongUpstream[k];
  }

  @Override
  public final double rank(int k) {
    return rank[k];
  }

  @Override
  public final double among(int k) {
    return among[k];
  }

  @Override
  public final void pushRank(int k, double upstream) {
    rankUpstream[k] += upstream;
  }

  @Override
  public final void pushAmong(int k, double upstream) {
    amongUpstream[k] += upstream;
  }
}
