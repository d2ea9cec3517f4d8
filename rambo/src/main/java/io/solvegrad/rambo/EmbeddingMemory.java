package io.solvegrad.rambo;

import io.solvegrad.ranking.CandidateMemory;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Objects;

/**
 * Embeddings of former batches that stand behind the current ones as further candidates.
 *
 * <p>It sits above the loss, where similarities are made: queries are compared with the current and
 * the remembered embeddings, the loss ranks them all, and the gradient with respect to a remembered
 * column flows to the queries but not to the remembered embedding, which is a constant.
 *
 * <ol>
 *   <li>The capacity counts embeddings, not batches; when it is exceeded, the oldest go. Capacity 0
 *       remembers nothing.
 *   <li>Embeddings are kept as they are given, in the units of the model (of length 1, if scores
 *       are to be cosines), and read oldest first, each with its class and source.
 *   <li>Memory use is 9/8 x capacity x (dimension + 2) x 4 bytes from the start and never grows.
 *       Embeddings lie outside the Java heap, in direct memory: {@code -XX:MaxDirectMemorySize}
 *       limits it, which is as large as the largest heap ({@code -Xmx}) unless it is given.
 *   <li>An embedding is written once, and the content is read where it lies, as one piece. To stay
 *       one piece it moves to the front of its room after every capacity / 8 embeddings, so that on
 *       average at most 8 embeddings move for one that is added. Nothing is sorted.
 *   <li>Not thread-safe: a memory belongs to one training loop.
 *   <li>A saved memory is versioned and carries a checksum; the description of this package gives
 *       the format.
 * </ol>
 */
public final class EmbeddingMemory implements CandidateMemory {
  private static final int ALIGNMENT = 64;

  private final int capacity;
  private final int dimension;
  private final int room;
  private final MemorySegment embeddings;
  private final int[] classes;
  private final int[] sources;
  // Row of the oldest embedding; the others follow without a gap.
  private int oldest;
  private int size;

  /**
   * An empty memory.
   *
   * @param capacity how many embeddings are remembered at most, 0 or more
   * @param dimension length of an embedding, at least 1
   * @throws IllegalArgumentException if a number is too small or the embeddings take 2 GiB or more
   * @throws OutOfMemoryError if they do not fit into direct memory
   */
  public EmbeddingMemory(int capacity, int dimension) {
    if (capacity < 0 || dimension < 1) {
      throw new IllegalArgumentException(
          "capacity must not be negative and dimension at least 1, but they are %d and %d"
              .formatted(capacity, dimension));
    }
    if ((long) capacity * dimension > Integer.MAX_VALUE / Float.BYTES) {
      throw new IllegalArgumentException(
          "%d embeddings of %d floats do not fit into one buffer of 2 GiB"
              .formatted(capacity, dimension));
    }
    this.capacity = capacity;
    this.dimension = dimension;
    room = capacity + Math.ceilDiv(capacity, 8);
    embeddings = allocated(bytes(room));
    classes = new int[room];
    sources = new int[room];
  }

  private static MemorySegment allocated(long bytes) {
    try {
      return Arena.ofAuto().allocate(bytes, ALIGNMENT);
    } catch (OutOfMemoryError e) {
      OutOfMemoryError named =
          new OutOfMemoryError(
              "%d bytes of embeddings do not fit into direct memory. Maybe a smaller capacity, or -XX:MaxDirectMemorySize=SIZE (as large as -Xmx unless given)?"
                  .formatted(bytes));
      named.initCause(e);
      throw named;
    }
  }

  private long bytes(int rows) {
    return (long) rows * dimension * Float.BYTES;
  }

  @Override
  public int size() {
    return size;
  }

  /** {@return the number of embeddings that are remembered at most} */
  public int capacity() {
    return capacity;
  }

  @Override
  public int dimension() {
    return dimension;
  }

  /** Forgets everything. */
  public void reset() {
    oldest = 0;
    size = 0;
  }

  @Override
  public void add(float[] batch, int[] batchClasses, int[] batchSources) {
    Objects.requireNonNull(batch, "batch must not be null");
    Objects.requireNonNull(batchClasses, "batchClasses must not be null");
    Objects.requireNonNull(batchSources, "batchSources must not be null");
    int rows = batchClasses.length;
    if (batch.length != (long) rows * dimension || batchSources.length != rows) {
      throw new IllegalArgumentException(
          "%d floats, %d classes and %d sources are no batch of embeddings of length %d"
              .formatted(batch.length, rows, batchSources.length, dimension));
    }
    for (int i = 0; i < batch.length; i++) {
      if (Float.isNaN(batch[i])) {
        // Later every score with it would be NaN, and it would not be said whence.
        throw new IllegalArgumentException(
            "batch is NaN at row %d, column %d".formatted(i / dimension, i % dimension));
      }
    }
    int count = Math.min(rows, capacity);
    int kept = Math.min(size, capacity - count);
    int first = oldest + size - kept;
    if (first + kept + count > room) {
      MemorySegment.copy(embeddings, bytes(first), embeddings, 0, bytes(kept));
      System.arraycopy(classes, first, classes, 0, kept);
      System.arraycopy(sources, first, sources, 0, kept);
      first = 0;
    }
    int from = rows - count;
    int to = first + kept;
    MemorySegment.copy(
        batch, from * dimension, embeddings, ValueLayout.JAVA_FLOAT, bytes(to), count * dimension);
    System.arraycopy(batchClasses, from, classes, to, count);
    System.arraycopy(batchSources, from, sources, to, count);
    oldest = first;
    size = kept + count;
  }

