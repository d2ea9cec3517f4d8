package io.solvegrad.relaxation;

import io.solvegrad.ranking.SmoothFunction;
import java.util.Arrays;
import java.util.Objects;

/**
 * What takes the place of [rank at most k] under soft ranks: step(threshold - rank).
 *
 * <p>A list with k candidates or fewer is not cut. Only valid candidates take part, so that padding
 * changes nothing.
 *
 * @param step the step, in units of ranks
 * @param threshold where it stands
 * @param offset added to the threshold
 */
public record SoftCutoff(SmoothFunction step, Threshold threshold, double offset) {

  /** Where the step of a cut-off stands. */
  public enum Threshold {
    /** At k. */
    FIXED,
    /** Halfway between the soft ranks of the k-th and the (k+1)-th candidate, as a constant. */
    MIDPOINT
  }

  /**
   * Checks the offset.
   *
   * @throws IllegalArgumentException if it is not finite
   */
  public SoftCutoff {
    Objects.requireNonNull(step, "step must not be null");
    Objects.requireNonNull(threshold, "threshold must not be null");
    Steps.requireFinite("offset", offset);
  }

  /**
   * {@return sigmoid((k + 1/2 - rank) / temperature)}
   *
   * @param temperature positive, in units of ranks, usually 1
   * @throws IllegalArgumentException unless it is positive and finite
   */
  public static SoftCutoff fixed(double temperature) {
    return new SoftCutoff(Steps.sigmoid(temperature), Threshold.FIXED, 0.5);
  }

  /**
   * {@return sigmoid((k - rank) / temperature), the cut-off of the Recall@k surrogate} A candidate
   * at rank k counts one half. Source: Patel et al., CVPR 2022, arXiv:2108.11179.
   *
   * @param temperature positive, in units of ranks, usually 1
   * @throws IllegalArgumentException unless it is positive and finite
   */
  public static SoftCutoff atRank(double temperature) {
    return new SoftCutoff(Steps.sigmoid(temperature), Threshold.FIXED, 0);
  }

  /**
   * {@return step((r_k + r_(k+1)) / 2 - rank), the cut-off of Rax}
   *
   * @param step the step, in units of ranks
   */
  public static SoftCutoff midpoint(SmoothFunction step) {
    return new SoftCutoff(step, Threshold.MIDPOINT, 0);
  }

  /**
   * {@return for each value a soft answer to whether it is among the k largest} All ones if there
   * are k values or fewer, all zeros if k is 0.
   *
   * @param k the cut-off, not negative
   * @param values any numbers, not NaN. Not modified.
   * @throws IllegalArgumentException if k is negative, or a value is NaN, naming its index
   */
  public double[] members(int k, double... values) {
    Objects.requireNonNull(values, "values must not be null");
    Steps.requireNumbers("value", values, values.length);
    if (k < 0) {
      throw new IllegalArgumentException("cut-off k must not be negative, but is " + k);
    }
    double[] members = new double[values.length];
    Arrays.fill(members, k == 0 ? 0 : 1);
    if (k > 0 && k < values.length) {
      double[] sorted = values.clone();
      Arrays.sort(sorted);
      double kth = sorted[values.length - k];
      double next = sorted[values.length - k - 1];
      double stand = threshold == Threshold.MIDPOINT ? (kth + next) / 2 : -k;
      Arrays.setAll(members, i -> step.at(values[i] - stand + offset));
    }
    return members;
  }
}
