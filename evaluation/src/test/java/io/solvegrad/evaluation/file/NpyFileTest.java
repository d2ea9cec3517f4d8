package io.solvegrad.evaluation.file;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NpyFileTest {
  @TempDir private Path folder;

  private Path file(byte[] bytes) throws IOException {
    return Files.write(folder.resolve("x.npy"), bytes);
  }

  private static byte[] floats(ByteOrder order, boolean doubles, double... values) {
    ByteBuffer bytes = ByteBuffer.allocate(values.length * (doubles ? 8 : 4)).order(order);
    for (double value : values) {
      if (doubles) {
        bytes.putDouble(value);
      } else {
        bytes.putFloat((float) value);
      }
    }
    return bytes.array();
  }

  @Test
  void writesWhatItReads() throws IOException {
    float[] values = {1, -2.5f, 3, Float.MIN_VALUE, 5, 1e30f};
    byte[] bytes = NpyFile.toBytes(new NpyFile.Matrix(values, 3, 2));
    NpyFile.Matrix found = NpyFile.readFloats(file(bytes));
    assertArrayEquals(values, found.values());
    assertEquals(3, found.rows());
    assertEquals(0, (bytes.length - 24) % 64);
    assertThrows(
        IllegalArgumentException.class, () -> NpyFile.toBytes(new NpyFile.Matrix(values, 4, 2)));
  }

  @ParameterizedTest
  @CsvSource({"1, <f4", "2, <f4", "3, <f4", "1, <f8", "1, >f4", "3, >f8"})
  void readsFloatsOfEveryVersionAndByteOrder(int version, String descr) throws IOException {
    ByteOrder order = descr.startsWith(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    byte[] values = floats(order, descr.endsWith("8"), 1, -2.5, 3, 4, 5, 1e-3);
    NpyFile.Matrix matrix =
        NpyFile.readFloats(
            file(NpyBytes.file(version, NpyBytes.header(descr, false, "(2, 3)"), values)));
    assertEquals(2, matrix.rows());
    assertEquals(3, matrix.columns());
    assertArrayEquals(new float[] {1, -2.5f, 3, 4, 5, 1e-3f}, matrix.values());
  }

  @Test
  void shapesOfOtherDimensionsBecomeRows() throws IOException {
    byte[] values = floats(ByteOrder.LITTLE_ENDIAN, false, 1, 2, 3, 4, 5, 6, 7, 8);
    NpyFile.Matrix cube =
        NpyFile.readFloats(
            file(NpyBytes.file(1, NpyBytes.header("<f4", false, "(2, 2, 2)"), values)));
    assertEquals("2 x 4", cube.rows() + " x " + cube.columns());
    NpyFile.Matrix line =
        NpyFile.readFloats(file(NpyBytes.file(1, NpyBytes.header("<f4", true, "(8,)"), values)));
    assertEquals("8 x 1", line.rows() + " x " + line.columns());
    NpyFile.Matrix none =
        NpyFile.readFloats(
            file(NpyBytes.file(1, NpyBytes.header("<f4", false, "(0, 5)"), new byte[0])));
    assertEquals("0 x 0", none.rows() + " x " + none.columns());
  }

  @Test
  void filesLargerThanTheBufferAreReadWhole() throws IOException {
    int n = 40_000;
    double[] numbers = new double[n];
    for (int i = 0; i < n; i++) {
      numbers[i] = i;
    }
    byte[] values = floats(ByteOrder.LITTLE_ENDIAN, true, numbers);
    float[] read =
        NpyFile.readFloats(
                file(NpyBytes.file(1, NpyBytes.header("<f8", false, "(40000, 1)"), values)))
            .values();
    for (int i = 0; i < n; i++) {
      assertEquals(i, read[i]);
    }
  }

  @Test
  void readsIntegersOfEveryKind() throws IOException {
    String[] kinds = {"|i1", "|u1", "|b1", "<i2", "<u2", "<i4", ">i4", "<u4", "<i8", "<u8"};
    for (String kind : kinds) {
      int size = kind.charAt(2) - '0';
      ByteBuffer bytes =
          ByteBuffer.allocate(2 * size)
              .order(kind.startsWith(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
      for (int value : new int[] {1, kind.charAt(1) == 'i' ? -1 : 1}) {
        switch (size) {
          case 1 -> bytes.put((byte) value);
          case 2 -> bytes.putShort((short) value);
          case 4 -> bytes.putInt(value);
          default -> bytes.putLong(value);
        }
      }
      long[] read =
          NpyFile.readIntegers(
              file(NpyBytes.file(1, NpyBytes.header(kind, false, "(2,)"), bytes.array())));
      assertArrayEquals(new long[] {1, kind.charAt(1) == 'i' ? -1 : 1}, read, kind);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(3000000000,)",
        "(2147483647, 2147483647)",
        "(100000, 100000)",
        "(99999999999999999999,)",
        "(1000, 1000)",
        "(1, 1)",
        "(2)",
        "()",
        "(-2, 1)",
        "(2.0, 1)",
        "2",
        "(0x2,)"
      })
  void absurdAndOtherShapesAreRefusedBeforeMemoryIsTaken(String shape) throws IOException {
    byte[] values = floats(ByteOrder.LITTLE_ENDIAN, false, 1, 2, 3);
    Path file = file(NpyBytes.file(1, NpyBytes.header("<f4", false, shape), values));
    FileFormatException e = assertThrows(FileFormatException.class, () -> NpyFile.readFloats(file));
    assertTrue(e.getMessage().startsWith(file.toString()), e.getMessage());
  }

  @Test
  void otherTypesOrdersAndVersionsAreRefused() throws IOException {
    byte[] four = new byte[4 * 4];
    for (byte[] bad :
        new byte[][] {
          NpyBytes.file(1, NpyBytes.header("<f4", true, "(2, 2)"), four),
          NpyBytes.file(1, NpyBytes.header("<i4", false, "(2, 2)"), four),
          NpyBytes.file(1, NpyBytes.header("|O", false, "(2, 2)"), four),
          NpyBytes.file(1, NpyBytes.header("<U1", false, "(2, 2)"), four),
          NpyBytes.file(1, NpyBytes.header("<f0", false, "(2, 2)"), new byte[0]),
          NpyBytes.file(1, NpyBytes.header("<c8", false, "(2,)"), four),
          NpyBytes.file(
              1, "{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (4,)}", four),
          NpyBytes.file(4, NpyBytes.header("<f4", false, "(2, 2)"), four),
          "PK\3\4 is a zip file".getBytes(StandardCharsets.US_ASCII),
          new byte[0]
        }) {
      Path file = file(bad);
      assertThrows(FileFormatException.class, () -> NpyFile.readFloats(file));
    }
    Path floats = file(NpyBytes.file(1, NpyBytes.header("<f4", false, "(4,)"), four));
    assertThrows(FileFormatException.class, () -> NpyFile.readIntegers(floats));
    Path matrix = file(NpyBytes.file(1, NpyBytes.header("<i4", false, "(2, 2)"), four));
    assertThrows(FileFormatException.class, () -> NpyFile.readIntegers(matrix));
  }

  @Test
  void aHeaderThatClaimsGigabytesIsRefused() throws IOException {
    byte[] bytes = NpyBytes.file(2, NpyBytes.header("<f4", false, "(1,)"), new byte[4]);
    bytes[11] = 0x7f; // the top byte of the header's length
    Path file = file(bytes);
    assertThrows(FileFormatException.class, () -> NpyFile.readFloats(file));
  }

  @ParameterizedTest
  @CsvSource({
    "NaN, 'is NaN, not a finite float'",
    "Infinity, 'is Infinity, not a finite float'",
    "-1e300, 'is -1.0E300, too large for single precision'"
  })
  void valuesThatAreNoFiniteFloatsAreNamed(double value, String problem) throws IOException {
    byte[] values = floats(ByteOrder.LITTLE_ENDIAN, true, 1, 2, 3, value);
    Path file = file(NpyBytes.file(1, NpyBytes.header("<f8", false, "(2, 2)"), values));
    FileFormatException e = assertThrows(FileFormatException.class, () -> NpyFile.readFloats(file));
    assertEquals(file + ": row 1, column 1 (from 0) " + problem, e.getMessage());
  }
}
