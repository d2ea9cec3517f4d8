package io.solvegrad.example.training;

/**
 * The one-cycle schedule of learning rates: a rise from a 25th of the peak, then a fall to nearly
 * nothing, both along a cosine.
 *
 * <p>Source: Smith, Topin: Super-Convergence, 2019, arXiv:1708.07120.
 *
 * @param peak the largest rate
 */
public record OneCycle(double peak) {
  private static final double RISE = 0.25;
  private static final double START = 1.0 / 25;
  private static final double END = 1e-4;

  /**
   * The rate of a step.
   *
   * @param used share of the budget that has been used, 0 to 1
   * @return the learning rate
   */
  public double at(double used) {
    if (used < RISE) {
      return between(START * peak, peak, used / RISE);
    }
    return between(peak, END * peak, Math.min(1, (used - RISE) / (1 - RISE)));
  }

  private static double between(double from, double to, double share) {
    return from + (to - from) * (1 - Math.cos(Math.PI * share)) / 2;
  }
}
