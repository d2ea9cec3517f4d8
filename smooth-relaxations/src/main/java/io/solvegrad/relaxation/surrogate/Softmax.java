package io.solvegrad.relaxation.surrogate;

import io.solvegrad.ranking.ExponentialKernel;
import io.solvegrad.ranking.RankKernels;
import java.util.Arrays;

/**
 * Softmax cross entropy: -sum_i w_i y_i log softmax(s)_i + epsilon (1 - pt), with pt the softmax
 * probability of the labels, sum_i softmax(s)_i w_i y_i / sum w y.
 *
 * <p>With epsilon 0 this is the softmax loss (ListNet with {@link LabelTransform#softmax} or {@link
 * LabelTransform#probabilities}, InfoNCE with one relevant candidate); with epsilon other than 0 it
 * is its poly-1 form (Leng et al., ICLR 2022, arXiv:2204.12511). If all labels are 0, the cross
 * entropy is 0 and pt is taken under uniform labels. O(n).
 *
 * <p>A candidate at -infinity has probability 0: without a label it might as well be absent, and it
 * gets no gradient; with one (which {@link LabelTransform#softmax} gives to every candidate) it
 * makes the loss infinite. If all are at -infinity, the loss is 0. Labels and weights whose sum is
 * infinite are refused with their row.
 *
 * <p>Source: Cao et al., ICML 2007, doi:10.1145/1273496.1273513; Bruch et al., ICTIR 2019,
 * doi:10.1145/3341981.3344221.
 *
 * @param epsilon weight of the first polynomial term, usually 0 or 1
 */
public record Softmax(double epsilon) implements RowObjective {

  /**
   * Checks epsilon.
   *
   * @throws IllegalArgumentException if it is not finite
   */
  public Softmax {
    if (!Double.isFinite(epsilon)) {
      throw new IllegalArgumentException("epsilon must be finite, but is " + epsilon);
    }
  }

  /** The softmax loss itself. */
  public Softmax() {
    this(0);
  }

  /** Exponentials in single precision, sums in double: what single-precision scores can tell. */
  @Override
  public double evaluateRow(PlainRow row, double scale) {
    ExponentialKernel kernel = RankKernels.exponentials();
    float shift = kernel.largest(row.scores, row.offset, row.size);
    if (epsilon != 0 || !Float.isFinite(shift)) {
      return Double.NaN;
    }
    Arrays.fill(row.sums, 0);
    kernel.expSums(row.scores, row.labels, row.offset, row.size, shift, row.room, row.sums);
    double partition = sum(row.sums, 0);
    double mass = sum(row.sums, 1);
    double loss = mass * Math.log(partition) - sum(row.sums, 2);
    // No summand of the gradient exceeds this; what single precision cannot hold is for the general
    // way to refuse. Lane by lane, because labels of both signs may cancel.
    double largest = 0;
    for (int l = 0; l < ExponentialKernel.LANES; l++) {
      largest += Math.abs(row.sums[ExponentialKernel.LANES + l]);
    }
    if (!(largest * Math.abs(scale) <= Float.MAX_VALUE)) {
      return Double.NaN;
    }
    float[] gradient = row.gradient;
    if (Double.isFinite(loss) && scale != 0 && gradient != null) {
      double share = scale * mass / partition;
      row.moved =
          kernel.addDifferences(row.room, share, row.labels, scale, gradient, row.offset, row.size);
    }
    return Double.isFinite(loss) ? loss : Double.NaN;
  }

  private static double sum(double[] sums, int part) {
    double sum = 0;
    for (int l = 0; l < ExponentialKernel.LANES; l++) {
      sum += sums[part * ExponentialKernel.LANES + l];
    }
    return sum;
  }

  @Override
  public double evaluate(LabelledList list, double scale) {
    int n = list.size();
    double shift = list.largestScore();
    double[] probability = list.room();
    double partition = 0;
    double mass = 0;
    for (int i = 0; i < n; i++) {
      probability[i] = list.score(i) == shift ? 0 : list.score(i) - shift;
    }
    RankKernels.exponentials().exp(probability, n);
    for (int i = 0; i < n; i++) {
      partition += probability[i];
      mass += list.weight(i) * list.label(i);
    }
    list.requireFinite("sum of labels times weights", mass);
    if (partition == 0) {
      return 0; // nothing has been retrieved, so there is no distribution
    }
    double logPartition = Math.log(partition);
    double inverse = 1 / partition;
    double loss = 0;
    double target = 0;
    for (int i = 0; i < n; i++) {
      double label = list.weight(i) * list.label(i);
      probability[i] *= inverse;
      if (label != 0) {
        double below = list.score(i) == shift ? 0 : list.score(i) - shift;
        loss -= label * (below - logPartition);
      }
      target += probability[i] * share(label, mass, n);
    }
    for (int i = 0; i < n && scale != 0; i++) {
      double label = list.weight(i) * list.label(i);
      double poly = epsilon * (target - share(label, mass, n));
      list.addGradient(i, scale * (probability[i] * (mass + poly) - label));
    }
    return loss + epsilon * (1 - target);
  }

  private static double share(double label, double mass, int size) {
    return mass == 0 ? 1.0 / size : label / mass;
  }
}
