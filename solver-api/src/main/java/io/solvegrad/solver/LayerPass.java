package io.solvegrad.solver;

import io.solvegrad.solver.GradientEstimator.Pullback;
import io.solvegrad.solver.SolverException.Reason;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * One batch on its way through a {@link SolverLayer}. Used by one thread at a time; it spreads the
 * work itself.
 */
public final class LayerPass {
  private final SolverLayer layer;
  private final long step;
  private final double[][] costs;
  private final double[][] solutions;
  private final SolveSession[] sessions;
  private final @Nullable Pullback[] pullbacks;
  private final @Nullable InstanceFailure[] failures;
  private final boolean[] proven;
  private SolverDiagnostics diagnostics;
  private boolean oneWay;

  LayerPass(
      SolverLayer layer, List<? extends BlackboxSolver> solvers, double[][] costs, long step) {
    requireSameCount("solvers", solvers.size(), costs.length);
    this.layer = layer;
    this.step = step;
    this.costs = costs.clone();
    solutions = new double[costs.length][];
    sessions = new SolveSession[costs.length];
    pullbacks = new Pullback[costs.length];
    failures = new InstanceFailure[costs.length];
    proven = new boolean[costs.length];
    diagnostics = new SolverDiagnostics(costs.length, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    for (int b = 0; b < costs.length; b++) {
      BlackboxSolver solver =
          Objects.requireNonNull(solvers.get(b), "solvers must not contain null");
      sessions[b] = new SolveSession(solver, layer.solutionCache());
      solutions[b] = new double[sessions[b].size()];
      this.costs[b] = costs[b] == null ? new double[0] : costs[b].clone();
      if (costs[b] == null) {
        fail(b, Reason.BAD_INPUT, missing("costs"));
      }
    }
  }

  void solve(GradientEstimator estimator) {
    forEach(b -> {
      pullbacks[b] = estimator.forward(sessions[b], costs[b], solutions[b], draw(b));
      proven[b] = sessions[b].proven();
    });
    for (int b = 0; b < costs.length; b++) {
      if (failures[b] != null) {
        Arrays.fill(solutions[b], 0);
      }
    }
  }

  void predict() {
    oneWay = true;
    solve((solver, w, y, upstream, gradient) -> {
      throw new AssertionError("a prediction has no way back");
    });
  }

  LossPass evaluate(CostLoss loss, double[][] targets) {
    requireSameCount("targets", targets.length, costs.length);
    double[] values = new double[costs.length];
    double[][] gradients = zeros();
    forEach(b ->
        values[b] =
            loss.evaluate(sessions[b], costs[b], row("target", targets[b]), draw(b), gradients[b]));
    for (int b = 0; b < costs.length; b++) {
      if (failures[b] != null) {
        Arrays.fill(gradients[b], 0);
      }
    }
    return new LossPass(values, gradients, failures(), diagnostics);
  }

  /** A number of its own for every instance of every step. */
  private long draw(int instance) {
    return (step << Integer.SIZE) + instance;
  }

  /**
   * {@return for each instance its solution, zeros where it failed} The arrays are this object's
   * own; change them only after the way back.
   */
  public double[][] solutions() {
    return solutions;
  }

  /**
   * Says whether a solution is proven to be optimal. With estimators that solve several times, all
   * solves of the forward pass count.
   *
   * @param instance its number
   * @return false if the solver gave up early or failed
   * @throws IllegalArgumentException if there is no such instance
   */
  public boolean proven(int instance) {
    if (instance < 0 || instance >= proven.length) {
      throw new IllegalArgumentException(
          "instance is " + instance + ", but the batch has " + proven.length + " instances");
    }
    return proven[instance];
  }

  /** {@return the instances that have failed so far, ascending} */
  public List<InstanceFailure> failures() {
    return Arrays.stream(failures).filter(Objects::nonNull).toList();
  }

  /** {@return what has been done so far} */
  public SolverDiagnostics diagnostics() {
    return diagnostics;
  }

  /**
   * Estimates the gradients. Instances that failed get a zero gradient; so does one whose upstream
   * is missing or wrong, which fails alone.
   *
   * @param upstreams for each instance dL/dy. Not modified.
   * @return for each instance dL/dw
   * @throws IllegalArgumentException if the number of instances differs
   * @throws IllegalStateException if this is the pass of a prediction
   */
  public double[][] backward(double[][] upstreams) {
    if (oneWay) {
      throw new IllegalStateException("a prediction has no way back. Maybe call forward instead");
    }
    Objects.requireNonNull(upstreams, "upstreams must not be null");
    requireSameCount("upstreams", upstreams.length, costs.length);
    double[][] gradients = zeros();
    boolean[] skipped = new boolean[costs.length];
    forEach(b -> {
      double[] upstream = row("upstream", upstreams[b]);
      skipped[b] = upstream.length == gradients[b].length && Vectors.isZero(upstream);
      Pullback pullback = pullbacks[b];
      if (pullback != null && !skipped[b]) {
        pullback.gradient(upstream, gradients[b]);
        requireFinite(gradients[b]);
      }
    });
    long nonZeros = 0;
    long skips = 0;
    long zeroGradients = 0;
    int delivered = 0;
    for (int b = 0; b < costs.length; b++) {
      if (failures[b] != null) {
        Arrays.fill(gradients[b], 0);
        continue;
      }
      long own = Arrays.stream(gradients[b]).filter(x -> x != 0).count();
      nonZeros += own;
      delivered++;
      skips += skipped[b] ? 1 : 0;
      zeroGradients += own == 0 && !skipped[b] ? 1 : 0;
    }
    diagnostics =
        diagnostics.plus(
            new SolverDiagnostics(0, 0, 0, skips, zeroGradients, 0, 0, 0, 0, nonZeros));
    if (delivered > 0) {
      layer.adapt((double) nonZeros / delivered);
    }
    return gradients;
  }

  /** A row of the caller's, who may have left it out. */
  private static double[] row(String name, double @Nullable [] row) {
    if (row == null) {
      throw missing(name);
    }
    return row;
  }

  private static SolverException missing(String name) {
    return new SolverException(Reason.BAD_INPUT, name + " must not be null");
  }

  private static void requireFinite(double[] gradient) {
    for (int i = 0; i < gradient.length; i++) {
      if (!Double.isFinite(gradient[i])) {
        throw new SolverException(
            Reason.SOLVER_ERROR,
            "the gradient is %s at index %d. Maybe the estimator's lambda or the costs are too small"
                .formatted(gradient[i], i));
      }
    }
  }

  private double[][] zeros() {
    double[][] zeros = new double[costs.length][];
    for (int b = 0; b < zeros.length; b++) {
      zeros[b] = new double[sessions[b].size()];
    }
    return zeros;
  }

  /** Runs the task for all instances that have not failed, the caller being one of the workers. */
  private void forEach(IntConsumer task) {
    AtomicInteger next = new AtomicInteger();
    AtomicInteger done = new AtomicInteger();
    Runnable worker =
        () -> {
          for (int b = next.getAndIncrement(); b < costs.length; b = next.getAndIncrement()) {
            if (failures[b] == null) {
              attempt(b, task);
            }
            layer.report(done.incrementAndGet(), costs.length);
          }
        };
    List<ForkJoinTask<?>> others = new ArrayList<>();
    for (int w = 1; w < Math.min(layer.threads(), costs.length); w++) {
      others.add(ForkJoinPool.commonPool().submit(worker));
    }
    try {
      worker.run();
    } finally {
      next.set(costs.length);
      others.forEach(ForkJoinTask::quietlyJoin);
    }
    others.forEach(ForkJoinTask::join);
    for (SolveSession session : sessions) {
      diagnostics = diagnostics.plus(session.drain());
    }
    long failed = Arrays.stream(failures).filter(Objects::nonNull).count();
    diagnostics =
        diagnostics.plus(
            new SolverDiagnostics(0, 0, 0, 0, 0, 0, 0, 0, failed - diagnostics.failures(), 0));
  }

  private void attempt(int instance, IntConsumer task) {
    sessions[instance].limits(layer.newLimits());
    try {
      task.accept(instance);
    } catch (SolverException failure) {
      fail(instance, failure.reason(), failure);
    } catch (IllegalArgumentException failure) {
      fail(instance, Reason.BAD_INPUT, failure);
    } catch (RuntimeException failure) {
      // A user's solver may throw anything; the rest of the batch is worth keeping.
      fail(instance, Reason.SOLVER_ERROR, failure);
    }
  }

  private void fail(int instance, Reason reason, RuntimeException cause) {
    String why = cause.getMessage() == null ? cause.toString() : cause.getMessage();
    String message = "instance " + instance + ": " + why;
    Path replay = reason == Reason.CANCELLED ? null : layer.nextReplay(step, instance);
    if (replay != null) {
      double[] weights = sessions[instance].lastWeights();
      try {
        new SavedInstance(sessions[instance].toString(), message, costs[instance], weights)
            .write(replay);
      } catch (IOException unwritten) {
        // A full disk must not cost the rest of the batch.
        cause.addSuppressed(unwritten);
        message += " (not saved: " + unwritten + ")";
        replay = null;
      }
    }
    failures[instance] = new InstanceFailure(instance, reason, message, cause, replay);
  }

  private static void requireSameCount(String name, int count, int instances) {
    if (count != instances) {
      throw new IllegalArgumentException(
          name + " are " + count + ", but the batch has " + instances + " instances");
    }
  }
}
