package io.solvegrad.solver;

import org.jspecify.annotations.Nullable;

/** One instance could not be solved. The message says in a sentence why. */
public final class SolverException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** Why an instance failed. */
  public enum Reason {
    /** A length is wrong, or a number is NaN or infinite. */
    BAD_INPUT,
    /** A cost is outside the solver's domain. */
    OUTSIDE_DOMAIN,
    /** No feasible solution exists. */
    INFEASIBLE,
    /** Solutions become cheaper without end. */
    UNBOUNDED,
    /** The instance is beyond the size for which an exact answer is offered. */
    TOO_LARGE,
    /** The time limit passed before a feasible solution was found. */
    TIME_LIMIT,
    /** The caller cancelled. */
    CANCELLED,
    /** The solver itself broke. */
    SOLVER_ERROR
  }

  private final Reason reason;

  /**
   * A failure.
   *
   * @param reason its kind
   * @param message a sentence for the user
   */
  public SolverException(Reason reason, String message) {
    this(reason, message, null);
  }

  /**
   * A failure with a cause.
   *
   * @param reason its kind
   * @param message a sentence for the user
   * @param cause what the solver threw, or null
   */
  public SolverException(Reason reason, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  /** {@return the kind of failure} */
  public Reason reason() {
    return reason;
  }
}
