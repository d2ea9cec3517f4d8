package io.solvegrad.rambo;

import io.solvegrad.ranking.Diagnostics;
import io.solvegrad.ranking.Layout;
import io.solvegrad.ranking.RankingBatch;
import io.solvegrad.ranking.RankingLoss;
import io.solvegrad.ranking.ScoreArray;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates a loss over the items of the current batch together with those of former batches, so
 * that each class has more to be ranked against.
 *
 * <ol>
 *   <li>A batch is a matrix with one item a row and one class a column ({@link RankingBatch#rows}).
 *       The inner loss sees the matrix with the remembered rows below the current ones, oldest
 *       first; it usually views the columns.
 *   <li>The capacity counts items (rows), not batches. When it is exceeded, the oldest go. Capacity
 *       0 remembers nothing.
 *   <li>Memory use grows with the capacity and the largest batch to (capacity + rows) x classes
 *       cells of a score and its gradient, of a weight and an exclusion too once a batch has some,
 *       and no further. The scores of a class lie side by side, so that nothing has to be gathered.
 *   <li>Remembered items take part in the ranking and are moved in the backward ranking, but their
 *       gradient is dropped.
 *   <li>A batch is remembered after it has been evaluated without an exception, as a copy of its
 *       numbers.
 *   <li>Not thread-safe: a memory belongs to one training loop. What is inside may use threads.
 *   <li>A saved memory is versioned and carries a checksum; the description of this package gives
 *       the format.
 * </ol>
 *
 * <p>Source: Rolinek et al., CVPR 2020, arXiv:1912.03500, section 4.4.
 */
public final class ScoreMemory implements RankingLoss {
  private final RankingLoss loss;
  private final int capacity;

  private @Nullable CellMatrix matrix;
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
    this.loss = Objects.requireNonNull(loss, "loss must not be null");
    this.capacity = capacity;
  }

  /** {@return the number of items that are remembered at present} */
  public int size() {
    return remembered;
  }

  /** Forgets everything, as at the start of a new run. */
  public void reset() {
    CellMatrix cells = matrix;
    if (cells != null) {
      cells.forget(remembered);
    }
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
    CellMatrix cells = matrix;
    if (cells != null) {
      if (gradient != null && allGradient != null) {
        cells.addCurrent(allGradient, rows, gradient);
      }
      remember(cells, rows);
    }
    return value;
  }

  /** {@inheritDoc} As if nothing were remembered. */
  @Override
  public double divisor(RankingBatch batch) {
    return loss.divisor(batch);
  }

  /**
   * Writes the remembered rows. The stream is not closed.
   *
   * @param out where they go
   * @throws IOException if they cannot be written
   */
  public void save(OutputStream out) throws IOException {
    MemoryFile.save(out, header(), this::writeRows);
  }

  /**
   * Writes the remembered rows into a file that is never half-written, see {@link
   * io.solvegrad.file.FileReplacement}.
   *
   * @param file where they go, in a folder that exists; replaced if it exists
   * @throws IOException if they cannot be written
   */
  public void save(Path file) throws IOException {
    MemoryFile.save(file, header(), this::writeRows);
  }

  private MemoryFile.Header header() {
    CellMatrix cells = matrix;
    if (cells == null || remembered == 0) {
      return new MemoryFile.Header(MemoryFile.Kind.SCORES, Float.SIZE, capacity, 0, 0);
    }
    return new MemoryFile.Header(
        MemoryFile.Kind.SCORES, cells.bits(), capacity, cells.columns(), remembered);
  }

  private void writeRows(DataOutputStream data) throws IOException {
    CellMatrix cells = matrix;
    if (cells != null) {
      cells.writeRows(remembered, data);
    }
  }

  /**
   * Replaces the remembered rows by what {@link #save(OutputStream)} has written for a memory of
   * the same capacity. If it fails, they are as before. Reads one memory, not what follows, and
   * does not close the stream.
   *
   * @param in where they come from
   * @throws IOException if it is no such memory, of another version or capacity, has another number
   *     of classes or precision than what is remembered, is cut short or damaged
   */
  public void load(InputStream in) throws IOException {
    MemoryFile.load(in, MemoryFile.Kind.SCORES, this::readRows);
  }

  /**
   * Replaces the remembered rows by those of a file; see {@link #load(InputStream)}.
   *
   * @param file what {@link #save(Path)} has written
   * @throws IOException if the file cannot be read, or as {@link #load(InputStream)}
   */
  public void load(Path file) throws IOException {
    MemoryFile.load(file, MemoryFile.Kind.SCORES, this::readRows);
  }

  private Runnable readRows(MemoryFile.Header header, DataInputStream data) throws IOException {
    header.requireSame("capacity", header.capacity(), capacity);
    MemoryFile.Header own = header();
    if (own.rows() > 0 && header.rows() > 0) {
      header.requireSame("number of classes", header.columns(), own.columns());
      header.requireSame("bits", header.bits(), own.bits());
    }
    CellMatrix cells = CellMatrix.read(header, data);
    return () -> {
      matrix = cells;
      remembered = header.rows();
      joined = null;
    };
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
    long room = ((long) rows + capacity) * columns;
    if (room > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          "%d rows and a capacity of %d rows of %d classes do not fit into one array"
              .formatted(rows, capacity, columns));
    }
    if (cells.ensureRows(rows, capacity, remembered)) {
      joined = null;
    }
    return cells;
  }

  private RankingBatch join(RankingBatch batch, int rows) {
    CellMatrix cells = ensureMatrix(batch, rows);
    if (cells.write(batch)) {
      joined = null;
    }
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
  private void remember(CellMatrix cells, int rows) {
    if (capacity == 0) {
      return;
    }
    int kept = Math.min(remembered, Math.max(0, capacity - rows));
    int added = Math.min(rows, capacity);
    cells.remember(rows, remembered - kept, kept, added);
    if (kept + added != remembered) {
      remembered = kept + added;
      joined = null;
    }
  }
}
