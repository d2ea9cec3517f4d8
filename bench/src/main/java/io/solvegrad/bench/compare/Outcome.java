package io.solvegrad.bench.compare;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of a run.
 *
 * @param steps the number of steps taken
 * @param seconds spent in them, whatever else the machine did
 * @param lossSeconds of them in the loss itself
 * @param zeroGradients the mean share of lists without a gradient
 * @param peakMegabytes largest resident memory of the process in training; null where the system
 *     does not tell
 * @param curve the primary metric on the validation classes along the way
 * @param validation what the model was worth on them at the end
 * @param test the same on the test classes; null if they stayed closed
 */
record Outcome(
    long steps,
    double seconds,
    double lossSeconds,
    double zeroGradients,
    @Nullable Double peakMegabytes,
    List<Point> curve,
    Quality validation,
    @Nullable Quality test) {

  /** A measurement along the way. */
  record Point(long step, double value) {}

  Outcome {
    curve = List.copyOf(curve);
  }

  /** The measurement that a run was for. */
  Quality measured() {
    return test == null ? validation : test;
  }
}
