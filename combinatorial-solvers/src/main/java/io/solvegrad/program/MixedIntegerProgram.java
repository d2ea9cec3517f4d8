package io.solvegrad.program;

import com.google.ortools.Loader;
import com.google.ortools.linearsolver.MPConstraint;
import com.google.ortools.linearsolver.MPObjective;
import com.google.ortools.linearsolver.MPSolver;
import com.google.ortools.linearsolver.MPSolverParameters;
import com.google.ortools.linearsolver.MPVariable;
import io.solvegrad.solver.BlackboxSolver;
import io.solvegrad.solver.Optimality;
import io.solvegrad.solver.SolveLimits;
import io.solvegrad.solver.SolverException;
import io.solvegrad.solver.SolverException.Reason;
import io.solvegrad.solver.WeightDomain;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Any linear program with some integer variables: least &lt;w, y&gt; over lower &lt;= y &lt;=
 * upper, linear constraints and integrality. Solved by SCIP through OR-Tools, on one thread; any
 * costs below 10^20 in size; optimal to a relative gap of 0; exponential time at worst. Obeys time
 * limits; within a solve it does not ask whether the caller cancelled. Integer variables come back
 * as exact integers. Ties are broken by SCIP, always in the same way.
 *
 * <p>SCIP computes in double precision with absolute tolerances: costs and coefficients below 1e-9
 * are zero to it, and a constraint holds if it is violated by less than 1e-6, relative to its bound
 * where that is above 1. So costs whose largest is below 2^20 are multiplied by a power of two that
 * brings it there, and a constraint whose largest coefficient is below 1 by one that brings that to
 * 1, neither of which rounds. What remains: costs below 1e-15 of the largest count as zero, and a
 * constraint may be violated by 1e-6 of its largest coefficient or bound. Values of 10^20 and more
 * are infinite to SCIP, of single variables as of the objective after multiplication: a variable
 * without a bound whose best value is above 10^13 may be called unbounded. Where bounds are as
 * large as that, costs are multiplied by less.
 *
 * <p>Needs com.google.ortools:ortools-java, what that depends on, and its natives at run time. The
 * first program of a process loads them when it is made, which takes a second or more, so that no
 * time limit of a solve pays for it.
 *
 * <p>Source: Achterberg: SCIP: solving constraint integer programs, Mathematical Programming
 * Computation 1, 2009, doi:10.1007/s12532-008-0001-1.
 */
public final class MixedIntegerProgram implements BlackboxSolver {
  private static final double INFINITE = 1e20;

  /** Costs are brought to this power of two, where SCIP's zero is 1e-15 of the largest. */
  private static final int COST_EXPONENT = 20;

  /** What a single variable may add to the objective, safely below infinity. */
  private static final int TERM_EXPONENT = 56;

  private final double[] lower;
  private final double[] upper;
  private final boolean[] integer;
  private final List<LinearConstraint> constraints;

  /** A class of each library that must be there, and where it comes from. */
  private record Library(String type, String why, String coordinates) {}

  private static final List<Library> LIBRARIES =
      List.of(
          new Library("com.google.ortools.Loader", "", "com.google.ortools:ortools-java"),
          new Library(
              "com.sun.jna.Platform",
              ", which needs class com.sun.jna.Platform",
              "net.java.dev.jna:jna-platform"),
          new Library(
              "com.google.protobuf.Message",
              ", which needs class com.google.protobuf.Message",
              "com.google.protobuf:protobuf-java"));

  /** Loads the native library once, when the first program is made. */
  private static final class Native {
    // Kept as a cause for all later programs: an initialiser that fails says why only once.
    @SuppressWarnings("StaticAssignmentOfThrowable")
    static final @Nullable Throwable FAILURE = load();

    private static @Nullable Throwable load() {
      try {
        Loader.loadNativeLibraries();
        // The first solver sets SCIP up, for which no time limit should pay either.
        MPSolver first = MPSolver.createSolver("SCIP");
        if (first != null) {
          first.delete();
        }
        return null;
      } catch (RuntimeException | LinkageError failure) {
        return failure;
      }
    }
  }

  private static void requireNatives() {
    Throwable failure = Native.FAILURE;
    if (failure == null) {
      return;
    }
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    throw new IllegalStateException(
        "the native library of OR-Tools cannot be loaded on %s %s (%s). Maybe add com.google.ortools:ortools-PLATFORM for this platform"
            .formatted(System.getProperty("os.name"), System.getProperty("os.arch"), cause),
        failure);
  }

