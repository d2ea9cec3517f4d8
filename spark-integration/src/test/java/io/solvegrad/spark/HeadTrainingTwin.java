package io.solvegrad.spark;

import io.solvegrad.ejml.Adam;
import io.solvegrad.ejml.ClassBatches;
import io.solvegrad.ejml.EmbeddingHead;
import io.solvegrad.ejml.HeadGradient;
import io.solvegrad.ejml.RememberedRows;
import io.solvegrad.ranking.Diagnostics;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.ejml.data.FMatrixRMaj;

/** The same training written down without Spark and without shards of its own: plain arrays. */
record HeadTrainingTwin(LossFactory loss, HeadSettings settings) {

  /** Trains on rows in ascending order of ids whose labels are the classes as long. */
  float[] weights(float[] start, float[] features, int[] classes, int inputs, int outputs) {
    int[][] members = new int[settings.shards()][];
    ClassBatches[] batches = new ClassBatches[members.length];
    for (int s = 0; s < members.length; s++) {
      int shard = s;
      members[s] =
          IntStream.range(0, classes.length)
              .filter(row -> settings.shardOf((long) classes[row]) == shard)
              .toArray();
      // Numbered by first appearance: the order of classes decides what is drawn.
      int[] own = Arrays.stream(members[s]).map(row -> classes[row]).toArray();
      List<Integer> seen = new ArrayList<>();
      for (int i = 0; i < own.length; i++) {
        if (!seen.contains(own[i])) {
          seen.add(own[i]);
        }
        own[i] = seen.indexOf(own[i]);
      }
      batches[s] = new ClassBatches(own, settings.rows(), settings.perClass());
    }
    float[] weights = start.clone();
    Adam adam = new Adam(weights.length, settings.learningRate());
    List<float[]> rememberedRows = new ArrayList<>();
    List<int[]> rememberedNumbers = new ArrayList<>();
    for (int step = 0; step < settings.steps(); step++) {
      EmbeddingHead head = new EmbeddingHead(FMatrixRMaj.wrap(inputs, outputs, weights.clone()));
      double[] sum = new double[weights.length];
      int used = 0;
      List<float[]> newRows = new ArrayList<>();
      List<int[]> newNumbers = new ArrayList<>();
      for (int s = 0; s < members.length; s++) {
        int[] drawn = drawn(members[s], batches[s], s, step);
        if (drawn.length == 0) {
          continue;
        }
        RememberedRows memory =
            switch (settings.memory()) {
              case NONE -> RememberedRows.none();
              case PARTITIONED -> own(head, members[s], batches[s], s, step, features, classes);
              case BROADCAST -> all(rememberedRows, rememberedNumbers, drawn, classes, outputs);
            };
        HeadGradient gradient =
            HeadGradient.of(
                head,
                loss.create(settings.seedOf(s, step)),
                rows(features, drawn, inputs),
                Arrays.stream(drawn).map(row -> classes[row]).toArray(),
                memory,
                new Diagnostics());
        used++;
        for (int i = 0; i < sum.length; i++) {
          sum[i] += gradient.weights()[i];
        }
        newRows.add(gradient.embeddings());
        newNumbers.add(drawn);
      }
      int shards = used;
      adam.step(weights, Arrays.stream(sum).map(value -> value / shards).toArray());
      rememberedRows.add(concat(newRows));
      rememberedNumbers.add(newNumbers.stream().flatMapToInt(Arrays::stream).toArray());
    }
    return weights;
  }

  private int[] drawn(int[] members, ClassBatches batches, int shard, int step) {
    return Arrays.stream(batches.draw(new Random(settings.seedOf(shard, step))))
        .map(row -> members[row])
        .toArray();
  }

  private RememberedRows own(
      EmbeddingHead head,
      int[] members,
      ClassBatches batches,
      int shard,
      int step,
      float[] features,
      int[] classes) {
    List<Integer> now = Arrays.stream(drawn(members, batches, shard, step)).boxed().toList();
    int[] former =
        IntStream.range(Math.max(0, step - settings.memorySteps()), step)
            .flatMap(s -> Arrays.stream(drawn(members, batches, shard, s)))
            .distinct()
            .filter(row -> !now.contains(row))
            .toArray();
    if (former.length == 0) {
      return RememberedRows.none();
    }
    int inputs = features.length / classes.length;
    return new RememberedRows(
        head.embed(rows(features, former, inputs)),
        Arrays.stream(former).map(row -> classes[row]).toArray());
  }

  private RememberedRows all(
      List<float[]> rows, List<int[]> numbers, int[] batch, int[] classes, int outputs) {
    List<Integer> now = Arrays.stream(batch).boxed().toList();
    List<float[]> kept = new ArrayList<>();
    List<Integer> keptClasses = new ArrayList<>();
    for (int s = Math.max(0, rows.size() - settings.memorySteps()); s < rows.size(); s++) {
      for (int i = 0; i < numbers.get(s).length; i++) {
        if (!now.contains(numbers.get(s)[i])) {
          kept.add(Arrays.copyOfRange(rows.get(s), i * outputs, (i + 1) * outputs));
          keptClasses.add(classes[numbers.get(s)[i]]);
        }
      }
    }
    return new RememberedRows(
        concat(kept), keptClasses.stream().mapToInt(Integer::intValue).toArray());
  }

  private static float[] rows(float[] features, int[] rows, int inputs) {
    float[] part = new float[rows.length * inputs];
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(features, rows[i] * inputs, part, i * inputs, inputs);
    }
    return part;
  }

  private static float[] concat(List<float[]> parts) {
    float[] all = new float[parts.stream().mapToInt(part -> part.length).sum()];
    int at = 0;
    for (float[] part : parts) {
      System.arraycopy(part, 0, all, at, part.length);
      at += part.length;
    }
    return all;
  }
}
