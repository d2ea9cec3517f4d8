package io.solvegrad.ranking;

/**
 * 1 - average precision: the mean over the relevant candidates of 1 - (rank among the relevant) /
 * rank.
 *
 * <p>Under the blackbox ranker this is RaMBO's AP loss (Rolinek et al., CVPR 2020,
 * arXiv:1912.03500, section 4.6); under a pairwise sigmoid it is Smooth-AP (Brown et al., ECCV
 * 2020, arXiv:2007.12163).
 *
 * @param epsilon added to the number of relevant candidates; 0 is average precision itself, 1e-5
 *     gives the numbers of the code published with RaMBO
 */
public record AveragePrecision(double epsilon) implements RankMetric<Ranks> {

  /**
   * Checks epsilon.
   *
   * @throws IllegalArgumentException if it is negative or not finite
   */
  public AveragePrecision {
    if (!(epsilon >= 0) || epsilon == Double.POSITIVE_INFINITY) {
      throw new IllegalArgumentException(
          "epsilon must be finite and not negative, but is " + epsilon);
    }
  }

  /** Average precision itself. */
  public AveragePrecision() {
    this(0);
  }

  @Override
  public double normaliser(Targets targets) {
    return weightOfTargets(targets) + epsilon;
  }

  @Override
  public double loss(Targets targets, Ranks ranks, double scale) {
    double sum = epsilon;
    for (int k = 0; k < targets.count(); k++) {
      double rank = ranks.rank(k);
      double among = ranks.among(k);
      double weight = targets.weight(k);
      sum += weight * (1 - among / rank);
      ranks.pushRank(k, scale * weight * among / (rank * rank));
      ranks.pushAmong(k, -scale * weight / rank);
    }
    return sum;
  }

  /** The number of relevant candidates, each counted by its weight. */
  static double weightOfTargets(Targets targets) {
    double sum = 0;
    for (int k = 0; k < targets.count(); k++) {
      sum += targets.weight(k);
    }
    return sum;
  }
}
