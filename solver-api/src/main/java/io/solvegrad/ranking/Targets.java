package io.solvegrad.ranking;

/** All that a metric knows of the labels of one list; k runs over the relevant candidates alone. */
public interface Targets {

  /** Number of relevant candidates. */
  int count();

  /** Number of candidates that are ranked, relevant or not. */
  int candidates();

  /** The grade of relevant candidate k, positive. */
  double grade(int k);

  /** The weight of relevant candidate k. */
  double weight(int k);
}
