package io.solvegrad.learning.report;

import io.solvegrad.learning.problem.Problem.Predictor;
import io.solvegrad.learning.training.TrainingPoint;
import java.util.List;

/**
 * What came of one net.
 *
 * @param predictor which
 * @param optimalShare share of the test examples whose predicted solution is optimal
 * @param steps taken
 * @param seconds spent in them
 * @param course of the training
 * @param shown predicted solutions of the examples that the report shows. Do not modify.
 */
public record Outcome(
    Predictor predictor,
    double optimalShare,
    long steps,
    double seconds,
    List<TrainingPoint> course,
    double[][] shown) {

  /** Copies the list. */
  public Outcome {
    course = List.copyOf(course);
  }

  /** {@return what the net is, in words} */
  public String name() {
    return name(predictor);
  }

  /**
   * Says in words what a net is.
   *
   * @param predictor which
   * @return a few words
   */
  public static String name(Predictor predictor) {
    return switch (predictor) {
      case SOLVER -> "net and solver";
      case PLAIN -> "plain net, no solver";
      case LINEAR -> "linear in mean colour, and solver";
    };
  }
}
