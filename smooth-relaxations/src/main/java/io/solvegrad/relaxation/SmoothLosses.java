package io.solvegrad.relaxation;

import io.solvegrad.ranking.DiscountedGain;
import io.solvegrad.ranking.Gain;
import io.solvegrad.ranking.MetricLoss;
import io.solvegrad.ranking.PositionFunction;
import io.solvegrad.ranking.RankingLoss;
import io.solvegrad.ranking.WeightedSum;
import io.solvegrad.ranking.metric.RankMetrics;
import io.solvegrad.relaxation.surrogate.RankRegression;
import io.solvegrad.relaxation.surrogate.SoftPrecision;
import io.solvegrad.relaxation.surrogate.SoftSpearman;
import io.solvegrad.relaxation.surrogate.SurrogateLoss;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Smooth losses by the names of their papers: compositions of a metric and a soft ranker, with the
 * usual settings. Anything else is composed in the same way from {@link RankMetrics} and the
 * rankers of this package.
 */
public final class SmoothLosses {
  private static final double LN2 = Math.log(2);

  private SmoothLosses() {}

  /** Weight of a candidate by its target rank t in {@link #approxRankMse}. */
  public enum RankDiscount {
    /** 1. */
    NONE,
    /** 1 / log2(1 + t). */
    LOG2,
    /** 1 / t. */
    RECIPROCAL;

    private double of(double t) {
      return switch (this) {
        case NONE -> 1;
        case LOG2 -> LN2 / Math.log1p(t);
        case RECIPROCAL -> 1 / t;
      };
    }
  }

  /**
   * ApproxNDCG: NDCG (gain 2^y - 1, discount 1 / log2(1 + rank)) of pairwise sigmoid ranks. Source:
   * Qin, Liu, Li, 2010, doi:10.1007/s10791-009-9124-x.
   *
   * @param temperature positive; 0.1 in TF-Ranking, 1 in Rax
   * @return the loss
   * @throws IllegalArgumentException unless the temperature is positive and finite
   */
  public static MetricLoss approxNdcg(double temperature) {
    return MetricLoss.of(RankMetrics.ndcg(), new PairwiseSigmoid(temperature));
  }

  /**
   * ApproxMRR: the mean over relevant candidates of grade / rank, divided by the mean grade, of
   * pairwise sigmoid ranks. Source: as ApproxNDCG; this form is TF-Ranking's.
   *
   * @param temperature positive, usually 0.1
   * @return the loss
   * @throws IllegalArgumentException unless the temperature is positive and finite
   */
  public static MetricLoss approxMrr(double temperature) {
    return MetricLoss.of(RankMetrics.meanReciprocalRank(), new PairwiseSigmoid(temperature));
  }

  /**
   * The reciprocal rank of the best placed relevant candidate under pairwise sigmoid ranks: the
   * ApproxMRR of Rax and lightning-ir.
   *
   * @param temperature positive, usually 1
   * @return the loss
   * @throws IllegalArgumentException unless the temperature is positive and finite
   */
  public static MetricLoss approxReciprocalRank(double temperature) {
    return MetricLoss.of(RankMetrics.reciprocalRank(), new PairwiseSigmoid(temperature));
  }

  /**
   * ApproxRankMSE: the mean squared difference between pairwise sigmoid ranks and ranks by label.
   * Source: ranks as in ApproxNDCG; the loss by this name is that of Lightning IR.
   *
   * @param temperature positive, usually 1
   * @param discount weight of a candidate by its rank by label
   * @return the loss
   * @throws IllegalArgumentException unless the temperature is positive and finite
   */
  public static SurrogateLoss approxRankMse(double temperature, RankDiscount discount) {
    Objects.requireNonNull(discount, "discount must not be null");
    return SurrogateLoss.of(new RankRegression(new PairwiseSigmoid(temperature), discount::of));
  }

  /**
   * Recall@k of pairwise sigmoid ranks with a soft cut-off halfway between k and k + 1. Source:
   * Qin, Liu, Li, 2010, doi:10.1007/s10791-009-9124-x, for smooth metrics by smooth ranks and
   * cut-offs.
   *
   * @param k the last rank that counts
   * @param temperature positive
   * @return the loss
   * @throws IllegalArgumentException if k is less than 1, or the temperature not positive and
   *     finite
   */
  public static MetricLoss approxRecall(int k, double temperature) {
    return MetricLoss.of(RankMetrics.recallAt(k), new PairwiseSigmoid(temperature));
  }

