package io.solvegrad.rambo;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.solvegrad.ranking.AveragePrecision;
import io.solvegrad.ranking.Cells;
import io.solvegrad.ranking.MatrixView;
import io.solvegrad.ranking.MetricLoss;
import io.solvegrad.ranking.Outcome;
import io.solvegrad.ranking.RankingLoss;
import io.solvegrad.solver.Lambda;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The one file format of both memories, from the outside. */
final class MemoryFileTest {
  private static final RankingLoss INNER =
      MatrixView.COLUMNS.apply(
          MetricLoss.of(new AveragePrecision(), new BlackboxRanker(Lambda.plain(60))));

  /** What both memories can do with a file. */
  private interface Saved {
    void save(OutputStream out) throws IOException;

    void save(Path file) throws IOException;

    void load(InputStream in) throws IOException;

    void load(Path file) throws IOException;
  }

  private enum Kind {
    EMBEDDINGS {
      @Override
      Saved memory(int capacity, int filledBy) {
        EmbeddingMemory memory = new EmbeddingMemory(capacity, 3);
        SplittableRandom random = new SplittableRandom(filledBy);
        float[] batch = new float[filledBy * 3];
        for (int i = 0; i < batch.length; i++) {
          batch[i] = (float) random.nextGaussian();
        }
        int[] ids = random.ints(filledBy).toArray();
        memory.add(batch, ids, ids);
        return new Saved() {
          @Override
          public void save(OutputStream out) throws IOException {
            memory.save(out);
          }

          @Override
          public void save(Path file) throws IOException {
            memory.save(file);
          }

          @Override
          public void load(InputStream in) throws IOException {
            memory.load(in);
          }

          @Override
          public void load(Path file) throws IOException {
            memory.load(file);
          }
        };
      }
    },
    FLOAT_SCORES {
      @Override
      Saved memory(int capacity, int filledBy) {
        return scores(capacity, filledBy, false);
      }
    },
    DOUBLE_SCORES {
      @Override
      Saved memory(int capacity, int filledBy) {
        return scores(capacity, filledBy, true);
      }
    };

    abstract Saved memory(int capacity, int filledBy);

    private static Saved scores(int capacity, int filledBy, boolean doubles) {
      ScoreMemory memory = new ScoreMemory(INNER, capacity);
      Cells cells = Cells.random(filledBy, filledBy, 2);
      memory.value(doubles ? cells.batch() : cells.batch(cells.floats()));
      return new Saved() {
        @Override
        public void save(OutputStream out) throws IOException {
          memory.save(out);
        }

        @Override
        public void save(Path file) throws IOException {
          memory.save(file);
        }

        @Override
        public void load(InputStream in) throws IOException {
          memory.load(in);
        }

        @Override
        public void load(Path file) throws IOException {
          memory.load(file);
        }
      };
    }
  }

  @TempDir private Path folder;