  @Override
  public ByteBuffer embeddings() {
    return embeddings
        .asSlice(bytes(oldest), bytes(size))
        .asReadOnly()
        .asByteBuffer()
        .order(ByteOrder.nativeOrder());
  }

  @Override
  public void copyEmbeddings(float[] target, int offset) {
    Objects.requireNonNull(target, "target must not be null");
    if (offset < 0 || (long) size * dimension > target.length - (long) offset) {
      throw new IllegalArgumentException(
          "target has %d values, but offset %d and %d embeddings of length %d need more"
              .formatted(target.length, offset, size, dimension));
    }
    CandidateMemory.super.copyEmbeddings(target, offset);
  }

  @Override
  public void copyClasses(int[] target, int offset) {
    requireRoom(target, offset);
    System.arraycopy(classes, oldest, target, offset, size);
  }

  @Override
  public void copySources(int[] target, int offset) {
    requireRoom(target, offset);
    System.arraycopy(sources, oldest, target, offset, size);
  }

  private void requireRoom(int[] target, int offset) {
    Objects.requireNonNull(target, "target must not be null");
    if (offset < 0 || size > target.length - offset) {
      throw new IllegalArgumentException(
          "target has %d values, but offset %d and %d embeddings need more"
              .formatted(target.length, offset, size));
    }
  }

  /**
   * Writes the memory. The stream is not closed.
   *
   * @param out where it goes
   * @throws IOException if it cannot be written
   */
  public void save(OutputStream out) throws IOException {
    MemoryFile.save(out, header(), this::writeRows);
  }

  /**
   * Writes the memory into a file that is never half-written, see {@link
   * io.solvegrad.file.FileReplacement}.
   *
   * @param file where it goes, in a folder that exists; replaced if it exists
   * @throws IOException if it cannot be written
   */
  public void save(Path file) throws IOException {
    MemoryFile.save(file, header(), this::writeRows);
  }

  private MemoryFile.Header header() {
    return new MemoryFile.Header(MemoryFile.Kind.EMBEDDINGS, Float.SIZE, capacity, dimension, size);
  }

  private void writeRows(DataOutputStream data) throws IOException {
    for (int i = 0; i < size; i++) {
      int row = oldest + i;
      data.writeInt(classes[row]);
      data.writeInt(sources[row]);
      for (int d = 0; d < dimension; d++) {
        data.writeFloat(embeddings.getAtIndex(ValueLayout.JAVA_FLOAT, (long) row * dimension + d));
      }
    }
  }

  /**
   * Replaces the content by what {@link #save(OutputStream)} has written for a memory of the same
   * shape. If it fails, the content is as before. Reads one memory, not what follows, and does not
   * close the stream.
   *
   * @param in where it comes from
   * @throws IOException if it is no such memory, of another version or shape, cut short or damaged
   */
  public void load(InputStream in) throws IOException {
    MemoryFile.load(in, MemoryFile.Kind.EMBEDDINGS, this::readRows);
  }

  /**
   * Replaces the content by that of a file; see {@link #load(InputStream)}.
   *
   * @param file what {@link #save(Path)} has written
   * @throws IOException if the file cannot be read, or as {@link #load(InputStream)}
   */
  public void load(Path file) throws IOException {
    MemoryFile.load(file, MemoryFile.Kind.EMBEDDINGS, this::readRows);
  }

  private Runnable readRows(MemoryFile.Header header, DataInputStream data) throws IOException {
    header.requireSame("bits", header.bits(), Float.SIZE);
    header.requireSame("capacity", header.capacity(), capacity);
    header.requireSame("dimension", header.columns(), dimension);
    int rows = header.rows();
    float[] readEmbeddings = new float[rows * dimension];
    int[] readClasses = new int[rows];
    int[] readSources = new int[rows];
    for (int i = 0; i < rows; i++) {
      readClasses[i] = data.readInt();
      readSources[i] = data.readInt();
      for (int d = 0; d < dimension; d++) {
        float number = data.readFloat();
        if (Float.isNaN(number)) {
          throw new IOException(
              "embedding %d of the saved memory is NaN at column %d".formatted(i, d));
        }
        readEmbeddings[i * dimension + d] = number;
      }
    }
    return () -> {
      reset();
      add(readEmbeddings, readClasses, readSources);
    };
  }
}
