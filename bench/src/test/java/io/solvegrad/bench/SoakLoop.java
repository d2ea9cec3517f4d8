package io.solvegrad.bench;

import io.solvegrad.rambo.BlackboxRanker;
import io.solvegrad.rambo.ClassAveragePrecision;
import io.solvegrad.rambo.EmbeddingMemory;
import io.solvegrad.rambo.LambdaSteps;
import io.solvegrad.ranking.Diagnostics;
import io.solvegrad.ranking.ItemSets;
import io.solvegrad.ranking.MetricLoss;
import io.solvegrad.ranking.PerturbedLoss;
import io.solvegrad.ranking.RankingBatch;
import io.solvegrad.ranking.RankingLoss;
import io.solvegrad.ranking.Recall;
import io.solvegrad.ranking.Relevance;
import io.solvegrad.ranking.ScoreArray;
import io.solvegrad.shortestpath.GridShortestPath;
import io.solvegrad.shortestpath.GridShortestPath.Neighbourhood;
import io.solvegrad.solver.Interpolation;
import io.solvegrad.solver.Lambda;
import io.solvegrad.solver.LayerPass;
import io.solvegrad.solver.SolutionLoss;
import io.solvegrad.solver.SolverLayer;
import io.solvegrad.solver.VaryingLambda;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Small trainings through everything that the library keeps from step to step, on one thread. */
final class SoakLoop {
  /** A model and its loss. */
  private interface Training {
    /** Learns from one batch, drawn by a generator, and returns the loss. */
    double step(SplittableRandom random);

    /** What is learned. */
    float[] parameters();
  }

  private final List<Training> trainings = List.of(new Retrieval(), new Classes(), new Paths());
  private final SplittableRandom random = new SplittableRandom(20);
  private long digest = 1;

  /** One step of each training; their losses. */
  double[] step() {
    double[] losses = new double[trainings.size()];
    for (int t = 0; t < losses.length; t++) {
      Training training = trainings.get(t);
      losses[t] = training.step(random.split());
      mix(Double.doubleToRawLongBits(losses[t]));
      for (float parameter : training.parameters()) {
        mix(Float.floatToRawIntBits(parameter));
      }
    }
    return losses;
  }

  private void mix(long bits) {
    digest = Long.rotateLeft((digest ^ bits) * 0x9E3779B97F4A7C15L, 29);
  }

  /** Changes with every bit of any loss and parameter after any step so far. */
  long digest() {
    return digest;
  }

  private static float[] normal(SplittableRandom random, int length) {
    float[] numbers = new float[length];
    for (int i = 0; i < length; i++) {
      numbers[i] = (float) random.nextGaussian();
    }
    return numbers;
  }

  private static float dot(float[] a, int i, float[] b, int j, int stride, int length) {
    float sum = 0;
    for (int k = 0; k < length; k++) {
      sum += a[i + k] * b[j + k * stride];
    }
    return sum;
  }

  /**
   * Embeddings of items by the recall of noisy cosines, lambda adaptive, remembered embeddings as
   * further candidates. A tenth of the labels is wrong, so that there is always something to learn.
   */
  private static final class Retrieval implements Training {
    private static final int ITEMS = 120;
    private static final int CLASSES = 12;
    private static final int DIMENSION = 6;
    private static final int ROWS = 10;

    private final float[] table = normal(new SplittableRandom(1), ITEMS * DIMENSION);
    private final EmbeddingMemory memory = new EmbeddingMemory(14, DIMENSION);
    private final VaryingLambda lambda = Lambda.adaptive(Lambda.plain(50), 0.2);
    private final RankingLoss loss =
        new LambdaSteps(
            new PerturbedLoss(
                MetricLoss.of(Recall.logLog(), new BlackboxRanker(lambda)).margin(0.05).threads(1),
                PerturbedLoss.Noise.GAUSSIAN,
                0.1,
                2,
                3),
            lambda);
    private final Diagnostics diagnostics = new Diagnostics();

    @Override
    public double step(SplittableRandom random) {
      int[] items = random.ints(0, ITEMS).distinct().limit(ROWS).toArray();
      int columns = ROWS + memory.size();
      int[] classes = new int[columns];
      float[] candidates = new float[columns * DIMENSION];
      for (int i = 0; i < ROWS; i++) {
        classes[i] = random.nextInt(10) == 0 ? random.nextInt(CLASSES) : items[i] % CLASSES;
        normalise(items[i] * DIMENSION);
        System.arraycopy(table, items[i] * DIMENSION, candidates, i * DIMENSION, DIMENSION);
      }
      FloatBuffer remembered = memory.embeddings().asFloatBuffer();
      remembered.get(candidates, ROWS * DIMENSION, memory.size() * DIMENSION);
      memory.copyClasses(classes, ROWS);
      double value = learn(items, classes, candidates, columns);
      memory.add(Arrays.copyOf(candidates, ROWS * DIMENSION), Arrays.copyOf(classes, ROWS), items);
      return value;
    }

