package io.solvegrad.evaluation.detection;

import io.solvegrad.evaluation.detection.CocoEvaluator.Match;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * COCO's precision and recall of one category in one area range.
 *
 * <p>Arrays are kept and handed out without a copy. Not modified.
 *
 * @param positives the number of objects that count
 * @param precision for each overlap the precision with 100 detections an image at the recalls 0,
 *     0.01, ..., 1
 * @param ap for each overlap the mean of that precision, -1 if there is no object
 * @param recall for 1, 10 and 100 detections an image and each overlap the largest recall, -1 if
 *     there is no object
 */
public record CocoCurves(int positives, double[][] precision, double[] ap, double[][] recall) {
  private static final int RECALLS = 101;

  /** Checks that nothing is missing. */
  public CocoCurves {
    Objects.requireNonNull(precision, "precision must not be null");
    Objects.requireNonNull(ap, "ap must not be null");
    Objects.requireNonNull(recall, "recall must not be null");
  }

  /** The largest numbers of detections of an image and category that count. */
  static final int[] MOST_DETECTIONS = {1, 10, 100};

  /** From what became of the detections of all images, best first. */
  static CocoCurves of(List<Match> matches, int overlaps, int positives) {
    double[][] precision = new double[overlaps][RECALLS];
    double[] ap = new double[overlaps];
    double[][] recall = new double[MOST_DETECTIONS.length][overlaps];
    for (int t = 0; t < overlaps; t++) {
      ap[t] = -1;
      for (int m = 0; m < MOST_DETECTIONS.length; m++) {
        recall[m][t] = -1;
        if (positives > 0) {
          PrecisionRecallCurve curve = curve(matches, t, MOST_DETECTIONS[m], positives);
          recall[m][t] = (double) curve.found() / positives;
          if (m == MOST_DETECTIONS.length - 1) {
            precision[t] = curve.precisionAt(RECALLS);
            ap[t] = Arrays.stream(precision[t]).sum() / RECALLS;
          }
        }
      }
    }
    return new CocoCurves(positives, precision, ap, recall);
  }

  private static PrecisionRecallCurve curve(
      List<Match> matches, int overlap, int most, int positives) {
    int bit = 1 << overlap;
    double[] scores = new double[matches.size()];
    boolean[] correct = new boolean[matches.size()];
    int counted = 0;
    for (Match match : matches) {
      if (match.place() < most && (match.ignoredMask() & bit) == 0) {
        scores[counted] = match.score();
        correct[counted++] = (match.matchedMask() & bit) != 0;
      }
    }
    return new PrecisionRecallCurve(
        Arrays.copyOf(scores, counted), Arrays.copyOf(correct, counted), positives);
  }
}
