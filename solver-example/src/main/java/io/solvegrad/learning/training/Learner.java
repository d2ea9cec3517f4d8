package io.solvegrad.learning.training;

import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import ai.djl.training.Trainer;
import ai.djl.training.loss.Loss;
import io.solvegrad.djl.SolverBlock;
import io.solvegrad.djl.SolverLoss;
import io.solvegrad.djl.SolverTrainer;
import io.solvegrad.example.BadInputException;
import io.solvegrad.example.RandomStream;
import io.solvegrad.example.training.AdamW;
import io.solvegrad.example.training.ModelState;
import io.solvegrad.example.training.OneCycle;
import io.solvegrad.learning.problem.Instance;
import io.solvegrad.learning.problem.Problem;
import io.solvegrad.learning.problem.Problem.Predictor;
import io.solvegrad.solver.GradientEstimator;
import io.solvegrad.solver.SolverDiagnostics;
import io.solvegrad.solver.SolverLayer;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * A net in training. Every step is a pure function of the state before it, so a run that is saved
 * and continued equals one that was not interrupted.
 */
public final class Learner implements AutoCloseable {
  private static final int STEPS_PER_POINT = 20;
  private static final int PREDICTED_AT_ONCE = 64;

  private final ReentrantLock engine = new ReentrantLock();
  private final Predictor predictor;
  private final Settings settings;
  private final Problem problem;
  private final AdamW optimizer;
  private final OneCycle schedule;
  private final SolverLayer layer;
  private final @Nullable SolverBlock solverBlock;
  private final Block net;
  private final Loss loss;
  private final Model model;
  private final Trainer trainer;
  private final List<TrainingPoint> course = new ArrayList<>();
  private final List<TrainingPoint> recent = new ArrayList<>();
  private SolverDiagnostics before = SolverDiagnostics.NONE;
  private long steps;
  private double seconds;

  /**
   * A net, untrained or as it was saved.
   *
   * @param predictor which
   * @param settings how it is to be trained
   * @param saved where it was saved, or null
   * @throws BadInputException if the file does not hold what it should
   */
  public Learner(Predictor predictor, Settings settings, @Nullable Checkpoint saved) {
    this.predictor = predictor;
    this.settings = settings;
    problem = settings.createProblem();
    optimizer = new AdamW(settings.weightDecay());
    schedule = new OneCycle(settings.learningRate());
    startEngine();
    layer = layer(saved);
    net = problem.net(predictor);
    boolean costLoss = predictor == Predictor.SOLVER && settings.estimator().isCostLoss();
    solverBlock = predictor == Predictor.PLAIN || costLoss ? null : new SolverBlock(layer);
    loss = costLoss ? costLoss() : solverBlock == null ? plainLoss() : new Hamming();
    model = Model.newInstance(predictor.toString());
    model.setBlock(solverBlock == null ? net : new SequentialBlock().add(net).add(solverBlock));
    if (saved != null) {
      load(saved);
    }
    trainer = SolverTrainer.of(model, new DefaultTrainingConfig(loss).optOptimizer(optimizer));
    trainer.initialize(shape(settings.batch()));
  }

  private void startEngine() {
    System.setProperty("ai.djl.pytorch.num_threads", Integer.toString(settings.threads()));
    System.setProperty("ai.djl.pytorch.num_interop_threads", "1");
    Engine.getInstance()
        .setRandomSeed(
            Math.toIntExact((settings.seed() + predictor.toString().hashCode()) & 0x7FFFFFFF));
  }

  private SolverLayer layer(@Nullable Checkpoint saved) {
    int ones = (int) Arrays.stream(problem.instance(0).solution()).sum();
    GradientEstimator fresh = settings.estimator().create(settings.seed(), ones);
    SolverLayer fromStart = SolverLayer.of(problem.solver(), fresh).threads(settings.threads());
    if (saved == null) {
      return fromStart;
    }
    return fromStart.resumedAfter(
        saved.description().steps(),
        EstimatorChoice.restored(fresh, saved.description().estimatorState()));
  }

  private Loss costLoss() {
    return new SolverLoss("Fenchel-Young", layer, settings.estimator().costLoss(settings.seed()));
  }

  private static Loss plainLoss() {
    return Loss.sigmoidBinaryCrossEntropyLoss();
  }

