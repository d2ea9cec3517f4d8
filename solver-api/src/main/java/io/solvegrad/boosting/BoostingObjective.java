package io.solvegrad.boosting;

import io.solvegrad.ranking.Diagnostics;
import io.solvegrad.ranking.RankingLoss;
import io.solvegrad.ranking.ScoreArray;
import java.io.Serializable;

/**
 * Any ranking loss as an objective of gradient boosting.
 *
 * <p>The loss is multiplied by scale x the number of groups, inside its upstream. For losses that
 * are means over queries, as those of this project are by default, each group then has the gradient
 * that it would have alone: neither steps nor the blackbox's lambda depend on how many groups there
 * are. A loss with another reduction wants {@link #scale} set so that the product suits it.
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
    this.loss = loss;
    this.curvature = curvature;
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
    return step(scores, labels, labels.groups());
  }

  /**
   * The same for rows that are a part of a training set, as one of several workers holds it: every
   * group has the gradient that it would have if all were in one place, up to rounding, and the
   * part need not hold a relevant row. For losses that are weighted means over the groups with a
   * label above 0.
   *
   * @param scores what the trees say so far, one for each row. Not modified.
   * @param labels labels and groups of the rows of this part
   * @param whole what all parts hold together
   * @return new arrays
   * @throws IllegalArgumentException as {@link #step(float[], GroupedLabels)}, but for the relevant
   *     row
   */
  public GradientStep step(float[] scores, GroupedLabels labels, Whole whole) {
    return step(scores, labels, labels.relevantWeight() * whole.groups / whole.relevantWeight);
  }

  /**
   * What all parts of a training set hold together.
   *
   * @param groups how many groups, at least 1
   * @param relevantWeight the sum of the weights of the groups with a label above 0, positive
   */
  public record Whole(long groups, double relevantWeight) implements Serializable {
    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if there is no group or none has anything to find
     */
    public Whole {
      if (groups < 1 || !(relevantWeight > 0)) {
        throw new IllegalArgumentException(
            "none of %d groups has a label above 0 and a weight. Maybe the labels were never set."
                .formatted(groups));
      }
    }
  }

  /** Takes a step in which a mean over the groups is multiplied by a number of groups. */
  private GradientStep step(float[] scores, GroupedLabels labels, double groups) {
    float[] gradient = new float[scores.length];
    float[] hessian = new float[scores.length];
    Diagnostics step = new Diagnostics();
    double value =
        curvature.needsGroupLoss()
            ? groupByGroup(ScoreArray.of(scores), labels, gradient, hessian, step)
            : atOnce(ScoreArray.of(scores), labels, groups, gradient, hessian, step);
    synchronized (diagnostics) {
      diagnostics.add(step);
    }
    return new GradientStep(gradient, hessian, value);
  }

  private double atOnce(
      ScoreArray scores,
      GroupedLabels labels,
      double groups,
      float[] gradient,
      float[] hessian,
      Diagnostics step) {
    double value =
        loss.evaluate(labels.batch(scores), scale * groups, ScoreArray.of(gradient), step);
    fill(gradient, hessian, 0, gradient.length, Double.NaN);
    return value;
  }

  private double groupByGroup(
      ScoreArray scores,
      GroupedLabels labels,
      float[] gradient,
      float[] hessian,
      Diagnostics step) {
    labels.batch(scores);
    ScoreArray target = ScoreArray.of(gradient);
    double sum = 0;
    for (int q = 0; q < labels.groups(); q++) {
      double factor = scale * labels.groupWeight(q);
      double value = loss.evaluate(labels.batch(q, scores), factor, target, step);
      fill(gradient, hessian, labels.begin(q), labels.end(q), value);
      sum += value;
    }
    return sum;
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
