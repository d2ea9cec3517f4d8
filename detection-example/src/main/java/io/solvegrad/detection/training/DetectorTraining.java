package io.solvegrad.detection.training;

import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.GradientCollector;
import ai.djl.training.Trainer;
import io.solvegrad.detection.data.DetectionData;
import io.solvegrad.detection.data.Picture;
import io.solvegrad.detection.data.PictureSet;
import io.solvegrad.detection.data.Variation;
import io.solvegrad.detection.model.BoxDecoder;
import io.solvegrad.detection.model.CellTargets;
import io.solvegrad.detection.model.DetectorNet;
import io.solvegrad.djl.ScoreLoss;
import io.solvegrad.evaluation.detection.Detection;
import io.solvegrad.example.BadInputException;
import io.solvegrad.example.RandomStream;
import io.solvegrad.example.training.AdamW;
import io.solvegrad.example.training.Budget;
import io.solvegrad.example.training.CheckedZip;
import io.solvegrad.example.training.ModelState;
import io.solvegrad.example.training.OneCycle;
import io.solvegrad.example.training.Training;
import io.solvegrad.example.training.TrainingFile;
import io.solvegrad.rambo.LambdaSteps;
import io.solvegrad.rambo.ScoreMemory;
import io.solvegrad.solver.Lambda;
import io.solvegrad.solver.VaryingLambda;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * A detector in training. Every step is a pure function of the state before it, so a run that is
 * saved and continued equals one that was not interrupted.
 */
public final class DetectorTraining implements Training, AutoCloseable {
  private static final int STEPS_PER_POINT = 10;
  private static final double SUPPRESSION = 0.5;
  private static final String MEMORY = "memory";

  private final ReentrantLock engine = new ReentrantLock();
  private final Settings settings;
  private final DetectionData data;
  private final int cells;
  private final Lambda lambda;
  private final @Nullable ScoreMemory memory;
  private final ScoreLoss loss;
  private final AdamW optimizer;
  private final OneCycle schedule;
  private final Variation variation;
  private final CellTargets targets;
  private final float[] input;
  private final Model model;
  private final Trainer trainer;
  private final List<TrainingPoint> course = new ArrayList<>();
  private final List<TrainingPoint> recent = new ArrayList<>();
  private int[] order = {};
  private long orderOf = -1;
  private long steps;
  private double seconds;

  /**
   * An untrained detector.
   *
   * @param settings how it is to be trained
   * @param data what it is to be trained on
   */
  public DetectorTraining(Settings settings, DetectionData data) {
    this(settings, data, null);
  }

  /**
   * A detector as it was saved.
   *
   * @param checkpoint where it was saved
   * @param budget when it is to end now
   * @param data what it is trained on: the same as before
   * @return the detector
   * @throws BadInputException if the file does not hold what it should
   */
  public static DetectorTraining resume(Checkpoint checkpoint, Budget budget, DetectionData data) {
    return new DetectorTraining(
        checkpoint.description().settings().withBudget(budget), data, checkpoint);
  }

  private DetectorTraining(Settings settings, DetectionData data, @Nullable Checkpoint checkpoint) {
    this.settings = settings;
    this.data = data;
    int row = settings.side() / DetectorNet.STRIDE;
    cells = settings.batch() * row * row;
    lambda = settings.lambda().create();
    Classification classification = settings.head().create(settings, lambda, cells);
    memory = classification.memory();
    loss =
        new ScoreLoss(
            settings.head().toString(),
            lambda instanceof VaryingLambda varying && settings.head().isBlackbox()
                ? new LambdaSteps(classification.loss(), varying)
                : classification.loss());
    optimizer = new AdamW(settings.weightDecay());
    schedule = new OneCycle(settings.learningRate());
    variation = new Variation(settings.variation(), settings.side());
    targets = new CellTargets(settings.batch(), row, data.categories().size());
    input = new float[settings.batch() * 3 * settings.side() * settings.side()];
    startEngine(settings);
    model = Model.newInstance("detector");
    model.setBlock(DetectorNet.create(data.categories().size()));
    if (checkpoint != null) {
      load(checkpoint);
    }
    trainer = model.newTrainer(new DefaultTrainingConfig(loss).optOptimizer(optimizer));
    trainer.initialize(shape(settings.batch()));
  }