  private static byte[] bytes(Saved memory) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    memory.save(out);
    return out.toByteArray();
  }

  private static void load(Saved memory, byte[] bytes) throws IOException {
    memory.load(new ByteArrayInputStream(bytes));
  }

  private static String refusal(Saved memory, byte[] bytes) throws IOException {
    byte[] before = bytes(memory);
    String message = assertThrows(IOException.class, () -> load(memory, bytes)).getMessage();
    assertTrue(message != null && message.contains(" "), "a sentence, not " + message);
    assertArrayEquals(before, bytes(memory), "the memory is as before");
    return message;
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void load_restoresWhatWasSaved(Kind kind) throws IOException {
    for (int filledBy : new int[] {0, 1, 4, 7}) {
      byte[] saved = bytes(kind.memory(5, filledBy));
      Saved other = kind.memory(5, 3);
      load(other, saved);
      assertArrayEquals(saved, bytes(other), kind + " of " + filledBy);
      Path file = folder.resolve("memory");
      other.save(file);
      assertArrayEquals(saved, Files.readAllBytes(file));
      Saved third = kind.memory(5, 2);
      third.load(file);
      assertArrayEquals(saved, bytes(third));
      try (Stream<Path> files = Files.list(folder)) {
        assertEquals(1, files.count(), "nothing is left beside the file");
      }
    }
  }

  /** As the description of the package gives it. */
  @Test
  void format_isAsDocumented() throws IOException {
    EmbeddingMemory memory = new EmbeddingMemory(3, 2);
    memory.add(new float[] {0.5f, -1}, new int[] {7}, new int[] {-9});
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    memory.save(out);
    ByteBuffer in = ByteBuffer.wrap(out.toByteArray());
    int[] header = new int[7];
    Arrays.setAll(header, i -> in.getInt());
    assertArrayEquals(new int[] {0x53474D45, 1, 1, 32, 3, 2, 1}, header);
    assertEquals(7, in.getInt());
    assertEquals(-9, in.getInt());
    assertEquals(0.5f, in.getFloat());
    assertEquals(-1f, in.getFloat());
    java.util.zip.CRC32 checksum = new java.util.zip.CRC32();
    checksum.update(out.toByteArray(), 0, in.position());
    assertEquals(checksum.getValue(), in.getLong());
    assertEquals(0, in.remaining());
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void load_refusesAFileThatIsCutAnywhere(Kind kind) throws IOException {
    byte[] saved = bytes(kind.memory(5, 8));
    Saved memory = kind.memory(5, 3);
    for (int length = 0; length < saved.length; length++) {
      String message = refusal(memory, Arrays.copyOf(saved, length));
      assertEquals("the saved memory is cut short: it ends before its checksum", message);
    }
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void load_refusesEveryFlippedBit(Kind kind) throws IOException {
    byte[] saved = bytes(kind.memory(5, 8));
    Saved memory = kind.memory(5, 3);
    for (int bit = 0; bit < 8 * saved.length; bit++) {
      byte[] flipped = saved.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      refusal(memory, flipped);
    }
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void load_refusesOtherShapesKindsAndVersions(Kind kind) throws IOException {
    Saved memory = kind.memory(5, 3);
    assertEquals(
        "capacity of the saved memory is 6 instead of 5",
        refusal(memory, bytes(kind.memory(6, 3))));
    byte[] version = bytes(memory);
    version[7] = 2;
    assertEquals("version of the saved memory is 2 instead of 1", refusal(memory, version));
    Kind other = kind == Kind.EMBEDDINGS ? Kind.FLOAT_SCORES : Kind.EMBEDDINGS;
    String message = refusal(memory, bytes(other.memory(5, 3)));
    assertTrue(message.startsWith("the saved memory holds "), message);
    message = refusal(memory, "any text that is long enough for it".getBytes());
    assertTrue(message.startsWith("this is no saved memory"), message);
  }

  @Test
  void load_refusesScoresOfOtherClassesOrPrecision() throws IOException {
    ScoreMemory memory = new ScoreMemory(INNER, 5);
    memory.value(Cells.random(1, 4, 3).batch());
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    memory.save(out);
    assertEquals(
        "number of classes of the saved memory is 3 instead of 2",
        refusal(Kind.DOUBLE_SCORES.memory(5, 3), out.toByteArray()));
    assertEquals(
        "bits of the saved memory is 64 instead of 32",
        refusal(Kind.FLOAT_SCORES.memory(5, 3), bytes(Kind.DOUBLE_SCORES.memory(5, 3))));
  }

  @Test
  void load_namesTheFile() throws IOException {
    Path file = folder.resolve("short");
    Saved memory = Kind.EMBEDDINGS.memory(5, 3);
    Files.write(file, Arrays.copyOf(bytes(memory), 20));
    String message = assertThrows(IOException.class, () -> memory.load(file)).getMessage();
    assertEquals(file + ": the saved memory is cut short: it ends before its checksum", message);
  }

  /** A stream may hold several memories, a file holds one. */
  @Test
  void load_refusesAFileThatGoesOn() throws IOException {
    Path file = folder.resolve("long");
    Saved memory = Kind.EMBEDDINGS.memory(5, 3);
    byte[] bytes = bytes(memory);
    Files.write(file, Arrays.copyOf(bytes, bytes.length + 1));
    Saved other = Kind.EMBEDDINGS.memory(5, 2);
    byte[] before = bytes(other);
    String message = assertThrows(IOException.class, () -> other.load(file)).getMessage();
    assertEquals(file + ": more follows after the saved memory", message);
    assertArrayEquals(before, bytes(other));
  }

  /** As if the file had been overwritten; {@code FileReplacementTest} looks closer. */
  @ParameterizedTest
  @EnumSource(Kind.class)
  void save_keepsPermissionsAndLinks(Kind kind) throws IOException {
    assumeTrue(Files.getFileAttributeView(folder, PosixFileAttributeView.class) != null);
    Saved memory = kind.memory(5, 3);
    Path ordinary = Files.createFile(folder.resolve("ordinary"));
    Path file = folder.resolve("file");
    memory.save(file);
    assertEquals(Files.getPosixFilePermissions(ordinary), Files.getPosixFilePermissions(file));
    Set<PosixFilePermission> permissions = PosixFilePermissions.fromString("rw-r-----");
    Files.setPosixFilePermissions(file, permissions);
    Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("file"));
    kind.memory(5, 4).save(link);
    assertTrue(Files.isSymbolicLink(link));
    assertEquals(permissions, Files.getPosixFilePermissions(file));
    assertArrayEquals(bytes(kind.memory(5, 4)), Files.readAllBytes(file));
  }

  @Test
  void save_namesAMissingFolder() {
    Path file = folder.resolve("missing/file");
    String message =
        assertThrows(IOException.class, () -> Kind.EMBEDDINGS.memory(5, 3).save(file)).getMessage();
    assertEquals(file + ": there is no folder " + file.getParent(), message);
  }

  /** A failure while writing leaves the former file whole. */
  @Test
  void save_keepsTheFormerFileWhereItFails() throws IOException {
    Path occupied = Files.createDirectories(folder.resolve("occupied/by/a/folder"));
    Saved memory = Kind.EMBEDDINGS.memory(5, 3);
    Path place = folder.resolve("occupied");
    assertThrows(IOException.class, () -> memory.save(place));
    assertTrue(Files.isDirectory(occupied));
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(1, files.count(), "nothing is left beside it");
    }
  }

  /** Bytes of any kind, many of them nearly right. */
  @Property(seed = "20206", tries = 1500)
  void load_givesASentenceForAnyBytes(
      @ForAll Kind kind, @ForAll @IntRange(max = 9) int rows, @ForAll long seed)
      throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    byte[] bytes = bytes(kind.memory(5, rows));
    for (int i = random.nextInt(1, 6); i > 0; i--) {
      switch (random.nextInt(4)) {
        case 0 -> bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        case 1 -> bytes[random.nextInt(Math.min(28, bytes.length))] = (byte) random.nextInt(256);
        case 2 -> bytes = Arrays.copyOf(bytes, random.nextInt(1, bytes.length + 9));
        default -> {
          int from = random.nextInt(bytes.length);
          int to = random.nextInt(bytes.length);
          int length = random.nextInt(1 + bytes.length - Math.max(from, to));
          System.arraycopy(bytes, from, bytes, to, length);
        }
      }
    }
    Saved memory = kind.memory(5, 3);
    byte[] broken = bytes;
    byte[] before = bytes(memory);
    try {
      load(memory, broken);
      assertArrayEquals(bytes(memory), Arrays.copyOf(broken, bytes(memory).length));
    } catch (IOException e) {
      assertTrue(String.valueOf(e.getMessage()).contains(" "), "a sentence, not " + e);
      assertArrayEquals(before, bytes(memory));
    }
  }

  /** A training that goes on from a file equals one that was not interrupted. */
  @Test
  void scoreMemory_goesOnAsIfNothingHadHappened() throws IOException {
    ScoreMemory whole = new ScoreMemory(INNER, 7);
    ScoreMemory first = new ScoreMemory(INNER, 7);
    for (int step = 0; step < 4; step++) {
      Cells cells = Cells.random(step, 3, 2);
      assertEquals(whole.value(cells.batch()), first.value(cells.batch()));
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    first.save(out);
    ScoreMemory second = new ScoreMemory(INNER, 7);
    second.load(new ByteArrayInputStream(out.toByteArray()));
    assertEquals(7, second.size());
    for (int step = 4; step < 8; step++) {
      Cells cells = Cells.random(step, 2 + step % 3, 2);
      Outcome.of(second, cells.batch()).assertClose(Outcome.of(whole, cells.batch()), 0);
    }
  }
}
