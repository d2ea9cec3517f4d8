package io.solvegrad.retrieval.training;

import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.GradientCollector;
import ai.djl.training.Trainer;
import io.solvegrad.djl.EmbeddingLoss;
import io.solvegrad.example.BadInputException;
import io.solvegrad.example.training.AdamW;
import io.solvegrad.example.training.Budget;
import io.solvegrad.example.training.CheckedZip;
import io.solvegrad.example.training.ModelState;
import io.solvegrad.example.training.OneCycle;
import io.solvegrad.example.training.Training;
import io.solvegrad.example.training.TrainingFile;
import io.solvegrad.rambo.EmbeddingMemory;
import io.solvegrad.retrieval.data.Augmentation;
import io.solvegrad.retrieval.data.ClassSampler;
import io.solvegrad.retrieval.data.ImageCollection;
import io.solvegrad.retrieval.loss.TrainedLoss;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * A network in training. Every step is a pure function of the state before it, so a run that is
 * saved and continued equals one that was not interrupted.
 */
public final class RetrievalTraining implements Training, AutoCloseable {
  private static final int EMBEDDING_BATCH = 512;
  private static final int STEPS_PER_POINT = 10;
  private static final float PIXEL_NORM = ImageCollection.SIDE;

  private final ReentrantLock engine = new ReentrantLock();
  private final Settings settings;
  private final ImageCollection images;
  private final ClassSampler sampler;
  private final Augmentation augmentation;
  private final TrainedLoss loss;
  private final ObservedLoss observed;
  private final EmbeddingMemory memory;
  private final EmbeddingLoss embeddingLoss;
  private final AdamW optimizer;
  private final OneCycle schedule;
  private final Model model;
  private final Trainer trainer;
  private final float[] pixels;
  private final List<TrainingPoint> course = new ArrayList<>();
  private final List<TrainingPoint> recent = new ArrayList<>();
  private long steps;
  private double seconds;

  /**
   * An untrained network.
   *
   * @param settings how it is to be trained
   * @param images what it is to be trained on
   */
  public RetrievalTraining(Settings settings, ImageCollection images) {
    this(settings, images, null);
  }

  /**
   * A network as it was saved.
   *
   * @param checkpoint where it was saved
   * @param budget when it is to end now
   * @param images what it is trained on: those that it was trained on before
   * @return the network
   * @throws BadInputException if the file does not hold what it should
   */
  public static RetrievalTraining resume(
      Checkpoint checkpoint, Budget budget, ImageCollection images) {
    return new RetrievalTraining(
        checkpoint.description().settings().withBudget(budget), images, checkpoint);
  }

  private RetrievalTraining(
      Settings settings, ImageCollection images, @Nullable Checkpoint checkpoint) {
    this.settings = settings;
    this.images = images;
    sampler = new ClassSampler(images, settings.batch(), settings.perClass(), settings.seed());
    augmentation = Augmentation.STANDARD.times(settings.augmentation());
    loss = new TrainedLoss(settings.loss(), settings.threads(), settings.seed());
    observed = new ObservedLoss(loss);
    memory =
        new EmbeddingMemory(
            Math.multiplyExact(settings.memory(), sampler.batchSize()), settings.dimension());
    embeddingLoss =
        new EmbeddingLoss(
            settings.loss().loss().toString(), observed, memory.capacity() == 0 ? null : memory);
    optimizer = new AdamW(settings.weightDecay());
    schedule = new OneCycle(settings.learningRate());
    pixels = new float[sampler.batchSize() * ImageCollection.PIXELS];
    startEngine(settings);
    model = Model.newInstance("embedding");
    model.setBlock(EmbeddingNet.create(settings.dimension()));
    if (checkpoint != null) {
      load(checkpoint);
    }
    trainer = model.newTrainer(new DefaultTrainingConfig(embeddingLoss).optOptimizer(optimizer));
    trainer.initialize(shape(sampler.batchSize()));
  }

  private static void startEngine(Settings settings) {
    System.setProperty("ai.djl.pytorch.num_threads", Integer.toString(settings.threads()));
    System.setProperty("ai.djl.pytorch.num_interop_threads", "1");
    Engine.getInstance().setRandomSeed(Math.toIntExact(settings.seed() & 0x7FFFFFFF));
  }

  private static Shape shape(int count) {
    return new Shape(count, 1, ImageCollection.SIDE, ImageCollection.SIDE);
  }

  /** {@return how the network is trained} */
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

  /** {@return the seconds of them spent in the loss itself since this object was made} */
  public double lossSeconds() {
    return observed.seconds();
  }

