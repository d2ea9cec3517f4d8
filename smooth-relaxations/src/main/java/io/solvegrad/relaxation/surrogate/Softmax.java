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
    double shift = list.largestScore();
    double partition = 0;
    double mass = 0;
    for (int i = 0; i < list.size(); i++) {
      partition += list.exp(i, shift);
      mass += list.weight(i) * list.label(i);
    }
    double logPartition = Math.log(partition);
    double loss = 0;
    double target = 0;
    for (int i = 0; i < list.size(); i++) {
      double label = list.weight(i) * list.label(i);
      double probability = list.exp(i, shift) / partition;
      if (label != 0) {
        loss -=
            label * (list.score(i) == shift ? -logPartition : list.score(i) - shift - logPartition);
      }
      target += probability * share(label, mass, list.size());
    }
    if (scale != 0) {
      for (int i = 0; i < list.size(); i++) {
        double label = list.weight(i) * list.label(i);
        double probability = list.exp(i, shift) / partition;
        double poly = epsilon * probability * (target - share(label, mass, list.size()));
        list.addGradient(i, scale * (probability * mass - label + poly));
      }
    }
    return loss + epsilon * (1 - target);
  }

  private static double share(double label, double mass, int size) {
    return mass == 0 ? 1.0 / size : label / mass;
  }
}
