package io.solvegrad.ranking;

import java.util.Objects;

/**
 * What the gradients of an evaluation were like. A blackbox gradient that is zero everywhere is
 * silent: the loss stays put and nothing complains, unless somebody looks here.
 *
 * <p>Numbers add up over evaluations until {@link #reset}. Not thread-safe.
 */
public final class Diagnostics {
  private long lists;
  private long zeroGradientLists;
  private long listsWithLoss;
  private long silentLists;
  private long candidates;
  private long movedCandidates;
  private double smallestLambda = Double.POSITIVE_INFINITY;
  private double largestLambda;

  /** Nothing recorded yet. */
  public Diagnostics() {}

  /** Forgets everything. */
  public void reset() {
    lists = 0;
    zeroGradientLists = 0;
    listsWithLoss = 0;
    silentLists = 0;
    candidates = 0;
    movedCandidates = 0;
    smallestLambda = Double.POSITIVE_INFINITY;
    largestLambda = 0;
  }

  /**
   * Records the gradient of one list.
   *
   * @param listCandidates how many candidates were ranked
   * @param moved how many of them have a gradient that is not zero
   * @throws IllegalArgumentException if that is negative or more than there are candidates
   */
  public void record(int listCandidates, int moved) {
    if (moved < 0 || moved > listCandidates) {
      throw new IllegalArgumentException(
          "moved must be between 0 and the %d candidates of the list, but is %d"
              .formatted(listCandidates, moved));
    }
    lists++;
    candidates += listCandidates;
    movedCandidates += moved;
    zeroGradientLists += moved == 0 ? 1 : 0;
  }

  /**
   * Records the strength, in plain units, with which a list was interpolated.
   *
   * @param lambda the strength, positive
   * @throws IllegalArgumentException if it is not
   */
  public void recordLambda(double lambda) {
    if (!(lambda > 0)) {
      throw new IllegalArgumentException("lambda must be positive, but is " + lambda);
    }
    smallestLambda = Math.min(smallestLambda, lambda);
    largestLambda = Math.max(largestLambda, lambda);
  }

  /**
   * Adds what another thread has recorded.
   *
   * @param other the numbers to add
   */
  public void add(Diagnostics other) {
    Objects.requireNonNull(other, "other must not be null");
    lists += other.lists;
    zeroGradientLists += other.zeroGradientLists;
    listsWithLoss += other.listsWithLoss;
    silentLists += other.silentLists;
    candidates += other.candidates;
    movedCandidates += other.movedCandidates;
    smallestLambda = Math.min(smallestLambda, other.smallestLambda);
    largestLambda = Math.max(largestLambda, other.largestLambda);
  }

  /** {@return the number of lists that had something to find and were ranked backward} */
  public long lists() {
    return lists;
  }

  /** {@return the share of lists whose gradient is zero everywhere, 0 if there was no list} */
  public double zeroGradientShare() {
    return lists == 0 ? 0 : (double) zeroGradientLists / lists;
  }

  /** Records that a list has a loss that it could lower, and whether its gradient was zero. */
  void recordLoss(boolean silent) {
    listsWithLoss++;
    silentLists += silent ? 1 : 0;
  }

  /** The number of lists without gradient so far. */
  long zeroGradientLists() {
    return zeroGradientLists;
  }

  /**
   * {@return the number of lists that were ranked backward, had a loss and a candidate ahead of one
   * with a better label}
   */
  public long listsWithLoss() {
    return listsWithLoss;
  }

  /**
   * {@return the share of {@link #listsWithLoss} whose gradient is zero all the same, 0 if there
   * was none} Lists that are ranked perfectly have no gradient either, but they need none; these
   * do.
   */
  public double silentShare() {
    return listsWithLoss == 0 ? 0 : (double) silentLists / listsWithLoss;
  }

  /** {@return the share of candidates whose gradient is not zero, 0 if there was no list} */
  public double movedShare() {
    return candidates == 0 ? 0 : (double) movedCandidates / candidates;
  }

  /** {@return the smallest strength used, in plain units; infinite if none was} */
  public double smallestLambda() {
    return smallestLambda;
  }

  /** {@return the largest strength used, in plain units; 0 if none was} */
  public double largestLambda() {
    return largestLambda;
  }

  @Override
  public String toString() {
    return "%d lists, %.1f %% without gradient, %.1f %% of candidates moved"
        .formatted(lists, 100 * zeroGradientShare(), 100 * movedShare());
  }
}
