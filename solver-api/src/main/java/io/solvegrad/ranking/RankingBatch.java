package io.solvegrad.ranking;

import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Lists of scored candidates with their labels: what a loss is evaluated on.
 *
 * <p>A batch is an immutable view of the caller's arrays. Make it once and evaluate it again after
 * the numbers in the arrays have changed; only the shapes are fixed (for ids, see {@link
 * SameId#refresh}). Threads may share it as long as nobody changes the arrays.
 */
public final class RankingBatch {
  private final ScoreArray scores;
  private final Layout layout;
  private final Relevance relevance;
  private final ItemSets excluded;
  private final double @Nullable [] queryWeights;
  private final double @Nullable [] itemWeights;
  private final @Nullable IdealLabels ideal;
  // Knows row and column of each score, whatever the lists of this view are.
  private final Layout matrix;
  // Views of the same cells, made on first use and kept so that a step allocates nothing.
  private @Nullable RankingBatch columns;
  private @Nullable RankingBatch flat;

  private RankingBatch(
      ScoreArray scores,
      Layout layout,
      Relevance relevance,
      ItemSets excluded,
      double @Nullable [] queryWeights,
      double @Nullable [] itemWeights,
      @Nullable IdealLabels ideal,
      Layout matrix) {
    this.scores = scores;
    this.layout = layout;
    this.relevance = relevance;
    this.excluded = excluded;
    this.queryWeights = queryWeights;
    this.itemWeights = itemWeights;
    this.ideal = ideal;
    this.matrix = matrix;
  }

  /**
   * A batch of lists with nothing excluded and all weights 1.
   *
   * @param scores the scores of all lists. Not modified, not copied.
   * @param layout where the lists lie
   * @param relevance the labels
   * @return the batch
   * @throws IllegalArgumentException if scores or labels do not fit the layout
   */
  public static RankingBatch of(ScoreArray scores, Layout layout, Relevance relevance) {
    Objects.requireNonNull(scores, "scores must not be null");
    Objects.requireNonNull(layout, "layout must not be null");
    Objects.requireNonNull(relevance, "relevance must not be null");
    if (scores.length() < layout.extent()) {
      throw new IllegalArgumentException(
          "scores has %d values, but the lists need %d"
              .formatted(scores.length(), layout.extent()));
    }
    relevance.check(layout);
    requireSameLength("labels", length(relevance), scores, layout);
    return new RankingBatch(scores, layout, relevance, ItemSets.none(), null, null, null, layout);
  }

  /** More labels than scores are a mistake as well, unless the lists lie in a part of the array. */
  private static void requireSameLength(String name, int length, ScoreArray scores, Layout layout) {
    if (length >= 0 && length != scores.length() && length != layout.extent()) {
      throw new IllegalArgumentException(
          "%s has %d values for %d scores".formatted(name, length, scores.length()));
    }
  }

  /** The number of labels, -1 if they are not given one for each score. */
  private static int length(Relevance relevance) {
    return switch (relevance) {
      case GradedRelevance graded -> graded.labels().length;
      case ThresholdRelevance threshold -> threshold.labels().length;
      case BinaryRelevance binary -> length(binary.relevant());
      default -> -1;
    };
  }

  private static int length(ItemSets sets) {
    return sets instanceof MaskedItems masked ? masked.member().length : -1;
  }

  /**
   * One list a row of a row-major matrix; see {@link #of}.
   *
   * @param scores the matrix, rows times columns values. Not modified, not copied.
   * @param rows number of lists
   * @param columns number of candidates of each list
   * @param relevance the labels
   * @return the batch
   * @throws IllegalArgumentException if scores or labels do not fit the matrix
   */
  public static RankingBatch rows(ScoreArray scores, int rows, int columns, Relevance relevance) {
    Objects.requireNonNull(scores, "scores must not be null");
    if (scores.length() != (long) rows * columns) {
      throw new IllegalArgumentException(
          "scores has %d values, but %d rows of %d need %d"
              .formatted(scores.length(), rows, columns, (long) rows * columns));
    }
    return of(scores, Layout.rows(rows, columns), relevance);
  }

  /**
   * The same batch without some candidates: they are neither ranked nor relevant, and their
   * gradient is zero.
   *
   * @param candidates those that are left out of each list; replaces earlier ones
   * @return the batch without them
   * @throws IllegalArgumentException if the sets do not fit the layout
   */
  public RankingBatch excluding(ItemSets candidates) {
    Objects.requireNonNull(candidates, "the excluded candidates must not be null");
    candidates.check(layout);
    requireSameLength("mask", length(candidates), scores, layout);
    return new RankingBatch(
        scores, layout, relevance, candidates, queryWeights, itemWeights, ideal, matrix);
  }

  /**
   * The same batch with a weight for each list.
   *
   * @param weights finite and not negative, one for each list. Not modified, not copied.
   * @return the batch with these weights
   * @throws IllegalArgumentException if their number is not that of the lists or one is negative or
   *     not finite
   */
  public RankingBatch queryWeights(double... weights) {
    Objects.requireNonNull(weights, "query weights must not be null");
    if (weights.length != layout.lists()) {
      throw new IllegalArgumentException(
          "there are %d query weights for %d lists".formatted(weights.length, layout.lists()));
    }
    for (int q = 0; q < weights.length; q++) {
      if (!isWeight(weights[q])) {
        throw badWeight("query weight of row " + q, weights[q]);
      }
    }
    return new RankingBatch(
        scores, layout, relevance, excluded, weights, itemWeights, ideal, matrix);
  }

  /**
   * The same batch with a weight for each candidate; only those of relevant candidates matter.
   *
   * @param weights finite and not negative, in the order of the scores. Not modified, not copied.
   * @return the batch with these weights
   * @throws IllegalArgumentException if their number is not that of the scores or one is negative
   *     or not finite
   */
  public RankingBatch itemWeights(double... weights) {
    Objects.requireNonNull(weights, "item weights must not be null");
    if (weights.length < layout.extent()) {
      throw new IllegalArgumentException(
          "there are %d item weights for %d scores".formatted(weights.length, layout.extent()));
    }
    requireSameLength("item weights", weights.length, scores, layout);
    for (int i = 0; i < weights.length; i++) {
      if (!isWeight(weights[i])) {
        String cell = matrix.cell(i);
        throw badWeight(cell == null ? "item weight " + i : "item weight at " + cell, weights[i]);
      }
    }
    return new RankingBatch(
        scores, layout, relevance, excluded, queryWeights, weights, ideal, matrix);
  }

  /**
   * The same batch with ideal labels of their own: what a perfect ranking would find, such as all
   * that was judged relevant where only a part was retrieved and scored. They enter normalisers
   * alone (the ideal DCG, the number of relevant candidates); their weights are 1. The views of a
   * matrix drop them.
   *
   * @param idealLayout where the ideal labels of each list lie
   * @param labels the ideal labels
   * @return the batch with these ideal labels
   * @throws IllegalArgumentException if the number of lists differs or the labels do not fit
   */
  public RankingBatch idealLabels(Layout idealLayout, Relevance labels) {
    Objects.requireNonNull(idealLayout, "the layout of ideal labels must not be null");
    Objects.requireNonNull(labels, "ideal labels must not be null");
    if (idealLayout.lists() != layout.lists()) {
      throw new IllegalArgumentException(
          "there are ideal labels of %d lists for %d lists"
              .formatted(idealLayout.lists(), layout.lists()));
    }
    labels.check(idealLayout);
    return new RankingBatch(
        scores,
        layout,
        relevance,
        excluded,
        queryWeights,
        itemWeights,
        new IdealLabels(idealLayout, labels),
        matrix);
  }

  /** Labels of a perfect ranking and where they lie. */
  record IdealLabels(Layout layout, Relevance relevance) {}

  private static boolean isWeight(double weight) {
    return weight >= 0 && weight < Double.POSITIVE_INFINITY;
  }

  private static IllegalArgumentException badWeight(String which, double weight) {
    return new IllegalArgumentException(
        "%s must be finite and not negative, but is %s".formatted(which, weight));
  }

  /**
   * The same labels for other scores, such as noisy ones.
   *
   * @param other as long as the present scores. Not modified, not copied.
   * @return the batch with these scores
   * @throws IllegalArgumentException if their number differs
   */
  public RankingBatch withScores(ScoreArray other) {
    Objects.requireNonNull(other, "scores must not be null");
    if (other.length() != scores.length()) {
      throw new IllegalArgumentException(
          "scores has %d values instead of %d".formatted(other.length(), scores.length()));
    }
    return new RankingBatch(
        other, layout, relevance, excluded, queryWeights, itemWeights, ideal, matrix);
  }

  /**
   * The same scores with other labels.
   *
   * @param labels replace the present ones
   * @return the batch with these labels
   * @throws IllegalArgumentException if they do not fit the layout
   */
  public RankingBatch withRelevance(Relevance labels) {
    Objects.requireNonNull(labels, "labels must not be null");
    labels.check(layout);
    requireSameLength("labels", length(labels), scores, layout);
    return new RankingBatch(
        scores, layout, labels, excluded, queryWeights, itemWeights, ideal, matrix);
  }

  /** The same scores with labels made of the present ones, and ideal labels of the ideal ones. */
  RankingBatch mapLabels(UnaryOperator<Relevance> map) {
    RankingBatch mapped = withRelevance(map.apply(relevance));
    IdealLabels perfect = ideal;
    return perfect == null
        ? mapped
        : mapped.idealLabels(perfect.layout, map.apply(perfect.relevance));
  }

  /**
   * The same matrix with one list a column. Labels, exclusions and item weights must be given for
   * each cell or as compressed sets; query weights are dropped.
   *
   * @return a view, made on first use
   * @throws IllegalArgumentException if this is no matrix or the labels belong to its rows
   */
  public RankingBatch columns() {
    RankingBatch view = columns;
    if (view == null) {
      view =
          view(
              switch (layout) {
                case Layout.Strided rows -> rows.transposed();
                case Layout.ColumnMajor rows -> rows.transposed();
                default ->
                    throw new IllegalArgumentException(
                        "lists of different lengths have no columns");
              });
      columns = keeps() ? view : null;
    }
    return view;
  }

  /**
   * The cells of all lists as one list; see {@link #columns}.
   *
   * @return a view, made on first use
   * @throws IllegalArgumentException if the labels belong to the lists of this batch, or lists
   *     overlap or have cells between them that belong to none
   */
  public RankingBatch flat() {
    RankingBatch view = flat;
    if (view == null) {
      view = view(flattened());
      flat = keeps() ? view : null;
    }
    return view;
  }

  private Layout flattened() {
    return switch (layout) {
      case Layout.ColumnMajor rows -> rows.flattened();
      case Layout.Ragged lists -> lists.flattened();
      default -> {
        long cells = IntStream.range(0, layout.lists()).mapToLong(layout::length).sum();
        if (cells != layout.extent()) {
          throw new IllegalArgumentException(
              "lists of %d cells in all, spread over %d, are not one list"
                  .formatted(cells, layout.extent()));
        }
        yield Layout.rows(1, layout.extent());
      }
    };
  }

  private RankingBatch view(Layout other) {
    Relevance labels =
        relevance instanceof BinaryRelevance binary
            ? Relevance.of(cells(binary.relevant()))
            : relevance;
    ItemSets without = cells(excluded);
    labels.check(other);
    without.check(other);
    return new RankingBatch(scores, other, labels, without, null, itemWeights, null, matrix);
  }

  /** Whether a view shows later changes of the caller's arrays, as the batch itself does. */
  private boolean keeps() {
    return !(excluded instanceof CompressedItems)
        && !(relevance instanceof BinaryRelevance binary
            && binary.relevant() instanceof CompressedItems);
  }

  /** Sets of positions may fit the other lists, of a square matrix say, and mean something else. */
  private ItemSets cells(ItemSets sets) {
    if (sets instanceof SameId || sets instanceof SelfItem) {
      throw new IllegalArgumentException(
          "a view needs labels and exclusions for each cell, not %s. Maybe give a mask."
              .formatted(sets.getClass().getSimpleName()));
    }
    return sets instanceof CompressedItems compressed ? mask(compressed) : sets;
  }

  private ItemSets mask(CompressedItems sets) {
    boolean[] member = new boolean[layout.extent()];
    int[] positions = new int[layout.extent()];
    for (int q = 0; q < layout.lists(); q++) {
      int count = sets.read(q, layout, positions);
      for (int i = 0; i < count; i++) {
        member[layout.index(q, positions[i])] = true;
      }
    }
    return ItemSets.mask(member);
  }

  /** {@return the scores of all lists} */
  public ScoreArray scores() {
    return scores;
  }

  /** {@return where the lists lie} */
  public Layout layout() {
    return layout;
  }

  /** {@return the labels} */
  public Relevance relevance() {
    return relevance;
  }

  /** {@return the candidates that are left out of each list} */
  public ItemSets excluded() {
    return excluded;
  }

  /**
   * {@return the weight of a list, 1 where none were given}
   *
   * @param list index of the list, from 0
   */
  public double queryWeight(int list) {
    return queryWeights == null ? 1 : queryWeights[list];
  }

  /** {@return whether candidates have weights other than 1} */
  public boolean hasItemWeights() {
    return itemWeights != null;
  }

  /**
   * {@return the weight of the candidate at an index of the scores, 1 where none were given}
   *
   * @param index index in the scores
   */
  public double itemWeight(int index) {
    return itemWeights == null ? 1 : itemWeights[index];
  }

  /** The labels of a perfect ranking; null if they are those of the candidates. */
  @Nullable IdealLabels ideal() {
    return ideal;
  }

  /**
   * {@return row and column of a candidate in the matrix of scores, for messages}
   *
   * @param list index of the list, from 0
   * @param position position in the list, excluded candidates included
   */
  public String place(int list, int position) {
    // Not that of the layout, because a flat view is a single row.
    String cell = matrix.cell(layout.index(list, position));
    return cell == null ? layout.place(list, position) : cell;
  }
}
