package io.solvegrad.evaluation.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Writes files that are never half there: beside their place first, then moved. */
public final class WholeFiles {
  private WholeFiles() {}

  /**
   * Writes a file, replacing one that is there.
   *
   * @param file where; its folder exists
   * @param content all of it. Modified: read to its end.
   * @throws IOException if writing fails; what was there before still is
   */
  public static void write(Path file, ByteBuffer content) throws IOException {
    Path target = file.toAbsolutePath();
    Path folder = target.getParent();
    if (folder == null) {
      throw new IOException(file + " is no place for a file");
    }
    Path beside = Files.createTempFile(folder, "." + target.getFileName(), ".part");
    try {
      try (FileChannel channel = FileChannel.open(beside, StandardOpenOption.WRITE)) {
        while (content.hasRemaining()) {
          channel.write(content);
        }
        // Or a power cut after the move could leave an empty file.
        channel.force(true);
      }
      try {
        Files.move(beside, target, StandardCopyOption.ATOMIC_MOVE);
      } catch (AtomicMoveNotSupportedException e) {
        Files.move(beside, target, StandardCopyOption.REPLACE_EXISTING);
      }
    } finally {
      Files.deleteIfExists(beside);
    }
  }
}
