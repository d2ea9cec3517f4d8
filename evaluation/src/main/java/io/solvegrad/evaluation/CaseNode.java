package io.solvegrad.evaluation;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads an object of a case and knows which members were never asked for. */
final class CaseNode {
  /** A case is small; a larger number would only ask for room. */
  private static final int MOST = 1_000_000;

  private final String what;
  private final JsonNode node;
  private final Set<String> asked = new HashSet<>();

  CaseNode(JsonNode testCase, String what) {
    this.what = what;
    this.node = testCase.path(what);
  }

  boolean has(String name) {
    return !get(name).isMissingNode() && !get(name).isNull();
  }

  JsonNode get(String name) {
    asked.add(name);
    return node.path(name);
  }

  /** The member of the first name, or else of the second. */
  JsonNode either(String first, String second) {
    return has(first) ? get(first) : get(second);
  }

  String text(String name, String otherwise) {
    return has(name) ? get(name).asText() : otherwise;
  }

  double number(String name, double otherwise) {
    if (has(name) && !get(name).isNumber()) {
      throw new IllegalArgumentException(what + " " + name + " is not a number");
    }
    return has(name) ? get(name).asDouble() : otherwise;
  }

  /** Notes explain and change nothing. */
  void ignore(String name) {
    asked.add(name);
  }

  void refuseUnknown() {
    List<String> unknown = new ArrayList<>();
    node.fieldNames()
        .forEachRemaining(name -> {
          if (!asked.contains(name)) {
            unknown.add(name);
          }
        });
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException(what + " " + unknown + " are not known");
    }
  }

  static double[] numbers(JsonNode list) {
    double[] numbers = new double[list.size()];
    for (int i = 0; i < numbers.length; i++) {
      JsonNode value = list.get(i);
      if (!value.isNumber()) {
        throw new IllegalArgumentException("'" + value + "' is not a number");
      }
      numbers[i] = value.asDouble();
    }
    return numbers;
  }

  /** A number of items or a place among them. */
  static int count(double number, int least, String name) {
    if (!(number >= least && number <= MOST) || number != Math.rint(number)) {
      throw new IllegalArgumentException(
          "%s is %s, but must be a whole number from %d to %d"
              .formatted(name, number, least, MOST));
    }
    return (int) number;
  }

  static int[] integers(JsonNode list) {
    double[] numbers = numbers(list);
    int[] integers = new int[numbers.length];
    for (int i = 0; i < integers.length; i++) {
      integers[i] = (int) numbers[i];
      if (integers[i] != numbers[i]) {
        throw new IllegalArgumentException(numbers[i] + " is not an integer");
      }
    }
    return integers;
  }
}
