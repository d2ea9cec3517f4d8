package io.solvegrad.ranking;

/**
 * Recall at every cut-off at once: the weighted sum over K of 1 - recall@K, where recall@K is the
 * share of relevant candidates with fewer than K irrelevant ones ranked above them.
 *
 * <p>In closed form the loss of a list is the mean over its relevant candidates of W(r), with r the
 * number of irrelevant candidates above and W(r) = w_1 + ... + w_r the sum of the weights of the
 * cut-offs missed. It is not bounded by 1.
 *
 * <p>Source: Rolinek et al., CVPR 2020, arXiv:1912.03500, section 4.5.
 *
 * @param missed W, with W(0) = 0; its slope is what a place gained is worth
 */
public record Recall(SmoothFunction missed) implements RankMetric<Ranks> {

  /** {@return the loss with W(r) = log(1 + r): cut-off K weighs log(1 + 1/K), about 1 / K} */
  public static Recall log() {
    return new Recall(SmoothFunction.of(Math::log1p, r -> 1 / (1 + r)));
  }

  /** {@return the loss with W(r) = log(1 + log(1 + r)): cut-off K weighs about 1 / (K log K)} */
  public static Recall logLog() {
    return new Recall(
        SmoothFunction.of(
            r -> Math.log1p(Math.log1p(r)), r -> 1 / ((1 + r) * (1 + Math.log1p(r)))));
  }

  @Override
  public double normaliser(Targets targets) {
    return AveragePrecision.weightOfTargets(targets);
  }

  @Override
  public double loss(Targets targets, Ranks ranks, double scale) {
    double sum = 0;
    for (int k = 0; k < targets.count(); k++) {
      double above = ranks.rank(k) - ranks.among(k);
      double weight = targets.weight(k);
      sum += weight * missed.at(above);
      double upstream = scale * weight * missed.slope(above);
      ranks.pushRank(k, upstream);
      ranks.pushAmong(k, -upstream);
    }
    return sum;
  }
}
