package io.solvegrad.evaluation.file;

import static io.solvegrad.evaluation.file.FileFormatException.quoted;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Arrays in NumPy's .npy format, versions 1 to 3 (NumPy Enhancement Proposal 1; numpy.lib.format).
 *
 * <p>float32 and float64 in C order give embeddings, the integer types give labels. Sizes are
 * checked against the file before memory is taken.
 */
public final class NpyFile {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
  private static final int LARGEST_HEADER = 1 << 20;
  private static final int CHUNK = 1 << 16;
  private static final Pattern DESCR =
      Pattern.compile("['\"]descr['\"]\\s*:\\s*['\"]([<>|=])([a-zA-Z])(\\d{1,9})['\"]");
  private static final Pattern ORDER =
      Pattern.compile("['\"]fortran_order['\"]\\s*:\\s*(True|False)");
  private static final Pattern SHAPE =
      Pattern.compile("['\"]shape['\"]\\s*:\\s*\\(((?:\\s*\\d+L?\\s*,)*(?:\\s*\\d+L?)?)\\s*\\)");

  private NpyFile() {}

  /**
   * A matrix of floats.
   *
   * @param values the values, row after row
   * @param rows the number of rows
   * @param columns the number of columns
   */
  public record Matrix(float[] values, int rows, int columns) {
    /** Checks that nothing is missing. */
    public Matrix {
      Objects.requireNonNull(values, "values must not be null");
    }
  }

