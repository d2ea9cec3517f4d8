package io.solvegrad.relaxation.surrogate;

import io.solvegrad.ranking.CandidateList;
import io.solvegrad.ranking.RankingBatch;
import io.solvegrad.ranking.Relevance;
import io.solvegrad.ranking.ScoreArray;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.DoubleUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One list as objectives see it: the valid candidates side by side in double precision, with label,
 * weight and a place for the gradient each. Stride and mask are dealt with here, once. Reused for
 * list after list; the arrays are valid up to {@link #size}.
 */
public final class LabelledList {
  private int size;
  private double[] scores = {};
  private double[] labels = {};
  private double[] weights = {};
  private double[] gradient = {};
  private int[] places = {};
  private double[] allLabels = {};
  private int[] excluded = {};
  private double[] room = {};
  private int nonZero;
  private int number;
  // Where the list has been read, to name places; null before.
  private @Nullable RankingBatch source;
  // Seed of the order of equal scores; null for the order of the list.
  private @Nullable Long tieSeed;

  LabelledList() {}

  /**
   * {@return a list of its own, with all weights 1, for looking at weights and objectives}
   *
   * @param scores the scores, not NaN. Copied.
   * @param labels as many labels, finite. Copied.
   * @throws IllegalArgumentException if the lengths differ, a score is NaN or a label not finite
   */
  public static LabelledList of(double[] scores, double[] labels) {
    Objects.requireNonNull(scores, "scores must not be null");
    double[] ones = new double[scores.length];
    Arrays.fill(ones, 1);
    return of(scores, labels, ones);
  }

  /**
   * {@return a list of its own, for looking at weights and objectives}
   *
   * @param scores the scores, not NaN. Copied.
   * @param labels as many labels, finite. Copied.
   * @param weights as many item weights, finite and not negative. Copied.
   * @throws IllegalArgumentException if the lengths differ, a score is NaN, a label not finite, or
   *     a weight negative or not finite
   */
  public static LabelledList of(double[] scores, double[] labels, double[] weights) {
    Objects.requireNonNull(scores, "scores must not be null");
    Objects.requireNonNull(labels, "labels must not be null");
    Objects.requireNonNull(weights, "weights must not be null");
    LabelledList list = new LabelledList();
    list.read(
        RankingBatch.rows(ScoreArray.of(scores), 1, scores.length, Relevance.grades(labels))
            .itemWeights(weights),
        0,
        null);
    return list;
  }

  /** Reads list q; the gradient becomes zero. */
  void read(RankingBatch batch, int q, @Nullable LabelTransform transform) {
    source = batch;
    int length = batch.layout().length(q);
    reserve(length);
    int bound = batch.excluded().bound(q, batch.layout());
    if (excluded.length < bound) {
      excluded = new int[Math.max(bound, 2 * excluded.length)];
    }
    int excludedCount = batch.excluded().read(q, batch.layout(), excluded);
    batch.relevance().readLabels(q, batch.layout(), allLabels);
    size = 0;
    number = q;
    for (int p = 0, e = 0; p < length; p++) {
      if (e < excludedCount && excluded[e] == p) {
        e++;
        continue;
      }
      int index = batch.layout().index(q, p);
      double score = batch.scores().get(index);
      if (Double.isNaN(score)) {
        throw new IllegalArgumentException("score is NaN at " + batch.place(q, p));
      }
      scores[size] = score;
      labels[size] = allLabels[p];
      weights[size] = batch.itemWeight(index);
      places[size++] = index;
    }
    Arrays.fill(gradient, 0, size, 0);
    nonZero = 0;
    if (transform != null) {
      transform.apply(labels, size);
      requireLabels();
    }
  }

  private void requireLabels() {
    for (int i = 0; i < size; i++) {
      if (!Double.isFinite(labels[i])) {
        throw new IllegalArgumentException(
            "the transformed label is %s at %s".formatted(labels[i], where(i)));
      }
    }
  }

  /** Row and column of a candidate, for messages. */
  private String where(int i) {
    RankingBatch batch = source;
    if (batch == null) {
      return "row %d, candidate %d".formatted(number, i);
    }
    int p = 0;
    while (batch.layout().index(number, p) != places[i]) {
      p++;
    }
    return batch.place(number, p);
  }

  private void reserve(int length) {
    if (scores.length < length) {
      int capacity = Math.max(length, 2 * scores.length);
      scores = new double[capacity];
      labels = new double[capacity];
      weights = new double[capacity];
      gradient = new double[capacity];
      room = new double[capacity];
      places = new int[capacity];
      allLabels = new double[capacity];
    }
  }

  /**
   * Adds the gradient to the caller's array and returns how many candidates have one; refuses a
   * gradient that the array cannot hold.
   */
  int scatter(ScoreArray target) {
    int moved = 0;
    double largest = 0;
    for (int i = 0; i < size; i++) {
      if (gradient[i] != 0) {
        target.add(places[i], gradient[i]);
        largest = Math.max(largest, Math.abs(gradient[i]));
        moved++;
      }
    }
    if (!Double.isFinite(target.round(largest))) {
      throw withoutGradient(largest);
    }
    return moved;
  }

  /** Forgets a gradient that nobody has asked for, unless it is infinite or NaN. */
  void refuseGradient() {
    double largest = 0;
    for (int i = 0; i < size; i++) {
      largest = Math.max(largest, Math.abs(gradient[i]));
      gradient[i] = 0;
    }
    if (!Double.isFinite(largest)) {
      throw withoutGradient(largest);
    }
  }

  private IllegalArgumentException withoutGradient(double largest) {
    int infinite = infiniteScore();
    if (!Double.isFinite(largest) && infinite >= 0) {
      return withoutLimit(infinite);
    }
    return new IllegalArgumentException(
        "the largest gradient of row %d is %s%s. Maybe scale labels, weights and factor."
            .formatted(
                number,
                largest,
                Double.isFinite(largest) ? ", too large for single precision" : ""));
  }

  /**
   * Refuses a loss that is NaN or that labels and weights have made infinite. What is infinitely
   * wrong may be infinite: a relevant candidate at -infinity, anything at infinity.
   */
  double requireLoss(double loss) {
    if (Double.isFinite(loss)) {
      return loss;
    }
    int infinite = infiniteScore();
    if (infinite < 0) {
      throw Checks.outOfRange("loss of row " + number, loss);
    }
    if (Double.isNaN(loss) || !mayBeInfinitelyWrong()) {
      throw withoutLimit(infinite);
    }
    return loss;
  }

  private IllegalArgumentException withoutLimit(int i) {
    return new IllegalArgumentException(
        ("score is %s at %s, where this loss has no limit. "
                + "Maybe leave such candidates out with excluding(...).")
            .formatted(scores[i], where(i)));
  }

  /** The first candidate with an infinite score, -1 if there is none. */
  private int infiniteScore() {
    for (int i = 0; i < size; i++) {
      if (Double.isInfinite(scores[i])) {
        return i;
      }
    }
    return -1;
  }

  private boolean mayBeInfinitelyWrong() {
    double least = Double.POSITIVE_INFINITY;
    for (int i = 0; i < size; i++) {
      least = Math.min(least, labels[i]);
    }
    for (int i = 0; i < size; i++) {
      boolean wanted = labels[i] > 0 || labels[i] > least;
      if (scores[i] == Double.POSITIVE_INFINITY
          || (wanted && scores[i] == Double.NEGATIVE_INFINITY)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Refuses a number that labels or weights have made infinite, which would end as a loss or a
   * gradient of 0 or NaN.
   *
   * @param what its name, such as "sum of labels"
   * @param value the number
   * @return the number
   * @throws IllegalArgumentException if it is infinite or NaN, naming the row
   */
  public double requireFinite(String what, double value) {
    if (!Double.isFinite(value)) {
      throw Checks.outOfRange("%s of row %d".formatted(what, number), value);
    }
    return value;
  }

  /** What the candidates are worth by their labels, times their weights; finite. */
  double[] gains(DoubleUnaryOperator gain) {
    double[] gains = new double[size];
    double largest = 0;
    for (int i = 0; i < size; i++) {
      gains[i] = weights[i] == 0 ? 0 : weights[i] * gain.applyAsDouble(labels[i]);
      largest = Math.max(largest, Math.abs(gains[i]));
    }
    requireFinite("largest gain", largest);
    return gains;
  }

  /**
   * Gains divided by the power of two of the largest, so that their sums are finite. Ratios of them
   * keep all their digits.
   */
  static double[] relative(double[] gains) {
    double largest = 0;
    for (double gain : gains) {
      largest = Math.max(largest, Math.abs(gain));
    }
    int exponent = -Math.getExponent(largest);
    double[] relative = new double[gains.length];
    Arrays.setAll(relative, i -> Math.scalb(gains[i], exponent));
    return relative;
  }

  /** {@return the number of this list in its batch, from 0} */
  public int number() {
    return number;
  }

  /**
   * {@return the index of a candidate in the scores of its batch}
   *
   * @param i number of the candidate, from 0
   */
  public int place(int i) {
    return places[i];
  }

  /** {@return the number of valid candidates} */
  public int size() {
    return size;
  }

  /**
   * {@return the score of a candidate, never NaN, possibly infinite}
   *
   * @param i number of the candidate, from 0
   */
  public double score(int i) {
    return scores[i];
  }

  /** Whether a candidate has a label above 0. */
  boolean hasRelevant() {
    for (int i = 0; i < size; i++) {
      if (labels[i] > 0) {
        return true;
      }
    }
    return false;
  }

  /**
   * {@return the label of a candidate, after the loss's label transform; finite}
   *
   * @param i number of the candidate, from 0
   */
  public double label(int i) {
    return labels[i];
  }

  /**
   * {@return the weight of a candidate, 1 where none were given}
   *
   * @param i number of the candidate, from 0
   */
  public double weight(int i) {
    return weights[i];
  }

  /**
   * {@return score i minus score j, 0 where both are the same infinity}
   *
   * @param i number of a candidate, from 0
   * @param j number of another
   */
  public double difference(int i, int j) {
    return scores[i] == scores[j] ? 0 : scores[i] - scores[j];
  }

  /**
   * Adds to the gradient of a candidate.
   *
   * @param i number of the candidate, from 0
   * @param value the summand
   */
  public void addGradient(int i, double value) {
    gradient[i] += value;
  }

  /** Counts one element whose loss is not zero, for {@link SurrogateLoss#overNonZero}. */
  public void countNonZero() {
    nonZero++;
  }

  /** Room for an objective's numbers, as long as the list, with any content. */
  double[] room() {
    return room;
  }

  int nonZero() {
    return nonZero;
  }

  /** {@return the largest score, 0 if every score is -infinity} */
  double largestScore() {
    double largest = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < size; i++) {
      largest = Math.max(largest, scores[i]);
    }
    return largest == Double.NEGATIVE_INFINITY ? 0 : largest;
  }

  /**
   * {@return the exact ranks of the candidates, 1 for the largest score; ties by index, or at
   * random within {@link LambdaWeight#randomTies}}
   */
  public int[] ranks() {
    Long seed = tieSeed;
    int[] order = seed == null ? Orders.descending(scores, size) : shuffled(scores, seed);
    int[] ranks = new int[size];
    for (int r = 0; r < size; r++) {
      ranks[order[r]] = r + 1;
    }
    return ranks;
  }

  /** The candidates by descending label, ties by index. */
  int[] byLabel() {
    return Orders.descending(labels, size);
  }

  /** The candidates by descending label, ties in a random order of this seed and list. */
  int[] byLabel(long seed) {
    return shuffled(labels, seed);
  }

  private int[] shuffled(double[] keys, long seed) {
    return Orders.descending(keys, size, seed, number);
  }

  /** Weights of this list, equal scores ranked in a random order of this seed and list. */
  LambdaWeight.OfPair withRandomTies(long seed, LambdaWeight weight) {
    Long before = tieSeed;
    tieSeed = seed;
    try {
      return weight.on(this);
    } finally {
      tieSeed = before;
    }
  }

  /** Adds the gradient that a ranker has left on all candidates. */
  void addGradient(CandidateList ranked) {
    for (int i = 0; i < size; i++) {
      gradient[i] += ranked.gradient().get(i);
    }
  }

  /** The mean rank of each candidate by descending label, over all orders of equal labels. */
  double[] labelRanks() {
    int[] order = byLabel();
    double[] ranks = new double[size];
    for (int p = 0; p < size; ) {
      int end = p;
      while (end < size && labels[order[end]] == labels[order[p]]) {
        end++;
      }
      for (int q = p; q < end; q++) {
        ranks[order[q]] = (p + 1 + end) / 2.0;
      }
      p = end;
    }
    return ranks;
  }

  /**
   * The same candidates for a ranker, all of them targets of grade 1, with a gradient of its own.
   */
  CandidateList asTargets() {
    return asTargets(scores);
  }

  /** The labels in place of the scores, for ranking by them. */
  CandidateList labelsAsTargets() {
    return asTargets(labels);
  }

  private CandidateList asTargets(double[] values) {
    int[] positions = new int[size];
    Arrays.setAll(positions, i -> i);
    double[] copy = Arrays.copyOf(values, size);
    return CandidateList.of(ScoreArray.of(copy), positions, copy, ScoreArray.of(new double[size]));
  }
}
