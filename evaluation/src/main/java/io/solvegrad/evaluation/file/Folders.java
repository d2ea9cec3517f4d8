package io.solvegrad.evaluation.file;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;

/** The files of a folder in a fixed order. */
public final class Folders {
  private Folders() {}

  /**
   * The files and folders directly in a folder, by name.
   *
   * @param folder the folder
   * @param wanted which of them
   * @return those wanted, in ascending order of their names
   * @throws FileFormatException if it is no folder
   * @throws IOException if it cannot be read
   */
  public static List<Path> list(Path folder, Predicate<Path> wanted) throws IOException {
    Objects.requireNonNull(folder, "folder must not be null");
    Objects.requireNonNull(wanted, "wanted must not be null");
    if (!Files.isDirectory(folder)) {
      throw new FileFormatException(
          folder, Files.exists(folder) ? "is a file, not a folder" : "does not exist");
    }
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      for (Path entry : entries) {
        if (wanted.test(entry)) {
          found.add(entry);
        }
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    found.sort((a, b) -> name(a).compareTo(name(b)));
    return found;
  }

  /**
   * The files of a folder whose names end in a way.
   *
   * @param folder the folder
   * @param ending the end of their names, lower case
   * @return the files in ascending order of their names, at least one
   * @throws FileFormatException if it is no folder, has no such file, or two of one name but for
   *     letter case of the ending
   * @throws IOException if it cannot be read
   */
  public static List<Path> files(Path folder, String ending) throws IOException {
    Objects.requireNonNull(folder, "folder must not be null");
    Objects.requireNonNull(ending, "ending must not be null");
    List<Path> found =
        list(
            folder,
            path ->
                name(path).toLowerCase(Locale.ROOT).endsWith(ending) && Files.isRegularFile(path));
    if (found.isEmpty()) {
      throw new FileFormatException(folder, "holds no file *" + ending);
    }
    Set<String> stems = new HashSet<>();
    for (Path path : found) {
      if (!stems.add(stem(path))) {
        throw new FileFormatException(folder, "holds " + stem(path) + ending + " twice");
      }
    }
    return found;
  }

  /**
   * The last name of a path.
   *
   * @param path a path
   * @return its last name
   */
  public static String name(Path path) {
    Objects.requireNonNull(path, "path must not be null");
    return String.valueOf(path.getFileName());
  }

  /**
   * The last name of a path up to its last dot.
   *
   * @param path a path
   * @return its last name without extension
   */
  public static String stem(Path path) {
    Objects.requireNonNull(path, "path must not be null");
    String name = name(path);
    int dot = name.lastIndexOf('.');
    return dot <= 0 ? name : name.substring(0, dot);
  }
}
