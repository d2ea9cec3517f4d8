package io.solvegrad.example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
}
