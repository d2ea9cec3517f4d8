package io.solvegrad.ranking;

/** The scratch of one thread that evaluates metrics on ranks without ties. */
final class ExactPass extends TargetRanks implements Ranker.Pass<Ranks> {
  private final ExactRanker.TargetOrder order;
  private int[] ranks = {};
  private int[] among = {};
  private CandidateList list = new CandidateList();

  ExactPass(ExactRanker.TargetOrder order) {
    this.order = order;
  }

  @Override
  public Ranks forward(CandidateList current) {
    list = current;
    int targets = list.count();
    if (ranks.length < targets) {
      ranks = new int[Math.max(targets, 2 * ranks.length)];
      among = new int[ranks.length];
    }
    reset(targets);
    order.ranks(list, ranks, among);
    for (int k = 0; k < targets; k++) {
      set(k, ranks[k], among[k]);
    }
    return this;
  }

  private boolean isRetrieved(int k) {
    return list.targetScores()[k] > Double.NEGATIVE_INFINITY;
  }

  @Override
  public int retrieved(int candidates) {
    return list.countRetrieved();
  }

  @Override
  public double value(PositionFunction position, int k, double upstream) {
    return isRetrieved(k) ? position.at(rank(k)) : 0;
  }

  @Override
  public double term(RankTerm term, int cutoff, int k, double upstream) {
    if (isRetrieved(k)) {
      return rank(k) <= cutoff ? term.at(rank(k), among(k)) : 0;
    }
    return cutoff == Integer.MAX_VALUE ? term.at(Double.POSITIVE_INFINITY, among(k)) : 0;
  }

  @Override
  public void backward(CandidateList current, Diagnostics diagnostics) {
    throw ExactPass.noGradient();
  }

  static UnsupportedOperationException noGradient() {
    return new UnsupportedOperationException(
        "an exact ranker gives values alone. Maybe use the blackbox ranker for gradients.");
  }
}
