package io.solvegrad.example;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/**
 * Options of a command under a name, to be compared with others.
 *
 * @param name also the name of its folder
 * @param options the words of its options
 */
public record OptionVariant(String name, List<String> options) {
  private static final Pattern FORM =
      Pattern.compile("(?<name>[A-Za-z0-9][A-Za-z0-9._-]*)=(?<options>.*)");

  /** Copies the list. */
  public OptionVariant {
    options = List.copyOf(options);
  }

  /**
   * Reads {@code NAME=OPTIONS}, with further options before its own.
   *
   * @param text what the user gave
   * @param common options before its own
   * @return the variant
   * @throws BadInputException if the text has another form or gives a seed
   */
  public static OptionVariant parse(String text, String common) {
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
    return new OptionVariant(matcher.group("name"), words);
  }

  /**
   * Fills an object with the options.
   *
   * @param <T> the kind of the object
   * @param target has fields with options. Modified.
   * @return the object
   * @throws BadInputException if an option is unknown or has a wrong value
   */
  public <T> T into(T target) {
    try {
      new CommandLine(target)
          .setOverwrittenOptionsAllowed(true)
          .parseArgs(options.toArray(String[]::new));
    } catch (ParameterException e) {
      throw new BadInputException(
          "Variant '%s': %s".formatted(name, CommandFailures.sentence(e)), e);
    }
    return target;
  }
}
