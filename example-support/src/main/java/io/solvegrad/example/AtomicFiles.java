package io.solvegrad.example;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/**
 * Writes files beside their place and moves them there when they are complete.
 *
 * <p>A process that is killed in the middle leaves its unfinished file behind, under a hidden name
 * that nobody reads. The next write to the same place removes it, once nobody has touched it for a
 * minute: a younger one may belong to another process that is still writing.
 */
public final class AtomicFiles {
  private static final String UNFINISHED = ".tmp";
  private static final int UUID_LENGTH = 36;
  private static final Duration ABANDONED = Duration.ofMinutes(1);

  private AtomicFiles() {}

  /** Produces the content of a file. */
  @FunctionalInterface
  public interface Content {
    /**
     * Writes everything; closing the stream is allowed, not required.
     *
     * @param out takes the content
     * @throws IOException if it cannot be written
     */
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * Writes a file whole or not at all. Missing folders are made. If {@code content} fails, the file
   * keeps what it held and nothing is left beside it.
   *
   * @param file where the content belongs; replaced if it exists
   * @param content writes it
   * @throws IOException if the content or the disk fails
   */
  public static void write(Path file, Content content) throws IOException {
    Path target = file.toAbsolutePath();
    Path folder = target.getParent();
    if (folder == null) {
      throw new IOException(file + " is no place for a file");
    }
    Files.createDirectories(folder);
    String hidden = "." + target.getFileName() + ".";
    removeAbandoned(folder, hidden);
    Path beside = folder.resolve(hidden + UUID.randomUUID() + UNFINISHED);
    try {
      try (FileChannel channel =
          FileChannel.open(beside, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
        OutputStream out = unclosable(channel);
        content.writeTo(out);
        out.flush();
        // Or a power cut after the move could leave an empty file.
        channel.force(true);
      }
      move(beside, target);
    } finally {
      Files.deleteIfExists(beside);
    }
  }

  /**
   * Writes text in UTF-8, whole or not at all.
   *
   * @param file where the text belongs; replaced if it exists
   * @param text its content
   * @throws IOException if it cannot be written
   */
  public static void write(Path file, String text) throws IOException {
    write(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
  }

  /** Removes what killed processes have left of the same file; what cannot be removed stays. */
  private static void removeAbandoned(Path folder, String hidden) {
    Instant before = Instant.now().minus(ABANDONED);
    int length = hidden.length() + UUID_LENGTH + UNFINISHED.length();
    DirectoryStream.Filter<Path> isUnfinished =
        file -> {
          String name = String.valueOf(file.getFileName());
          return name.length() == length && name.startsWith(hidden) && name.endsWith(UNFINISHED);
        };
    try (DirectoryStream<Path> unfinished = Files.newDirectoryStream(folder, isUnfinished)) {
      for (Path file : unfinished) {
        if (Files.getLastModifiedTime(file).toInstant().isBefore(before)) {
          Files.deleteIfExists(file);
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      // Somebody else was quicker, or nobody may look or delete here: it is in nobody's way.
      return;
    }
  }

  /** Many encoders close what they write to; the channel is needed once more. */
  private static OutputStream unclosable(FileChannel channel) {
    return new BufferedOutputStream(Channels.newOutputStream(channel)) {
      @Override
      public void close() throws IOException {
        flush();
      }
    };
  }

  private static void move(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
  }
}
