package io.solvegrad.evaluation.file;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** The bytes that numpy.save writes: magic, version, length of the header, header, values. */
public final class NpyBytes {
  private NpyBytes() {}

  /** A file of float32 values. */
  public static byte[] floats(String shape, double... values) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    for (double value : values) {
      bytes.putFloat((float) value);
    }
    return file(1, header("<f4", false, shape), bytes.array());
  }

  /** The header of an array. */
  public static String header(String descr, boolean fortran, String shape) {
    return "{'descr': '%s', 'fortran_order': %s, 'shape': %s, }"
        .formatted(descr, fortran ? "True" : "False", shape);
  }

  /** A file of any header and values. */
  public static byte[] file(int version, String header, byte[] values) {
    byte[] text = header.getBytes(StandardCharsets.UTF_8);
    int prefix = version == 1 ? 10 : 12;
    int padded = (prefix + text.length + 1 + 63) / 64 * 64 - prefix;
    ByteBuffer file =
        ByteBuffer.allocate(prefix + padded + values.length).order(ByteOrder.LITTLE_ENDIAN);
    file.put((byte) 0x93).put("NUMPY".getBytes(StandardCharsets.US_ASCII));
    file.put((byte) version).put((byte) 0);
    if (version == 1) {
      file.putShort((short) padded);
    } else {
      file.putInt(padded);
    }
    file.put(text).put(" ".repeat(padded - text.length - 1).getBytes(StandardCharsets.US_ASCII));
    return file.put((byte) '\n').put(values).array();
  }
}