  /**
   * Reads a matrix; an array of more dimensions is taken as rows of flattened values, one of a
   * single dimension as one column. Doubles are rounded to floats.
   *
   * @param file a .npy file of type float32 or float64
   * @return the matrix
   * @throws FileFormatException if the file is no such array, is cut short or too long, has more
   *     than 2^31 - 1 values, or holds a value that is not a finite float
   * @throws IOException if reading fails
   */
  public static Matrix readFloats(Path file) throws IOException {
    Objects.requireNonNull(file, "file must not be null");
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      Header header = header(file, channel);
      if (header.type != 'f' || (header.bytes != 4 && header.bytes != 8)) {
        throw new FileFormatException(
            file, "holds " + header.descr() + " values, not float32 or float64");
      }
      float[] values = new float[header.count];
      int columns = header.columns();
      header.read(
          file,
          channel,
          (index, data) -> {
            double number = header.bytes == 4 ? data.getFloat() : data.getDouble();
            float value = (float) number;
            if (!Float.isFinite(value)) {
              throw new FileFormatException(
                  file,
                  "row %d, column %d (from 0) is %s, %s"
                      .formatted(
                          index / columns,
                          index % columns,
                          number,
                          Double.isFinite(number)
                              ? "too large for single precision"
                              : "not a finite float"));
            }
            values[index] = value;
          });
      return new Matrix(values, header.rows(), columns);
    }
  }

  /**
   * A file of float32 in C order, version 1.
   *
   * @param matrix what it holds. Not modified.
   * @return its content
   * @throws IllegalArgumentException if there are not rows x columns values, or more than 2^29 -
   *     100
   */
  public static byte[] toBytes(Matrix matrix) {
    Objects.requireNonNull(matrix, "matrix must not be null");
    if (matrix.values.length != (long) matrix.rows * matrix.columns
        || matrix.values.length > (Integer.MAX_VALUE >> 2) - 100) {
      throw new IllegalArgumentException(
          "%d values are no %d rows of %d that a file can hold"
              .formatted(matrix.values.length, matrix.rows, matrix.columns));
    }
    String header =
        "{'descr': '<f4', 'fortran_order': False, 'shape': (%d, %d), }"
            .formatted(matrix.rows, matrix.columns);
    int start = MAGIC.length + 4;
    header += " ".repeat(63 - (start + header.length()) % 64) + "\n";
    ByteBuffer content =
        ByteBuffer.allocate(start + header.length() + 4 * matrix.values.length)
            .order(ByteOrder.LITTLE_ENDIAN)
            .put(MAGIC)
            .put((byte) 1)
            .put((byte) 0)
            .putShort((short) header.length())
            .put(header.getBytes(StandardCharsets.US_ASCII));
    for (float value : matrix.values) {
      content.putFloat(value);
    }
    return content.array();
  }

  /**
   * Reads integers of any size, signed or not, or booleans.
   *
   * @param file a .npy file with one dimension (or one column)
   * @return the values
   * @throws FileFormatException if the file is no such array, or is cut short or too long
   * @throws IOException if reading fails
   */
  public static long[] readIntegers(Path file) throws IOException {
    Objects.requireNonNull(file, "file must not be null");
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      Header header = header(file, channel);
      boolean known =
          switch (header.type) {
            case 'i', 'u' -> Arrays.asList(1, 2, 4, 8).contains(header.bytes);
            case 'b' -> header.bytes == 1;
            default -> false;
          };
      if (!known) {
        throw new FileFormatException(file, "holds " + header.descr() + " values, not integers");
      }
      if (header.columns() != 1 && header.count > 0) {
        throw new FileFormatException(
            file, "has shape " + Arrays.toString(header.shape) + ", must have one dimension");
      }
      long[] values = new long[header.count];
      header.read(file, channel, (index, data) -> values[index] = header.integer(data));
      return values;
    }
  }

  private static Header header(Path file, FileChannel channel) throws IOException {
    ByteBuffer start = bytes(file, channel, 0, MAGIC.length + 2);
    byte[] magic = new byte[MAGIC.length];
    start.get(magic);
    if (!Arrays.equals(magic, MAGIC)) {
      throw new FileFormatException(
          file, "does not begin as a .npy file. Maybe it was saved as .npz or as text?");
    }
    int version = start.get();
    if (version < 1 || version > 3) {
      throw new FileFormatException(file, "is of .npy version " + version + ", known are 1 to 3");
    }
    int prefix = version == 1 ? 2 : 4;
    ByteBuffer lengthField = bytes(file, channel, MAGIC.length + 2, prefix);
    long length =
        version == 1
            ? Short.toUnsignedLong(lengthField.getShort())
            : Integer.toUnsignedLong(lengthField.getInt());
    if (length > LARGEST_HEADER) {
      throw new FileFormatException(file, "claims a header of " + length + " bytes");
    }
    long dataStart = MAGIC.length + 2 + prefix + length;
    ByteBuffer text = bytes(file, channel, MAGIC.length + 2 + prefix, (int) length);
    return parse(file, channel, StandardCharsets.UTF_8.decode(text).toString(), dataStart);
  }

  private static Header parse(Path file, FileChannel channel, String text, long dataStart)
      throws IOException {
    Matcher descr = DESCR.matcher(text);
    Matcher order = ORDER.matcher(text);
    Matcher shape = SHAPE.matcher(text);
    if (!descr.find() || !order.find() || !shape.find()) {
      throw new FileFormatException(
          file, "has the header " + quoted(text.strip()) + ", not that of a plain array");
    }
    long[] sizes =
        Arrays.stream(shape.group(1).replace("L", "").split(","))
            .map(String::strip)
            .filter(size -> !size.isEmpty())
            .mapToLong(size -> size.length() > 10 ? Long.MAX_VALUE : Long.parseLong(size))
            .toArray();
    long count = 1;
    for (long size : sizes) {
      // two factors below 2^31 cannot overflow a long
      count = size > Integer.MAX_VALUE ? Long.MAX_VALUE : count * size;
      if (count > Integer.MAX_VALUE) {
        throw new FileFormatException(
            file, "claims the shape (" + shape.group(1) + "), more than 2^31 - 1 values");
      }
    }
    if (!"fiub".contains(descr.group(2))) {
      throw new FileFormatException(
          file, "holds '%s%s' values, not numbers".formatted(descr.group(2), descr.group(3)));
    }
    int bytes = Integer.parseInt(descr.group(3));
    if (order.group(1).equals("True") && Arrays.stream(sizes).filter(s -> s > 1).count() > 1) {
      throw new FileFormatException(
          file, "is in Fortran order. Maybe save numpy.ascontiguousarray(x)?");
    }
    long expected = dataStart + count * bytes;
    if (channel.size() != expected) {
      throw new FileFormatException(
          file, "has %d bytes, its header asks for %d".formatted(channel.size(), expected));
    }
    ByteOrder byteOrder =
        descr.group(1).equals(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    return new Header(descr.group(2).charAt(0), bytes, byteOrder, sizes, (int) count, dataStart);
  }

  private static ByteBuffer bytes(Path file, FileChannel channel, long position, int count)
      throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
    while (buffer.hasRemaining()) {
      if (channel.read(buffer, position + buffer.position()) < 0) {
        throw new FileFormatException(
            file, "ends after " + channel.size() + " bytes, inside the header or the values");
      }
    }
    return buffer.flip();
  }

  @FunctionalInterface
  private interface ValueReader {
    void read(int index, ByteBuffer data) throws IOException;
  }

  private record Header(
      char type, int bytes, ByteOrder byteOrder, long[] shape, int count, long dataStart) {

    String descr() {
      return "'" + type + bytes + "'";
    }

    int rows() {
      return shape.length == 0 ? 1 : (int) shape[0];
    }

    int columns() {
      return rows() == 0 ? 0 : count / rows();
    }

    long integer(ByteBuffer data) {
      boolean signed = type == 'i';
      return switch (bytes) {
        case 1 -> signed ? data.get() : Byte.toUnsignedInt(data.get());
        case 2 -> signed ? data.getShort() : Short.toUnsignedInt(data.getShort());
        case 4 -> signed ? data.getInt() : Integer.toUnsignedLong(data.getInt());
        default -> data.getLong();
      };
    }

    void read(Path file, FileChannel channel, ValueReader reader) throws IOException {
      int perChunk = CHUNK / bytes;
      for (int first = 0; first < count; ) {
        int values = Math.min(perChunk, count - first);
        ByteBuffer data =
            NpyFile.bytes(file, channel, dataStart + (long) first * bytes, values * bytes)
                .order(byteOrder);
        for (int i = 0; i < values; i++) {
          reader.read(first + i, data);
        }
        first += values;
      }
    }
  }
}
