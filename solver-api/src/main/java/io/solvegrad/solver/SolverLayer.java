package io.solvegrad.solver;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A solver inside a model: solves a batch of instances, then turns upstreams into gradients.
 *
 * <pre>{@code
 * SolverLayer layer = SolverLayer.of(solver, new Interpolation(Lambda.plain(20)));
 * LayerPass pass = layer.forward(costs);                  // costs[b] = w of instance b
 * double[][] gradients = pass.backward(upstreams);        // upstreams[b] = dL/dy
 * }</pre>
 *
 * <p>Instances are solved in parallel; the answers do not depend on the number of threads. Rows
 * with a zero upstream are skipped. An instance that fails does not harm the others. A layer with
 * an estimator that uses noise or adapts itself belongs to one training loop, because it counts its
 * steps; to repeat a run, start with a fresh layer. Any other may be shared by threads, its cache
 * included.
 */
public final class SolverLayer {

  /** Told how far a pass is; called by several threads. */
  @FunctionalInterface
  public interface Progress {
    /**
     * Called after each instance.
     *
     * @param done instances finished
     * @param total instances of the pass
     */
    void update(int done, int total);
  }

  /** What a user may set. */
  private record Settings(
      int threads,
      @Nullable Duration timeLimit,
      BooleanSupplier cancelled,
      Progress progress,
      @Nullable Path replays,
      @Nullable SolutionCache cache) {}

  private static final int MOST_REPLAYS = 100;

  private final BlackboxSolver solver;
  private final Settings settings;
  private final AtomicLong steps = new AtomicLong();
  private final AtomicInteger replays = new AtomicInteger();
  private volatile GradientEstimator estimator;

  private SolverLayer(BlackboxSolver solver, GradientEstimator estimator, Settings settings) {
    this.solver = solver;
    this.estimator = estimator;
    this.settings = settings;
  }

  /**
   * A layer that uses every processor, without limits and cache.
   *
   * @param solver solves each instance
   * @param estimator gives the gradients
   * @return the layer
   */
  public static SolverLayer of(BlackboxSolver solver, GradientEstimator estimator) {
    Objects.requireNonNull(solver, "solver must not be null");
    Objects.requireNonNull(estimator, "estimator must not be null");
    int processors = Runtime.getRuntime().availableProcessors();
    return new SolverLayer(
        solver,
        estimator,
        new Settings(processors, null, () -> false, (done, total) -> {}, null, null));
  }

  /**
   * Sets the number of threads.
   *
   * @param threads at most so many work at once, at least 1
   * @return a layer with that setting
   * @throws IllegalArgumentException if it is less than 1
   */
  public SolverLayer threads(int threads) {
    requireAtLeastOne("threads", threads);
    Settings s = settings;
    return with(new Settings(threads, s.timeLimit, s.cancelled, s.progress, s.replays, s.cache));
  }

  /**
   * Limits the time of each instance in each pass. Solvers whose documentation says that they obey
   * limits stop in the middle of a solve; the others end the solve that they are in, and the
   * instance fails only if it needs another.
   *
   * @param limit positive
   * @return a layer with that setting
   * @throws IllegalArgumentException if the limit is not positive
   */
  public SolverLayer timeLimit(Duration limit) {
    Objects.requireNonNull(limit, "limit must not be null");
    if (!limit.isPositive()) {
      throw new IllegalArgumentException("limit must be positive, but is " + limit);
    }
    Settings s = settings;
    return with(new Settings(s.threads, limit, s.cancelled, s.progress, s.replays, s.cache));
  }

  /**
   * Lets a caller cancel: instances not yet solved then fail as cancelled.
   *
   * @param cancelled asked often, by several threads
   * @return a layer with that setting
   */
  public SolverLayer cancelledBy(BooleanSupplier cancelled) {
    Objects.requireNonNull(cancelled, "cancelled must not be null");
    Settings s = settings;
    return with(new Settings(s.threads, s.timeLimit, cancelled, s.progress, s.replays, s.cache));
  }

  /**
   * Reports progress.
   *
   * @param progress told after every instance
   * @return a layer with that setting
   */
  public SolverLayer progress(Progress progress) {
    Objects.requireNonNull(progress, "progress must not be null");
    Settings s = settings;
    return with(new Settings(s.threads, s.timeLimit, s.cancelled, progress, s.replays, s.cache));
  }

  /**
   * Saves instances that fail, the first hundred of a layer, as {@link SavedInstance}. Cancelled
   * ones are not saved.
   *
   * @param folder made when needed
   * @return a layer with that setting
   */
  public SolverLayer saveFailures(Path folder) {
    Objects.requireNonNull(folder, "folder must not be null");
    Settings s = settings;
    return with(new Settings(s.threads, s.timeLimit, s.cancelled, s.progress, folder, s.cache));
  }

