package io.solvegrad.bench.compare;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A digest of data, by which other data of the same name and size are known to be others. */
final class Fingerprint {
  private static final int BYTES_SHOWN = 8;
  private static final int FLOATS_AT_ONCE = 1 << 14;

  private final MessageDigest digest;

  Fingerprint() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  Fingerprint add(byte... bytes) {
    digest.update(bytes);
    return this;
  }

  Fingerprint add(int... values) {
    ByteBuffer buffer = ByteBuffer.allocate(values.length * Integer.BYTES);
    buffer.asIntBuffer().put(values);
    return add(buffer.array());
  }

  Fingerprint add(float... values) {
    ByteBuffer buffer = ByteBuffer.allocate(FLOATS_AT_ONCE * Float.BYTES);
    for (int from = 0; from < values.length; from += FLOATS_AT_ONCE) {
      int count = Math.min(FLOATS_AT_ONCE, values.length - from);
      buffer.asFloatBuffer().put(values, from, count);
      digest.update(buffer.array(), 0, count * Float.BYTES);
    }
    return this;
  }

  Fingerprint add(double... values) {
    ByteBuffer buffer = ByteBuffer.allocate(values.length * Double.BYTES);
    buffer.asDoubleBuffer().put(values);
    return add(buffer.array());
  }

  /** The digest of all that has been added. */
  String text() {
    return HexFormat.of().formatHex(digest.digest(), 0, BYTES_SHOWN);
  }
}
