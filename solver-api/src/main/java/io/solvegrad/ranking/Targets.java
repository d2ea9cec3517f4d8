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
}