  /**
   * Remembers proven solutions by their exact costs, the most recent ones. It pays where costs come
   * again, as the true costs of {@link SpoPlus} do in every epoch.
   *
   * @param solutions how many to keep, at least 1
   * @return a layer with that setting
   * @throws IllegalArgumentException if it is less than 1
   */
  public SolverLayer cache(int solutions) {
    requireAtLeastOne("solutions", solutions);
    Settings s = settings;
    SolutionCache cache = new SolutionCache(solutions);
    return with(new Settings(s.threads, s.timeLimit, s.cancelled, s.progress, s.replays, cache));
  }

  /**
   * Continues a training that was saved: the layer numbers its noise and adapts its estimator as
   * the layer of that training would have gone on to do.
   *
   * @param stepsTaken forward passes and evaluations of that training, 0 or more
   * @param adapted its {@link #estimator} after these steps
   * @return a layer with the settings of this one
   * @throws IllegalArgumentException if the number is negative
   */
  public SolverLayer resumedAfter(long stepsTaken, GradientEstimator adapted) {
    Objects.requireNonNull(adapted, "adapted must not be null");
    if (stepsTaken < 0) {
      throw new IllegalArgumentException("stepsTaken must be 0 or more, but is " + stepsTaken);
    }
    SolverLayer layer = new SolverLayer(solver, adapted, settings);
    layer.steps.set(stepsTaken);
    return layer;
  }

  private SolverLayer with(Settings changed) {
    return new SolverLayer(solver, estimator, changed);
  }

  /** {@return the solver} */
  public BlackboxSolver solver() {
    return solver;
  }

  /** {@return the estimator as it is now, after all adaptations} */
  public GradientEstimator estimator() {
    return estimator;
  }

  /**
   * Solves a batch.
   *
   * @param costs for each instance its weights w. Not modified, and copied.
   * @return solutions, failures and the way back
   */
  public LayerPass forward(double[][] costs) {
    return forward(oneSolver(costs), costs);
  }

  /**
   * Solves a batch whose instances differ in structure.
   *
   * @param solvers one for each instance
   * @param costs for each instance its weights w. Not modified, and copied.
   * @return solutions, failures and the way back
   * @throws IllegalArgumentException if the two numbers of instances differ
   */
  public LayerPass forward(List<? extends BlackboxSolver> solvers, double[][] costs) {
    Objects.requireNonNull(solvers, "solvers must not be null");
    Objects.requireNonNull(costs, "costs must not be null");
    LayerPass pass = new LayerPass(this, solvers, costs, steps.getAndIncrement());
    pass.solve(estimator);
    return pass;
  }

  /**
   * Solves a batch for use rather than for training: plain solutions y(w) whatever the estimator,
   * so without noise. It is no step of the training.
   *
   * @param costs for each instance its weights w. Not modified, and copied.
   * @return solutions and failures; it has no way back
   */
  public LayerPass predict(double[][] costs) {
    LayerPass pass = new LayerPass(this, oneSolver(costs), costs, 0);
    pass.predict();
    return pass;
  }

  /**
   * Evaluates a loss on the costs of a batch.
   *
   * @param loss the loss
   * @param costs for each instance its weights w. Not modified.
   * @param targets for each instance what the loss compares with. Not modified.
   * @return values, gradients and failures
   * @throws IllegalArgumentException if the two numbers of instances differ
   */
  public LossPass evaluate(CostLoss loss, double[][] costs, double[][] targets) {
    Objects.requireNonNull(loss, "loss must not be null");
    Objects.requireNonNull(targets, "targets must not be null");
    LayerPass pass = new LayerPass(this, oneSolver(costs), costs, steps.getAndIncrement());
    return pass.evaluate(loss, targets);
  }

  private List<BlackboxSolver> oneSolver(double[][] costs) {
    Objects.requireNonNull(costs, "costs must not be null");
    return Collections.nCopies(costs.length, solver);
  }

  int threads() {
    return settings.threads;
  }

  @Nullable SolutionCache solutionCache() {
    return settings.cache;
  }

  SolveLimits newLimits() {
    SolveLimits cancellable = SolveLimits.until(settings.cancelled);
    return settings.timeLimit == null ? cancellable : cancellable.and(settings.timeLimit);
  }

  void report(int done, int total) {
    settings.progress.update(done, total);
  }

  /** Where the next failure is saved, or null. */
  @Nullable Path nextReplay(long step, int instance) {
    if (settings.replays == null || replays.incrementAndGet() > MOST_REPLAYS) {
      return null;
    }
    return settings.replays.resolve("failed-" + step + "-" + instance + ".txt");
  }

  void adapt(double nonZeros) {
    estimator = estimator.adapted(nonZeros);
  }

  private static void requireAtLeastOne(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " must be at least 1, but is " + value);
    }
  }
}
