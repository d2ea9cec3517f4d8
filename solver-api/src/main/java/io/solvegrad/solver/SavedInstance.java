package io.solvegrad.solver;

import io.solvegrad.file.FileReplacement;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * An instance that failed, saved as text, to be solved again on its own:
 *
 * <pre>{@code
 * SavedInstance failed = SavedInstance.read(Path.of("failed-7-3.txt"));
 * solver.solve(failed.weights(), new double[solver.size()]);
 * }</pre>
 *
 * @param solver the solver's text
 * @param message what went wrong
 * @param costs the costs that the layer was given. Not copied.
 * @param weights what the failing solve was given: the costs, perturbed or not. Not copied.
 */
public record SavedInstance(String solver, String message, double[] costs, double[] weights) {
  private static final String TITLE = "solvegrad failed instance";

  /** Checks that nothing is missing. */
  public SavedInstance {
    Objects.requireNonNull(solver, "solver must not be null");
    Objects.requireNonNull(message, "message must not be null");
    Objects.requireNonNull(costs, "costs must not be null");
    Objects.requireNonNull(weights, "weights must not be null");
  }

  /**
   * Writes the file whole or not at all ({@link FileReplacement}). Missing folders are made.
   *
   * @param file where to
   * @throws IOException if it cannot be written
   */
  public void write(Path file) throws IOException {
    Objects.requireNonNull(file, "file must not be null");
    List<String> lines =
        List.of(
            TITLE,
            "solver: " + oneLine(solver),
            "message: " + oneLine(message),
            "costs: " + text(costs),
            "weights: " + text(weights));
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    byte[] text = (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
    FileReplacement.write(file, out -> out.write(text));
  }

  /**
   * Reads what {@link #write} wrote; every number comes back exactly.
   *
   * @param file where from
   * @return the instance
   * @throws IOException if it cannot be read
   * @throws IllegalArgumentException if it is no saved instance
   */
  public static SavedInstance read(Path file) throws IOException {
    Objects.requireNonNull(file, "file must not be null");
    List<String> lines = lines(file);
    Map<String, String> fields = new HashMap<>();
    for (String line : lines) {
      int colon = line.indexOf(": ");
      if (colon > 0) {
        fields.putIfAbsent(line.substring(0, colon), line.substring(colon + 2));
      }
    }
    if (lines.isEmpty() || !lines.getFirst().equals(TITLE)) {
      throw new IllegalArgumentException(file + " does not begin with \"" + TITLE + "\"");
    }
    return new SavedInstance(
        field(file, fields, "solver"),
        field(file, fields, "message"),
        numbers(file, field(file, fields, "costs")),
        numbers(file, field(file, fields, "weights")));
  }

  private static List<String> lines(Path file) throws IOException {
    try {
      return Files.readAllLines(file);
    } catch (CharacterCodingException binary) {
      throw new IllegalArgumentException(file + " is no text in UTF-8", binary);
    }
  }

  private static String field(Path file, Map<String, String> fields, String name) {
    String value = fields.get(name);
    if (value == null) {
      throw new IllegalArgumentException(file + " has no line \"" + name + ": ...\"");
    }
    return value;
  }

  private static String oneLine(String text) {
    return text.replaceAll("\\R", " ");
  }

  private static String text(double[] numbers) {
    return Arrays.stream(numbers).mapToObj(Double::toString).collect(Collectors.joining(" "));
  }

  private static double[] numbers(Path file, String text) {
    String trimmed = text.strip();
    try {
      return trimmed.isEmpty()
          ? new double[0]
          : Arrays.stream(trimmed.split(" ", -1)).mapToDouble(Double::parseDouble).toArray();
    } catch (NumberFormatException wrong) {
      throw new IllegalArgumentException(file + " has a number that is none: " + wrong, wrong);
    }
  }
}
