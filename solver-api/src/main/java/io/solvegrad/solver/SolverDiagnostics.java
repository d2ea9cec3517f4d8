package io.solvegrad.solver;

/**
 * What a {@link SolverLayer} did. Zero gradients and active clamps are silent otherwise.
 *
 * @param instances how many were given
 * @param solves calls of the solver
 * @param cacheHits solves that the cache answered
 * @param skippedRows instances whose upstream was zero everywhere, which cost no solve
 * @param zeroGradients instances with another upstream whose gradient is zero everywhere
 * @param clampedSolves solves in which {@link NonNegativeClamp} changed a cost
 * @param clampedWeights costs that it changed
 * @param unproven solves whose solution is not proven to be optimal
 * @param failures instances that failed
 * @param nonZeros non-zero entries of all gradients
 */
public record SolverDiagnostics(
    long instances,
    long solves,
    long cacheHits,
    long skippedRows,
    long zeroGradients,
    long clampedSolves,
    long clampedWeights,
    long unproven,
    long failures,
    long nonZeros) {

  /** Nothing done yet. */
  public static final SolverDiagnostics NONE = new SolverDiagnostics(0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

  /**
   * The sum of two.
   *
   * @param other what else was done
   * @return both together
   */
  public SolverDiagnostics plus(SolverDiagnostics other) {
    return new SolverDiagnostics(
        instances + other.instances,
        solves + other.solves,
        cacheHits + other.cacheHits,
        skippedRows + other.skippedRows,
        zeroGradients + other.zeroGradients,
        clampedSolves + other.clampedSolves,
        clampedWeights + other.clampedWeights,
        unproven + other.unproven,
        failures + other.failures,
        nonZeros + other.nonZeros);
  }
}