  private static MPSolver newSolver() {
    MPSolver solver = MPSolver.createSolver("SCIP");
    if (solver == null) {
      throw new SolverException(Reason.SOLVER_ERROR, "this build of OR-Tools has no SCIP");
    }
    return solver;
  }

  /**
   * A program.
   *
   * @param lower the least value of each variable, negative infinity for none. Copied.
   * @param upper the greatest value of each variable, infinity for none. Copied.
   * @param integer whether each variable must be whole. Copied.
   * @param constraints on the variables
   * @throws IllegalArgumentException if lengths differ, a bound is NaN or above its counterpart, or
   *     a constraint names a variable that does not exist
   * @throws IllegalStateException if OR-Tools, or something that it needs, is not on the class path
   *     or its native library cannot be loaded
   */
  public MixedIntegerProgram(
      double[] lower, double[] upper, boolean[] integer, List<LinearConstraint> constraints) {
    Objects.requireNonNull(lower, "lower must not be null");
    Objects.requireNonNull(upper, "upper must not be null");
    Objects.requireNonNull(integer, "integer must not be null");
    Objects.requireNonNull(constraints, "constraints must not be null");
    if (lower.length != upper.length || lower.length != integer.length) {
      throw new IllegalArgumentException(
          "lower has length %d, upper %d and integer %d"
              .formatted(lower.length, upper.length, integer.length));
    }
    for (int i = 0; i < lower.length; i++) {
      if (!(lower[i] <= upper[i]) || lower[i] >= INFINITE || upper[i] <= -INFINITE) {
        throw new IllegalArgumentException(
            "lower[%d] is %s and upper[%d] is %s".formatted(i, lower[i], i, upper[i]));
      }
    }
    for (LinearConstraint constraint : constraints) {
      Objects.requireNonNull(constraint, "constraints must not contain null");
      for (int variable : constraint.variables()) {
        if (variable < 0 || variable >= lower.length) {
          throw new IllegalArgumentException(
              "a constraint names variable %d of %d".formatted(variable, lower.length));
        }
      }
    }
    this.lower = lower.clone();
    this.upper = upper.clone();
    this.integer = integer.clone();
    this.constraints = constraints.stream().map(LinearConstraint::scaledUp).toList();
    requireLibraries();
    requireNatives();
  }

  private static void requireLibraries() {
    for (Library library : LIBRARIES) {
      try {
        Class.forName(library.type, false, MixedIntegerProgram.class.getClassLoader());
      } catch (ClassNotFoundException absent) {
        throw new IllegalStateException(
            "MixedIntegerProgram needs OR-Tools%s. Maybe add %s"
                .formatted(library.why, library.coordinates),
            absent);
      }
    }
  }

  /**
   * A program whose variables are all 0 or 1.
   *
   * @param size number of variables
   * @param constraints on them
   * @return the program
   * @throws IllegalArgumentException if the size is negative or a constraint names a variable that
   *     does not exist
   * @throws IllegalStateException as the constructor
   */
  public static MixedIntegerProgram binary(int size, List<LinearConstraint> constraints) {
    if (size < 0) {
      throw new IllegalArgumentException("size must not be negative, but is " + size);
    }
    double[] upper = new double[size];
    boolean[] integer = new boolean[size];
    Arrays.fill(upper, 1);
    Arrays.fill(integer, true);
    return new MixedIntegerProgram(new double[size], upper, integer, constraints);
  }

  @Override
  public int size() {
    return lower.length;
  }

  @Override
  public void solve(double[] costs, double[] solution) {
    solve(costs, solution, SolveLimits.none());
  }

