package io.solvegrad.rambo;

import io.solvegrad.ranking.Diagnostics;
import io.solvegrad.ranking.Layout;
import io.solvegrad.ranking.RankingBatch;
import io.solvegrad.ranking.RankingLoss;
import io.solvegrad.ranking.ScoreArray;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates a loss over the items of the current batch together with those of former batches, so
 * that each class has more to be ranked against.
 *
 * <ol>
 *   <li>A batch is a matrix with one item a row and one class a column ({@link RankingBatch#rows}).
 *       The inner loss sees the matrix with the remembered rows below the current ones, oldest
 *       first; it usually views the columns.
 *   <li>The capacity counts items (rows). When it is exceeded, the oldest go. Capacity 0 remembers
 *       nothing.
 *   <li>Remembered items take part in the ranking and are moved in the backward ranking, but their
 *       gradient is dropped.
 *   <li>A batch is remembered after it has been evaluated without an exception, as a copy of its
 *       numbers.
 *   <li>Not thread-safe: a memory belongs to one training loop.
 * </ol>
 *
 * <p>Source: Rolinek et al., CVPR 2020, arXiv:1912.03500, section 4.4.
 */
public final class ScoreMemory implements RankingLoss {
  private final RankingLoss loss;
  private final int capacity;

  // Current rows, then remembered ones from row `historyStart` on.
  private @Nullable CellMatrix matrix;
  private int historyStart;
  private int remembered;

  // Views of the matrix, kept while its shape stays the same.
  private @Nullable RankingBatch joined;
  private @Nullable ScoreArray joinedGradient;

  /**
   * A memory around a loss.
   *
   * @param loss what is evaluated on the joined matrix
   * @param capacity how many items are remembered at most, 0 or more
   * @throws IllegalArgumentException if the capacity is negative
   */
  public ScoreMemory(RankingLoss loss, int capacity) {
    if (capacity < 0) {
      throw new IllegalArgumentException("capacity must not be negative, but is " + capacity);
    }
    this.loss = loss;
    this.capacity = capacity;
  }

  /** {@return the number of items that are remembered at present} */
  public int size() {
    return remembered;
  }

  /** Forgets everything, as at the start of a new run. */
  public void reset() {
    remembered = 0;
    joined = null;
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException if the batch is no matrix of rows, or its number of classes or
   *     its precision is not that of the remembered scores
   */
  @Override
  public double evaluate(
      RankingBatch batch, double factor, @Nullable ScoreArray gradient, Diagnostics diagnostics) {
    RankingLoss.requireGradient(batch, gradient);
    int rows = requireMatrix(batch).lists();
    RankingBatch all = join(batch, rows);
    ScoreArray allGradient = gradient == null ? null : clearedGradient(all);
    double value = loss.evaluate(all, factor, allGradient, diagnostics);
    if (gradient != null && allGradient != null) {
      for (int i = 0; i < gradient.length(); i++) {
        gradient.add(i, allGradient.get(i));
      }
    }
    remember(rows);
    return value;
  }

  private static Layout.Strided requireMatrix(RankingBatch batch) {
    if (!(batch.layout() instanceof Layout.Strided matrix)
        || matrix.stride() != 1
        || matrix.step() != matrix.size()) {
      throw new IllegalArgumentException(
          "a score memory needs a matrix with one item a row, not " + batch.layout());
    }
    return matrix;
  }

  /** The matrix for batches of this kind, with room for the current rows and a full memory. */
  private CellMatrix ensureMatrix(RankingBatch batch, int rows) {
    int columns = requireMatrix(batch).size();
    CellMatrix cells = matrix;
    boolean same =
        cells != null
            && cells.columns() == columns
            && cells.scores().getClass() == batch.scores().getClass();
    if (cells == null || (!same && remembered == 0)) {
      cells = new CellMatrix(columns, batch.scores());
      matrix = cells;
      historyStart = 0;
      joined = null;
    } else if (!same) {
      throw new IllegalArgumentException(
          "the memory holds %s of %d classes, but the batch has %s of %d classes. Maybe reset() it."
              .formatted(
                  cells.scores().getClass().getSimpleName(),
                  cells.columns(),
                  batch.scores().getClass().getSimpleName(),
                  columns));
    }
    if (cells.ensureRows(Math.addExact(rows, capacity))) {
      joined = null;
    }
    return cells;
  }

  private RankingBatch join(RankingBatch batch, int rows) {
    CellMatrix cells = ensureMatrix(batch, rows);
    if (historyStart != rows) {
      cells.copyRows(historyStart, rows, remembered);
      historyStart = rows;
      joined = null;
    }
    cells.write(batch);
    RankingBatch view = joined;
    if (view == null) {
      view = cells.batch(rows + remembered);
      joined = view;
    }
    return view;
  }

  private ScoreArray clearedGradient(RankingBatch all) {
    ScoreArray room = joinedGradient;
    if (room == null
        || room.length() != all.scores().length()
        || room.getClass() != all.scores().getClass()) {
      room = all.scores().zeros(all.scores().length());
      joinedGradient = room;
    }
    room.clear(0, all.layout().extent());
    return room;
  }

  /** Appends the current rows to the history and lets the oldest go. */
  private void remember(int rows) {
    CellMatrix cells = matrix;
    if (cells == null || capacity == 0) {
      return;
    }
    int kept = Math.min(remembered, Math.max(0, capacity - rows));
    int added = Math.min(rows, capacity);
    cells.copyRows(historyStart + remembered - kept, historyStart, kept);
    cells.copyRows(rows - added, historyStart + kept, added);
    if (kept + added != remembered) {
      remembered = kept + added;
      joined = null;
    }
  }
}
