package io.solvegrad.relaxation.embedding;

import io.solvegrad.ranking.RankingLoss;
import io.solvegrad.ranking.Reduction;
import io.solvegrad.ranking.WeightedSum;
import io.solvegrad.relaxation.SmoothLosses;
import io.solvegrad.relaxation.surrogate.LabelTransform;
import io.solvegrad.relaxation.surrogate.PairFunction;
import io.solvegrad.relaxation.surrogate.PairwiseLoss;
import io.solvegrad.relaxation.surrogate.PointFunction;
import io.solvegrad.relaxation.surrogate.PointwiseLoss;
import io.solvegrad.relaxation.surrogate.Softmax;
import io.solvegrad.relaxation.surrogate.SurrogateLoss;
import io.solvegrad.relaxation.surrogate.UniqueSoftmax;
import java.util.List;

/** The losses of metric learning by their names: compositions, with the usual averages. */
public final class EmbeddingLosses {
  private EmbeddingLosses() {}

  /**
   * NT-Xent: for each query and each of its relevant candidates, the cross entropy of that
   * candidate against all irrelevant ones; mean over such pairs. Source: Sohn, NIPS 2016; van den
   * Oord et al., arXiv:1807.03748.
   *
   * @param temperature positive, usually 0.07
   * @return the loss on cosines
   * @throws IllegalArgumentException unless the temperature is positive and finite
   */
  public static EmbeddingLoss ntXent(double temperature) {
    RankingLoss loss =
        SurrogateLoss.of(new UniqueSoftmax(y -> y).perRelevant()).reduction(Reduction.MICRO);
    return new EmbeddingLoss(Similarity.COSINE, temperature, loss);
  }

  /**
   * Supervised contrastive: for each query, the mean over its relevant candidates of the cross
   * entropy against all candidates; mean over queries whose loss is not zero. Source: Khosla et
   * al., NeurIPS 2020, arXiv:2004.11362.
   *
   * @param temperature positive, usually 0.1
   * @return the loss on cosines
   * @throws IllegalArgumentException unless the temperature is positive and finite
   */
  public static EmbeddingLoss supervisedContrastive(double temperature) {
    RankingLoss loss =
        SurrogateLoss.of(new Softmax()).labels(LabelTransform.shares()).overNonZero();
    return new EmbeddingLoss(Similarity.COSINE, temperature, loss);
  }

  /**
   * Multi-similarity, mean over queries; see {@link MultiSimilarity}.
   *
   * @param alpha positive, usually 2
   * @param beta positive, usually 50
   * @param base usually 0.5
   * @return the loss on cosines
   * @throws IllegalArgumentException unless alpha and beta are positive and all are finite
   */
  public static EmbeddingLoss multiSimilarity(double alpha, double beta, double base) {
    RankingLoss loss = SurrogateLoss.of(new MultiSimilarity(alpha, beta, base));
    return new EmbeddingLoss(Similarity.COSINE, 1, loss);
  }

  /**
   * FastAP, mean over queries with something to find; see {@link FastAp}.
   *
   * @param bins number of bins, usually 10
   * @return the loss on squared distances of unit vectors
   * @throws IllegalArgumentException if there is less than one bin
   */
  public static EmbeddingLoss fastAp(int bins) {
    RankingLoss loss = SurrogateLoss.of(new FastAp(bins));
    return new EmbeddingLoss(Similarity.NEGATIVE_SQUARED_DISTANCE, 1, loss);
  }

  /**
   * Triplet loss: max(0, distance to relevant - distance to irrelevant + margin), mean over the
   * triplets that are not zero. Source: Schroff et al., CVPR 2015, arXiv:1503.03832.
   *
   * @param margin not negative, usually 0.05 to 0.2
   * @return the loss on distances of unit vectors
   * @throws IllegalArgumentException if the margin is negative or not finite
   */
  public static EmbeddingLoss triplet(double margin) {
    RankingLoss loss =
        SurrogateLoss.of(new PairwiseLoss(PairFunction.hinge(margin)))
            .reduction(Reduction.MICRO)
            .overNonZero();
    return new EmbeddingLoss(Similarity.NEGATIVE_DISTANCE, 1, loss);
  }

