package io.solvegrad.file;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/**
 * Writes a file beside its place and moves it there when it is complete.
 *
 * <p>To others it looks as if the file had been overwritten: a symbolic link is followed to its
 * target, a file that is replaced keeps its permissions, a new one has those of any new file. (The
 * owner is whoever writes, and hard links keep the former content.)
 *
 * <p>A process that is killed in the middle leaves its unfinished file behind, under a hidden name
 * that nobody reads. The next write to the same place removes it, once nobody has touched it for a
 * minute: a younger one may belong to another process that is still writing.
 */
public final class FileReplacement {
  private static final String UNFINISHED = ".tmp";
  private static final int UUID_LENGTH = 36;
  private static final Duration ABANDONED = Duration.ofMinutes(1);
  private static final int MOST_LINKS = 40; // as on Linux

  private FileReplacement() {}

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
   * Writes a file whole or not at all. If {@code content} fails, the file keeps what it held and
   * nothing is left beside it.
   *
   * @param file where the content belongs, in a folder that exists; replaced if it exists
   * @param content writes it
   * @throws NoSuchFileException if there is no such folder
   * @throws IOException if the content or the disk fails
   */
  public static void write(Path file, Content content) throws IOException {
    Objects.requireNonNull(file, "file must not be null");
    Objects.requireNonNull(content, "content must not be null");
    Path target = target(file);
    Path folder = target.getParent();
    Path name = target.getFileName();
    if (folder == null || name == null) {
      throw new IOException(file + " is no place for a file");
    }
    if (!Files.isDirectory(folder)) {
      throw new NoSuchFileException(file.toString(), null, "there is no folder " + folder);
    }
    String hidden = "." + name + ".";
    removeAbandoned(folder, hidden);
    Path beside = folder.resolve(hidden + UUID.randomUUID() + UNFINISHED);
    try {
      try (FileChannel channel =
          FileChannel.open(beside, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
        // Before anything is in it that not everybody may read.
        copyPermissions(target, beside);
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

  /** Where symbolic links lead, whether there is a file or not. */
  private static Path target(Path file) throws IOException {
    Path target = file.toAbsolutePath();
    for (int links = 0; Files.isSymbolicLink(target); links++) {
      if (links == MOST_LINKS) {
        throw new FileSystemLoopException(file.toString());
      }
      target = target.resolveSibling(Files.readSymbolicLink(target));
    }
    return target;
  }

  /** Nothing to do if there is no such file yet or the file system has no such permissions. */
  private static void copyPermissions(Path from, Path to) throws IOException {
    PosixFileAttributeView own = Files.getFileAttributeView(to, PosixFileAttributeView.class);
    PosixFileAttributeView former = Files.getFileAttributeView(from, PosixFileAttributeView.class);
    if (own == null || former == null) {
      return;
    }
    Set<PosixFilePermission> permissions;
    try {
      permissions = former.readAttributes().permissions();
    } catch (NoSuchFileException e) {
      return;
    }
    if (!permissions.equals(own.readAttributes().permissions())) {
      own.setPermissions(permissions);
    }
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
      // Some file systems move in one piece but still have to be told to replace.
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
  }
}
