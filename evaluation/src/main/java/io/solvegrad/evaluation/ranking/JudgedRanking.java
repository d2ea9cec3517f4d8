package io.solvegrad.evaluation.ranking;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Objects;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * One query's retrieved items in rank order with their labels, and all labels of the query.
 *
 * <p>An item is relevant if its label is at least the relevance level. A label below 0 means that
 * the item was pooled but not judged, as in TREC's qrels; {@link #UNJUDGED} that it was not even
 * pooled. Both are without gain and not relevant.
 *
 * <p>Under {@link TieRule#AVERAGED} tied items keep no order: a place holds the mean of the items
 * that may stand there.
 */
public final class JudgedRanking {
  /** The label of an item that nobody looked at. */
  public static final double UNJUDGED = Double.NaN;

  private final double[] labels; // by place, from 0
  private final int[] tieEnds; // for each place the end (exclusive) of its run of ties
  private final double[] all; // all labels of the query, retrieved or not, descending
  private final double level;

  private JudgedRanking(double[] labels, int[] tieEnds, double[] all, double level) {
    this.labels = labels;
    this.tieEnds = tieEnds;
    this.all = all;
    this.level = level;
  }

  /**
   * A ranking by scores of items that are all there is to find. O(n log n).
   *
   * @param labels the label of each item. Not modified.
   * @param scores the score of each item, larger is better. Not modified.
   * @param ties who stands first among equal scores
   * @param level the smallest label that is relevant
   * @return the ranking
   * @throws IllegalArgumentException if lengths differ or a score is NaN
   */
  public static JudgedRanking of(double[] labels, double[] scores, TieRule ties, double level) {
    Objects.requireNonNull(labels, "labels must not be null");
    Objects.requireNonNull(scores, "scores must not be null");
    Objects.requireNonNull(ties, "ties must not be null");
    return of(labels, scores, null, labels, ties, level);
  }

  /**
   * A ranking by scores of items that are part of what there is to find. O(n log n).
   *
   * @param labels the label of each retrieved item, {@link #UNJUDGED} if it has none. Not modified.
   * @param scores the score of each retrieved item, larger is better. Not modified.
   * @param ids the identifiers of the retrieved items for {@link TieRule#TREC}, or null. Not
   *     modified.
   * @param judged the labels of all judged items of the query, retrieved or not. Not modified.
   * @param ties who stands first among equal scores
   * @param level the smallest label that is relevant
   * @return the ranking
   * @throws IllegalArgumentException if lengths differ or a score is NaN
   */
  public static JudgedRanking of(
      double[] labels,
      double[] scores,
      String @Nullable [] ids,
      double[] judged,
      TieRule ties,
      double level) {
    Objects.requireNonNull(labels, "labels must not be null");
    Objects.requireNonNull(scores, "scores must not be null");
    Objects.requireNonNull(judged, "judged must not be null");
    Objects.requireNonNull(ties, "ties must not be null");
    int n = labels.length;
    if (scores.length != n || (ids != null && ids.length != n)) {
      throw new IllegalArgumentException(
          "%d labels, %d scores%s"
              .formatted(n, scores.length, ids == null ? "" : ", " + ids.length + " ids"));
    }
    for (int i = 0; i < n; i++) {
      if (Double.isNaN(scores[i])) {
        throw new IllegalArgumentException("scores[" + i + "] is NaN");
      }
    }
    Comparator<Integer> byScore = (i, j) -> Double.compare(scores[j] + 0.0, scores[i] + 0.0);
    int[] order =
        IntStream.range(0, n)
            .boxed()
            .sorted(byScore.thenComparing(byTieRule(ties, labels, ids)))
            .mapToInt(i -> i)
            .toArray();
    double[] ranked = Arrays.stream(order).mapToDouble(i -> labels[i]).toArray();
    int[] tieEnds = new int[n];
    for (int i = n - 1; i >= 0; i--) {
      boolean tied =
          ties == TieRule.AVERAGED && i + 1 < n && scores[order[i]] == scores[order[i + 1]];
      tieEnds[i] = tied ? tieEnds[i + 1] : i + 1;
    }
    double[] all = Arrays.stream(judged).filter(label -> !Double.isNaN(label)).sorted().toArray();
    reverse(all);
    return new JudgedRanking(ranked, tieEnds, all, level);
  }

  private static Comparator<Integer> byTieRule(
      TieRule ties, double[] labels, String @Nullable [] ids) {
    // an unjudged item ranks with the least label
    Comparator<Integer> byLabel =
        Comparator.comparingDouble(
            i -> Double.isNaN(labels[i]) ? Double.NEGATIVE_INFINITY : labels[i]);
    return switch (ties) {
      case INDEX, AVERAGED -> Comparator.naturalOrder();
      case OPTIMISTIC -> byLabel.reversed().thenComparing(Comparator.naturalOrder());
      case PESSIMISTIC -> byLabel.thenComparing(Comparator.naturalOrder());
      case TREC ->
          ids == null
              ? Comparator.reverseOrder()
              : (i, j) ->
                  Arrays.compareUnsigned(
                      ids[j].getBytes(StandardCharsets.UTF_8),
                      ids[i].getBytes(StandardCharsets.UTF_8));
    };
  }

  private static void reverse(double[] values) {
    for (int i = 0, j = values.length - 1; i < j; i++, j--) {
      double swapped = values[i];
      values[i] = values[j];
      values[j] = swapped;
    }
  }

  /**
   * The ranking cut after some places; what was to be found stays the same.
   *
   * @param count how many places remain, at least 1
   * @return the first places
   * @throws IllegalArgumentException if count is below 1 or cuts a run of ties without order
   */
  public JudgedRanking first(int count) {
    if (count < 1) {
      throw new IllegalArgumentException("count = " + count + ", must be at least 1");
    }
    if (count >= labels.length) {
      return this;
    }
    if (tieEnds[count - 1] > count) {
      throw new IllegalArgumentException(
          "place %d is inside a run of ties. Maybe choose another tie rule?".formatted(count));
    }
    return new JudgedRanking(
        Arrays.copyOf(labels, count), Arrays.copyOf(tieEnds, count), all, level);
  }

  /**
   * The ranking without items that nobody judged; the others move up.
   *
   * @return the judged items in the same order
   */
  public JudgedRanking judgedOnly() {
    int[] kept = IntStream.range(0, labels.length).filter(i -> labels[i] >= 0).toArray();
    double[] judged = Arrays.stream(kept).mapToDouble(i -> labels[i]).toArray();
    int[] ends = new int[kept.length];
    for (int i = kept.length - 1; i >= 0; i--) {
      boolean tied = i + 1 < kept.length && kept[i + 1] < tieEnds[kept[i]];
      ends[i] = tied ? ends[i + 1] : i + 1;
    }
    return new JudgedRanking(judged, ends, all, level);
  }

  /**
   * How many items were retrieved.
   *
   * @return the length of the ranking
   */
  public int retrieved() {
    return labels.length;
  }

  /**
   * How many items are relevant, retrieved or not.
   *
   * @return the number
   */
  public int relevant() {
    return (int) Arrays.stream(all).filter(label -> label >= level).count();
  }

  /**
   * How many items are judged and not relevant, retrieved or not.
   *
   * @return the number
   */
  public int judgedIrrelevant() {
    return (int) Arrays.stream(all).filter(label -> label >= 0 && label < level).count();
  }

  /**
   * All labels of the query, retrieved or not.
   *
   * @return the labels, largest first; a copy
   */
  public double[] allLabels() {
    return all.clone();
  }

  /**
   * The label of the item at a place.
   *
   * @param place from 0
   * @return its label, {@link #UNJUDGED} if it has none
   */
  public double label(int place) {
    return labels[place];
  }

  /**
   * Whether the item at a place is relevant.
   *
   * @param place from 0
   * @return true if its label is at least the relevance level
   */
  public boolean isRelevant(int place) {
    return labels[place] >= level;
  }

  /**
   * The end of the run of ties that a place belongs to.
   *
   * @param place from 0
   * @return the place after the last tied one; place + 1 if the item is not tied
   */
  public int tieEnd(int place) {
    return tieEnds[place];
  }

  /**
   * Whether the order is only partly known.
   *
   * @return true if tied items keep no order
   */
  public boolean hasTies() {
    return IntStream.range(0, tieEnds.length).anyMatch(place -> tieEnds[place] != place + 1);
  }

  /**
   * How many relevant items stand at some places.
   *
   * @param from the first place
   * @param end the place after the last
   * @return the number
   */
  int relevantBetween(int from, int end) {
    int count = 0;
    for (int place = from; place < end; place++) {
      count += isRelevant(place) ? 1 : 0;
    }
    return count;
  }

  /** The sum over the first k places of weight(place) times the mean value of the tied items. */
  double expectedSum(int k, Weight weight, DoubleUnaryOperator value) {
    int last = Math.min(k, labels.length);
    double sum = 0;
    for (int start = 0; start < last; start = tieEnds[start]) {
      int end = tieEnds[start];
      double values = 0;
      for (int place = start; place < end; place++) {
        values += Double.isNaN(labels[place]) ? 0 : value.applyAsDouble(labels[place]);
      }
      double weights = 0;
      for (int place = start; place < Math.min(end, last); place++) {
        weights += weight.of(place);
      }
      sum += weights * (values / (end - start));
    }
    return sum;
  }

  /** A factor that depends on the place. */
  @FunctionalInterface
  interface Weight {
    double of(int place);
  }

  /** The expected number of relevant items among the first k places. */
  double hits(int k) {
    return expectedSum(k, place -> 1, label -> label >= level ? 1 : 0);
  }
}
