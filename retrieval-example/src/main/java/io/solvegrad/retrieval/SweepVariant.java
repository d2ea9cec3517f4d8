package io.solvegrad.retrieval;

import io.solvegrad.example.BadInputException;
import io.solvegrad.example.CommandFailures;
import io.solvegrad.retrieval.training.Settings;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/**
 * Options of {@code retrieve} under a name.
 *
 * @param name also the name of its folder
 * @param options the words of its options
 */
record SweepVariant(String name, List<String> options) {
  private static final Pattern FORM =
      Pattern.compile("(?<name>[A-Za-z0-9][A-Za-z0-9._-]*)=(?<options>.*)");

  /** Reads {@code NAME=OPTIONS}, with further options before its own. */
  static SweepVariant parse(String text, String common) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new BadInputException(
          "A variant is NAME=OPTIONS with a name of letters, digits, '.', '_' and '-', but not '%s'."
              .formatted(text));
    }
    List<String> words =
        Stream.of(common, matcher.group("options"))
            .flatMap(Pattern.compile("\\s+")::splitAsStream)
            .filter(word -> !word.isEmpty())
            .toList();
    if (words.contains("--seed")) {
      throw new BadInputException("A sweep gives the seeds: leave --seed out of its variants.");
    }
    return new SweepVariant(matcher.group("name"), words);
  }

  /** The settings of a run. */
  Settings settings(long seed) {
    RetrieveOptions parsed = new RetrieveOptions();
    try {
      new CommandLine(parsed)
          .setOverwrittenOptionsAllowed(true)
          .parseArgs(options.toArray(String[]::new));
    } catch (ParameterException e) {
      throw new BadInputException(
          "Variant '%s': %s".formatted(name, CommandFailures.sentence(e)), e);
    }
    parsed.seed = seed;
    return parsed.settings();
  }
}
