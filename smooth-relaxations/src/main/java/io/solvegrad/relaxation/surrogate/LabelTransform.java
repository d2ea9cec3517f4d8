package io.solvegrad.relaxation.surrogate;

/** What is done to the labels of a list before a loss sees them. */
@FunctionalInterface
public interface LabelTransform {

  /**
   * Transforms the labels of one list in place.
   *
   * @param labels the labels of the valid candidates. Modified.
   * @param size how many there are
   */
  void apply(double[] labels, int size);

  /** {@return the labels as they are} */
  static LabelTransform identity() {
    return (labels, size) -> {};
  }

  /** {@return labels divided by their sum; uniform if the sum is 0} */
  static LabelTransform probabilities() {
    return (labels, size) -> {
      double sum = 0;
      for (int i = 0; i < size; i++) {
        sum += labels[i];
      }
      for (int i = 0; i < size; i++) {
        labels[i] = sum == 0 ? 1.0 / size : labels[i] / sum;
      }
    };
  }

  /**
   * {@return labels divided by their sum; all 0 if the sum is 0, as supervised contrastive wants}
   */
  static LabelTransform shares() {
    return (labels, size) -> {
      double sum = 0;
      for (int i = 0; i < size; i++) {
        sum += labels[i];
      }
      for (int i = 0; i < size; i++) {
        labels[i] = sum == 0 ? 0 : labels[i] / sum;
      }
    };
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
   */
  static LabelTransform atLeast(double threshold) {
    return (labels, size) -> {
      for (int i = 0; i < size; i++) {
        labels[i] = labels[i] >= threshold ? 1 : 0;
      }
    };
  }
}