  /**
   * {@inheritDoc}
   *
   * @throws SolverException if the program is infeasible or unbounded, the costs are not finite, or
   *     no solution was found within the limits
   */
  @Override
  public Optimality solve(double[] costs, double[] solution, SolveLimits limits) {
    Objects.requireNonNull(limits, "limits must not be null");
    WeightDomain.FINITE.require(costs, solution, size());
    for (int i = 0; i < costs.length; i++) {
      if (Math.abs(costs[i]) >= INFINITE) {
        throw new SolverException(
            Reason.OUTSIDE_DOMAIN,
            "costs[%d] is %s but must be less than %s in size, which SCIP takes for infinity"
                .formatted(i, costs[i], INFINITE));
      }
    }
    limits.check();
    // A fresh model each time: a warm one would remember its last solution and break ties by it.
    MPSolver solver = newSolver();
    MPSolverParameters parameters = new MPSolverParameters();
    try {
      MPVariable[] variables = build(solver, costs);
      parameters.setDoubleParam(MPSolverParameters.DoubleParam.RELATIVE_MIP_GAP, 0);
      if (limits.nanosLeft() != Long.MAX_VALUE) {
        solver.setTimeLimit(Math.max(1, limits.nanosLeft() / 1_000_000));
      }
      MPSolver.ResultStatus status = solver.solve(parameters);
      if (status == MPSolver.ResultStatus.INFEASIBLE && mayBeUnbounded(costs)) {
        // SCIP says the same of programs without an end; without costs it tells them apart.
        solver.objective().clear();
        status =
            solver.solve(parameters) == MPSolver.ResultStatus.INFEASIBLE
                ? MPSolver.ResultStatus.INFEASIBLE
                : MPSolver.ResultStatus.UNBOUNDED;
      }
      Optimality optimality = optimality(status, limits);
      for (int i = 0; i < solution.length; i++) {
        double value = variables[i].solutionValue();
        // Adding zero turns -0.0 into 0.0.
        solution[i] = (integer[i] ? Math.rint(value) : value) + 0.0;
      }
      return optimality;
    } finally {
      parameters.delete();
      solver.delete();
    }
  }

  private boolean mayBeUnbounded(double[] costs) {
    for (int i = 0; i < costs.length; i++) {
      if ((costs[i] < 0 && upper[i] == Double.POSITIVE_INFINITY)
          || (costs[i] > 0 && lower[i] == Double.NEGATIVE_INFINITY)) {
        return true;
      }
    }
    return false;
  }

  /** The power of two by which costs are multiplied, 0 or more: no other could hide differences. */
  private int costScale(double[] costs) {
    double largest = 0;
    double largestTerm = 0;
    for (int i = 0; i < costs.length; i++) {
      double cost = Math.abs(costs[i]);
      largest = Math.max(largest, cost);
      largestTerm = Math.max(largestTerm, cost * Math.max(reach(lower[i]), reach(upper[i])));
    }
    int scale =
        Math.min(
            COST_EXPONENT - Math.getExponent(largest),
            TERM_EXPONENT - Math.getExponent(largestTerm));
    return largest == 0 ? 0 : Math.max(0, scale);
  }

  /** The size of a bound, 0 if it is none. */
  private static double reach(double bound) {
    return Math.abs(bound) < INFINITE ? Math.abs(bound) : 0;
  }

  private MPVariable[] build(MPSolver solver, double[] costs) {
    MPVariable[] variables = new MPVariable[size()];
    MPObjective objective = solver.objective();
    int scale = costScale(costs);
    for (int i = 0; i < variables.length; i++) {
      variables[i] = solver.makeVar(lower[i], upper[i], integer[i], "");
      objective.setCoefficient(variables[i], Math.scalb(costs[i], scale));
    }
    objective.setMinimization();
    for (LinearConstraint row : constraints) {
      MPConstraint constraint = solver.makeConstraint(row.lower(), row.upper(), "");
      for (int k = 0; k < row.variables().length; k++) {
        MPVariable variable = variables[row.variables()[k]];
        // A variable may be named twice.
        double sum = constraint.getCoefficient(variable) + row.coefficients()[k];
        constraint.setCoefficient(variable, sum);
      }
    }
    return variables;
  }

  private static Optimality optimality(MPSolver.ResultStatus status, SolveLimits limits) {
    return switch (status) {
      case OPTIMAL -> Optimality.PROVEN;
      case FEASIBLE -> Optimality.UNPROVEN;
      case INFEASIBLE ->
          throw new SolverException(Reason.INFEASIBLE, "no solution meets all constraints");
      case UNBOUNDED ->
          throw new SolverException(
              Reason.UNBOUNDED,
              "solutions become cheaper without end. Maybe give every variable of negative cost an"
                  + " upper bound");
      case NOT_SOLVED -> {
        limits.check();
        throw new SolverException(Reason.TIME_LIMIT, "no solution within the time limit");
      }
      default -> throw new SolverException(Reason.SOLVER_ERROR, "SCIP ended with " + status);
    };
  }

  @Override
  public String toString() {
    return "MixedIntegerProgram[variables=%d, constraints=%d]"
        .formatted(size(), constraints.size());
  }
}
