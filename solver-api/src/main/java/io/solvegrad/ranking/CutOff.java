package io.solvegrad.ranking;

/** The last rank that counts in a list. */
@FunctionalInterface
public interface CutOff {

  /**
   * {@return the last rank that counts, at least 1}
   *
   * @param targets the labels of a list with something to find
   */
  int of(Targets targets);

  /** {@return no cut-off: every rank counts} */
  static CutOff none() {
    return targets -> Integer.MAX_VALUE;
  }

  /**
   * {@return the same cut-off for every list}
   *
   * @param k the last rank that counts
   * @throws IllegalArgumentException if it is less than 1
   */
  static CutOff at(int k) {
    if (k < 1) {
      throw new IllegalArgumentException("cut-off k must be at least 1, but is " + k);
    }
    return targets -> k;
  }

  /** {@return R, the number of relevant candidates of the list} */
  static CutOff relevant() {
    return targets -> targets.ideal().count();
  }
}
