package io.solvegrad.ranking;

/** All that a metric knows of the labels of one list; k runs over the relevant candidates alone. */
public interface Targets {

  /** {@return the number of relevant candidates} */
  int count();

  /** {@return the number of candidates that are ranked, relevant or not} */
  int candidates();

  /**
   * {@return the grade of relevant candidate k, positive}
   *
   * @param k index of the relevant candidate, from 0
   */
  double grade(int k);

  /**
   * {@return the weight of relevant candidate k}
   *
   * @param k index of the relevant candidate, from 0
   */
  double weight(int k);

  /** {@return the number of relevant candidates, each counted by its weight} */
  default double totalWeight() {
    double sum = 0;
    for (int k = 0; k < count(); k++) {
      sum += weight(k);
    }
    return sum;
  }

  /**
   * {@return the labels of which a perfect ranking would consist: these, unless the batch has ideal
   * labels of its own, such as those of everything that was judged and not only of what was
   * retrieved}
   */
  default Targets ideal() {
    return this;
  }

  /**
   * {@return room for a metric's own intermediate results, whose content does not last}
   *
   * @param length number of elements needed
   */
  default double[] scratch(int length) {
    return new double[length];
  }
}
