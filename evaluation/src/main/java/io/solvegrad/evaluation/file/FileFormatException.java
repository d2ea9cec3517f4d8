package io.solvegrad.evaluation.file;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;

/**
 * A file does not hold what its format asks for; the message names the file, the place, the value.
 */
public final class FileFormatException extends IOException {
  private static final long serialVersionUID = 1;
  private static final int LONGEST_VALUE = 80;

  /**
   * A problem of a whole file.
   *
   * @param file the file
   * @param problem what is wrong
   */
  public FileFormatException(Path file, String problem) {
    super(required(file, problem) + ": " + problem);
  }

  /**
   * A problem at a line.
   *
   * @param file the file
   * @param line the number of the line, from 1
   * @param problem what is wrong
   */
  public FileFormatException(Path file, long line, String problem) {
    super(required(file, problem) + ", line " + line + ": " + problem);
  }

  private static Path required(Path file, String problem) {
    Objects.requireNonNull(problem, "problem must not be null");
    return Objects.requireNonNull(file, "file must not be null");
  }

  /**
   * A value as a message shows it: in quotes, without control characters, cut when long.
   *
   * @param value any text
   * @return the text to show
   */
  public static String quoted(String value) {
    Objects.requireNonNull(value, "value must not be null");
    String shown =
        value.length() <= LONGEST_VALUE ? value : value.substring(0, LONGEST_VALUE) + "...";
    return "'" + shown.replaceAll("\\p{Cntrl}", "?") + "'";
  }
}
