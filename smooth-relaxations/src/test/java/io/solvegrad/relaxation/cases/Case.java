package io.solvegrad.relaxation.cases;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** One case of a file. Every input and parameter must have been asked for before a comparison. */
final class Case {
  private static final Set<String> FIELDS =
      Set.of(
          "id",
          "group",
          "op",
          "inputs",
          "params",
          "expected",
          "tolerance",
          "kind",
          "source",
          "checks",
          "note");

  private final JsonNode node;
  private final Set<String> asked = new HashSet<>();

  private Case(JsonNode node) {
    this.node = node;
    node.fieldNames()
        .forEachRemaining(name -> assertTrue(FIELDS.contains(name), "unknown field " + name));
  }

  static List<Case> read(String file, Set<String> groups) {
    try (InputStream in = Case.class.getResourceAsStream(file)) {
      List<Case> cases = new ArrayList<>();
      for (JsonNode node : new ObjectMapper().readTree(in).get("cases")) {
        if (groups.contains(node.get("group").asText())) {
          cases.add(new Case(node));
        }
      }
      return cases;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String id() {
    return node.get("id").asText();
  }

  String group() {
    return node.get("group").asText();
  }

  String op() {
    return node.get("op").asText();
  }

  boolean hasInput(String name) {
    return node.get("inputs").has(name);
  }

  JsonNode input(String name) {
    asked.add("inputs." + name);
    return node.get("inputs").get(name);
  }

  JsonNode param(String name) {
    asked.add("params." + name);
    JsonNode value = node.get("params").get(name);
    return value == null || value.isNull() ? null : value;
  }

  double number(String name, double otherwise) {
    JsonNode value = param(name);
    return value == null ? otherwise : value.asDouble();
  }

  String text(String name, String otherwise) {
    JsonNode value = param(name);
    return value == null ? otherwise : value.asText();
  }

  boolean flag(String name, boolean otherwise) {
    JsonNode value = param(name);
    return value == null ? otherwise : value.asBoolean();
  }

  JsonNode expected() {
    return node.get("expected");
  }

  /** Fails if the case has an input or a parameter that nobody has asked for. */
  void requireAllAsked() {
    for (String part : new String[] {"inputs", "params"}) {
      node.get(part)
          .fieldNames()
          .forEachRemaining(name -> {
            if (!asked.contains(part + "." + name)) {
              fail("unknown field %s.%s".formatted(part, name));
            }
          });
    }
  }

  /**
   * Every row of a matrix, or the one row that is given, by itself; the results one after another.
   */
  static double[] byRow(JsonNode given, UnaryOperator<double[]> operator) {
    boolean matrix = !given.isEmpty() && given.get(0).isArray();
    Stream<JsonNode> rows =
        matrix ? StreamSupport.stream(given.spliterator(), false) : Stream.of(given);
    return rows.map(Case::numbers).map(operator).flatMapToDouble(Arrays::stream).toArray();
  }

  static double[] numbers(JsonNode list) {
    List<Double> all = new ArrayList<>();
    collect(list, all);
    return all.stream().mapToDouble(x -> x).toArray();
  }

  private static void collect(JsonNode node, List<Double> all) {
    if (node.isArray()) {
      node.forEach(child -> collect(child, all));
    } else if (node.isTextual()) {
      assertEquals("-inf", node.asText());
      all.add(Double.NEGATIVE_INFINITY);
    } else if (node.isBoolean()) {
      all.add(node.asBoolean() ? 1.0 : 0.0);
    } else {
      all.add(node.asDouble());
    }
  }

  void assertNumbers(JsonNode wanted, double... actual) {
    requireAllAsked();
    double[] numbers = numbers(wanted);
    assertEquals(numbers.length, actual.length, "number of values");
    double tolerance = node.get("tolerance").asDouble();
    for (int i = 0; i < numbers.length; i++) {
      double allowed = tolerance * Math.max(1, Math.abs(numbers[i]));
      assertEquals(numbers[i], actual[i], allowed, "%s, value %d".formatted(id(), i));
    }
  }

  void assertNumbers(double... actual) {
    assertNumbers(expected(), actual);
  }

  @Override
  public String toString() {
    return id() + " " + op();
  }
}
