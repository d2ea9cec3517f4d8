package io.solvegrad.relaxation;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Soft ranks and soft sorting as projections on the permutahedron, with their derivatives.
 *
 * <p>Ranks: the projection of -values / strength on the permutahedron of (1, ..., n), so that rank
 * 1 is the largest value. Sorting: the projection of (n, ..., 1) / strength on the permutahedron of
 * the values. l2 projects by Euclidean distance, kl by relative entropy. As the strength falls,
 * both become exact and the derivatives vanish; as it grows, they tend to a constant. The strength
 * has to follow the spacing of the values.
 *
 * <p>Blocks of pooled neighbours are found by exact comparison of their means, and results are
 * formed from differences within a block, so large values cost ranks no digits; softly sorted
 * values are right to rounding of the largest value in their block. Ranks take infinite values,
 * which stand far beyond the finite ones; sorting refuses them, because a mean with them is
 * infinite or undefined. O(n log n) time, O(n) memory; the derivative is O(n). Scratch of one
 * thread: derivatives belong to the last call of {@link #ranks} or {@link #sort}.
 *
 * <p>Source: Blondel, Teboul, Berthet, Djolonga, ICML 2020, arXiv:2002.08871.
 */
public final class Permutahedron {

  /** Which distance the projection minimises. */
  public enum Regularization {
    /** Euclidean. */
    L2,
    /** Relative entropy. */
    KL
  }

  // Beyond so many strengths, differences of size 1 begin to lose their digits.
  private static final double WIDE = 1e12;

  private final Regularization regularization;
  private final double strength;
  private final SortedScores values = new SortedScores();
  // Block b holds the places from block[b] on; sums are relative to the first place of the block.
  private int[] block = {};
  private double[] leftSum = {};
  private double[] rightSum = {};
  private double[] left = {};
  private double[] right = {};
  private int blocks;
  private @Nullable String last;

  /**
   * A projection.
   *
   * @param regularization which distance
   * @param strength positive, at least 1e-300; 1 is the default of the authors' library
   * @throws IllegalArgumentException unless the strength is positive and finite
   */
  public Permutahedron(Regularization regularization, double strength) {
    Objects.requireNonNull(regularization, "regularization must not be null");
    Steps.requirePositive("strength", strength);
    this.regularization = regularization;
    this.strength = strength;
  }

  private void load(String call, double[] input, int n, String name, double[] output) {
    Objects.requireNonNull(input, "input must not be null");
    Objects.requireNonNull(output, name + " must not be null");
    if (n < 0) {
      throw new IllegalArgumentException("n must not be negative, but is " + n);
    }
    requireRoom("input", input, n);
    requireRoom(name, output, n);
    Steps.requireNumbers("input", input, n);
    for (int i = 0; i < n && call.equals("sort"); i++) {
      if (Double.isInfinite(input[i])) {
        throw new IllegalArgumentException(
            "input is %s at index %d, but only finite values can be sorted softly"
                .formatted(input[i], i));
      }
    }
    last = call;
    // So far that a block never spans the gap: n ranks in l2, log n in kl.
    values.sort(input, n, 2 * strength * (n + 1));
    if (block.length < n) {
      int capacity = Math.max(n, 2 * block.length);
      block = new int[capacity];
      left = new double[capacity];
      right = new double[capacity];
      leftSum = new double[capacity];
      rightSum = new double[capacity];
    }
  }

  private static void requireRoom(String name, double[] array, int n) {
    if (array.length < n) {
      throw new IllegalArgumentException(
          "%s has %d numbers, but must have at least %d".formatted(name, array.length, n));
    }
  }

  /** Checks what derivatives are asked with; returns the number of values. */
  private int requireLast(String call, double[] upstream, double[] gradient) {
    Objects.requireNonNull(upstream, "upstream must not be null");
    Objects.requireNonNull(gradient, "gradient must not be null");
    if (!call.equals(last)) {
      throw new IllegalStateException(
          "the derivative of %s is that of its last call, but the last call was %s"
              .formatted(call, last == null ? "none" : last));
    }
    requireRoom("upstream", upstream, values.size);
    requireRoom("gradient", gradient, values.size);
    return values.size;
  }

  /**
   * Soft ranks, 1 for the largest value.
   *
   * @param input the values, not NaN, at least n. Not modified.
   * @param n how many there are, 0 or more
   * @param ranks receives the ranks, at least n long. Modified.
   * @throws IllegalArgumentException if n is negative, an array is shorter than n, or a value is
   *     NaN, naming its index
   */
  public void ranks(double[] input, int n, double[] ranks) {
    load("ranks", input, n, "ranks", ranks);
    // Descending -value means ascending value: place p holds the (p + 1)-th smallest.
    spreadOut(n);
    for (int p = 0; p < n; p++) {
      right[p] = regularization == Regularization.L2 ? n - p : Math.log(n - p);
    }
    pool(n);
    for (int b = 0; b < blocks; b++) {
      for (int p = block[b]; p < end(b, n); p++) {
        double rank = left[p] - left[block[b]] - leftSum[b] + rightSum[b] + right[block[b]];
        ranks[values.order[n - 1 - p]] =
            regularization == Regularization.L2 ? rank : Math.exp(rank);
      }
    }
  }

  /** The values over the strength, from the smallest to the largest, up to a common shift. */
  private void spreadOut(int n) {
    // Projections move with a common shift, and small differences keep their digits.
    boolean wide = n > 0 && !((values.sorted[0] - values.sorted[n - 1]) / strength < WIDE);
    for (int p = 0; p < n; p++) {
      left[p] = (values.sorted[0] - values.sorted[n - 1 - p]) / strength;
    }
    if (!wide) {
      return;
    }
    // No block spans a gap of n + 1 ranks, so a wider one may as well be narrower: it would hide
    // the small differences beside it.
    left[0] = 0;
    for (int p = 1; p < n; p++) {
      double gap = (values.sorted[n - 1 - p] - values.sorted[n - p]) / strength;
      left[p] = left[p - 1] - Math.min(gap, 2.0 * (n + 1));
    }
  }

  /**
   * Adds the derivative of the sum of upstream times rank, for the values of the last call of
   * {@link #ranks}.
   *
   * @param upstream one number for each value. Not modified.
   * @param gradient receives the derivatives, as long as there are values. Modified (added to).
   * @throws IllegalStateException if {@link #ranks} was not the last call
   * @throws IllegalArgumentException if an array is shorter than there are values
   */
  public void pullRanks(double[] upstream, double[] gradient) {
    int n = requireLast("ranks", upstream, gradient);
    for (int b = 0; b < blocks; b++) {
      double mean = 0;
      for (int p = block[b]; p < end(b, n); p++) {
        mean += upstream[values.order[n - 1 - p]] * rankSlope(b, p);
      }
      double size = end(b, n) - block[b];
      double spread = mean / (regularization == Regularization.L2 ? size : blockTotal(b));
      for (int p = block[b]; p < end(b, n); p++) {
        int i = values.order[n - 1 - p];
        gradient[i] -= rankSlope(b, p) * (upstream[i] - spread) / strength;
      }
    }
  }

  /** Derivative of a rank by its own input, block total held: 1 in l2, the rank itself in kl. */
  private double rankSlope(int b, int p) {
    if (regularization == Regularization.L2) {
      return 1;
    }
    return Math.exp(left[p] - left[block[b]] - leftSum[b] + rightSum[b] + right[block[b]]);
  }

  /** In kl, the ranks of a block add up to the sum of the places that it holds. */
  private double blockTotal(int b) {
    return Math.exp(rightSum[b] + right[block[b]]);
  }

  /**
   * Soft sorting: the values in descending order, softened.
   *
   * @param input the values, finite, at least n. Not modified.
   * @param n how many there are, 0 or more
   * @param sorted receives the softly sorted values, at least n long. Modified.
   * @throws IllegalArgumentException if n is negative, an array is shorter than n, or a value is
   *     NaN or infinite, naming its index
   */
  public void sort(double[] input, int n, double[] sorted) {
    load("sort", input, n, "sorted", sorted);
    double unit = unit(n);
    for (int p = 0; p < n; p++) {
      left[p] = (n - p) / strength / unit;
      right[p] = values.sorted[p] / unit;
    }
    pool(n);
    for (int b = 0; b < blocks; b++) {
      for (int p = block[b]; p < end(b, n); p++) {
        double value = left[p] - left[block[b]] - leftSum[b] + rightSum[b] + right[block[b]];
        sorted[p] = value * unit;
      }
    }
  }

  /** A power of two in which differences of values and of their means do not overflow. */
  private double unit(int n) {
    boolean wide = n > 0 && !(values.sorted[0] - values.sorted[n - 1] < Double.MAX_VALUE / 16);
    // Relative entropy has a unit of its own, and an infinite difference does it no harm.
    return wide && regularization == Regularization.L2 ? 16 : 1;
  }

  /**
   * Adds the derivative of the sum of upstream times sorted value, for the values of the last call
   * of {@link #sort}.
   *
   * @param upstream one number for each place. Not modified.
   * @param gradient receives the derivatives by the values, as long as there are values. Modified
   *     (added to).
   * @throws IllegalStateException if {@link #sort} was not the last call
   * @throws IllegalArgumentException if an array is shorter than there are values
   */
  public void pullSort(double[] upstream, double[] gradient) {
    int n = requireLast("sort", upstream, gradient);
    for (int b = 0; b < blocks; b++) {
      double sum = 0;
      for (int p = block[b]; p < end(b, n); p++) {
        sum += upstream[p];
      }
      for (int p = block[b]; p < end(b, n); p++) {
        double share =
            regularization == Regularization.L2
                ? 1.0 / (end(b, n) - block[b])
                : Math.exp(right[p] - right[block[b]] - rightSum[b]);
        gradient[values.order[p]] += sum * share;
      }
    }
  }

  private int end(int b, int n) {
    return b + 1 < blocks ? block[b + 1] : n;
  }

  /**
   * Pool adjacent violators: the value of a block, mean(left) - mean(right) in l2 and
   * logsumexp(left) - logsumexp(right) in kl, must fall from block to block.
   */
  private void pool(int n) {
    blocks = 0;
    for (int p = 0; p < n; p++) {
      block[blocks] = p;
      leftSum[blocks] = 0;
      rightSum[blocks] = 0;
      blocks++;
      while (blocks > 1 && falls(blocks - 1)) {
        merge(blocks - 2, p + 1);
        blocks--;
      }
    }
  }

  /** Whether block b has at least the value of the one before it. */
  private boolean falls(int b) {
    int one = block[b - 1];
    int other = block[b];
    double apart = left[one] - left[other] + (leftSum[b - 1] - leftSum[b]);
    double wanted = right[one] - right[other] + (rightSum[b - 1] - rightSum[b]);
    return apart <= wanted;
  }

  private void merge(int b, int end) {
    int first = block[b];
    int second = block[b + 1];
    double leftGap = left[second] - left[first];
    double rightGap = right[second] - right[first];
    if (regularization == Regularization.L2) {
      double share = (double) (end - second) / (end - first);
      leftSum[b] += share * (leftGap + leftSum[b + 1] - leftSum[b]);
      rightSum[b] += share * (rightGap + rightSum[b + 1] - rightSum[b]);
    } else {
      leftSum[b] = addLogs(leftSum[b], leftGap + leftSum[b + 1]);
      rightSum[b] = addLogs(rightSum[b], rightGap + rightSum[b + 1]);
    }
  }

  private static double addLogs(double a, double b) {
    return Math.max(a, b) + Math.log1p(Math.exp(-Math.abs(a - b)));
  }
}
