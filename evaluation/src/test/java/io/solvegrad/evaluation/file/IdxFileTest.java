package io.solvegrad.evaluation.file;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IdxFileTest {
  @TempDir private Path folder;

  /** As MNIST's images: magic number, sizes, bytes. */
  private static byte[] images() {
    return ByteBuffer.allocate(4 + 12 + 8)
        .putInt(0x00000803)
        .putInt(2)
        .putInt(2)
        .putInt(2)
        .put(new byte[] {0, 1, 2, 3, 4, 5, 6, (byte) 255})
        .array();
  }

  private IdxFile read(byte[] bytes) throws IOException {
    return IdxFile.read(Files.write(folder.resolve("x-idx3-ubyte"), bytes));
  }

  @Test
  void readsImagesAsRowsOfNumbers() throws IOException {
    IdxFile images = read(images());
    assertArrayEquals(new int[] {2, 2, 2}, images.sizes());
    assertEquals(2, images.toFloats().rows());
    assertEquals(4, images.toFloats().columns());
    assertArrayEquals(new float[] {0, 1, 2, 3, 4, 5, 6, 255}, images.toFloats().values());
  }

  @Test
  void cutAnywhereOrTooLongIsRefused() {
    byte[] whole = images();
    for (int length = 0; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertTrue(
          assertThrows(FileFormatException.class, () -> read(cut))
              .getMessage()
              .contains("x-idx3-ubyte"));
    }
    assertThrows(FileFormatException.class, () -> read(Arrays.copyOf(whole, whole.length + 1)));
  }

  /** Gigabytes are not taken on the word of a header, which a heap of tests would not survive. */
  @ParameterizedTest
  @CsvSource({
    "0x00000803, 0x7fffffff, 0x7fffffff",
    "0x00000803, 0x7fffffff, 1",
    "0x00000803, -1, 2",
    "0x00000d03, 2, 2", // floats
    "0x00000800, 2, 2", // no dimension
    "0x01000803, 2, 2",
    "0x1f8b0800, 2, 2" // gzip
  })
  void otherMagicAndAbsurdSizesAreRefused(String magic, String first, String second) {
    byte[] bytes = images();
    ByteBuffer.wrap(bytes)
        .putInt(Integer.decode(magic))
        .putInt(Integer.decode(first))
        .putInt(Integer.decode(second));
    assertThrows(FileFormatException.class, () -> read(bytes));
  }
}
