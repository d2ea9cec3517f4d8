package io.solvegrad.ranking;

import java.util.Arrays;
import java.util.Objects;

/**
 * 1 - average precision: the mean over relevant candidates of 1 - (rank among the relevant) / rank.
 *
 * <p>Under the blackbox ranker this is RaMBO's AP loss (Rolinek et al., CVPR 2020,
 * arXiv:1912.03500, section 4.6); under a pairwise sigmoid it is Smooth-AP (Brown et al., ECCV
 * 2020, arXiv:2007.12163).
 *
 * <p>With a cut-off, relevant candidates below it add nothing; the slope there is that of the uncut
 * function, (rank among the relevant) / rank^2, so that they still learn. The divisor is the weight
 * of all relevant candidates (as in trec_eval and Rax), or of the k heaviest of them if it is
 * capped. With the cut-off R, the number of relevant candidates, this is MAP@R (Musgrave, Belongie,
 * Lim: A Metric Learning Reality Check, ECCV 2020, arXiv:2003.08505).
 *
 * @param cutoff the last rank that counts
 * @param capped whether the divisor is the weight of the heaviest relevant candidates up to the
 *     cut-off, so that a perfect ranking of more than k relevant candidates gives 1
 * @param epsilon added to the divisor; 0 is average precision itself, 1e-5 gives the numbers of the
 *     code published with RaMBO
 */
public record AveragePrecision(CutOff cutoff, boolean capped, double epsilon)
    implements RankMetric<Ranks> {

  private static final RankTerm PRECISION =
      new RankTerm() {
        @Override
        public double at(double rank, double among) {
          return among / rank;
        }

        @Override
        public double rankSlope(double rank, double among) {
          return -among / (rank * rank);
        }

        @Override
        public double amongSlope(double rank, double among) {
          return 1 / rank;
        }
      };

  /**
   * Checks epsilon.
   *
   * @throws IllegalArgumentException if it is negative or not finite
   */
  public AveragePrecision {
    Objects.requireNonNull(cutoff, "cutoff must not be null");
    if (!(epsilon >= 0) || epsilon == Double.POSITIVE_INFINITY) {
      throw new IllegalArgumentException(
          "epsilon must be finite and not negative, but is " + epsilon);
    }
  }

  /**
   * Average precision without cut-off.
   *
   * @param epsilon added to the divisor
   * @throws IllegalArgumentException if it is negative or not finite
   */
  public AveragePrecision(double epsilon) {
    this(CutOff.none(), false, epsilon);
  }

  /** Average precision itself. */
  public AveragePrecision() {
    this(0);
  }

  @Override
  public double normaliser(Targets targets) {
    Targets ideal = targets.ideal();
    int last = capped ? cutoff.of(targets) : Integer.MAX_VALUE;
    return (last < ideal.count() ? heaviest(ideal, last) : ideal.totalWeight()) + epsilon;
  }

  private static double heaviest(Targets targets, int places) {
    int count = targets.count();
    double[] weights = targets.scratch(count);
    for (int k = 0; k < count; k++) {
      weights[k] = targets.weight(k);
    }
    Arrays.sort(weights, 0, count);
    double sum = 0;
    for (int k = count - places; k < count; k++) {
      sum += weights[k];
    }
    return sum;
  }

  @Override
  public double loss(Targets targets, Ranks ranks, double scale) {
    int last = cutoff.of(targets);
    double found = 0;
    for (int k = 0; k < targets.count(); k++) {
      double weight = targets.weight(k);
      found += weight * ranks.term(PRECISION, last, k, -scale * weight);
    }
    return normaliser(targets) - found;
  }
}
