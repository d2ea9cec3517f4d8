package io.solvegrad.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.solvegrad.evaluation.Formats.Format;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Valid files of every format are cut anywhere, get bytes flipped, removed, doubled and replaced by
 * what breaks parsers. A reader may accept what is left or throw a FileFormatException that names
 * the file; nothing else may come out.
 */
class ReaderFuzzTest {
  private static final int MUTANTS = 250;
  private static final int MANY_MUTANTS = 5000;
  private static final List<String> POISON =
      List.of(
          "NaN",
          "-1",
          "1e999",
          "99999999999999999999",
          "-2147483648",
          "\u0000",
          "\uFFFD",
          "é",
          "\n",
          "\r",
          "\t",
          " ",
          "#",
          ":",
          "'",
          "\"",
          "[",
          "{",
          "}",
          "]",
          "<",
          ">",
          "</",
          "<!--",
          "]]>",
          "<!DOCTYPE annotation [<!ENTITY a SYSTEM \"file:///etc/passwd\">]>",
          "&a;",
          "&#0;",
          "&lt;",
          "<![CDATA[",
          "<?xml version=\"1.1\"?>",
          "null",
          "true",
          "1.5",
          "0x7f",
          "Infinity",
          "\\u0000",
          "\\",
          ",",
          "-0",
          "00",
          "1-",
          "--",
          "+",
          ".",
          "e",
          "(",
          ")",
          "1".repeat(400),
          "[".repeat(2000));

  @TempDir private Path folder;

  @TestFactory
  List<DynamicTest> onlyTheDocumentedExceptionComesOut() throws IOException {
    return tests(MUTANTS);
  }

  @Tag("slow")
  @TestFactory
  List<DynamicTest> onlyTheDocumentedExceptionComesOutOfMany() throws IOException {
    return tests(MANY_MUTANTS);
  }

  private List<DynamicTest> tests(int mutants) throws IOException {
    return Formats.in(folder).stream()
        .map(format -> DynamicTest.dynamicTest(format.name(), () -> fuzz(format, mutants)))
        .toList();
  }

  private void fuzz(Format format, int mutants) {
    if (!format.name().equals("labels.npy")) {
      assertEquals(0, tryOne(format, format.valid(), "unharmed"));
    }
    int refused = 0;
    int step = mutants == MANY_MUTANTS ? 1 : 1 + format.valid().length / 100;
    for (int cut = 0; cut < format.valid().length; cut += step) {
      refused += tryOne(format, Arrays.copyOf(format.valid(), cut), "cut at " + cut);
    }
    for (int seed = 0; seed < mutants; seed++) {
      refused += tryOne(format, mutant(format.valid(), new Random(seed)), "seed " + seed);
    }
    assertTrue(refused > mutants / 20, "of the mutants only " + refused + " were refused");
  }

  private int tryOne(Format format, byte[] bytes, String what) {
    try {
      return format.refuses(folder, bytes) ? 1 : 0;
    } catch (IOException | RuntimeException | Error e) {
      return fail(format.name() + ", " + what + ": " + e, e);
    }
  }

  private static byte[] mutant(byte[] valid, Random random) {
    byte[] bytes = valid.clone();
    int changes = 1 + random.nextInt(3);
    for (int i = 0; i < changes && bytes.length > 0; i++) {
      int at = random.nextInt(bytes.length);
      int end = Math.min(bytes.length, at + 1 + random.nextInt(8));
      bytes =
          switch (random.nextInt(5)) {
            case 0 -> flipped(bytes, at, random);
            case 1 -> spliced(bytes, at, end, new byte[0]);
            case 2 -> spliced(bytes, end, end, Arrays.copyOfRange(bytes, at, end));
            case 3 -> spliced(bytes, at, end, poison(random));
            default -> spliced(bytes, at, at, poison(random));
          };
    }
    return bytes;
  }

  private static byte[] poison(Random random) {
    return Formats.bytes(POISON.get(random.nextInt(POISON.size())));
  }

  private static byte[] flipped(byte[] bytes, int at, Random random) {
    bytes[at] ^= (byte) (1 << random.nextInt(8));
    return bytes;
  }

  private static byte[] spliced(byte[] bytes, int from, int to, byte[] middle) {
    byte[] spliced = new byte[bytes.length - (to - from) + middle.length];
    System.arraycopy(bytes, 0, spliced, 0, from);
    System.arraycopy(middle, 0, spliced, from, middle.length);
    System.arraycopy(bytes, to, spliced, from + middle.length, bytes.length - to);
    return spliced;
  }
}
