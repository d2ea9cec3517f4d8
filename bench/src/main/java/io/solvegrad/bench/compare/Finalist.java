package io.solvegrad.bench.compare;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A loss with the setting that did best on validation classes, and its runs.
 *
 * @param name of the contestant
 * @param chosen the setting
 * @param tuning of each setting the mean of the primary metric; empty where there was no choice
 * @param runs one a seed
 */
record Finalist(String name, Variant chosen, List<Tried> tuning, List<Outcome> runs) {

  /** A setting and what it reached on validation classes; nothing if its training failed. */
  record Tried(Variant variant, @Nullable Double validation) {}

  /** A metric of the classes that the runs were for, one value a seed. */
  double[] measured(String metric) {
    return runs.stream().mapToDouble(run -> run.measured().get(metric)).toArray();
  }

  /** The mean of a metric on the validation classes. */
  double validation(String metric) {
    return runs.stream().mapToDouble(run -> run.validation().get(metric)).average().orElse(0);
  }

  double zeroGradients() {
    return runs.stream().mapToDouble(Outcome::zeroGradients).average().orElse(0);
  }

  /** The mean over the runs of the largest resident memory; NaN where it is not known. */
  double peakMegabytes() {
    return runs.stream()
        .mapToDouble(run -> run.peakMegabytes() == null ? Double.NaN : run.peakMegabytes())
        .average()
        .orElse(Double.NaN);
  }

  long steps() {
    return runs.getFirst().steps();
  }
}
