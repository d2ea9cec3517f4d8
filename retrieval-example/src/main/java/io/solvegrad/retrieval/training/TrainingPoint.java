package io.solvegrad.retrieval.training;

import java.util.List;

/**
 * What a few steps of training were like.
 *
 * @param step the number of steps taken
 * @param seconds of training so far
 * @param loss the mean loss of the steps
 * @param batchHitRate the share of images of these batches whose nearest other-source image was of
 *     their class
 * @param zeroGradients the share of lists without a gradient
 * @param moved the share of candidates whose rank changed in the backward ranking
 */
public record TrainingPoint(
    long step,
    double seconds,
    double loss,
    double batchHitRate,
    double zeroGradients,
    double moved) {

  /** The mean of some steps, dated by the last of them. */
  static TrainingPoint mean(List<TrainingPoint> steps) {
    TrainingPoint last = steps.getLast();
    return new TrainingPoint(
        last.step,
        last.seconds,
        steps.stream().mapToDouble(TrainingPoint::loss).average().orElseThrow(),
        steps.stream().mapToDouble(TrainingPoint::batchHitRate).average().orElseThrow(),
        steps.stream().mapToDouble(TrainingPoint::zeroGradients).average().orElseThrow(),
        steps.stream().mapToDouble(TrainingPoint::moved).average().orElseThrow());
  }
}
