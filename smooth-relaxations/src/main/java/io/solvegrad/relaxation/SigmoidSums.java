package io.solvegrad.relaxation;

import io.solvegrad.ranking.ExponentialKernel;
import io.solvegrad.ranking.RankKernels;
import java.util.Arrays;

/**
 * Sums of p = sigmoid((s_j - s_i) / T) and of p (1 - p) over many pairs.
 *
 * <p>With e = exp((s - middle) / T), p = e_j / (e_i + e_j): an exponential for each candidate, a
 * division for each pair. All loops over pairs run over one index of arrays that are used at that
 * index alone, which is what the JIT compiler vectorises. Where the exponentials do not fit, every
 * pair is computed on its own.
 */
final class SigmoidSums {
  private static final int BLOCK = 256;
  // So few summands lose next to nothing in float; then they go into doubles.
  private static final int TILE = 64;
  // Up to so many targets are too few to fill vectors with, so candidates fill them instead.
  private static final int FEW = 16;
  private static final double FLOAT_RANGE = 80;
  private static final double DOUBLE_RANGE = 340;

  private enum Arithmetic {
    FLOAT,
    DOUBLE,
    PAIR
  }

  private final ExponentialKernel exponentials = RankKernels.exponentials();
  private Arithmetic arithmetic = Arithmetic.PAIR;
  private double middle;
  private double temperature;

  private int targets;
  private int others;
  private double[] target = {};
  private double[] other = {};
  private float[] targetFloat = {};
  private float[] otherFloat = {};

  private final double[] blockSum = new double[BLOCK];
  private final double[] blockSlope = new double[BLOCK];
  private final double[] block = new double[BLOCK];
  private final float[] floatSum = new float[BLOCK];
  private final float[] floatSlope = new float[BLOCK];
  private final float[] floatBlock = new float[BLOCK];
  private float[] floatUpstream = {};
  private final double[][] laneSum = new double[FEW][TILE];
  private final double[][] laneSlope = new double[FEW][TILE];

