package io.solvegrad.boosting;

import io.solvegrad.ranking.Diagnostics;
import io.solvegrad.ranking.RankingBatch;
import io.solvegrad.ranking.RankingLoss;
import io.solvegrad.ranking.ScoreArray;
import java.util.Objects;

/**
 * Any ranking loss as an objective of gradient boosting.
 *
 * <p>The loss is multiplied by scale x its {@link RankingLoss#divisor}, inside its upstream: for a
 * mean over queries the number of groups that count in it, for a sum 1. Each group then has the
 * gradient that it would have alone: neither steps nor the blackbox's lambda depend on how many
 * groups there are, or in how many of them nothing is relevant. Group weights multiply it, divided
 * by their mean.
 *
 * <p>Immutable but for {@link #diagnostics}; may be shared by threads if the loss may. Cost of a
 * step: one evaluation of the loss and a pass over the rows.
 */
public final class BoostingObjective {
  private final RankingLoss loss;
  private final Curvature curvature;
  private final double scale;
  private final Diagnostics diagnostics = new Diagnostics();

  private BoostingObjective(RankingLoss loss, Curvature curvature, double scale) {
    this.loss = Objects.requireNonNull(loss, "loss must not be null");
    this.curvature = Objects.requireNonNull(curvature, "curvature must not be null");
    this.scale = scale;
  }

  /**
   * {@return an objective with scale 1 and a second derivative of 1 everywhere}
   *
   * @param loss any ranking loss, blackbox or smooth
   */
  public static BoostingObjective of(RankingLoss loss) {
    return new BoostingObjective(loss, Curvature.constant(1), 1);
  }

  /**
   * {@return the same objective with another second derivative}
   *
   * @param other what stands in for the second derivative
   */
  public BoostingObjective curvature(Curvature other) {
    return new BoostingObjective(loss, other, scale);
  }

  /**
   * {@return the same objective with a factor on its loss} The factor acts inside the upstream of
   * the blackbox, like lambda.
   *
   * @param factor positive and finite
   * @throws IllegalArgumentException if it is not
   */
  public BoostingObjective scale(double factor) {
    if (!(factor > 0) || factor == Double.POSITIVE_INFINITY) {
      throw new IllegalArgumentException("scale must be positive and finite, but is " + factor);
    }
    return new BoostingObjective(loss, curvature, factor);
  }

  /** {@return what the gradients have been like since the last reset} Look at it between rounds. */
  public Diagnostics diagnostics() {
    return diagnostics;
  }

  /**
   * Gradient and second derivative of every row.
   *
   * @param scores what the trees say so far, one for each row. Not modified.
   * @param labels labels and groups of the rows
   * @return new arrays
   * @throws IllegalArgumentException if the numbers of scores and rows differ, a score is NaN, no
   *     row is relevant, or a gradient or second derivative comes out that boosting cannot use
   */
  public GradientStep step(float[] scores, GroupedLabels labels) {
    labels.requireRelevantRow();
    return stepOfPart(scores, labels);
  }

  /**
   * The same for rows that are a part of a training set, as one of several workers holds it: the
   * part need not hold a relevant row. Without group weights every group has the gradient that it
   * would have if all rows were in one place; group weights are taken relative to the part's own.
   *
   * @param scores what the trees say so far, one for each row. Not modified.
   * @param labels labels and groups of the rows of this part, whole groups only
   * @return new arrays
   * @throws IllegalArgumentException as {@link #step}, but for the relevant row
   */
  public GradientStep stepOfPart(float[] scores, GroupedLabels labels) {
    requireNumbers(scores);
    float[] gradient = new float[scores.length];
    float[] hessian = new float[scores.length];
    Diagnostics step = new Diagnostics();
    double value =
        curvature.needsGroupLoss()
            ? groupByGroup(scores, labels, gradient, hessian, step)
            : atOnce(ScoreArray.of(scores), labels, gradient, hessian, step);
    synchronized (diagnostics) {
      diagnostics.add(step);
    }
    return new GradientStep(gradient, hessian, value);
  }

  private static void requireNumbers(float[] scores) {
    for (int i = 0; i < scores.length; i++) {
      if (Float.isNaN(scores[i])) {
        throw new IllegalArgumentException("score of row %d is NaN".formatted(i));
      }
    }
  }

  private double atOnce(
      ScoreArray scores,
      GroupedLabels labels,
      float[] gradient,
      float[] hessian,
      Diagnostics step) {
    double lists = loss.divisor(labels.withoutGroupWeights(scores));
    double value =
        loss.evaluate(labels.batch(scores), scale * lists, ScoreArray.of(gradient), step);
    fill(gradient, hessian, 0, gradient.length, Double.NaN);
    return value;
  }

  private double groupByGroup(
      float[] scores, GroupedLabels labels, float[] gradient, float[] hessian, Diagnostics step) {
    double unit = scale / meanWeight(ScoreArray.of(scores), labels);
    double sum = 0;
    for (int q = 0; q < labels.groups(); q++) {
      RankingBatch group = labels.alone(q, scores);
      float[] own = new float[labels.end(q) - labels.begin(q)];
      double factor = unit * labels.groupWeight(q) * loss.divisor(group);
      double value = loss.evaluate(group, factor, ScoreArray.of(own), step);
      System.arraycopy(own, 0, gradient, labels.begin(q), own.length);
      fill(gradient, hessian, labels.begin(q), labels.end(q), value);
      sum += value;
    }
    return sum;
  }

  /** Only the ratios of group weights count, as in the mean over all groups. */
  private double meanWeight(ScoreArray scores, GroupedLabels labels) {
    RankingBatch batch = labels.batch(scores);
    double weights = labels.hasGroupWeights() ? loss.divisor(batch) : 0;
    return weights > 0 ? weights / loss.divisor(labels.withoutGroupWeights(scores)) : 1;
  }

  private void fill(float[] gradient, float[] hessian, int from, int to, double groupLoss) {
    for (int i = from; i < to; i++) {
      float g = gradient[i];
      float h = (float) curvature.of(g, groupLoss);
      if (!(Math.abs(g) <= Float.MAX_VALUE)) {
        throw new IllegalArgumentException(
            "gradient of row %d is %s. Maybe the loss or its scale is at fault.".formatted(i, g));
      }
      if (!(h > 0 && h <= Float.MAX_VALUE)) {
        throw new IllegalArgumentException(
            "curvature of row %d is %s, its gradient %s. Maybe add atLeast(1e-3)."
                .formatted(i, h, g));
      }
      hessian[i] = h;
    }
  }
}
