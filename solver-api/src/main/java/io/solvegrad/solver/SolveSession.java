package io.solvegrad.solver;

import io.solvegrad.solver.SolverException.Reason;
import org.jspecify.annotations.Nullable;

/**
 * The solver as one instance of a batch sees it: within limits, through the cache, and counted.
 * Used by one thread at a time.
 */
final class SolveSession implements BlackboxSolver {
  private final BlackboxSolver solver;
  private final @Nullable SolutionCache cache;
  private SolveLimits limits = SolveLimits.none();
  private double[] lastWeights = {};
  private long solves;
  private long cacheHits;
  private long clampedSolves;
  private long clampedWeights;
  private long unproven;

  SolveSession(BlackboxSolver solver, @Nullable SolutionCache cache) {
    this.solver = solver;
    this.cache = cache;
  }

  void limits(SolveLimits next) {
    limits = next;
  }

  /** What the last solve was given; kept, so that a failure can be replayed. */
  double[] lastWeights() {
    return lastWeights;
  }

  boolean proven() {
    return unproven == 0;
  }

  @Override
  public int size() {
    return solver.size();
  }

  @Override
  public WeightDomain domain() {
    return solver.domain();
  }

  @Override
  public void solve(double[] costs, double[] solution) {
    lastWeights = costs;
    // A user's own solver need not check its input.
    WeightDomain.FINITE.require(costs, solution, size());
    limits.check();
    double[] known = cache == null ? null : cache.get(solver, costs);
    if (known != null) {
      cacheHits++;
      System.arraycopy(known, 0, solution, 0, solution.length);
      return;
    }
    solves++;
    if (solver instanceof NonNegativeClamp) {
      int clamped = NonNegativeClamp.count(costs);
      clampedWeights += clamped;
      clampedSolves += clamped > 0 ? 1 : 0;
    }
    Optimality optimality = solver.solve(costs, solution, limits);
    for (int i = 0; i < solution.length; i++) {
      if (!Double.isFinite(solution[i])) {
        throw new SolverException(
            Reason.SOLVER_ERROR, "the solver wrote " + solution[i] + " at index " + i);
      }
    }
    if (optimality == Optimality.UNPROVEN) {
      unproven++;
    } else if (cache != null) {
      cache.put(solver, costs, solution);
    }
  }

  /** What was counted since the last call. */
  SolverDiagnostics drain() {
    SolverDiagnostics counted =
        new SolverDiagnostics(
            0, solves, cacheHits, 0, 0, clampedSolves, clampedWeights, unproven, 0, 0);
    solves = 0;
    cacheHits = 0;
    clampedSolves = 0;
    clampedWeights = 0;
    unproven = 0;
    return counted;
  }

  @Override
  public String toString() {
    return solver.toString();
  }
}
