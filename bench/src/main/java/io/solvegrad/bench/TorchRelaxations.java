package io.solvegrad.bench;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.training.GradientCollector;
import java.util.Arrays;

/**
 * Smooth losses written in libtorch tensors, with its automatic differentiation: the pairs of a
 * list at once, as published implementations do. Lists are taken in groups whose pairs fit into
 * memory. Smooth-AP comes in two forms: as published, and gathered, with the pairs of relevant
 * candidates alone, which needs as many of them in every list. The isotonic regression of soft
 * ranks, for which there is no tensor operation, takes its running maxima by doubling steps.
 */
final class TorchRelaxations {
  static final double SMOOTH_AP = 0.05;
  static final double STRENGTH = 0.1;
  private static final long PAIRS = 1L << 25;

  private final Config config;
  private final boolean gathered;
  private final NDManager manager = NDManager.newBaseManager();
  private final NDArray[] scoreGroups;
  private final NDArray[] labelGroups;
  private final NDArray[] relevantGroups;
  private final float[] gradient;

  TorchRelaxations(Config config, float[] scores, double[] labels, boolean gathered) {
    this.config = config;
    this.gathered = gathered;
    int group = Math.clamp(PAIRS / ((long) config.n() * config.n()), 1, config.rows());
    int groups = (config.rows() + group - 1) / group;
    scoreGroups = new NDArray[groups];
    labelGroups = new NDArray[groups];
    relevantGroups = new NDArray[groups];
    gradient = new float[scores.length];
    for (int g = 0; g < groups; g++) {
      int from = g * group;
      int to = Math.min(config.rows(), from + group);
      Shape shape = new Shape(to - from, config.n());
      scoreGroups[g] = manager.create(part(scores, from, to), shape);
      labelGroups[g] = manager.create(part(narrow(labels), from, to), shape);
      relevantGroups[g] = labelGroups[g].argSort(1, false).get(":, :" + config.p());
    }
  }

  private static float[] narrow(double[] values) {
    float[] result = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      result[i] = (float) values[i];
    }
    return result;
  }

  private float[] part(float[] matrix, int from, int to) {
    return Arrays.copyOfRange(matrix, from * config.n(), to * config.n());
  }

  /** Loss and gradient. */
  float step() {
    float loss = 0;
    int done = 0;
    for (int g = 0; g < scoreGroups.length; g++) {
      try (NDManager step = manager.newSubManager()) {
        NDArray x = scoreGroups[g].duplicate();
        x.attach(step);
        NDArray y = labelGroups[g].duplicate();
        y.attach(step);
        NDArray relevant = relevantGroups[g].duplicate();
        relevant.attach(step);
        x.setRequiresGradient(true);
        try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
          NDArray value = sum(x, y, relevant).div(config.rows());
          collector.backward(value);
          loss += value.getFloat();
        }
        float[] pulled = x.getGradient().toFloatArray();
        System.arraycopy(pulled, 0, gradient, done, pulled.length);
        done += pulled.length;
      }
    }
    return loss;
  }

  float[] gradient() {
    return gradient;
  }

  /** The sum of the losses of the lists. */
  private NDArray sum(NDArray x, NDArray y, NDArray relevant) {
    return switch (config.moves()) {
      case "ApproxNDCG" -> approxNdcg(x, y);
      case "SmoothAP" -> gathered ? smoothApGathered(x, relevant) : smoothAp(x, y);
      case "softmax" -> x.logSoftmax(1).mul(y).sum().neg();
      case "SoftRank" -> rankRegressions(x, y);
      default -> throw new IllegalArgumentException("unknown loss " + config.moves());
    };
  }

  /** sigmoid((s_j - t_i) / temperature), [lists, i, j]. */
  private static NDArray steps(NDArray t, NDArray s, double temperature) {
    return Activation.sigmoid(s.expandDims(1).sub(t.expandDims(2)).div(temperature));
  }

  private NDArray approxNdcg(NDArray x, NDArray y) {
    NDArray ranks = steps(x, x, 1).sum(new int[] {2}).add(0.5);
    NDArray gains = y.mul(Math.log(2)).exp().sub(1);
    NDArray places = x.getManager().arange(1f, config.n() + 1f);
    NDArray ideal = gains.sort(1).flip(1).div(places.add(1).log()).sum(new int[] {1});
    NDArray found = gains.div(ranks.add(1).log()).sum(new int[] {1});
    return found.div(ideal).neg().add(1).sum();
  }

  private static NDArray smoothAp(NDArray x, NDArray y) {
    NDArray steps = steps(x, x, SMOOTH_AP);
    NDArray rank = steps.sum(new int[] {2}).add(0.5);
    NDArray among = steps.mul(y.expandDims(1)).sum(new int[] {2}).add(0.5);
    NDArray precision = among.div(rank).mul(y).sum(new int[] {1});
    return precision.div(y.sum(new int[] {1})).neg().add(1).sum();
  }

  private static NDArray smoothApGathered(NDArray x, NDArray relevant) {
    NDArray targets = x.gather(relevant, 1);
    NDArray rank = steps(targets, x, SMOOTH_AP).sum(new int[] {2}).add(0.5);
    NDArray among = steps(targets, targets, SMOOTH_AP).sum(new int[] {2}).add(0.5);
    return among.div(rank).mean(new int[] {1}).neg().add(1).sum();
  }

  /**
   * Mean squared error of soft ranks (l2) against ranks by label. Isotonic regression by its
   * minimax formula: min over j up to i of max over k from i of the mean of j to k.
   */
  private NDArray rankRegressions(NDArray x, NDArray y) {
    NDArray total = x.getManager().create(0f);
    for (long q = 0; q < x.getShape().get(0); q++) {
      total = total.add(rankRegression(x.get(q), labelRanks(y.get(q))).div(config.n()));
    }
    return total;
  }

  private NDArray rankRegression(NDArray x, NDArray wanted) {
    NDManager here = x.getManager();
    int n = config.n();
    NDArray z = x.div(-STRENGTH);
    NDArray order = z.argSort(0, false);
    NDArray sorted = z.gather(order, 0);
    NDArray weights = here.arange(n, 0, -1).toType(DataType.FLOAT32, false);
    NDArray running = sorted.sub(weights).cumSum(0);
    NDArray before = running.sub(sorted.sub(weights));
    NDArray places = here.arange(0f, n);
    NDArray lengths = places.expandDims(0).sub(places.expandDims(1)).add(1);
    NDArray means = running.expandDims(0).sub(before.expandDims(1)).div(lengths.maximum(1f));
    NDArray upper = means;
    for (int reach = 1; reach < n; reach *= 2) {
      NDArray further = upper.get(":, " + reach + ":").maximum(upper.get(":, :" + (n - reach)));
      upper = NDArrays.concat(new NDList(further, upper.get(":, " + (n - reach) + ":")), 1);
    }
    NDArray outside = lengths.lt(1).toType(DataType.FLOAT32, false).mul(1e9f);
    NDArray values = upper.add(outside).min(new int[] {0});
    NDArray gap = sorted.sub(values).sub(wanted.gather(order, 0));
    return gap.mul(gap).sum();
  }

  /** Mean ranks by descending binary labels. */
  private NDArray labelRanks(NDArray y) {
    float relevant = y.sum().getFloat();
    float first = (relevant + 1) / 2;
    float second = (relevant + 1 + config.n()) / 2;
    return y.mul(first - second).add(second);
  }
}
