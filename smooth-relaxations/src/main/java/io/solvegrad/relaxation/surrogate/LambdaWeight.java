package io.solvegrad.relaxation.surrogate;

import java.util.Objects;

/**
 * The weight of a pair by its labels and present ranks: what turns a pairwise loss towards a rank
 * metric. Weights count as constants; nothing is differentiated through them. They must be finite
 * and, for a loss that is to be minimised, not negative; nobody checks that, but a loss that they
 * make infinite or NaN is refused with its row.
 */
@FunctionalInterface
public interface LambdaWeight {

  /** The weights of the pairs of one list. */
  @FunctionalInterface
  interface OfPair {

    /**
     * {@return the weight of a pair}
     *
     * @param i number of the first candidate, the preferred one
     * @param j number of the second
     */
    double of(int i, int j);
  }

  /**
   * Prepares ranks and gains of a list, O(n log n) time and O(n) memory.
   *
   * @param list scores and labels. Not modified.
   * @return the weights of its pairs
   */
  OfPair on(LabelledList list);

  /** {@return 1 for every pair} */
  static LambdaWeight one() {
    return list -> (i, j) -> 1;
  }

  /**
   * {@return |y_i^power - y_j^power|} For labels of 0 and more, unless the power is an integer;
   * what is infinite or NaN is refused with the loss of its row.
   *
   * @param power positive: 1 for the label difference, 2 for weighted RankNet with squared labels
   * @throws IllegalArgumentException unless it is positive and finite
   */
  static LambdaWeight labelDifference(double power) {
    Checks.positive("power", power);
    if (power == 1) {
      return list -> (i, j) -> Math.abs(list.label(i) - list.label(j));
    }
    return list ->
        (i, j) -> Math.abs(Math.pow(list.label(i), power) - Math.pow(list.label(j), power));
  }

  /**
   * {@return 1 for pairs of which exactly one stands within the first k and exactly one has a label
   * above 0, else 0: the pairs whose exchange changes precision@k}
   *
   * @param k the cut-off, at least 1
   * @throws IllegalArgumentException if k is less than 1
   */
  static LambdaWeight precision(int k) {
    if (k < 1) {
      throw new IllegalArgumentException("cut-off k must be at least 1, but is " + k);
    }
    return list -> {
      int[] ranks = list.ranks();
      return (i, j) ->
          (ranks[i] <= k) != (ranks[j] <= k) && (list.label(i) > 0) != (list.label(j) > 0) ? 1 : 0;
    };
  }

  /**
   * {@return factor times this weight plus another}
   *
   * @param factor multiplies this weight, finite
   * @param other the summand
   * @throws IllegalArgumentException if the factor is not finite
   */
  default LambdaWeight timesPlus(double factor, LambdaWeight other) {
    Checks.finite("factor", factor);
    Objects.requireNonNull(other, "other must not be null");
    return list -> {
      OfPair mine = on(list);
      OfPair others = other.on(list);
      return (i, j) -> factor * mine.of(i, j) + others.of(i, j);
    };
  }

  /**
   * {@return the same weight with equal scores ranked at random instead of by index} All orders of
   * them are equally likely; which one it is depends on the seed and on the number of the list, not
   * on scores or threads.
   *
   * @param seed another one for every step of a training
   */
  default LambdaWeight randomTies(long seed) {
    return list -> list.withRandomTies(seed, this);
  }

  /**
   * {@return this weight for pairs within the first k ranks, 0 for others}
   *
   * @param k the last rank that counts, at least 1
   * @throws IllegalArgumentException if k is less than 1
   */
  default LambdaWeight within(int k) {
    if (k < 1) {
      throw new IllegalArgumentException("cut-off k must be at least 1, but is " + k);
    }
    return list -> {
      OfPair mine = on(list);
      int[] ranks = list.ranks();
      return (i, j) -> ranks[i] <= k && ranks[j] <= k ? mine.of(i, j) : 0;
    };
  }
}