  /**
   * Precision@k of pairwise sigmoid ranks: the soft share of relevant candidates among those within
   * the soft cut-off. Source: as {@link #approxRecall}; this form is Rax's.
   *
   * @param k the last rank that counts
   * @param temperature positive
   * @return the loss
   * @throws IllegalArgumentException if k is less than 1, or the temperature not positive and
   *     finite
   */
  public static SurrogateLoss approxPrecision(int k, double temperature) {
    return SurrogateLoss.of(new SoftPrecision(new PairwiseSigmoid(temperature), k));
  }

  /**
   * Smooth-AP: average precision with both ranks smoothed, among all candidates and among the
   * relevant ones. The query itself takes no part if it is excluded from the batch. Source: Brown
   * et al., ECCV 2020, arXiv:2007.12163.
   *
   * @param temperature positive; 0.01 for cosines
   * @return the loss
   * @throws IllegalArgumentException unless the temperature is positive and finite
   */
  public static MetricLoss smoothAp(double temperature) {
    return MetricLoss.of(RankMetrics.averagePrecision(), new PairwiseSigmoid(temperature));
  }

  /**
   * SupAP with its usual constants, an upper bound whose gradient does not vanish. Goes together
   * with {@link io.solvegrad.relaxation.embedding.EmbeddingLosses#supAp}, which adds the
   * calibration loss. Source: Ramzi et al., NeurIPS 2021, arXiv:2110.01445.
   *
   * @return the loss
   */
  public static MetricLoss supAp() {
    return MetricLoss.of(RankMetrics.averagePrecision(), PairwiseSteps.supAp());
  }

  /**
   * The Recall@k surrogate: the mean over k of 1 - the sum over relevant candidates of sigmoid(k -
   * rank) / min(k, relevant candidates). Source: Patel et al., CVPR 2022, arXiv:2108.11179.
   *
   * @param temperature of the ranks, positive; 0.01 in the paper
   * @param ks the cut-offs, at least one; 1, 2, 4, 8, 16 in the paper. Not modified.
   * @return the loss
   * @throws IllegalArgumentException if there is none or one is less than 1, or the temperature not
   *     positive and finite
   */
  public static RankingLoss recallSurrogate(double temperature, int... ks) {
    Objects.requireNonNull(ks, "ks must not be null");
    if (ks.length == 0) {
      throw new IllegalArgumentException("there must be a cut-off, but there are 0");
    }
    PairwiseSigmoid ranker = new PairwiseSigmoid(temperature, SoftCutoff.atRank(1));
    List<WeightedSum.Term> terms =
        Arrays.stream(ks)
            .mapToObj(k -> new WeightedSum.Term(1.0 / ks.length, MetricLoss.of(capped(k), ranker)))
            .toList();
    return new WeightedSum(terms);
  }

  private static DiscountedGain capped(int k) {
    return new DiscountedGain(
        PositionFunction.within(k),
        Gain.binary(),
        (targets, position, gain) -> Math.min(k, targets.ideal().totalWeight()));
  }

  /**
   * NeuralNDCG: NDCG under the soft permutation of NeuralSort, made doubly stochastic by 50
   * Sinkhorn iterations. Its two forms, the expected gain of each position times its discount and
   * (transposed) the expected discount of each candidate times its gain, are the same double sum
   * and so the same loss. Source: Pobrotyn, Bialobrzeski, 2021, arXiv:2102.07831.
   *
   * @param temperature positive, usually 1
   * @return the loss
   * @throws IllegalArgumentException unless the temperature is positive and finite
   */
  public static MetricLoss neuralNdcg(double temperature) {
    return MetricLoss.of(RankMetrics.ndcg(), new NeuralSort(temperature, 50));
  }

  /**
   * PiRank: NDCG under the soft permutation of NeuralSort. Source: Swezey et al., NeurIPS 2021,
   * arXiv:2012.06731.
   *
   * @param temperature positive, usually 1
   * @return the loss
   * @throws IllegalArgumentException unless the temperature is positive and finite
   */
  public static MetricLoss piRank(double temperature) {
    return MetricLoss.of(RankMetrics.ndcg(), new NeuralSort(temperature));
  }

  /**
   * 1 - Spearman's correlation of soft ranks by projection on the permutahedron with ranks by
   * label. Source: Blondel et al., ICML 2020, arXiv:2002.08871.
   *
   * @param strength positive, usually 1
   * @return the loss
   * @throws IllegalArgumentException unless the strength is positive and finite
   */
  public static SurrogateLoss softSpearman(double strength) {
    return SurrogateLoss.of(new SoftSpearman(new SoftRank(strength)));
  }
}