  private Shape shape(int count) {
    return new Shape(count).addAll(problem.pixels());
  }

  /** {@return what it learns to solve} */
  public Problem problem() {
    return problem;
  }

  /** {@return how it is trained} */
  public Settings settings() {
    return settings;
  }

  /** {@return the number of steps taken} */
  public long steps() {
    return steps;
  }

  /** {@return the seconds spent in steps} */
  public double seconds() {
    return seconds;
  }

  /** {@return the share of the budget that is used up, 1 or more at the end} */
  public double used() {
    int stepsPerEpoch = Math.max(1, settings.instances() / settings.batch());
    return settings.budget().used(steps, stepsPerEpoch, seconds);
  }

  /** {@return the course of the training: means of twenty steps each, then the last steps} */
  public List<TrainingPoint> course() {
    List<TrainingPoint> all = new ArrayList<>(course);
    all.addAll(recent);
    return all;
  }

  /**
   * The course as a curve: means of twenty steps each. The last steps make a point if they are at
   * least half as many, because fewer would only show noise, or if there is no other.
   *
   * @return the points, none before the first step
   */
  public List<TrainingPoint> curve() {
    List<TrainingPoint> points = new ArrayList<>(course);
    if (!recent.isEmpty() && (points.isEmpty() || 2 * recent.size() >= STEPS_PER_POINT)) {
      points.add(TrainingPoint.mean(recent));
    }
    return points;
  }

  /**
   * Takes one step.
   *
   * @return what it was like
   */
  public TrainingPoint step() {
    engine.lock();
    try {
      return takeStep();
    } finally {
      engine.unlock();
    }
  }

  private TrainingPoint takeStep() {
    long start = System.nanoTime();
    long[] drawn =
        RandomStream.at(settings.seed(), -1, steps)
            .longs(settings.batch(), 0, settings.instances())
            .toArray();
    Instance[] batch = instances(drawn);
    optimizer.learningRate(schedule.at(used()));
    double value;
    double optimal;
    try (NDManager manager = trainer.getManager().newSubManager();
        GradientCollector collector = trainer.newGradientCollector()) {
      NDArray output = trainer.forward(new NDList(pixels(batch, manager))).singletonOrThrow();
      NDArray loss = this.loss.evaluate(new NDList(labels(batch, manager)), new NDList(output));
      collector.backward(loss);
      // Losses on costs are of double precision.
      value = loss.toType(DataType.FLOAT32, false).getFloat();
      optimal = optimalShare(batch, solutions(rows(output), solverBlock != null));
    }
    trainer.step();
    steps++;
    seconds += (System.nanoTime() - start) * 1e-9;
    return record(value, optimal);
  }

  private TrainingPoint record(double value, double optimal) {
    SolverDiagnostics now = solverBlock == null ? before : solverBlock.diagnostics();
    double zero = (double) (now.zeroGradients() - before.zeroGradients()) / settings.batch();
    before = now;
    TrainingPoint point = new TrainingPoint(steps, seconds, value, optimal, zero);
    recent.add(point);
    if (recent.size() == STEPS_PER_POINT) {
      course.add(TrainingPoint.mean(recent));
      recent.clear();
    }
    return point;
  }

  /**
   * Makes examples.
   *
   * @param indices their numbers. Not modified.
   * @return the examples
   */
  public Instance[] instances(long[] indices) {
    IntStream range = IntStream.range(0, indices.length);
    return (settings.threads() > 1 ? range.parallel() : range)
        .mapToObj(i -> problem.instance(indices[i]))
        .toArray(Instance[]::new);
  }

  private NDArray pixels(Instance[] batch, NDManager manager) {
    int length = Math.toIntExact(problem.pixels().size());
    float[] all = new float[batch.length * length];
    for (int b = 0; b < batch.length; b++) {
      System.arraycopy(batch[b].pixels(), 0, all, b * length, length);
    }
    return manager.create(all, shape(batch.length));
  }

  private NDArray labels(Instance[] batch, NDManager manager) {
    int length = problem.solver().size();
    float[] all = new float[batch.length * length];
    for (int i = 0; i < all.length; i++) {
      all[i] = (float) batch[i / length].solution()[i % length];
    }
    return manager.create(all, new Shape(batch.length, length));
  }

