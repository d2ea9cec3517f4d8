package io.solvegrad.ranking;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Recall at every cut-off at once: the weighted sum over K of 1 - recall@K, where recall@K is the
 * share of relevant candidates with fewer than K irrelevant ones ranked above them.
 *
 * <p>In closed form the loss of a list is the mean over its relevant candidates of W(r), with r the
 * number of irrelevant candidates above and W(r) = w_1 + ... + w_r the sum of the weights of the
 * cut-offs missed. It is not bounded by 1. Slope: W'(r).
 *
 * <p>Source: Rolinek et al., CVPR 2020, arXiv:1912.03500, section 4.5.
 *
 * @param missed W, with W(0) = 0; its slope is what a place gained is worth
 */
public record Recall(SmoothFunction missed) implements RankMetric<Ranks>, RankTerm {

  /**
   * Checks that nothing missed costs nothing.
   *
   * @throws IllegalArgumentException if W(0) is not 0
   */
  public Recall {
    Objects.requireNonNull(missed, "missed must not be null");
    if (missed.at(0) != 0) {
      throw new IllegalArgumentException(
          "W(0) must be 0, but is %s. Maybe subtract it.".formatted(missed.at(0)));
    }
  }

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

  /**
   * The mean of 1 - recall@K over some K alone; bounded by 1. W is a staircase, so the slope at r
   * is the sum of those of {@link PositionFunction#within} at rank r + 1: a place gained is worth
   * something to every cut-off that is missed.
   *
   * @param cutoffs each at least 1. Not modified, not kept.
   * @return the loss
   * @throws IllegalArgumentException if there is none or one is less than 1
   */
  public static Recall atCutOffs(int... cutoffs) {
    if (Objects.requireNonNull(cutoffs, "cutoffs must not be null").length == 0) {
      throw new IllegalArgumentException("recall needs at least one cut-off");
    }
    return new Recall(
        new MissedCutOffs(Arrays.stream(cutoffs).mapToObj(PositionFunction::within).toList()));
  }

  /** The share of cut-offs that r irrelevant candidates above make a candidate miss. */
  private record MissedCutOffs(List<PositionFunction> hits) implements SmoothFunction {

    @Override
    public double at(double r) {
      double missed = 0;
      for (int i = 0; i < hits.size(); i++) {
        missed += 1 - hits.get(i).at(r + 1);
      }
      return missed / hits.size();
    }

    @Override
    public double slope(double r) {
      double slope = 0;
      for (int i = 0; i < hits.size(); i++) {
        slope -= hits.get(i).integerSlope(r + 1);
      }
      return slope / hits.size();
    }
  }

  /**
   * {@return the weight of 1 - recall@K, which is exactly W(K) - W(K - 1)}
   *
   * @param k K, at least 1
   * @throws IllegalArgumentException if it is less than 1
   */
  public double weight(int k) {
    if (k < 1) {
      throw new IllegalArgumentException("cut-off k must be at least 1, but is " + k);
    }
    return missed.at(k) - missed.at(k - 1);
  }

  @Override
  public double at(double rank, double among) {
    return missed.at(rank - among);
  }

  @Override
  public double rankSlope(double rank, double among) {
    return missed.slope(rank - among);
  }

  @Override
  public double amongSlope(double rank, double among) {
    return -missed.slope(rank - among);
  }

  @Override
  public double normaliser(Targets targets) {
    return targets.totalWeight();
  }

  @Override
  public double loss(Targets targets, Ranks ranks, double scale) {
    double sum = 0;
    for (int k = 0; k < targets.count(); k++) {
      double weight = targets.weight(k);
      if (weight > 0) {
        sum += weight * ranks.term(this, Integer.MAX_VALUE, k, scale * weight);
      }
    }
    return sum;
  }
}
