package io.solvegrad.relaxation.surrogate;

/** What is done to the labels of a list before a loss sees them. */
@FunctionalInterface
public interface LabelTransform {

  /**
   * Transforms the labels of one list in place.
   *
   * @param labels the labels of the valid candidates, finite, and to be finite afterwards: what is
   *     not is refused with its row and column. Modified.
   * @param size how many there are
   */
  void apply(double[] labels, int size);

  /** {@return the labels as they are} */
  static LabelTransform identity() {
    return (labels, size) -> {};
  }

  /** {@return labels divided by their sum; uniform if the sum is 0} */
  static LabelTransform probabilities() {
    return (labels, size) -> divideBySum(labels, size, 1.0 / size);
  }

  /**
   * {@return labels divided by their sum; all 0 if the sum is 0, as supervised contrastive wants}
   */
  static LabelTransform shares() {
    return (labels, size) -> divideBySum(labels, size, 0);
  }

  private static void divideBySum(double[] labels, int size, double withoutSum) {
    double sum = sum(labels, size);
    if (Double.isInfinite(sum)) {
      for (int i = 0; i < size; i++) {
        labels[i] /= size;
      }
      sum = sum(labels, size);
    }
    for (int i = 0; i < size; i++) {
      labels[i] = sum == 0 ? withoutSum : labels[i] / sum;
    }
  }

  private static double sum(double[] labels, int size) {
    double sum = 0;
    for (int i = 0; i < size; i++) {
      sum += labels[i];
    }
    return sum;
  }

  /**
   * {@return softmax of labels / temperature: with it, {@link Softmax} is ListNet}
   *
   * @param temperature positive
   * @throws IllegalArgumentException unless it is positive and finite
   */
  static LabelTransform softmax(double temperature) {
    Checks.positive("temperature", temperature);
    return (labels, size) -> {
      double largest = Double.NEGATIVE_INFINITY;
      for (int i = 0; i < size; i++) {
        largest = Math.max(largest, labels[i]);
      }
      double sum = 0;
      for (int i = 0; i < size; i++) {
        labels[i] = Math.exp((labels[i] - largest) / temperature);
        sum += labels[i];
      }
      for (int i = 0; i < size; i++) {
        labels[i] /= sum;
      }
    };
  }

  /**
   * {@return 1 for labels of a threshold and more, 0 for others}
   *
   * @param threshold the least relevant label
   * @throws IllegalArgumentException if it is not finite
   */
  static LabelTransform atLeast(double threshold) {
    Checks.finite("threshold", threshold);
    return (labels, size) -> {
      for (int i = 0; i < size; i++) {
        labels[i] = labels[i] >= threshold ? 1 : 0;
      }
    };
  }
}