  @Override
  public double used() {
    return settings.budget().used(steps, sampler.stepsPerEpoch(), seconds);
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
    int[] batch = sampler.batch(steps);
    augmentation.apply(images, batch, settings.seed(), steps, pixels);
    ImageCollection.standardise(pixels, PIXEL_NORM);
    optimizer.learningRate(schedule.at(used()));
    embeddingLoss.diagnostics().reset();
    double value;
    try (NDManager manager = trainer.getManager().newSubManager()) {
      value = backward(manager, batch);
    }
    // DJL refuses a step without any gradient, which is nothing unusual for a blackbox gradient.
    if (embeddingLoss.diagnostics().movedShare() > 0) {
      trainer.step();
    }
    steps++;
    seconds += (System.nanoTime() - start) * 1e-9;
    TrainingPoint point =
        new TrainingPoint(
            steps,
            seconds,
            value,
            observed.hitRate(),
            embeddingLoss.diagnostics().zeroGradientShare(),
            embeddingLoss.diagnostics().movedShare());
    recent.add(point);
    if (recent.size() == STEPS_PER_POINT) {
      course.add(TrainingPoint.mean(recent));
      recent.clear();
    }
    return point;
  }

  /** {@return the course of the training: a mean for every ten steps, then the last steps} */
  public List<TrainingPoint> course() {
    List<TrainingPoint> all = new ArrayList<>(course);
    all.addAll(recent);
    return all;
  }

  private double backward(NDManager manager, int[] batch) {
    int[] classes = new int[batch.length];
    int[] sources = new int[batch.length];
    for (int i = 0; i < batch.length; i++) {
      classes[i] = images.classOf(batch[i]);
      sources[i] = images.sourceOf(batch[i]);
    }
    NDList labels = new NDList(manager.create(classes), manager.create(sources));
    try (GradientCollector collector = trainer.newGradientCollector()) {
      // Or the gradients of all steps so far add up.
      collector.zeroGradients();
      NDArray input = manager.create(pixels, shape(batch.length));
      NDArray value = embeddingLoss.evaluate(labels, trainer.forward(new NDList(input)));
      collector.backward(value);
      return value.getFloat();
    }
  }

  /**
   * Embeds images, without augmentation.
   *
   * @param collection what to embed
   * @return one embedding of length 1 after the other
   */
  public float[] embed(ImageCollection collection) {
    int dimension = settings.dimension();
    float[] embeddings = new float[Math.multiplyExact(collection.size(), dimension)];
    for (int from = 0; from < collection.size(); from += EMBEDDING_BATCH) {
      int count = Math.min(EMBEDDING_BATCH, collection.size() - from);
      float[] part = new float[count * ImageCollection.PIXELS];
      for (int i = 0; i < count; i++) {
        collection.copyPixels(from + i, part, i * ImageCollection.PIXELS);
      }
      ImageCollection.standardise(part, PIXEL_NORM);
      System.arraycopy(forward(part, count), 0, embeddings, from * dimension, count * dimension);
    }
    return embeddings;
  }

  private float[] forward(float[] part, int count) {
    engine.lock();
    try (NDManager manager = trainer.getManager().newSubManager()) {
      NDArray input = manager.create(part, shape(count));
      return trainer.evaluate(new NDList(input)).singletonOrThrow().toFloatArray();
    } finally {
      engine.unlock();
    }
  }

  @Override
  public void freeze() {
    engine.lock();
  }

  @Override
  public void save(String data, OutputStream out) throws IOException {
    ZipOutputStream zip = new ZipOutputStream(out);
    TrainingFile.write(
        zip, Checkpoint.describe(data, settings, lambdaFactor(), steps, seconds, course()));
    new ModelState(model, optimizer).save(zip);
    CheckedZip.write(zip, "memory", memory::save);
    zip.finish();
  }

  /** {@return what an adaptive lambda has made of its start; 1 for a fixed one} */
  public double lambdaFactor() {
    return loss.lambdaFactor();
  }

  private void load(Checkpoint checkpoint) {
    Checkpoint.Description saved = checkpoint.description();
    try {
      new ModelState(model, optimizer).load(checkpoint.content().file());
      memory.load(checkpoint.content().file().part("memory"));
    } catch (IOException e) {
      throw new BadInputException("The model cannot be continued: " + e.getMessage() + ".", e);
    }
    steps = saved.steps();
    seconds = saved.seconds();
    loss.resumeAfter(steps, saved.lambdaFactor());
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
