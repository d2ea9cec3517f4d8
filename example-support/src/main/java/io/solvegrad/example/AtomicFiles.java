package io.solvegrad.example;

import io.solvegrad.file.FileReplacement;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes files as {@link FileReplacement} does, into folders that need not exist yet. */
public final class AtomicFiles {
  private AtomicFiles() {}

  /**
   * Writes a file whole or not at all. Missing folders are made. If {@code content} fails, the file
   * keeps what it held and nothing is left beside it.
   *
   * @param file where the content belongs; replaced if it exists
   * @param content writes it
   * @throws IOException if the content or the disk fails
   */
  public static void write(Path file, FileReplacement.Content content) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    FileReplacement.write(file, content);
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
}