  /** Chooses the arithmetic for the scores of a list. */
  void prepare(double[] scores, int n, double newTemperature, boolean single) {
    temperature = newTemperature;
    double least = Double.POSITIVE_INFINITY;
    double largest = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < n; i++) {
      least = Math.min(least, scores[i]);
      largest = Math.max(largest, scores[i]);
    }
    middle = least / 2 + largest / 2;
    double range = (largest / 2 - least / 2) / temperature;
    if (range <= FLOAT_RANGE && single) {
      arithmetic = Arithmetic.FLOAT;
    } else if (range <= DOUBLE_RANGE) {
      arithmetic = Arithmetic.DOUBLE;
    } else {
      arithmetic = Arithmetic.PAIR;
    }
  }

  /** Takes over the scores. */
  void load(double[] targetScores, int m, double[] otherScores, int rest) {
    targets = m;
    others = rest;
    target = fill(target, targetScores, m);
    other = fill(other, otherScores, rest);
    if (arithmetic == Arithmetic.FLOAT) {
      targetFloat = narrow(targetFloat, target, m);
      otherFloat = narrow(otherFloat, other, rest);
    }
  }

  private double[] fill(double[] room, double[] scores, int n) {
    double[] result = room.length < n ? new double[Math.max(n, 2 * room.length)] : room;
    if (arithmetic == Arithmetic.PAIR) {
      System.arraycopy(scores, 0, result, 0, n);
      return result;
    }
    for (int i = 0; i < n; i++) {
      result[i] = (scores[i] - middle) / temperature;
    }
    exponentials.exp(result, n);
    return result;
  }

  private static float[] narrow(float[] room, double[] values, int n) {
    float[] result = room.length < n ? new float[Math.max(n, 2 * room.length)] : room;
    for (int i = 0; i < n; i++) {
      result[i] = (float) values[i];
    }
    return result;
  }

  /** For each target, the sums over all targets, itself included. */
  void among(double[] sum, double[] slope) {
    sums(target, targetFloat, targets, sum, slope);
  }

  /** For each target, the sums over the other candidates. */
  void behind(double[] sum, double[] slope) {
    sums(other, otherFloat, others, sum, slope);
  }

  /** For each other candidate, the sum over targets of upstream times slope of the pair. */
  void pullOthers(double[] upstream, double[] pulled) {
    pull(upstream, other, otherFloat, others, pulled);
  }

  /** For each target, the sum over targets, itself included, of upstream times slope. */
  void pullTargets(double[] upstream, double[] pulled) {
    pull(upstream, target, targetFloat, targets, pulled);
  }

  private void sums(double[] rows, float[] floatRows, int count, double[] sum, double[] slope) {
    Arrays.fill(sum, 0, targets, 0);
    Arrays.fill(slope, 0, targets, 0);
    if (arithmetic == Arithmetic.PAIR) {
      for (int k = 0; k < targets; k++) {
        for (int j = 0; j < count; j++) {
          double x = Steps.difference(rows[j], target[k]) / temperature;
          double p = Steps.logistic(x);
          sum[k] += p;
          slope[k] += p * Steps.logistic(-x);
        }
      }
      return;
    }
    if (targets <= FEW) {
      fewTargets(rows, count, sum, slope);
      return;
    }
    for (int begin = 0; begin < targets; begin += BLOCK) {
      int width = Math.min(BLOCK, targets - begin);
      for (int from = 0; from < count; from += TILE) {
        int to = Math.min(count, from + TILE);
        if (arithmetic == Arithmetic.FLOAT) {
          System.arraycopy(targetFloat, begin, floatBlock, 0, width);
          Arrays.fill(floatSum, 0);
          Arrays.fill(floatSlope, 0);
          for (int j = from; j < to; j++) {
            addRow(floatRows[j], floatBlock, floatSum, floatSlope, width);
          }
          for (int l = 0; l < width; l++) {
            sum[begin + l] += floatSum[l];
            slope[begin + l] += floatSlope[l];
          }
        } else {
          System.arraycopy(target, begin, block, 0, width);
          Arrays.fill(blockSum, 0);
          Arrays.fill(blockSlope, 0);
          for (int j = from; j < to; j++) {
            addRow(rows[j], block, blockSum, blockSlope, width);
          }
          for (int l = 0; l < width; l++) {
            sum[begin + l] += blockSum[l];
            slope[begin + l] += blockSlope[l];
          }
        }
      }
    }
  }

  private static void addRow(float row, float[] columns, float[] sum, float[] slope, int width) {
    for (int l = 0; l < width; l++) {
      float inverse = 1 / (row + columns[l]);
      float p = row * inverse;
      sum[l] += p;
      slope[l] += p * (columns[l] * inverse);
    }
  }

  /** Candidates by blocks, each of which adds to lanes of its own. */
  private void fewTargets(double[] rows, int count, double[] sum, double[] slope) {
    for (int k = 0; k < targets; k++) {
      Arrays.fill(laneSum[k], 0);
      Arrays.fill(laneSlope[k], 0);
    }
    for (int from = 0; from < count; from += TILE) {
      int width = Math.min(TILE, count - from);
      System.arraycopy(rows, from, block, 0, width);
      for (int k = 0; k < targets; k++) {
        addLanes(target[k], block, laneSum[k], laneSlope[k], width);
      }
    }
    for (int k = 0; k < targets; k++) {
      sum[k] = total(laneSum[k]);
      slope[k] = total(laneSlope[k]);
    }
  }

  private static void addLanes(
      double column, double[] rows, double[] sum, double[] slope, int width) {
    for (int l = 0; l < width; l++) {
      double inverse = 1 / (rows[l] + column);
      double p = rows[l] * inverse;
      sum[l] += p;
      slope[l] += p * (column * inverse);
    }
  }

  /** Four sums side by side, because each addition waits for the one before it. */
  private static double total(double[] lanes) {
    double a = 0;
    double b = 0;
    double c = 0;
    double d = 0;
    for (int l = 0; l < lanes.length; l += 4) {
      a += lanes[l];
      b += lanes[l + 1];
      c += lanes[l + 2];
      d += lanes[l + 3];
    }
    return (a + b) + (c + d);
  }

  private static void addRow(
      double row, double[] columns, double[] sum, double[] slope, int width) {
    for (int l = 0; l < width; l++) {
      double inverse = 1 / (row + columns[l]);
      double p = row * inverse;
      sum[l] += p;
      slope[l] += p * (columns[l] * inverse);
    }
  }

  private void pull(
      double[] upstream, double[] rows, float[] floatRows, int count, double[] pulled) {
    Arrays.fill(pulled, 0, count, 0);
    double largest = 0;
    for (int k = 0; k < targets; k++) {
      largest = Math.max(largest, Math.abs(upstream[k]));
    }
    if (largest == 0) {
      return;
    }
    if (arithmetic == Arithmetic.PAIR) {
      for (int k = 0; k < targets; k++) {
        for (int j = 0; j < count; j++) {
          double x = Steps.difference(rows[j], target[k]) / temperature;
          pulled[j] += upstream[k] * Steps.logistic(x) * Steps.logistic(-x);
        }
      }
      return;
    }
    if (arithmetic == Arithmetic.FLOAT) {
      scaleUpstream(upstream, largest);
    }
    for (int begin = 0; begin < count; begin += BLOCK) {
      int width = Math.min(BLOCK, count - begin);
      for (int from = 0; from < targets; from += TILE) {
        int to = Math.min(targets, from + TILE);
        if (arithmetic == Arithmetic.FLOAT) {
          System.arraycopy(floatRows, begin, floatBlock, 0, width);
          Arrays.fill(floatSlope, 0);
          for (int k = from; k < to; k++) {
            addColumn(targetFloat[k], floatUpstream[k], floatBlock, floatSlope, width);
          }
          for (int l = 0; l < width; l++) {
            pulled[begin + l] += largest * floatSlope[l];
          }
        } else {
          System.arraycopy(rows, begin, block, 0, width);
          Arrays.fill(blockSlope, 0);
          for (int k = from; k < to; k++) {
            addColumn(target[k], upstream[k], block, blockSlope, width);
          }
          for (int l = 0; l < width; l++) {
            pulled[begin + l] += blockSlope[l];
          }
        }
      }
    }
  }

  /** Upstreams may be far from 1 where many lists are averaged; in float they are kept near it. */
  private void scaleUpstream(double[] upstream, double largest) {
    if (floatUpstream.length < targets) {
      floatUpstream = new float[Math.max(targets, 2 * floatUpstream.length)];
    }
    for (int k = 0; k < targets; k++) {
      floatUpstream[k] = (float) (upstream[k] / largest);
    }
  }

  private static void addColumn(
      float column, float upstream, float[] rows, float[] slope, int width) {
    for (int l = 0; l < width; l++) {
      float inverse = 1 / (rows[l] + column);
      slope[l] += rows[l] * inverse * (column * inverse) * upstream;
    }
  }

  private static void addColumn(
      double column, double upstream, double[] rows, double[] slope, int width) {
    for (int l = 0; l < width; l++) {
      double inverse = 1 / (rows[l] + column);
      slope[l] += rows[l] * inverse * (column * inverse) * upstream;
    }
  }
}
