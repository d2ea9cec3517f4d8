package io.solvegrad.spark;

import io.solvegrad.ejml.Adam;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/** The driver's side of a training: one job a step, gradients added in the order of the shards. */
final class HeadSteps implements AutoCloseable {
  private final JavaSparkContext context;
  private final JavaRDD<HeadShard> shards;
  private final LossFactory factory;
  private final HeadProgress.Identity identity;
  private final float[] weights;
  private final Adam adam;
  private final Deque<Remembered> remembered = new ArrayDeque<>();
  private double[] losses;
  private long lists;
  private double silentLists;
  private long bytesToExecutor;
  private long bytesToDriver;

  /** What one step leaves to later ones; every executor fetches it once. */
  private record Remembered(float[][] embeddings, Broadcast<float[][]> sent) {}

  HeadSteps(
      JavaSparkContext context,
      JavaRDD<HeadShard> shards,
      LossFactory factory,
      HeadProgress progress) {
    this.context = context;
    this.shards = shards;
    this.factory = factory;
    identity = progress.identity();
    weights = progress.weights().clone();
    adam = new Adam(identity.settings().learningRate(), progress.adam());
    losses = progress.losses().clone();
    progress.remembered().forEach(this::remember);
  }

  /**
   * One step.
   *
   * @return the loss before it
   */
  double take() {
    int number = losses.length;
    Broadcast<HeadShard.Step> step =
        context.broadcast(new HeadShard.Step(number, weights, identity.outputs()));
    List<HeadShard.Answer> answers;
    try {
      answers = ask(shards, step, factory, remembered.stream().map(Remembered::sent).toList());
    } finally {
      step.destroy();
    }
    double[] gradient = new double[weights.length];
    double loss = 0;
    int used = 0;
    for (HeadShard.Answer answer : answers) {
      if (answer.gradient().length > 0) {
        used++;
        loss += answer.loss();
        add(gradient, answer.gradient());
      }
      lists += answer.lists();
      silentLists += answer.silentLists();
    }
    for (int i = 0; i < gradient.length; i++) {
      gradient[i] /= used;
    }
    adam.step(weights, gradient);
    losses = Arrays.copyOf(losses, number + 1);
    losses[number] = loss / used;
    count(answers);
    return losses[number];
  }

  /** Static, so that only what a shard needs travels. */
  private static List<HeadShard.Answer> ask(
      JavaRDD<HeadShard> shards,
      Broadcast<HeadShard.Step> step,
      LossFactory factory,
      List<Broadcast<float[][]>> remembered) {
    List<Broadcast<float[][]>> sent = new ArrayList<>(remembered);
    return shards
        .map(shard ->
            shard.answer(step.value(), factory, sent.stream().map(Broadcast::value).toList()))
        .collect();
  }

  private static void add(double[] sum, float[] part) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] += part[i];
    }
  }

  private void count(List<HeadShard.Answer> answers) {
    long memory = 0;
    long gradients = 0;
    for (HeadShard.Answer answer : answers) {
      memory += Float.BYTES * (long) answer.embeddings().length;
      gradients += Float.BYTES * (long) answer.gradient().length;
    }
    bytesToExecutor = Float.BYTES * (long) weights.length + memory;
    bytesToDriver = gradients + memory;
    if (identity.settings().memory() == MemoryPlacement.BROADCAST) {
      remember(answers.stream().map(HeadShard.Answer::embeddings).toArray(float[][]::new));
    }
  }

  private void remember(float[][] embeddings) {
    remembered.add(new Remembered(embeddings, context.broadcast(embeddings)));
    if (remembered.size() > identity.settings().memorySteps()) {
      remembered.remove().sent().destroy();
    }
  }

  /** Everything that the next step depends on. */
  HeadProgress progress() {
    return new HeadProgress(
        identity,
        weights.clone(),
        adam.state(),
        losses.clone(),
        remembered.stream().map(Remembered::embeddings).toList());
  }

  double silentShare() {
    return lists == 0 ? 0 : silentLists / lists;
  }

  long bytesToExecutor() {
    return bytesToExecutor;
  }

  long bytesToDriver() {
    return bytesToDriver;
  }

  @Override
  public void close() {
    if (!context.sc().isStopped()) {
      remembered.forEach(step -> step.sent().destroy());
    }
  }
}
