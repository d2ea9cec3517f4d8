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
import org.jspecify.annotations.Nullable;

/**
 * Any linear program with some integer variables: least &lt;w, y&gt; over lower &lt;= y &lt;=
 * upper, linear constraints and integrality. Solved by SCIP through OR-Tools, on one thread; any
 * costs below 10^20 in size; optimal to a relative gap of 0. Obeys time limits; within a solve it
 * does not ask whether the caller cancelled. Integer variables come back as exact integers. Ties
 * are broken by SCIP, always in the same way.
 *
 * <p>Needs com.google.ortools:ortools-java and its natives at run time.
 */
public final class MixedIntegerProgram implements BlackboxSolver {
  private static final double INFINITE = 1e20;

  private final double[] lower;
  private final double[] upper;
  private final boolean[] integer;
  private final List<LinearConstraint> constraints;

  /** Loads the native library once, on first use. */
  private static final class Native {
    static {
      Loader.loadNativeLibraries();
    }

    static @Nullable MPSolver newSolver() {
      return MPSolver.createSolver("SCIP");
    }
  }

  private static MPSolver newSolver() {
    try {
      MPSolver solver = Native.newSolver();
      if (solver == null) {
        throw new SolverException(Reason.SOLVER_ERROR, "this build of OR-Tools has no SCIP");
      }
      return solver;
    } catch (LinkageError failure) {
      Throwable cause = failure;
      while (cause.getCause() != null) {
        cause = cause.getCause();
      }
      throw new SolverException(
          Reason.SOLVER_ERROR,
          "the native library of OR-Tools cannot be loaded on %s %s (%s). Maybe add com.google.ortools:ortools-PLATFORM for this platform"
              .formatted(System.getProperty("os.name"), System.getProperty("os.arch"), cause),
          failure);
    }
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
   * @throws IllegalStateException if OR-Tools is not on the class path
   */
  public MixedIntegerProgram(
      double[] lower, double[] upper, boolean[] integer, List<LinearConstraint> constraints) {
    requireLibrary();
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
    this.constraints = List.copyOf(constraints);
  }

  private static void requireLibrary() {
    try {
      Class.forName("com.google.ortools.Loader", false, MixedIntegerProgram.class.getClassLoader());
    } catch (ClassNotFoundException absent) {
      throw new IllegalStateException(
          "MixedIntegerProgram needs OR-Tools. Maybe add com.google.ortools:ortools-java", absent);
    }
  }

  /**
   * A program whose variables are all 0 or 1.
   *
   * @param size number of variables
   * @param constraints on them
   * @return the program
   * @throws IllegalArgumentException if a constraint names a variable that does not exist
   */
  public static MixedIntegerProgram binary(int size, List<LinearConstraint> constraints) {
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
   *     no solution was found within the limits; SOLVER_ERROR if the native library is missing
   */
  @Override
  public Optimality solve(double[] costs, double[] solution, SolveLimits limits) {
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

  private MPVariable[] build(MPSolver solver, double[] costs) {
    MPVariable[] variables = new MPVariable[size()];
    MPObjective objective = solver.objective();
    for (int i = 0; i < variables.length; i++) {
      variables[i] = solver.makeVar(lower[i], upper[i], integer[i], "");
      objective.setCoefficient(variables[i], costs[i]);
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