  private static void startEngine(Settings settings) {
    System.setProperty("ai.djl.pytorch.num_threads", Integer.toString(settings.threads()));
    System.setProperty("ai.djl.pytorch.num_interop_threads", "1");
    Engine.getInstance().setRandomSeed(Math.toIntExact(settings.seed() & 0x7FFFFFFF));
  }

  private Shape shape(int count) {
    return new Shape(count, 3, settings.side(), settings.side());
  }

  /** {@return how the detector is trained} */
  public Settings settings() {
    return settings;
  }

  @Override
  public long steps() {
    return steps;
  }

  @Override
  public double seconds() {
    return seconds;
  }

  @Override
  public double used() {
    int pictures = data.train().pictures().size();
    int perEpoch = (pictures + settings.batch() - 1) / settings.batch();
    return settings.budget().used(steps, perEpoch, seconds);
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
    readBatch();
    optimizer.learningRate(schedule.at(used()));
    loss.diagnostics().reset();
    Outcome outcome;
    try (NDManager manager = trainer.getManager().newSubManager()) {
      outcome = backward(manager);
    }
    // DJL refuses a step without any gradient, as of pictures without objects.
    if (targets.positives() > 0) {
      trainer.step();
    }
    steps++;
    double elapsed = (System.nanoTime() - start) * 1e-9;
    seconds += elapsed;
    TrainingPoint point =
        new TrainingPoint(
            steps,
            seconds,
            outcome.classLoss(),
            outcome.boxLoss(),
            loss.diagnostics().zeroGradientShare(),
            loss.diagnostics().movedShare(),
            outcome.lossMillis(),
            1000 * elapsed);
    recent.add(point);
    if (recent.size() == STEPS_PER_POINT) {
      course.add(TrainingPoint.mean(recent));
      recent.clear();
    }
    return point;
  }

  /** Every epoch takes the pictures in another order, each once. */
  private void readBatch() {
    List<Picture> pictures = data.train().pictures();
    targets.clear();
    long first = steps * settings.batch();
    for (int i = 0; i < settings.batch(); i++) {
      long position = first + i;
      long epoch = position / pictures.size();
      int place = (int) (position % pictures.size());
      Picture picture = pictures.get(shuffled(epoch, pictures.size())[place]);
      targets.add(
          i,
          variation.apply(
              picture, settings.seed(), steps, i, input, i * input.length / settings.batch()));
    }
  }

  private int[] shuffled(long epoch, int size) {
    if (orderOf != epoch) {
      SplittableRandom random = RandomStream.at(settings.seed(), -1 - epoch);
      order = IntStream.range(0, size).toArray();
      for (int i = size - 1; i > 0; i--) {
        int j = random.nextInt(i + 1);
        int kept = order[i];
        order[i] = order[j];
        order[j] = kept;
      }
      orderOf = epoch;
    }
    return order;
  }

  private record Outcome(double classLoss, double boxLoss, double lossMillis) {}

  private Outcome backward(NDManager manager) {
    try (GradientCollector collector = trainer.newGradientCollector()) {
      // Or the gradients of all steps so far add up.
      collector.zeroGradients();
      NDArray pixels = manager.create(input, shape(settings.batch()));
      NDList output = trainer.forward(new NDList(pixels));
      NDArray logits = output.get(0);
      NDArray distances = output.get(1);
      // As arrays of the step: the engine needs them on its way back, and the memory of a number
      // that DJL is given as such may be freed before.
      NDArray positives = manager.create(Math.max(1, targets.positives()));
      NDArray classWeight = manager.create(settings.classWeight());
      if (settings.head().gradedByOverlap()) {
        try (NDArray predicted = distances.stopGradient()) {
          targets.gradeByOverlap(predicted.toFloatArray());
        }
      }
      NDArray labels = manager.create(targets.labels(), logits.getShape());
      long start = System.nanoTime();
      NDArray classLoss = loss.evaluate(new NDList(labels), new NDList(logits));
      double lossMillis = (System.nanoTime() - start) * 1e-6;
      if (settings.head().perPositive()) {
        classLoss = classLoss.div(positives);
      }
      NDArray boxLoss = boxLoss(manager, distances).div(positives);
      collector.backward(classLoss.mul(classWeight).add(boxLoss));
      return new Outcome(classLoss.getFloat(), boxLoss.getFloat(), lossMillis);
    }
  }