  /**
   * Contrastive loss: max(0, distance - near) for relevant pairs and max(0, far - distance) for
   * others, each a mean over the pairs that are not zero, added. Source: Hadsell et al., CVPR 2006,
   * doi:10.1109/CVPR.2006.100.
   *
   * @param near distance that is small enough, usually 0
   * @param far distance that is large enough, usually 0.5 to 1
   * @return the loss on distances of unit vectors
   * @throws IllegalArgumentException if a distance is not finite
   */
  public static EmbeddingLoss contrastive(double near, double far) {
    return new EmbeddingLoss(Similarity.NEGATIVE_DISTANCE, 1, hinges(-near, -far));
  }

  /**
   * Contrastive loss on cosines, the calibration loss that goes with SupAP: max(0, positive - s)
   * for relevant pairs and max(0, s - negative) for others, each a mean over the pairs that are not
   * zero, added. Source: Ramzi et al., NeurIPS 2021, arXiv:2110.01445.
   *
   * @param positive similarity that is large enough, 0.9 in ROADMAP
   * @param negative similarity that is small enough, 0.6 in ROADMAP
   * @return the loss on cosines
   * @throws IllegalArgumentException if a similarity is not finite
   */
  public static EmbeddingLoss calibration(double positive, double negative) {
    return new EmbeddingLoss(Similarity.COSINE, 1, hinges(positive, negative));
  }

  /**
   * Smooth-AP on cosines; see {@link SmoothLosses#smoothAp}.
   *
   * @param temperature positive, usually 0.01
   * @return the loss on cosines
   * @throws IllegalArgumentException unless the temperature is positive and finite
   */
  public static EmbeddingLoss smoothAp(double temperature) {
    return new EmbeddingLoss(Similarity.COSINE, 1, SmoothLosses.smoothAp(temperature));
  }

  /**
   * ROADMAP: SupAP + weight x {@link #calibration} with margins 0.9 and 0.6, both on cosines.
   * Source: Ramzi et al., NeurIPS 2021, arXiv:2110.01445.
   *
   * @param weight of the calibration loss, not negative; 1 in the authors' settings
   * @return the loss on cosines
   * @throws IllegalArgumentException if the weight is negative or not finite
   */
  public static EmbeddingLoss supAp(double weight) {
    if (!(weight >= 0) || weight == Double.POSITIVE_INFINITY) {
      throw new IllegalArgumentException(
          "weight must be finite and not negative, but is " + weight);
    }
    return new EmbeddingLoss(
        Similarity.COSINE,
        1,
        new WeightedSum(
            List.of(
                new WeightedSum.Term(1, SmoothLosses.supAp()),
                new WeightedSum.Term(weight, hinges(0.9, 0.6)))));
  }

  /**
   * The Recall@k surrogate on cosines; see {@link SmoothLosses#recallSurrogate}.
   *
   * @param temperature of the ranks, positive; 0.01 in the paper
   * @param ks the cut-offs, at least one; 1, 2, 4, 8, 16 in the paper. Not modified.
   * @return the loss on cosines
   * @throws IllegalArgumentException if there is no cut-off or one is less than 1, or the
   *     temperature not positive and finite
   */
  public static EmbeddingLoss recallSurrogate(double temperature, int... ks) {
    return new EmbeddingLoss(Similarity.COSINE, 1, SmoothLosses.recallSurrogate(temperature, ks));
  }

  private static RankingLoss hinges(double attract, double repel) {
    return new WeightedSum(
        List.of(
            new WeightedSum.Term(1, overNonZero(PointFunction.attract(attract))),
            new WeightedSum.Term(1, overNonZero(PointFunction.repel(repel)))));
  }

  private static RankingLoss overNonZero(PointFunction function) {
    return SurrogateLoss.of(new PointwiseLoss(function)).reduction(Reduction.MICRO).overNonZero();
  }
}
