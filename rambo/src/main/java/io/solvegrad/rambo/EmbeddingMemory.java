package io.solvegrad.rambo;

import io.solvegrad.ranking.CandidateMemory;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;

/**
 * Embeddings of former batches that stand behind the current ones as further candidates.
 *
 * <p>It sits above the loss, where similarities are made: queries are compared with the current and
 * the remembered embeddings, the loss ranks them all, and the gradient with respect to a remembered
 * column flows to the queries but not to the remembered embedding, which is a constant.
 *
 * <ol>
 *   <li>The capacity counts embeddings; when it is exceeded, the oldest go. Capacity 0 remembers
 *       nothing.
 *   <li>Embeddings are read oldest first, each with its class and source.
 *   <li>Memory use is capacity x (dimension + 2) x 4 bytes from the start.
 *   <li>Not thread-safe: a memory belongs to one training loop.
 * </ol>
 *
 * <p>File format, big-endian: int 0x53474D31 ("SGM1"), int capacity, int dimension, int size, then
 * for each embedding, oldest first, int class, int source and dimension floats, then a long with
 * the CRC-32 of all that stands before it.
 */
public final class EmbeddingMemory implements CandidateMemory {
  private static final int MAGIC = 0x53474D31;

  private final int capacity;
  private final int dimension;
  private final float[] embeddings;
  private final int[] classes;
  private final int[] sources;
  private int oldest;
  private int size;

  /**
   * An empty memory.
   *
   * @param capacity how many embeddings are remembered at most, 0 or more
   * @param dimension length of an embedding, at least 1
   * @throws IllegalArgumentException if a number is too small or both together too large for an
   *     array
   */
  public EmbeddingMemory(int capacity, int dimension) {
    if (capacity < 0 || dimension < 1) {
      throw new IllegalArgumentException(
          "capacity must not be negative and dimension at least 1, but they are %d and %d"
              .formatted(capacity, dimension));
    }
    if ((long) capacity * dimension > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          "%d embeddings of %d floats do not fit into one array".formatted(capacity, dimension));
    }
    this.capacity = capacity;
    this.dimension = dimension;
    embeddings = new float[capacity * dimension];
    classes = new int[capacity];
    sources = new int[capacity];
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
    int rows = batchClasses.length;
    if (batch.length != (long) rows * dimension || batchSources.length != rows) {
      throw new IllegalArgumentException(
          "%d floats, %d classes and %d sources are no batch of embeddings of length %d"
              .formatted(batch.length, rows, batchSources.length, dimension));
    }
    for (int row = Math.max(0, rows - capacity); row < rows; row++) {
      int slot = (oldest + size) % capacity;
      System.arraycopy(batch, row * dimension, embeddings, slot * dimension, dimension);
      classes[slot] = batchClasses[row];
      sources[slot] = batchSources[row];
      if (size < capacity) {
        size++;
      } else {
        oldest = (oldest + 1) % capacity;
      }
    }
  }

  @Override
  public void copyEmbeddings(float[] target, int offset) {
    int first = Math.min(size, capacity - oldest);
    System.arraycopy(embeddings, oldest * dimension, target, offset, first * dimension);
    System.arraycopy(embeddings, 0, target, offset + first * dimension, (size - first) * dimension);
  }

  @Override
  public void copyClasses(int[] target, int offset) {
    copyIds(classes, target, offset);
  }

  @Override
  public void copySources(int[] target, int offset) {
    copyIds(sources, target, offset);
  }

  private void copyIds(int[] ids, int[] target, int offset) {
    int first = Math.min(size, capacity - oldest);
    System.arraycopy(ids, oldest, target, offset, first);
    System.arraycopy(ids, 0, target, offset + first, size - first);
  }

  /**
   * Writes the memory in the format above. The stream is not closed.
   *
   * @param out where it goes
   * @throws IOException if it cannot be written
   */
  public void save(OutputStream out) throws IOException {
    CheckedOutputStream checked = new CheckedOutputStream(out, new CRC32());
    DataOutputStream data = new DataOutputStream(checked);
    data.writeInt(MAGIC);
    data.writeInt(capacity);
    data.writeInt(dimension);
    data.writeInt(size);
    for (int i = 0; i < size; i++) {
      int slot = (oldest + i) % capacity;
      data.writeInt(classes[slot]);
      data.writeInt(sources[slot]);
      for (int d = 0; d < dimension; d++) {
        data.writeFloat(embeddings[slot * dimension + d]);
      }
    }
    data.writeLong(checked.getChecksum().getValue());
    data.flush();
  }

  /**
   * Replaces the content by what {@link #save} has written for a memory of the same shape. If it
   * fails, the content is as before. The stream is not closed.
   *
   * @param in where it comes from
   * @throws IOException if the file is of another kind or shape, cut short or damaged
   */
  public void load(InputStream in) throws IOException {
    CheckedInputStream checked = new CheckedInputStream(in, new CRC32());
    DataInputStream data = new DataInputStream(checked);
    requireEqual("magic number", MAGIC, data.readInt());
    requireEqual("capacity", capacity, data.readInt());
    requireEqual("dimension", dimension, data.readInt());
    int count = data.readInt();
    if (count < 0 || count > capacity) {
      throw new IOException(
          "size %d of the memory is not within 0 to %d".formatted(count, capacity));
    }
    EmbeddingMemory read = new EmbeddingMemory(count, dimension);
    for (int i = 0; i < count; i++) {
      read.classes[i] = data.readInt();
      read.sources[i] = data.readInt();
      for (int d = 0; d < dimension; d++) {
        read.embeddings[i * dimension + d] = data.readFloat();
      }
    }
    long checksum = checked.getChecksum().getValue();
    if (checksum != data.readLong()) {
      throw new IOException("the memory is damaged: its checksum is wrong");
    }
    reset();
    add(read.embeddings, Arrays.copyOf(read.classes, count), Arrays.copyOf(read.sources, count));
  }

  private static void requireEqual(String name, int expected, int actual) throws IOException {
    if (actual != expected) {
      throw new IOException(
          "%s of the memory is %d instead of %d".formatted(name, actual, expected));
    }
  }
}