    private double learn(int[] items, int[] classes, float[] candidates, int columns) {
      float[] scores = new float[ROWS * columns];
      boolean[] relevant = new boolean[scores.length];
      boolean[] self = new boolean[scores.length];
      for (int i = 0; i < scores.length; i++) {
        int row = i / columns;
        int column = i % columns;
        scores[i] = dot(candidates, row * DIMENSION, candidates, column * DIMENSION, 1, DIMENSION);
        relevant[i] = classes[row] == classes[column];
        self[i] = row == column;
      }
      float[] gradient = new float[scores.length];
      RankingBatch batch =
          RankingBatch.rows(
                  ScoreArray.of(scores), ROWS, columns, Relevance.of(ItemSets.mask(relevant)))
              .excluding(ItemSets.mask(self));
      double value = loss.evaluate(batch, 1, ScoreArray.of(gradient), diagnostics);
      for (int i = 0; i < gradient.length; i++) {
        int row = i / columns;
        int column = i % columns;
        for (int d = 0; d < DIMENSION; d++) {
          table[items[row] * DIMENSION + d] -=
              0.2f * gradient[i] * candidates[column * DIMENSION + d];
          if (column < ROWS) {
            table[items[column] * DIMENSION + d] -=
                0.2f * gradient[i] * candidates[row * DIMENSION + d];
          }
        }
      }
      return value;
    }

    private void normalise(int offset) {
      float length = (float) Math.sqrt(dot(table, offset, table, offset, 1, DIMENSION));
      for (int d = 0; d < DIMENSION; d++) {
        table[offset + d] /= length;
      }
    }

    @Override
    public float[] parameters() {
      return table;
    }
  }

  /** Weights of classes by average precision over and across them, remembered scores, margins. */
  private static final class Classes implements Training {
    private static final int ITEMS = 160;
    private static final int FEATURES = 6;
    private static final int CLASSES = 5;
    private static final int ROWS = 8;

    private final float[] features = normal(new SplittableRandom(2), ITEMS * FEATURES);
    private final float[] truth = normal(new SplittableRandom(3), FEATURES * CLASSES);
    private final float[] weights = normal(new SplittableRandom(4), FEATURES * CLASSES);
    private final RankingLoss loss =
        new ClassAveragePrecision(
            new ClassAveragePrecision.Settings(Lambda.plain(40), 0.15, 1.0 / 3, 24, 0)
                .withRandomMargin(5),
            1);
    private final Diagnostics diagnostics = new Diagnostics();

    @Override
    public double step(SplittableRandom random) {
      int[] items = random.ints(ROWS, 0, ITEMS).toArray();
      float[] scores = new float[ROWS * CLASSES];
      boolean[] relevant = new boolean[scores.length];
      for (int i = 0; i < scores.length; i++) {
        int features0 = items[i / CLASSES] * FEATURES;
        scores[i] = dot(features, features0, weights, i % CLASSES, CLASSES, FEATURES);
        double right = dot(features, features0, truth, i % CLASSES, CLASSES, FEATURES);
        relevant[i] = right + random.nextGaussian() > 2;
      }
      float[] gradient = new float[scores.length];
      double value =
          loss.evaluate(
              RankingBatch.rows(
                  ScoreArray.of(scores), ROWS, CLASSES, Relevance.of(ItemSets.mask(relevant))),
              1,
              ScoreArray.of(gradient),
              diagnostics);
      for (int w = 0; w < weights.length; w++) {
        float sum = 0.001f * weights[w];
        for (int r = 0; r < ROWS; r++) {
          sum += gradient[r * CLASSES + w % CLASSES] * features[items[r] * FEATURES + w / CLASSES];
        }
        weights[w] -= 0.1f * sum;
      }
      return value;
    }

    @Override
    public float[] parameters() {
      return weights;
    }
  }

  /** The costs of the terrains of small maps by the Hamming distance of cheapest paths. */
  private static final class Paths implements Training {
    private static final int MAPS = 60;
    private static final int SIDE = 5;
    private static final int TERRAINS = 4;
    private static final int BATCH = 3;

    private final float[] logarithms = new float[TERRAINS];
    private final SolverLayer layer =
        SolverLayer.of(
                new GridShortestPath(SIDE, SIDE, Neighbourhood.EIGHT),
                new Interpolation(Lambda.plain(5)))
            .threads(1)
            .cache(40);

    @Override
    public double step(SplittableRandom random) {
      int[][] maps = new int[BATCH][];
      double[][] costs = new double[BATCH][SIDE * SIDE];
      double[][] right = new double[BATCH][SIDE * SIDE];
      for (int b = 0; b < BATCH; b++) {
        maps[b] =
            new SplittableRandom(random.nextInt(MAPS)).ints(SIDE * SIDE, 0, TERRAINS).toArray();
        for (int i = 0; i < maps[b].length; i++) {
          costs[b][i] = Math.exp(logarithms[maps[b][i]]);
          // A little noise: no costs of terrains are right for all maps.
          right[b][i] = 1 + 2 * maps[b][i] + random.nextInt(3);
        }
      }
      double[][] paths = layer.predict(right).solutions();
      LayerPass pass = layer.forward(costs);
      double[][] upstreams = new double[BATCH][SIDE * SIDE];
      double value = 0;
      for (int b = 0; b < BATCH; b++) {
        value +=
            SolutionLoss.hamming(paths[b]).evaluate(pass.solutions()[b], 1.0 / BATCH, upstreams[b]);
      }
      double[][] gradients = pass.backward(upstreams);
      for (int b = 0; b < BATCH; b++) {
        for (int i = 0; i < maps[b].length; i++) {
          logarithms[maps[b][i]] -= (float) (0.05 * gradients[b][i] * costs[b][i]);
        }
      }
      return value;
    }

    @Override
    public float[] parameters() {
      return logarithms;
    }
  }
}