  /** The sum of 1 - intersection over union of positive cells, the same for all heads. */
  private NDArray boxLoss(NDManager manager, NDArray distances) {
    NDArray wanted = manager.create(targets.distances(), distances.getShape());
    NDArray positive = manager.create(targets.positive(), new Shape(cells));
    NDArray shared = area(NDArrays.minimum(distances, wanted));
    NDArray union = area(distances).add(area(wanted)).sub(shared);
    return shared.div(union).sub(1).neg().mul(positive).sum();
  }

  /** (left + right) (top + bottom) of each cell. */
  private static NDArray area(NDArray distances) {
    return distances
        .get(":, 0")
        .add(distances.get(":, 2"))
        .mul(distances.get(":, 1").add(distances.get(":, 3")));
  }

  /** {@return the course of the training: a mean for every ten steps, then the last steps} */
  public List<TrainingPoint> course() {
    List<TrainingPoint> all = new ArrayList<>(course);
    all.addAll(recent);
    return all;
  }

  /**
   * Detects objects, without variations.
   *
   * @param pictures where to look
   * @return what is claimed, picture after picture, best first, in the coordinates of the files
   */
  public List<Detection> detect(PictureSet pictures) {
    int row = settings.side() / DetectorNet.STRIDE;
    BoxDecoder decoder = new BoxDecoder(row, data.categories().size(), SUPPRESSION);
    List<Detection> detections = new ArrayList<>();
    List<Picture> all = pictures.pictures();
    for (int from = 0; from < all.size(); from += settings.batch()) {
      List<Picture> part = all.subList(from, Math.min(all.size(), from + settings.batch()));
      List<float[]> output = forward(part);
      for (int i = 0; i < part.size(); i++) {
        Picture picture = part.get(i);
        for (BoxDecoder.Scored one : decoder.decode(output.get(0), output.get(1), i)) {
          detections.add(
              new Detection(
                  picture.name(),
                  data.categories().get(one.box().category()),
                  pictures.inFile(picture, one.box()),
                  one.score()));
        }
      }
    }
    return detections;
  }

  private List<float[]> forward(List<Picture> part) {
    int size = 3 * settings.side() * settings.side();
    float[] pixels = new float[part.size() * size];
    for (int i = 0; i < part.size(); i++) {
      Variation.copy(part.get(i), pixels, i * size);
    }
    engine.lock();
    try (NDManager manager = trainer.getManager().newSubManager()) {
      NDList output = trainer.evaluate(new NDList(manager.create(pixels, shape(part.size()))));
      return List.of(output.get(0).toFloatArray(), output.get(1).toFloatArray());
    } finally {
      engine.unlock();
    }
  }

  @Override
  public void freeze() {
    engine.lock();
  }

  /** {@return what an adaptive lambda has made of its start; 1 for a fixed one} */
  public double lambdaFactor() {
    return lambda instanceof VaryingLambda varying ? varying.factor() : 1;
  }

  @Override
  public void save(String source, OutputStream out) throws IOException {
    ZipOutputStream zip = new ZipOutputStream(out);
    TrainingFile.write(
        zip,
        Checkpoint.describe(
            source, data.categories(), settings, lambdaFactor(), steps, seconds, course()));
    new ModelState(model, optimizer).save(zip);
    ScoreMemory remembered = memory;
    if (remembered != null) {
      CheckedZip.write(zip, MEMORY, remembered::save);
    }
    zip.finish();
  }

  private void load(Checkpoint checkpoint) {
    Checkpoint.Description saved = checkpoint.description();
    if (!saved.categories().equals(data.categories())) {
      throw new BadInputException(
          "The model finds %s, but the data has %s."
              .formatted(saved.categories(), data.categories()));
    }
    try {
      new ModelState(model, optimizer).load(checkpoint.content().file());
      if (memory != null) {
        memory.load(checkpoint.content().file().part(MEMORY));
      }
    } catch (IOException e) {
      throw new BadInputException("The model cannot be continued: " + e.getMessage() + ".", e);
    }
    steps = saved.steps();
    seconds = saved.seconds();
    if (lambda instanceof VaryingLambda varying) {
      varying.resumeAfter(steps, saved.lambdaFactor());
    }
    int whole = (int) (steps / STEPS_PER_POINT);
    if (saved.course().size() != whole + steps % STEPS_PER_POINT) {
      throw new BadInputException(
          "The model cannot be continued: %d points are no course of %d steps."
              .formatted(saved.course().size(), steps));
    }
    course.addAll(saved.course().subList(0, whole));
    recent.addAll(saved.course().subList(whole, saved.course().size()));
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
