package io.solvegrad.spark;

import io.solvegrad.ejml.ClassBatches;
import io.solvegrad.ejml.EmbeddingHead;
import io.solvegrad.ejml.HeadGradient;
import io.solvegrad.ejml.RememberedRows;
import io.solvegrad.ranking.Diagnostics;
import io.solvegrad.ranking.RankingLoss;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.ejml.data.FMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * The rows of some labels, in ascending order of ids, and what they contribute to a step. That is a
 * function of the arguments alone: an executor may be lost and its shards packed again elsewhere at
 * any time.
 */
final class HeadShard implements Serializable {
  private static final long serialVersionUID = 1;

  /** The number of this shard. */
  private final int number;

  /** The features, row after row. */
  private final float[] features;

  /** The class of each row. */
  private final int[] classes;

  /** How many features a row has. */
  private final int inputs;

  /** How batches are drawn. */
  private final HeadSettings settings;

  /** What can be drawn; made again after a journey. */
  private transient @Nullable ClassBatches batches;

  /**
   * What a step sends to the executors.
   *
   * @param number of the step, from 0
   * @param weights of the head
   * @param outputs of the head
   */
  record Step(int number, float[] weights, int outputs) implements Serializable {}

  /**
   * What a shard answers.
   *
   * @param loss of its batch
   * @param gradient of the weights; empty if nothing can be drawn from the shard
   * @param embeddings of the batch; empty unless they are to be remembered by all
   * @param lists of the batch that were ranked backward
   * @param silentLists of these, those with a loss and no gradient
   */
  record Answer(double loss, float[] gradient, float[] embeddings, long lists, double silentLists)
      implements Serializable {
    static final Answer NOTHING = new Answer(0, new float[0], new float[0], 0, 0);
  }

  HeadShard(int number, List<EmbeddingTable.Item> items, int inputs, HeadSettings settings) {
    this.number = number;
    this.inputs = inputs;
    this.settings = settings;
    List<EmbeddingTable.Item> sorted =
        items.stream().sorted(Comparator.comparingLong(EmbeddingTable.Item::id)).toList();
    features = new float[Math.multiplyExact(sorted.size(), inputs)];
    classes = new int[sorted.size()];
    Map<Object, Integer> numbers = new HashMap<>();
    for (int i = 0; i < classes.length; i++) {
      EmbeddingTable.Item item = sorted.get(i);
      System.arraycopy(item.embedding(), 0, features, i * inputs, inputs);
      classes[i] = numbers.computeIfAbsent(item.label(), label -> numbers.size());
    }
  }

  int size() {
    return classes.length;
  }

  boolean isEmpty() {
    return batches().isEmpty();
  }

  /** Tells other rows from these; the same in every JVM. */
  long fingerprint() {
    return 31L * (31L * classes.length + Arrays.hashCode(classes)) + Arrays.hashCode(features);
  }

  private ClassBatches batches() {
    ClassBatches found = batches;
    if (found == null) {
      found = new ClassBatches(classes, settings.rows(), settings.perClass());
      batches = found;
    }
    return found;
  }

  /** The rows that a step draws. */
  private int[] drawn(int step) {
    return batches().draw(new Random(settings.seedOf(number, step)));
  }

  /**
   * Loss and gradient of this shard's batch.
   *
   * @param remembered for each earlier step that all remember, oldest first, the embeddings of each
   *     shard's batch
   */
  Answer answer(Step step, LossFactory factory, List<float[][]> remembered) {
    if (isEmpty()) {
      return Answer.NOTHING;
    }
    EmbeddingHead head =
        new EmbeddingHead(FMatrixRMaj.wrap(inputs, step.outputs, step.weights.clone()));
    RankingLoss loss = factory.create(settings.seedOf(number, step.number));
    int[] rows = drawn(step.number);
    RememberedRows memory =
        switch (settings.memory()) {
          case NONE -> RememberedRows.none();
          case PARTITIONED -> own(head, step.number, rows);
          case BROADCAST -> ofAll(remembered, step, rows);
        };
    Diagnostics diagnostics = new Diagnostics();
    HeadGradient found =
        HeadGradient.of(head, loss, gather(rows), classesOf(rows), memory, diagnostics);
    return new Answer(
        found.loss(),
        found.weights(),
        settings.memory() == MemoryPlacement.BROADCAST ? found.embeddings() : new float[0],
        diagnostics.lists(),
        diagnostics.silentShare() * diagnostics.listsWithLoss());
  }

  /**
   * The rows of this shard's earlier batches, but for those of the batch, under today's weights.
   */
  private RememberedRows own(EmbeddingHead head, int step, int[] batch) {
    int[] former =
        IntStream.range(Math.max(0, step - settings.memorySteps()), step)
            .flatMap(earlier -> Arrays.stream(drawn(earlier)))
            .distinct()
            .filter(row -> !contains(batch, row))
            .toArray();
    return former.length == 0
        ? RememberedRows.none()
        : new RememberedRows(head.embed(gather(former)), classesOf(former));
  }

  /** The batches of all shards; of another shard nothing is relevant here. */
  private RememberedRows ofAll(List<float[][]> remembered, Step step, int[] batch) {
    int total = remembered.stream().flatMap(Arrays::stream).mapToInt(part -> part.length).sum();
    float[] embeddings = new float[total];
    int[] memoryClasses = new int[total / step.outputs];
    int count = 0;
    for (int s = 0; s < remembered.size(); s++) {
      float[][] parts = remembered.get(s);
      for (int part = 0; part < parts.length; part++) {
        int[] own = part == number ? drawn(step.number - remembered.size() + s) : new int[0];
        for (int i = 0; i < parts[part].length / step.outputs; i++) {
          if (part == number && contains(batch, own[i])) {
            continue;
          }
          System.arraycopy(
              parts[part], i * step.outputs, embeddings, count * step.outputs, step.outputs);
          memoryClasses[count++] = part == number ? classes[own[i]] : -1;
        }
      }
    }
    return new RememberedRows(
        Arrays.copyOf(embeddings, count * step.outputs), Arrays.copyOf(memoryClasses, count));
  }

  private static boolean contains(int[] rows, int row) {
    return Arrays.stream(rows).anyMatch(other -> other == row);
  }

  private float[] gather(int[] rows) {
    float[] part = new float[rows.length * inputs];
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(features, rows[i] * inputs, part, i * inputs, inputs);
    }
    return part;
  }

  private int[] classesOf(int[] rows) {
    return Arrays.stream(rows).map(row -> classes[row]).toArray();
  }
}