  private double[][] rows(NDArray output) {
    float[] flat = output.toFloatArray();
    int length = problem.solver().size();
    double[][] rows = new double[flat.length / length][length];
    for (int i = 0; i < flat.length; i++) {
      rows[i / length][i % length] = flat[i];
    }
    return rows;
  }

  /** Turns what the net says into solutions. */
  private double[][] solutions(double[][] output, boolean solved) {
    if (solved) {
      return output;
    }
    if (predictor != Predictor.PLAIN) {
      return layer.predict(output).solutions();
    }
    for (double[] row : output) {
      for (int i = 0; i < row.length; i++) {
        row[i] = row[i] > 0 ? 1 : 0;
      }
    }
    return output;
  }

  private double optimalShare(Instance[] instances, double[][] predicted) {
    return IntStream.range(0, instances.length)
            .filter(b -> instances[b].isOptimal(predicted[b], layer.solver()))
            .count()
        / (double) instances.length;
  }

  /**
   * What the net says of examples: costs, or the log odds of a plain net.
   *
   * @param examples at least one. Not modified.
   * @return one row for each
   */
  public double[][] output(Instance[] examples) {
    double[][] rows = new double[examples.length][];
    for (int from = 0; from < examples.length; from += PREDICTED_AT_ONCE) {
      Instance[] part =
          Arrays.copyOfRange(examples, from, Math.min(examples.length, from + PREDICTED_AT_ONCE));
      double[][] own = outputAtOnce(part);
      System.arraycopy(own, 0, rows, from, own.length);
    }
    return rows;
  }

  private double[][] outputAtOnce(Instance[] part) {
    engine.lock();
    try (NDManager manager = trainer.getManager().newSubManager()) {
      NDList output =
          net.forward(new ParameterStore(manager, false), new NDList(pixels(part, manager)), false);
      return rows(output.singletonOrThrow());
    } finally {
      engine.unlock();
    }
  }

  /**
   * The solutions that belong to what the net says.
   *
   * @param output of {@link #output}. Modified.
   * @return one row for each
   */
  public double[][] decode(double[][] output) {
    return solutions(output, false);
  }

  /** {@return the share of the test examples whose predicted solution is optimal} */
  public double testShare() {
    double optimal = 0;
    for (int from = 0; from < settings.tests(); from += PREDICTED_AT_ONCE) {
      int count = Math.min(PREDICTED_AT_ONCE, settings.tests() - from);
      Instance[] part =
          instances(IntStream.range(from, from + count).mapToLong(Settings::testIndex).toArray());
      optimal += optimalShare(part, decode(output(part))) * count;
    }
    return optimal / settings.tests();
  }

  /**
   * Waits for the running step and keeps all other threads from the engine for ever. For use before
   * the process ends: the engine is torn down then, and a thread inside it would crash.
   */
  public void freeze() {
    engine.lock();
  }

  /**
   * Writes all that is needed to continue.
   *
   * @param out where it goes; not closed
   * @throws IOException if it cannot be written
   */
  public void save(OutputStream out) throws IOException {
    ZipOutputStream zip = new ZipOutputStream(out);
    Checkpoint.write(
        zip,
        new Checkpoint.Description(
            predictor,
            settings,
            steps,
            seconds,
            EstimatorChoice.state(layer.estimator()),
            course()));
    new ModelState(model, optimizer).save(zip);
    zip.finish();
  }

  private void load(Checkpoint saved) {
    Checkpoint.Description description = saved.description();
    steps = description.steps();
    seconds = description.seconds();
    int whole = (int) (steps / STEPS_PER_POINT);
    List<TrainingPoint> points = description.course();
    if (description.predictor() != predictor || points.size() != whole + steps % STEPS_PER_POINT) {
      throw new BadInputException(
          "%s cannot be continued: it is no training of a %s net of %d steps."
              .formatted(saved.file().file(), predictor, steps));
    }
    course.addAll(points.subList(0, whole));
    recent.addAll(points.subList(whole, points.size()));
    try {
      new ModelState(model, optimizer).load(saved.file());
    } catch (IOException e) {
      throw new BadInputException(
          "%s cannot be continued: %s.".formatted(saved.file().file(), e.getMessage()), e);
    }
  }

  @Override
  public void close() {
    engine.lock();
    try {
      trainer.close();
      model.close();
    } finally {
      engine.unlock();
    }
  }
}
