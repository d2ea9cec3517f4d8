package io.solvegrad.evaluation.detection;

import java.util.Arrays;
import java.util.Objects;

/**
 * Precision and recall of detections in descending order of their scores, and three ways to call
 * the area under it average precision.
 *
 * <p>Arrays are kept and handed out without a copy. Not modified.
 *
 * @param scores the scores, descending
 * @param correct for each detection whether it found an object
 * @param positives the number of objects
 */
public record PrecisionRecallCurve(double[] scores, boolean[] correct, int positives) {

  /**
   * Checks lengths.
   *
   * @throws IllegalArgumentException if lengths differ or more detections are correct than there
   *     are objects
   */
  public PrecisionRecallCurve {
    Objects.requireNonNull(scores, "scores must not be null");
    Objects.requireNonNull(correct, "correct must not be null");
    if (scores.length != correct.length) {
      throw new IllegalArgumentException(
          scores.length + " scores for " + correct.length + " detections");
    }
    int found = 0;
    for (boolean one : correct) {
      found += one ? 1 : 0;
    }
    if (found > positives) {
      throw new IllegalArgumentException(
          found + " correct detections of " + positives + " objects");
    }
  }

  /**
   * The precision after each detection.
   *
   * @return correct / (correct + false) so far
   */
  public double[] precision() {
    double[] precision = new double[correct.length];
    int found = 0;
    for (int i = 0; i < precision.length; i++) {
      found += correct[i] ? 1 : 0;
      precision[i] = (double) found / (i + 1);
    }
    return precision;
  }

  /**
   * The recall after each detection.
   *
   * @return correct so far / objects; 0 if there are none
   */
  public double[] recall() {
    double[] recall = new double[correct.length];
    int found = 0;
    for (int i = 0; i < recall.length; i++) {
      found += correct[i] ? 1 : 0;
      recall[i] = positives == 0 ? 0 : (double) found / positives;
    }
    return recall;
  }

  /**
   * Correct detections.
   *
   * @return their number
   */
  public int found() {
    int found = 0;
    for (boolean one : correct) {
      found += one ? 1 : 0;
    }
    return found;
  }

  /**
   * The area under the precision made monotone from the right: Pascal VOC from 2010 on, also called
   * every-point interpolation.
   *
   * @return AP, 0 if there is no object
   */
  public double areaAp() {
    double[] precision = monotone();
    double sum = 0;
    for (int i = 0; i < precision.length; i++) {
      sum += correct[i] ? precision[i] : 0;
    }
    return positives == 0 ? 0 : sum / positives;
  }

  /**
   * The mean of the largest precision at a recall of at least 0, 0.1, ..., 1: Pascal VOC until
   * 2009. Everingham et al., The Pascal Visual Object Classes Challenge, IJCV 88, 2010
   * (doi:10.1007/s11263-009-0275-4).
   *
   * @return AP, 0 if there is no object
   */
  public double elevenPointAp() {
    return mean(sampled(11, true));
  }

  /**
   * The mean of the largest precision at a recall of at least 0, 0.01, ..., 1: COCO.
   *
   * @return AP, 0 if there is no object
   */
  public double cocoAp() {
    return mean(sampled(101, false));
  }

  /**
   * The largest precision at a recall of at least 0, 1/(n-1), ..., 1, rounded as in COCO's own
   * program.
   *
   * @param points how many recalls, at least 2
   * @return the precisions, 0 where the recall is not reached
   */
  public double[] precisionAt(int points) {
    return sampled(points, false);
  }

  private double[] sampled(int points, boolean exact) {
    double[] precision = monotone();
    double[] sampled = new double[points];
    int at = 0;
    int found = 0;
    for (int point = 0; point < points; point++) {
      // found counts the correct ones before detection at
      while (at < correct.length && !reaches(found + (correct[at] ? 1 : 0), point, points, exact)) {
        found += correct[at++] ? 1 : 0;
      }
      sampled[point] = at < correct.length ? precision[at] : 0;
    }
    return sampled;
  }

  /** Whether a recall is reached: in integers, or rounded as COCO's own program does. */
  private boolean reaches(int found, int point, int points, boolean exact) {
    int steps = points - 1;
    return exact
        ? (long) found * steps >= (long) point * positives
        : (double) found / positives >= (point == steps ? 1 : point * (1.0 / steps));
  }

  private double mean(double[] values) {
    return positives == 0 ? 0 : Arrays.stream(values).sum() / values.length;
  }

  private double[] monotone() {
    double[] precision = precision();
    for (int i = precision.length - 2; i >= 0; i--) {
      precision[i] = Math.max(precision[i], precision[i + 1]);
    }
    return precision;
  }
}
