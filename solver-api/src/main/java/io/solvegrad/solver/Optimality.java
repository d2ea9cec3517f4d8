package io.solvegrad.solver;

/** What is known of a solution. Estimators built on unproven ones leave the theory. */
public enum Optimality {
  /** No feasible solution is cheaper, up to rounding. */
  PROVEN,
  /** The solution is feasible; a cheaper one may exist. */
  UNPROVEN
}
