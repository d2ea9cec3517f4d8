package io.solvegrad.ranking;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One list as rankers see it: its valid candidates side by side, the relevant ones (targets) among
 * them by ascending position, and a place for the gradient. Stride, exclusions, margin and weights
 * are dealt with here, once.
 *
 * <p>A list without exclusions is a view of the caller's array, not a copy, so the margin cannot be
 * written into it: for a target, {@link #targetScores} counts and not what stands in {@link
 * #scores}. Kernels may read the arrays directly; they never write to them.
 */
public final class CandidateList implements Targets {
  private ScoreArray scores;
  private int offset;
  private int candidates;
  private @Nullable ScoreArray gradient;
  private int gradientOffset;

  private int targets;
  private int[] positions = {};
  private double[] targetScores = {};
  private double[] grades = {};
  private double[] weights = {};
  private int threads = 1;

  private int excludedCount;
  private int[] excluded = {};
  private double[] scratch = {};
  private int index;
  private @Nullable Targets ideal;
  private @Nullable IdealTargets idealRoom;
  private @Nullable ScoreArray gathered;
  private @Nullable ScoreArray gatheredGradient;

  /** An empty list, to be filled by a loss. */
  CandidateList() {
    scores = ScoreArray.of(new float[0]);
  }

  /**
   * A list of its own, for using a {@link RankKernel} without a loss.
   *
   * @param scores candidates side by side. Not modified, not copied.
   * @param positions the targets, ascending. Not modified.
   * @param targetScores the scores with which the targets take part. Not modified.
   * @param gradient where the gradient is added, as long as the scores. Modified by kernels.
   * @return the list, with all grades and weights 1
   * @throws IllegalArgumentException if positions are not ascending and within the scores, or
   *     lengths differ
   */
  public static CandidateList of(
      ScoreArray scores, int[] positions, double[] targetScores, ScoreArray gradient) {
    Objects.requireNonNull(scores, "scores must not be null");
    Objects.requireNonNull(positions, "positions must not be null");
    Objects.requireNonNull(targetScores, "targetScores must not be null");
    Objects.requireNonNull(gradient, "gradient must not be null");
    if (gradient.length() != scores.length() || targetScores.length != positions.length) {
      throw new IllegalArgumentException(
          "%d scores, %d gradient values, %d positions and %d target scores do not go together"
              .formatted(
                  scores.length(), gradient.length(), positions.length, targetScores.length));
    }
    ItemSets.compressed(new int[] {0, positions.length}, positions)
        .check(Layout.rows(1, scores.length()));
    CandidateList list = new CandidateList();
    list.scores = scores;
    list.candidates = scores.length();
    list.gradient = gradient;
    list.targets = positions.length;
    list.positions = positions.clone();
    list.targetScores = targetScores.clone();
    list.grades = new double[positions.length];
    list.weights = new double[positions.length];
    Arrays.fill(list.grades, 1);
    Arrays.fill(list.weights, 1);
    return list;
  }

  /**
   * {@return how many threads may work on this list at once, the caller's included} What comes out
   * does not depend on it.
   */
  public int threads() {
    return threads;
  }

  /**
   * Allows a number of threads, 1 at first.
   *
   * @param count how many, the caller's included
   * @throws IllegalArgumentException if it is less than 1
   */
  public void allowThreads(int count) {
    if (count < 1) {
      throw new IllegalArgumentException("threads must be at least 1, but is " + count);
    }
    threads = count;
  }

  /** Reads the labels of a list: all that normalisers need. */
  void readLabels(RankingBatch batch, int list) {
    Layout layout = batch.layout();
    index = list;
    readIdeal(batch, list);
    ensureTargets(batch.relevance().bound(list, layout));
    int relevant = batch.relevance().read(list, layout, positions, grades);
    readExcluded(batch.excluded(), list, layout);
    candidates = layout.length(list) - excludedCount;
    targets = 0;
    int skipped = 0;
    for (int k = 0; k < relevant; k++) {
      int position = positions[k];
      while (skipped < excludedCount && excluded[skipped] < position) {
        skipped++;
      }
      if (skipped == excludedCount || excluded[skipped] != position) {
        int index = layout.index(list, position);
        positions[targets] = position - skipped;
        grades[targets] = grades[k];
        weights[targets++] = batch.itemWeight(index);
      }
    }
  }

  private void readIdeal(RankingBatch batch, int list) {
    ideal = null;
    RankingBatch.IdealLabels labels = batch.ideal();
    if (labels != null) {
      IdealTargets room = idealRoom;
      if (room == null) {
        room = new IdealTargets();
        idealRoom = room;
      }
      room.read(labels, list);
      ideal = room;
    }
  }

  private void readExcluded(ItemSets sets, int list, Layout layout) {
    int bound = sets.bound(list, layout);
    if (excluded.length < bound) {
      excluded = new int[Math.max(bound, 2 * excluded.length)];
    }
    excludedCount = sets.read(list, layout, excluded);
  }

  /** Adds the scores to a list whose labels have been read, with the targets shifted down. */
  void readScores(RankingBatch batch, int list, double margin, @Nullable ScoreArray target) {
    Layout layout = batch.layout();
    if (excludedCount == 0 && layout.isContiguous()) {
      scores = batch.scores();
      offset = layout.start(list);
      gradient = target;
      gradientOffset = offset;
    } else {
      gather(batch, list, target != null);
    }
    for (int k = 0; k < targets; k++) {
      targetScores[k] = scores.round(scores.get(offset + positions[k]) - margin);
    }
  }

  private void gather(RankingBatch batch, int list, boolean withGradient) {
    ScoreArray room = ensure(gathered, batch.scores());
    gathered = room;
    scores = room;
    offset = 0;
    copyRuns(batch.scores(), room, batch.layout(), list);
    gradient = null;
    gradientOffset = 0;
    if (withGradient) {
      gatheredGradient = ensure(gatheredGradient, batch.scores());
      gatheredGradient.clear(0, candidates);
      gradient = gatheredGradient;
    }
  }

  private ScoreArray ensure(@Nullable ScoreArray room, ScoreArray like) {
    if (room != null && room.length() >= candidates && room.getClass() == like.getClass()) {
      return room;
    }
    return like.zeros(candidates + candidates / 4);
  }

  private void copyRuns(ScoreArray from, ScoreArray to, Layout layout, int list) {
    int written = 0;
    for (int e = 0; e <= excludedCount; e++) {
      int begin = e == 0 ? 0 : excluded[e - 1] + 1;
      int end = e == excludedCount ? layout.length(list) : excluded[e];
      if (layout.isContiguous()) {
        from.copyTo(layout.index(list, begin), to, written, end - begin);
        written += end - begin;
      } else {
        for (int p = begin; p < end; p++) {
          to.set(written++, from.get(layout.index(list, p)));
        }
      }
    }
  }

  /** Brings the gradient of a gathered list home. A list that is a view has nothing to bring. */
  void scatter(RankingBatch batch, int list, ScoreArray target) {
    ScoreArray from = gradient;
    if (from == null || from == target) {
      return;
    }
    Layout layout = batch.layout();
    int read = 0;
    for (int e = 0; e <= excludedCount; e++) {
      int begin = e == 0 ? 0 : excluded[e - 1] + 1;
      int end = e == excludedCount ? layout.length(list) : excluded[e];
      if (layout.isContiguous()) {
        int shift = layout.index(list, begin) - begin;
        for (int p = begin; p < end; p++) {
          target.add(shift + p, from.get(read++));
        }
      } else {
        for (int p = begin; p < end; p++) {
          target.add(layout.index(list, p), from.get(read++));
        }
      }
    }
  }

  /** The position in the list of the batch of a valid candidate. */
  int originalPosition(int candidate) {
    int position = candidate;
    for (int e = 0; e < excludedCount && excluded[e] <= position; e++) {
      position++;
    }
    return position;
  }

  private void ensureTargets(int bound) {
    if (positions.length < bound) {
      int capacity = Math.max(bound, 2 * positions.length);
      positions = new int[capacity];
      targetScores = new double[capacity];
      grades = new double[capacity];
      weights = new double[capacity];
    }
  }

  @Override
  public int count() {
    return targets;
  }

  @Override
  public int candidates() {
    return candidates;
  }

  @Override
  public double grade(int k) {
    return grades[k];
  }

  @Override
  public double weight(int k) {
    return weights[k];
  }

  /** {@return the index of the list in its batch} */
  public int list() {
    return index;
  }

  @Override
  public Targets ideal() {
    Targets other = ideal;
    return other == null ? this : other;
  }

  /** The number of candidates with a score above minus infinity. */
  int countRetrieved() {
    int count = 0;
    for (int i = 0; i < candidates; i++) {
      count += scores.get(offset + i) > Double.NEGATIVE_INFINITY ? 1 : 0;
    }
    return count;
  }

  @Override
  public double[] scratch(int length) {
    if (scratch.length < length) {
      scratch = new double[Math.max(length, 2 * scratch.length)];
    }
    return scratch;
  }

  /** {@return the array that holds the candidates, from {@link #offset} on} Not to be modified. */
  public ScoreArray scores() {
    return scores;
  }

  /** {@return the index of the first candidate in {@link #scores}} */
  public int offset() {
    return offset;
  }

  /**
   * {@return the positions of the targets, ascending; valid up to {@link #count}} Not to be
   * modified.
   */
  public int[] positions() {
    return positions;
  }

  /**
   * {@return the scores of the targets, margin included; valid up to {@link #count}} Not to be
   * modified.
   */
  public double[] targetScores() {
    return targetScores;
  }

  /**
   * {@return the array to which the gradient is added, from {@link #gradientOffset} on}
   *
   * @throws IllegalStateException if no gradient was asked for
   */
  public ScoreArray gradient() {
    if (gradient == null) {
      throw new IllegalStateException("no gradient was asked for");
    }
    return gradient;
  }

  /** {@return the index of the first candidate in {@link #gradient}} */
  public int gradientOffset() {
    return gradientOffset;
  }

  /**
   * Writes the scores of all candidates, margin included, in double precision.
   *
   * @param target at least {@link #candidates} long. Modified.
   */
  public void copyScores(double[] target) {
    Objects.requireNonNull(target, "target must not be null");
    for (int i = 0; i < candidates; i++) {
      target[i] = scores.get(offset + i);
    }
    for (int k = 0; k < targets; k++) {
      target[positions[k]] = targetScores[k];
    }
  }

  /**
   * Adds to the gradient of a candidate.
   *
   * @param candidate number of the candidate, from 0
   * @param value the summand, rounded to the precision of the gradient
   * @throws IllegalStateException if no gradient was asked for
   */
  public void addGradient(int candidate, double value) {
    gradient().add(gradientOffset + candidate, value);
  }
}
