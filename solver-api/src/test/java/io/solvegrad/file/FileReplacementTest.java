package io.solvegrad.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.solvegrad.process.MissingArguments;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is written looks from outside as if the file had been overwritten. */
final class FileReplacementTest extends MissingArguments {
  @TempDir Path folder;

  private static void write(Path file, String text) throws IOException {
    FileReplacement.write(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static String permissions(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  private boolean hasPermissions() {
    return Files.getFileAttributeView(folder, PosixFileAttributeView.class) != null;
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void aNewFileHasThePermissionsOfNewFiles() throws IOException {
    assumeTrue(hasPermissions());
    Path ordinary = Files.createFile(folder.resolve("ordinary"));
    write(folder.resolve("file"), "one");
    assertEquals(permissions(ordinary), permissions(folder.resolve("file")));
  }

  @Test
  void aFileThatIsReplacedKeepsItsPermissions() throws IOException {
    assumeTrue(hasPermissions());
    Path file = Files.createFile(folder.resolve("file"));
    for (String permissions : List.of("rw-------", "rw-rw-r--", "rwxr-x---", "r--r--r--")) {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
      FileReplacement.write(
          file,
          out -> {
            out.write('x');
            out.flush();
            for (String name : names(folder)) {
              assertEquals(permissions, permissions(folder.resolve(name)), "from the start");
            }
          });
      assertEquals(permissions, permissions(file));
    }
    assertEquals(List.of("file"), names(folder));
  }

  @Test
  void aLinkIsFollowed() throws IOException {
    Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
    Path target = Files.writeString(elsewhere.resolve("target"), "old");
    Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("elsewhere/second"));
    Path second = Files.createSymbolicLink(elsewhere.resolve("second"), target);
    write(link, "new");
    assertEquals("new", Files.readString(target));
    assertTrue(Files.isSymbolicLink(link) && Files.isSymbolicLink(second));
    assertEquals(List.of("elsewhere", "link"), names(folder));
    assertEquals(List.of("second", "target"), names(elsewhere));
  }

  @Test
  void aLinkToNothingGetsItsTarget() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("target"));
    write(link, "new");
    assertTrue(Files.isSymbolicLink(link));
    assertEquals("new", Files.readString(folder.resolve("target")));
  }

  @Test
  void linksInACircleLeadNowhere() throws IOException {
    Path one = folder.resolve("one");
    Path two = Files.createSymbolicLink(folder.resolve("two"), one);
    Files.createSymbolicLink(one, two);
    assertThrows(FileSystemLoopException.class, () -> write(one, "new"));
    assertEquals(List.of("one", "two"), names(folder));
  }

  /** A zip is a file system without such permissions and links. */
  @Test
  void aFileSystemWithoutPermissionsWillDo() throws IOException {
    URI zip = URI.create("jar:" + folder.resolve("files.zip").toUri());
    try (FileSystem inside = FileSystems.newFileSystem(zip, Map.of("create", "true"))) {
      Path file = inside.getPath("/file");
      assertFalse(inside.supportedFileAttributeViews().contains("posix"));
      write(file, "one");
      write(file, "two");
      assertEquals("two", Files.readString(file));
      assertEquals(List.of("file"), names(inside.getPath("/")));
    }
  }

  @Override
  protected void calls() {
    call("file", () -> FileReplacement.write(missing(), out -> {}));
    call("content", () -> FileReplacement.write(folder.resolve("file"), missing()));
  }
}
