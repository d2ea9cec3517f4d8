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
import io.solvegrad.rambo.EmbeddingMemory;
import io.solvegrad.ranking.PerturbedLoss;
import io.solvegrad.retrieval.data.Augmentation;
import io.solvegrad.retrieval.data.ClassSampler;
import io.solvegrad.retrieval.data.ImageCollection;

/**
 * A network in training. Every step is a pure function of the state before it, so a run that is
 * saved and continued equals one that was not interrupted.
 */
public final class RetrievalTraining implements AutoCloseable {
  private static final int EMBEDDING_BATCH = 512;
  private static final float PIXEL_NORM = ImageCollection.SIDE;

  private final Settings settings;
  private final ImageCollection images;
  private final ClassSampler sampler;
  private final Augmentation augmentation;
  private final PerturbedLoss loss;
  private final ObservedLoss observed;
  private final EmbeddingMemory memory;
  private final EmbeddingLoss embeddingLoss;
  private final AdamW optimizer;
  private final OneCycle schedule;
  private final Model model;
  private final Trainer trainer;
  private final float[] pixels;
  private long steps;
  private double seconds;

  /**
   * An untrained network.
   *
   * @param settings how it is to be trained
   * @param images what it is to be trained on
   */
  public RetrievalTraining(Settings settings, ImageCollection images) {
    this.settings = settings;
    this.images = images;
    sampler =
        new ClassSampler(images, settings.batch(), settings.perClass(), settings.seed());
    augmentation = Augmentation.STANDARD.times(settings.augmentation());
    loss = settings.loss().perturbed(settings);
    observed = new ObservedLoss(loss);
    memory =
        new EmbeddingMemory(
            Math.multiplyExact(settings.memory(), sampler.batchSize()), settings.dimension());
    embeddingLoss =
        new EmbeddingLoss(
            settings.loss().toString(), observed, memory.capacity() == 0 ? null : memory);
    optimizer = new AdamW(settings.weightDecay());
    schedule = new OneCycle(settings.learningRate());
    pixels = new float[sampler.batchSize() * ImageCollection.PIXELS];
    startEngine(settings);
    model = Model.newInstance("embedding");
    model.setBlock(EmbeddingNet.create(settings.dimension()));
    trainer =
        model.newTrainer(
            new DefaultTrainingConfig(embeddingLoss).optOptimizer(optimizer));
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
    return settings.budget().used(steps, sampler.stepsPerEpoch(), seconds);
  }

  /**
   * Takes one step.
   *
   * @return what it was like
   */
  public TrainingPoint step() {
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
    trainer.step();
    steps++;
    seconds += (System.nanoTime() - start) * 1e-9;
    return new TrainingPoint(
        steps,
        seconds,
        value,
        observed.hitRate(),
        embeddingLoss.diagnostics().zeroGradientShare());
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
      try (NDManager manager = trainer.getManager().newSubManager()) {
        NDArray input = manager.create(part, shape(count));
        NDArray output = trainer.evaluate(new NDList(input)).singletonOrThrow();
        System.arraycopy(
            output.toFloatArray(), 0, embeddings, from * dimension, count * dimension);
      }
    }
    return embeddings;
  }

  @Override
  public void close() {
    trainer.close();
    model.close();
  }
}
