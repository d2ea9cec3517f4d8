package io.solvegrad.detection.training;

import com.fasterxml.jackson.annotation.JsonValue;
import io.solvegrad.rambo.ClassAveragePrecision;
import io.solvegrad.ranking.MatrixView;
import io.solvegrad.ranking.RankingLoss;
import io.solvegrad.ranking.Reduction;
import io.solvegrad.relaxation.surrogate.ErrorDriven;
import io.solvegrad.relaxation.surrogate.ListObjective;
import io.solvegrad.relaxation.surrogate.PointFunction;
import io.solvegrad.relaxation.surrogate.PointwiseLoss;
import io.solvegrad.relaxation.surrogate.SurrogateLoss;
import io.solvegrad.solver.Lambda;

/** The losses that can train the classification of cells, each on a matrix of cells and classes. */
public enum Head {
  /** RaMBO: average precision of each class over the cells of this batch and former ones. */
  AP("ap", 1, 30),
  /** Sigmoid cross entropy of every cell and class, per positive cell. */
  CROSS_ENTROPY("cross-entropy", 0, 1),
  /** Focal loss with gamma 2 and alpha 0.25, per positive cell. */
  FOCAL("focal", 0, 1),
  /** The error-driven AP loss of Chen et al. 2019, all classes in one ranking. */
  AP_LOSS("ap-loss", 1, 1),
  /** Rank and sort loss of Oksuz et al. 2021, all classes in one ranking. */
  RANK_SORT("rank-sort", 1, 1);

  private static final double FOCAL_GAMMA = 2;
  private static final double FOCAL_ALPHA = 0.25;

  private final String label;
  private final int normalised;
  private final double weight;

  Head(String label, int normalised, double weight) {
    this.label = label;
    this.normalised = normalised;
    this.weight = weight;
  }

  /** {@return the name on the command line} */
  @JsonValue
  @Override
  public String toString() {
    return label;
  }

  /** {@return the weight beside the loss of the boxes that suits it} */
  public double defaultWeight() {
    return weight;
  }

  /**
   * {@return whether the loss is a sum over cells, to be divided by the number of positive ones}
   */
  boolean perPositive() {
    return normalised == 0;
  }

  /** {@return whether positive labels are the overlaps of the predicted boxes} */
  boolean gradedByOverlap() {
    return this == RANK_SORT;
  }

  /** {@return whether the loss ranks exactly, so that lambda, margin and memory matter} */
  public boolean isBlackbox() {
    return this == AP;
  }

  /** The loss of a training. */
  Classification create(Settings settings, Lambda lambda, int cells) {
    return switch (this) {
      case AP -> {
        ClassAveragePrecision loss =
            new ClassAveragePrecision(
                new ClassAveragePrecision.Settings(
                    lambda,
                    settings.margin(),
                    settings.interclass(),
                    Math.multiplyExact(settings.memory(), cells),
                    0),
                settings.threads());
        yield new Classification(loss, loss.memory());
      }
      case CROSS_ENTROPY ->
          plain(sum(new PointwiseLoss(PointFunction.sigmoidCrossEntropy()), settings));
      case FOCAL ->
          plain(sum(new PointwiseLoss(PointFunction.focal(FOCAL_GAMMA, FOCAL_ALPHA)), settings));
      case AP_LOSS -> plain(MatrixView.FLAT.apply(sum(ErrorDriven.averagePrecision(), settings)));
      case RANK_SORT -> plain(MatrixView.FLAT.apply(sum(ErrorDriven.rankAndSort(), settings)));
    };
  }

  private static Classification plain(RankingLoss loss) {
    return new Classification(loss, null);
  }

  private static SurrogateLoss sum(ListObjective objective, Settings settings) {
    return SurrogateLoss.of(objective).reduction(Reduction.TOTAL).threads(settings.threads());
  }
}
