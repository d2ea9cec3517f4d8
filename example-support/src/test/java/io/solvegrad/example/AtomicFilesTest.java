package io.solvegrad.example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.solvegrad.process.Together;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFilesTest {
  @TempDir Path folder;

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void writesAndReplaces() throws IOException {
    Path file = folder.resolve("results.json");
    AtomicFiles.write(file, "one");
    AtomicFiles.write(file, "two \u2713");
    assertEquals("two \u2713", Files.readString(file));
    assertEquals(List.of("results.json"), names());
  }

  /** {@code FileReplacementTest} looks closer. */
  @Test
  void keepsPermissionsAndLinks() throws IOException {
    assumeTrue(Files.getFileAttributeView(folder, PosixFileAttributeView.class) != null);
    Path file = Files.createFile(folder.resolve("results.json"));
    Set<PosixFilePermission> permissions = PosixFilePermissions.fromString("rw-------");
    Files.setPosixFilePermissions(file, permissions);
    Path link = Files.createSymbolicLink(folder.resolve("link"), file);
    AtomicFiles.write(link, "one");
    assertTrue(Files.isSymbolicLink(link));
    assertEquals("one", Files.readString(file));
    assertEquals(permissions, Files.getPosixFilePermissions(file));
  }

  @Test
  void makesMissingFolders() throws IOException {
    Path file = folder.resolve("deep/down/results.json");
    AtomicFiles.write(file, "one");
    assertEquals("one", Files.readString(file));
  }

  @Test
  void failureHalfwayKeepsTheOldFile() throws IOException {
    Path file = folder.resolve("model.bin");
    AtomicFiles.write(file, "old");
    for (Exception failure :
        List.of(new IOException("disk full"), new IllegalStateException("interrupted"))) {
      Exception thrown =
          assertThrows(
              Exception.class,
              () ->
                  AtomicFiles.write(
                      file,
                      out -> {
                        out.write(new byte[100_000]);
                        out.flush();
                        assertEquals("old", Files.readString(file), "nothing shows before the end");
                        if (failure instanceof IOException io) {
                          throw io;
                        }
                        throw (RuntimeException) failure;
                      }));
      assertSame(failure, thrown);
      assertEquals("old", Files.readString(file));
      assertEquals(List.of("model.bin"), names(), "nothing is left beside it");
    }
  }

  @Test
  void failureWithoutAnOldFileLeavesNone() throws IOException {
    Path file = folder.resolve("model.bin");
    assertThrows(
        IOException.class,
        () ->
            AtomicFiles.write(
                file,
                out -> {
                  out.write(1);
                  throw new IOException("disk full");
                }));
    assertFalse(Files.exists(file));
    assertTrue(names().isEmpty());
  }

  @Test
  void contentMayCloseItsStream() throws IOException {
    Path file = folder.resolve("results.json");
    AtomicFiles.write(
        file,
        out -> {
          out.write('x');
          out.close();
        });
    assertEquals("x", Files.readString(file));
  }

  @Test
  void folderInTheWayIsAnErrorAndStays() throws IOException {
    Path file = folder.resolve("taken");
    Files.createDirectories(file.resolve("inside"));
    assertThrows(IOException.class, () -> AtomicFiles.write(file, "one"));
    assertEquals(List.of("taken"), names());
  }

  /** What a killed process leaves has such a name. */
  private Path unfinished(String of, Duration age) throws IOException {
    Path file = folder.resolve("." + of + "." + UUID.randomUUID() + ".tmp");
    Files.writeString(file, "half");
    return Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(age)));
  }

  @Test
  void whatAKilledProcessHasLeftGoesWithTheNextWrite() throws IOException {
    unfinished("results.json", Duration.ofMinutes(2));
    unfinished("results.json", Duration.ofDays(200));
    AtomicFiles.write(folder.resolve("results.json"), "one");
    assertEquals(List.of("results.json"), names());
  }

  @Test
  void whatMayStillBeInUseStays() throws IOException {
    Path young = unfinished("results.json", Duration.ofSeconds(5));
    Path ofAnother = unfinished("results.json.gz", Duration.ofDays(2));
    Path ofAThird = unfinished("other.json", Duration.ofDays(2));
    Path notOurs = Files.writeString(folder.resolve(".results.json.tmp"), "half");
    Files.setLastModifiedTime(notOurs, FileTime.fromMillis(0));
    AtomicFiles.write(folder.resolve("results.json"), "one");
    for (Path file : List.of(young, ofAnother, ofAThird, notOurs)) {
      assertEquals("half", Files.readString(file));
    }
  }

  /** Two processes may write to one folder; readers see one whole file after the other. */
  @Test
  void writersAtTheSameTime_leaveOneWholeFileAtAnyTime() throws Exception {
    Path file = folder.resolve("results.json");
    int length = 20;
    AtomicFiles.write(file, "0".repeat(length));
    AtomicInteger seen = new AtomicInteger();
    new Together(4, 60)
        .run((thread, round) -> {
          if (thread < 2) {
            AtomicFiles.write(
                file,
                out -> {
                  // Slowly, so that whoever could see an unfinished file does.
                  for (int i = 0; i < length; i++) {
                    out.write('1' + thread);
                    out.flush();
                    Thread.yield();
                  }
                });
            return;
          }
          String content = Files.readString(file);
          assertEquals(length, content.length());
          assertEquals(content.substring(0, 1).repeat(length), content);
          seen.accumulateAndGet(1 << (content.charAt(0) - '0'), (a, b) -> a | b);
        });
    assertTrue(Integer.bitCount(seen.get()) > 1, "readers have seen a change");
    assertEquals(List.of("results.json"), names());
  }
}
