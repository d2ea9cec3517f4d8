package io.solvegrad.docs;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.solvegrad.process.JavaProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A command line as it stands on a page of the documentation, a line of its own that begins with
 * {@code ./solvegrad}, and the first block of text that follows it before the next command. Run
 * from the page itself, with the main class that the launcher gives it.
 *
 * @param arguments the words behind {@code ./solvegrad}, the first one the command
 * @param output what the page shows of what it prints, or an empty text
 */
public record DocumentedCommand(List<String> arguments, String output) {
  private static final Path LAUNCHER = Path.of("../solvegrad");
  private static final String LINE = "    ./solvegrad ";
  private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");

  /** The command lines of a page, in their order. */
  public static List<DocumentedCommand> of(Path page) throws IOException {
    List<DocumentedCommand> commands = new ArrayList<>();
    String block = "";
    StringBuilder shown = new StringBuilder();
    for (String line : Files.readAllLines(page)) {
      if (line.startsWith("```") && !block.isEmpty()) {
        if (block.equals("```text") && !commands.isEmpty()) {
          commands.add(commands.removeLast().showing(shown.toString()));
        }
        block = "";
      } else if (line.startsWith("```")) {
        block = line;
        shown.setLength(0);
      } else if (!block.isEmpty()) {
        shown.append(line).append('\n');
      } else if (line.startsWith(LINE)) {
        commands.add(new DocumentedCommand(words(line.substring(LINE.length())), ""));
      }
    }
    assertTrue(!commands.isEmpty(), page + " has no command");
    return commands;
  }

  private static List<String> words(String line) {
    return WORD.matcher(line)
        .results()
        .map(word -> word.group(1) == null ? word.group(2) : word.group(1))
        .toList();
  }

  /** Only the first block counts as what the command prints. */
  private DocumentedCommand showing(String text) {
    return output.isEmpty() ? new DocumentedCommand(arguments, text) : this;
  }

  /** Whether the words hold one of the command's. */
  public boolean has(String word) {
    return arguments.contains(word);
  }

  /**
   * Runs the command in a process of its own on this JVM's class path and returns what it prints.
   *
   * @param folder where it runs, so that names on the page mean files there
   */
  public String run(Path folder) throws IOException, InterruptedException {
    return new JavaProgram(mainClass(), arguments.subList(1, arguments.size())).run(folder);
  }

  /**
   * Runs the command and looks for each line that the page shows: the first printed line that
   * begins with its words, and has numbers near to its own. The printed line may go on.
   */
  public void checkNear(double tolerance, Path folder) throws IOException, InterruptedException {
    List<String> printed = run(folder).lines().toList();
    for (String line : output.lines().toList()) {
      int count = line.split(" +", -1).length;
      String same =
          printed.stream()
              .map(
                  other -> String.join(" ", Arrays.stream(other.split(" +")).limit(count).toList()))
              .filter(other -> Numbers.sameWords(line, other))
              .findFirst()
              .orElseThrow(() -> new AssertionError("no '%s' in %s".formatted(line, printed)));
      Numbers.assertNear(line, same, tolerance);
    }
  }

  private String mainClass() throws IOException {
    Matcher entry =
        Pattern.compile("(?m)^  " + arguments.getFirst() + "\\) .* main=(\\S+) ;;$")
            .matcher(Files.readString(LAUNCHER));
    assertTrue(entry.find(), () -> "the launcher knows " + arguments.getFirst());
    return entry.group(1);
  }
}
