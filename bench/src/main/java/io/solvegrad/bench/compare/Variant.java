package io.solvegrad.bench.compare;

import io.solvegrad.example.BadInputException;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One way to train: options under a name. Variants of one name are the tuning grid of that name.
 *
 * @param name of at most 64 letters, digits, '.', '_' and '-'; also names files
 * @param options the words of the options
 */
record Variant(String name, List<String> options) {
  private static final Pattern FORM =
      Pattern.compile("\\s*(?<name>[A-Za-z0-9][A-Za-z0-9._-]{0,63})\\s*=(?<options>.*)");
  private static final Pattern CHOICE = Pattern.compile("\\{([^{}]*)}");
  private static final List<String> GIVEN_BY_THE_COMPARISON =
      List.of("--seed", "--steps", "--seconds", "--epochs", "--quick", "--validation", "--threads");

  /**
   * Reads {@code NAME=OPTIONS}, with further options before its own. {@code {a|b}} stands for one
   * variant with a and one with b; of several, all combinations.
   */
  static List<Variant> parse(String text, String common) {
    return expanded(text).stream().map(one -> parseOne(one, common)).toList();
  }

  private static List<String> expanded(String text) {
    Matcher matcher = CHOICE.matcher(text);
    if (!matcher.find()) {
      return List.of(text);
    }
    return Arrays.stream(matcher.group(1).split("\\|", -1))
        .map(choice -> text.substring(0, matcher.start()) + choice + text.substring(matcher.end()))
        .flatMap(one -> expanded(one).stream())
        .toList();
  }

  private static Variant parseOne(String text, String common) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new BadInputException(
          "A variant is NAME=OPTIONS with a name of at most 64 letters, digits, '.', '_' and '-', not '%s'."
              .formatted(text));
    }
    List<String> words =
        Stream.of(common, matcher.group("options"))
            .flatMap(Pattern.compile("\\s+")::splitAsStream)
            .filter(word -> !word.isEmpty())
            .toList();
    words.stream()
        .map(word -> word.replaceFirst("=.*", ""))
        .filter(GIVEN_BY_THE_COMPARISON::contains)
        .findFirst()
        .ifPresent(word -> {
          throw new BadInputException(
              "Variant '%s': %s is the same for all; leave it out of the variants."
                  .formatted(matcher.group("name"), word));
        });
    return new Variant(matcher.group("name"), words);
  }

  /** The options as they are typed. */
  String text() {
    return String.join(" ", options);
  }
}
