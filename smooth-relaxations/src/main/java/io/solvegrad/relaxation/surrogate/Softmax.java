package io.solvegrad.relaxation.surrogate;

/**
 * Softmax cross entropy: -sum_i w_i y_i log softmax(s)_i + epsilon (1 - pt), with pt the softmax
 * probability of the labels, sum_i softmax(s)_i w_i y_i / sum w y.
 *
 * <p>With epsilon 0 this is the softmax loss (ListNet with {@link LabelTransform#softmax} or {@link
 * LabelTransform#probabilities}, InfoNCE with one relevant candidate); with epsilon other than 0 it
 * is its poly-1 form (Leng et al., ICLR 2022, arXiv:2204.12511). If all labels are 0, the cross
 * entropy is 0 and pt is taken under uniform labels. O(n).
 *
 * <p>Source: Cao et al., ICML 2007; Bruch et al., ICTIR 2019.
 *
 * @param epsilon weight of the first polynomial term, usually 0 or 1
 */
public record Softmax(double epsilon) implements ListObjective {

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

  @Override
  public double elements(LabelledList list) {
    return 1;
  }

  @Override
  public double evaluate(LabelledList list, double scale) {
    int n = list.size();
    double shift = list.largestScore();
    double[] probability = list.room();
    double partition = 0;
    double mass = 0;
    for (int i = 0; i < n; i++) {
      probability[i] = list.exp(i, shift);
      partition += probability[i];
      mass += list.weight(i) * list.label(i);
    }
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
