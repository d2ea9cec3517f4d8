package io.solvegrad.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.regex.Pattern;

/** Text whose numbers may differ a little. */
public final class Numbers {
  private static final Pattern NUMBER = Pattern.compile("[+-]?\\d+(\\.\\d+)?");

  private Numbers() {}

  /** Compares two texts: the same words, and numbers within a tolerance. */
  public static void assertNear(String expected, String actual, double tolerance) {
    assertEquals(words(expected), words(actual), () -> "words of\n" + actual);
    List<Double> wanted = numbers(expected);
    List<Double> found = numbers(actual);
    for (int i = 0; i < wanted.size(); i++) {
      assertEquals(wanted.get(i), found.get(i), tolerance, () -> "numbers of\n" + actual);
    }
  }

  /** Whether two texts differ in nothing but numbers and spaces. */
  static boolean sameWords(String one, String other) {
    return words(one).equals(words(other));
  }

  private static String words(String text) {
    return NUMBER.matcher(text.strip()).replaceAll("#").replaceAll(" +", " ");
  }

  private static List<Double> numbers(String text) {
    return NUMBER.matcher(text).results().map(found -> Double.valueOf(found.group())).toList();
  }
}
