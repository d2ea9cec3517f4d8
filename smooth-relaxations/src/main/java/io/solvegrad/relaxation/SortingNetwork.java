package io.solvegrad.relaxation;

import io.solvegrad.ranking.CandidateList;
import io.solvegrad.ranking.Diagnostics;
import io.solvegrad.ranking.PositionFunction;
import io.solvegrad.ranking.PositionValues;
import io.solvegrad.ranking.Ranker;
import io.solvegrad.ranking.SmoothFunction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * A soft permutation matrix by a differentiable sorting network: every comparator keeps its two
 * values in place with probability f(steepness (a - b)) and exchanges them else.
 *
 * <p>The matrix is the product of the layers; metrics need the product with a vector alone, so it
 * is never formed. Time and memory are O(n x layers): n layers for odd-even, log2 n (log2 n + 1) /
 * 2 for bitonic, which pads to a power of two with candidates that stand last for certain.
 *
 * <p>Source: Petersen et al., ICML 2021, arXiv:2105.04019; ICLR 2022, arXiv:2203.09630 (which shows
 * that Cauchy, reciprocal and optimal, unlike logistic, are monotonic).
 *
 * @param kind which network
 * @param distribution f, a distribution function that is symmetric about 0: {@link Steps#cauchy},
 *     {@link Steps#reciprocal}, {@link Steps#optimal}, {@link Steps#sigmoid} of temperature 1,
 *     {@link Steps#normal} or {@link Steps#replacedSigmoid}
 * @param steepness positive, usually 10 and more for scores of spacing 1
 */
public record SortingNetwork(Kind kind, SmoothFunction distribution, double steepness)
    implements Ranker<PositionValues> {

  /** Which pairs are compared, in what order. */
  public enum Kind {
    /** Odd-even transposition: neighbours, n layers. */
    ODD_EVEN,
    /** Batcher's bitonic network. */
    BITONIC
  }

  /**
   * Checks the steepness.
   *
   * @throws IllegalArgumentException unless it is positive and finite
   */
  public SortingNetwork {
    Objects.requireNonNull(kind, "kind must not be null");
    Objects.requireNonNull(distribution, "distribution must not be null");
    Steps.requirePositive("steepness", steepness);
  }

  @Override
  public Pass<PositionValues> newPass() {
    return new Layers(this);
  }

  private static final class Layers implements Pass<PositionValues>, PositionValues {

    /** The comparators of a layer, the place for the larger value first, with what they decided. */
    private record Layer(int[] first, int[] second, double[] keep, double[] slope, double[] gap) {}

    /** The expectations of one position function, and what was pushed into them. */
    private record Expectation(PositionFunction position, double[] value, double[] upstream) {}

    private final SortingNetwork network;
    private final List<Layer> layers = new ArrayList<>();
    private final List<Expectation> expectations = new ArrayList<>();
    private double[] values = {};
    private int[] positions = {};
    private int n;

    Layers(SortingNetwork network) {
      this.network = network;
    }

    @Override
    public PositionValues forward(CandidateList list) {
      n = list.candidates();
      positions = list.positions();
      expectations.clear();
      layers.clear();
      int width = network.kind == Kind.ODD_EVEN ? n : powerOfTwo(n);
      values = new double[width];
      Arrays.fill(values, Double.NEGATIVE_INFINITY);
      list.copyScores(values);
      if (network.kind == Kind.ODD_EVEN) {
        for (int l = 0; l < n; l++) {
          neighbours(l % 2);
        }
      } else {
        for (int block = 2; block <= width; block *= 2) {
          for (int distance = block / 2; distance > 0; distance /= 2) {
            bitonic(block, distance);
          }
        }
      }
      return this;
    }

    private static int powerOfTwo(int n) {
      return n <= 1 ? n : Integer.highestOneBit(n - 1) << 1;
    }

    private void neighbours(int begin) {
      int count = Math.max(0, (n - begin) / 2);
      Layer layer = layer(count);
      for (int c = 0; c < count; c++) {
        layer.first[c] = begin + 2 * c;
        layer.second[c] = begin + 2 * c + 1;
      }
      run(layer);
    }

    private void bitonic(int block, int distance) {
      Layer layer = layer(values.length / 2);
      int c = 0;
      for (int i = 0; i < values.length; i++) {
        int partner = i ^ distance;
        if (partner > i) {
          boolean descending = (i & block) == 0;
          layer.first[c] = descending ? i : partner;
          layer.second[c++] = descending ? partner : i;
        }
      }
      run(layer);
    }

    private static Layer layer(int count) {
      return new Layer(
          new int[count], new int[count], new double[count], new double[count], new double[count]);
    }

    private void run(Layer layer) {
      SmoothFunction f = network.distribution;
      for (int c = 0; c < layer.first.length; c++) {
        double a = values[layer.first[c]];
        double b = values[layer.second[c]];
        double gap = Steps.difference(a, b);
        boolean finite = !Double.isInfinite(gap);
        layer.keep[c] = f.at(network.steepness * gap);
        layer.slope[c] = finite ? network.steepness * f.slope(network.steepness * gap) : 0;
        layer.gap[c] = finite ? gap : 0;
        values[layer.first[c]] = mix(layer.keep[c], a, b);
        values[layer.second[c]] = mix(layer.keep[c], b, a);
      }
      layers.add(layer);
    }

    private static double mix(double share, double a, double b) {
      if (share == 1 || a == b) {
        return a;
      }
      return share == 0 ? b : share * a + (1 - share) * b;
    }

    private static void mix(Layer layer, double[] x) {
      for (int c = 0; c < layer.first.length; c++) {
        double a = x[layer.first[c]];
        double b = x[layer.second[c]];
        x[layer.first[c]] = mix(layer.keep[c], a, b);
        x[layer.second[c]] = mix(layer.keep[c], b, a);
      }
    }

    @Override
    public double value(PositionFunction position, int k, double upstream) {
      for (Expectation known : expectations) {
        if (known.position.equals(position)) {
          known.upstream[positions[k]] += upstream;
          return known.value[positions[k]];
        }
      }
      double[] worth = worth(position);
      for (int l = layers.size() - 1; l >= 0; l--) {
        mix(layers.get(l), worth);
      }
      Expectation made = new Expectation(position, worth, new double[worth.length]);
      expectations.add(made);
      made.upstream[positions[k]] += upstream;
      return worth[positions[k]];
    }

    private double[] worth(PositionFunction position) {
      double[] worth = new double[values.length];
      for (int r = 1; r <= n; r++) {
        worth[r - 1] = position.at(r);
      }
      return worth;
    }

    @Override
    public void backward(CandidateList list, Diagnostics diagnostics) {
      double[][] keepUpstream = new double[layers.size()][];
      for (int l = 0; l < layers.size(); l++) {
        keepUpstream[l] = new double[layers.get(l).first.length];
      }
      for (Expectation expectation : expectations) {
        pull(expectation, keepUpstream);
      }
      // Back through the values: each decision depends on what the layers before it made.
      double[] gradient = new double[values.length];
      for (int l = layers.size() - 1; l >= 0; l--) {
        Layer layer = layers.get(l);
        double[] upstream = keepUpstream[l];
        for (int c = 0; c < upstream.length; c++) {
          int i = layer.first[c];
          int j = layer.second[c];
          upstream[c] += (gradient[i] - gradient[j]) * layer.gap[c];
        }
        mix(layer, gradient);
        for (int c = 0; c < upstream.length; c++) {
          double share = upstream[c] * layer.slope[c];
          gradient[layer.first[c]] += share;
          gradient[layer.second[c]] -= share;
        }
      }
      int moved = 0;
      for (int i = 0; i < n; i++) {
        if (gradient[i] != 0) {
          list.addGradient(i, gradient[i]);
          moved++;
        }
      }
      diagnostics.record(n, moved);
    }

    /** Upstreams travel with the layers, worths against them; they meet at every comparator. */
    private void pull(Expectation expectation, double[][] keepUpstream) {
      double[][] pushed = new double[layers.size()][];
      double[] running = expectation.upstream.clone();
      for (int l = 0; l < layers.size(); l++) {
        pushed[l] = running.clone();
        mix(layers.get(l), running);
      }
      double[] worth = worth(expectation.position);
      for (int l = layers.size() - 1; l >= 0; l--) {
        Layer layer = layers.get(l);
        for (int c = 0; c < layer.first.length; c++) {
          int i = layer.first[c];
          int j = layer.second[c];
          keepUpstream[l][c] += (pushed[l][i] - pushed[l][j]) * (worth[i] - worth[j]);
        }
        mix(layer, worth);
      }
    }
  }
}
