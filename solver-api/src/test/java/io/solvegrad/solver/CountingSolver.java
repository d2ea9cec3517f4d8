package io.solvegrad.solver;

import java.util.concurrent.atomic.AtomicInteger;

/** Counts how often another solver is called. */
public record CountingSolver(BlackboxSolver solver, AtomicInteger calls) implements BlackboxSolver {

  public CountingSolver(BlackboxSolver solver) {
    this(solver, new AtomicInteger());
  }

  @Override
  public int size() {
    return solver.size();
  }

  @Override
  public void solve(double[] costs, double[] solution) {
    calls.incrementAndGet();
    solver.solve(costs, solution);
  }
}
