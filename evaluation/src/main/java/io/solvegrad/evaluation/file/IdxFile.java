package io.solvegrad.evaluation.file;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/**
 * Unsigned bytes in the IDX format of MNIST and Fashion-MNIST: two zero bytes, the type 0x08, the
 * number of dimensions, their sizes (32 bits, big endian), the values.
 *
 * @param sizes the size of each dimension, at least one
 * @param values the values, the last dimension fastest
 */
public record IdxFile(int[] sizes, byte[] values) {
  private static final int UNSIGNED_BYTE = 0x08;

  /** Checks that nothing is missing. */
  public IdxFile {
    Objects.requireNonNull(sizes, "sizes must not be null");
    Objects.requireNonNull(values, "values must not be null");
  }

  /**
   * Reads a file.
   *
   * @param file the file, not compressed
   * @return its array
   * @throws FileFormatException if the file is no IDX file of unsigned bytes, is cut short or too
   *     long
   * @throws IOException if reading fails
   */
  public static IdxFile read(Path file) throws IOException {
    Objects.requireNonNull(file, "file must not be null");
    long size = Files.size(file);
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
      int magic = in.readInt();
      int dimensions = magic & 0xff;
      if (magic >>> 16 != 0 || (magic >> 8 & 0xff) != UNSIGNED_BYTE || dimensions == 0) {
        throw new FileFormatException(
            file,
            "begins with 0x%08x, not as an IDX file of unsigned bytes. Maybe it is compressed?"
                .formatted(magic));
      }
      int[] sizes = new int[dimensions];
      long count = 1;
      for (int d = 0; d < dimensions; d++) {
        sizes[d] = in.readInt();
        if (sizes[d] < 0 || (count > 0 && sizes[d] > Integer.MAX_VALUE / count)) {
          throw new FileFormatException(
              file,
              "claims a size of " + Integer.toUnsignedString(sizes[d]) + " in dimension " + d);
        }
        count *= sizes[d];
      }
      long expected = 4L + 4L * dimensions + count;
      if (size != expected) {
        throw new FileFormatException(
            file, "has %d bytes, its header asks for %d".formatted(size, expected));
      }
      return new IdxFile(sizes, in.readNBytes((int) count));
    } catch (EOFException e) {
      throw new FileFormatException(file, "ends after " + size + " bytes, inside its header");
    }
  }

  /**
   * The array as rows of numbers from 0 to 255.
   *
   * @return one row for each index of the first dimension
   */
  public NpyFile.Matrix toFloats() {
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = Byte.toUnsignedInt(values[i]);
    }
    return new NpyFile.Matrix(floats, sizes[0], sizes[0] == 0 ? 0 : floats.length / sizes[0]);
  }
}
