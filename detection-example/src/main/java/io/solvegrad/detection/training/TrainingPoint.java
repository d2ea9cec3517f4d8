package io.solvegrad.detection.training;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What a few steps of training were like.
 *
 * @param step the number of steps taken
 * @param seconds of training so far
 * @param classLoss the mean loss of the classification
 * @param boxLoss the mean of 1 - intersection over union of positive cells
 * @param zeroGradients the share of rankings without a gradient
 * @param moved the share of candidates whose score got a gradient
 * @param lossMillis mean milliseconds in the loss of the classification
 * @param stepMillis mean milliseconds of a step
 */
public record TrainingPoint(
    long step,
    double seconds,
    double classLoss,
    double boxLoss,
    double zeroGradients,
    double moved,
    double lossMillis,
    double stepMillis) {

  /** The mean of some steps, dated by the last of them. */
  static TrainingPoint mean(List<TrainingPoint> steps) {
    TrainingPoint last = steps.getLast();
    return new TrainingPoint(
        last.step,
        last.seconds,
        mean(steps, TrainingPoint::classLoss),
        mean(steps, TrainingPoint::boxLoss),
        mean(steps, TrainingPoint::zeroGradients),
        mean(steps, TrainingPoint::moved),
        mean(steps, TrainingPoint::lossMillis),
        mean(steps, TrainingPoint::stepMillis));
  }

  private static double mean(List<TrainingPoint> steps, ToDoubleFunction<TrainingPoint> value) {
    return steps.stream().mapToDouble(value).average().orElseThrow();
  }
}
