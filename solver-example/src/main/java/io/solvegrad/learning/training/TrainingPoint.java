package io.solvegrad.learning.training;

import java.util.List;

/**
 * What a few steps of training were like.
 *
 * @param step the number of steps taken
 * @param seconds of training so far
 * @param loss the mean loss of the steps
 * @param optimal the share of training examples whose predicted solution was optimal
 * @param zeroGradients the share of examples without a gradient through the solver
 */
public record TrainingPoint(
    long step, double seconds, double loss, double optimal, double zeroGradients) {

  /**
   * The mean of some steps, dated by the last of them.
   *
   * @param steps at least one
   * @return their mean
   */
  public static TrainingPoint mean(List<TrainingPoint> steps) {
    TrainingPoint last = steps.getLast();
    return new TrainingPoint(
        last.step,
        last.seconds,
        steps.stream().mapToDouble(TrainingPoint::loss).average().orElseThrow(),
        steps.stream().mapToDouble(TrainingPoint::optimal).average().orElseThrow(),
        steps.stream().mapToDouble(TrainingPoint::zeroGradients).average().orElseThrow());
  }
}
