package io.solvegrad.ranking;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Which candidates of each list are relevant, and how much: binary sets or graded labels, all
 * reduced to ascending positions with a grade each.
 */
public interface Relevance {

  /**
   * Checks that the labels belong to lists of this shape.
   *
   * @param layout where the lists lie
   * @throws IllegalArgumentException naming what does not fit
   */
  void check(Layout layout);

  /**
   * {@return an upper bound of the number of relevant candidates of a list}
   *
   * @param list index of the list, from 0
   * @param layout where the lists lie
   */
  int bound(int list, Layout layout);

  /**
   * Writes the relevant positions of a list in ascending order with their grades, and returns their
   * number.
   *
   * @param list index of the list, from 0
   * @param layout where the lists lie
   * @param positions at least {@link #bound} long. Modified.
   * @param grades positive numbers, at least {@link #bound} long. Modified.
   * @return how many positions were written
   * @throws IllegalArgumentException if a label is NaN or +infinity, naming row and column
   */
  int read(int list, Layout layout, int[] positions, double[] grades);

  /**
   * Writes the label of every position, 0 and negative ones included: what losses on label
   * differences need. By default a position that is not relevant has label 0.
   *
   * @param list index of the list, from 0
   * @param layout where the lists lie
   * @param labels at least as long as the list. Modified.
   * @throws IllegalArgumentException if a label is NaN or infinite, naming row and column
   */
  default void readLabels(int list, Layout layout, double[] labels) {
    int[] positions = new int[bound(list, layout)];
    double[] grades = new double[positions.length];
    int count = read(list, layout, positions, grades);
    Arrays.fill(labels, 0, layout.length(list), 0);
    for (int k = 0; k < count; k++) {
      labels[positions[k]] = grades[k];
    }
  }

  /**
   * {@return the labels of all scores in the order of the scores, unchecked, or null where they are
   * given in another way} Not a copy, and not to be modified.
   */
  default double @Nullable [] allLabels() {
    return null;
  }

  /**
   * {@return labels under which every member of a set is relevant with grade 1}
   *
   * @param relevant the relevant candidates of each list
   */
  static Relevance of(ItemSets relevant) {
    return new BinaryRelevance(Objects.requireNonNull(relevant, "relevant must not be null"));
  }

  /**
   * The label of each score; candidates with a label above 0 are relevant and the label is their
   * grade. Labels of 0 and less are irrelevant.
   *
   * @param labels in the order of the scores. Not modified, not copied.
   * @return the labels, a view of the array
   */
  static Relevance grades(double... labels) {
    return new GradedRelevance(Objects.requireNonNull(labels, "labels must not be null"));
  }

  /**
   * Binary relevance by a threshold: candidates whose label is at least the threshold are relevant
   * with grade 1.
   *
   * @param threshold the smallest label that is relevant, such as 1; may be negative
   * @param labels in the order of the scores. Not modified, not copied.
   * @return the labels, a view of the array
   * @throws IllegalArgumentException if the threshold is NaN or infinite
   */
  static Relevance atLeast(double threshold, double... labels) {
    return new ThresholdRelevance(
        threshold, Objects.requireNonNull(labels, "labels must not be null"));
  }
}
