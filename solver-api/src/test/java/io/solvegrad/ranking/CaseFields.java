package io.solvegrad.ranking;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** One object of a case file, which complains of fields that nobody has read. */
public final class CaseFields {
  private final String name;
  private final JsonNode node;
  private final Set<String> unread = new TreeSet<>();

  public CaseFields(String name, JsonNode node) {
    if (!node.isObject()) {
      throw new AssertionError(name + " is no object but " + node);
    }
    this.name = name;
    this.node = node;
    node.fieldNames().forEachRemaining(unread::add);
  }

  /** The fields that have not been read yet. */
  public Set<String> unread() {
    return new TreeSet<>(unread);
  }

  public void requireAllRead() {
    if (!unread.isEmpty()) {
      throw new AssertionError(name + " has unknown fields " + unread);
    }
  }

  public boolean has(String field) {
    return node.has(field);
  }

  public JsonNode any(String field) {
    if (!node.has(field)) {
      throw new AssertionError(name + " has no field " + field);
    }
    unread.remove(field);
    return node.get(field);
  }

  public CaseFields object(String field) {
    return new CaseFields(name + "." + field, any(field));
  }

  /** The elements of an array of objects; none if the field is missing. */
  public List<CaseFields> objects(String field) {
    List<CaseFields> objects = new ArrayList<>();
    if (has(field)) {
      for (JsonNode element : any(field)) {
        objects.add(new CaseFields(name + "." + field + "[" + objects.size() + "]", element));
      }
    }
    return objects;
  }

  public String text(String field) {
    return any(field).asText();
  }

  public double number(String field) {
    return number(any(field));
  }

  public double number(String field, double otherwise) {
    return has(field) ? number(field) : otherwise;
  }

  public double[][] matrix(String field) {
    return matrix(any(field));
  }

  /** A number, a vector as one row, or a matrix row by row. */
  public static double[][] matrix(JsonNode node) {
    if (!node.isArray()) {
      return new double[][] {{number(node)}};
    }
    if (!node.isEmpty() && !node.get(0).isArray()) {
      return new double[][] {vector(node)};
    }
    double[][] rows = new double[node.size()][];
    Arrays.setAll(rows, r -> vector(node.get(r)));
    return rows;
  }

  private static double[] vector(JsonNode node) {
    if (!node.isArray()) {
      throw new AssertionError("a row is no array but " + node);
    }
    double[] values = new double[node.size()];
    Arrays.setAll(values, i -> number(node.get(i)));
    return values;
  }

  /** Numbers, truth values and what JSON has no number for. */
  private static double number(JsonNode node) {
    if (node.isNumber()) {
      return node.doubleValue();
    }
    return switch (node.asText().toLowerCase(Locale.ROOT)) {
      case "null", "nan" -> Double.NaN;
      case "inf", "+inf", "infinity", "+infinity" -> Double.POSITIVE_INFINITY;
      case "-inf", "-infinity" -> Double.NEGATIVE_INFINITY;
      case "true" -> 1;
      case "false" -> 0;
      default -> throw new AssertionError("not a number: " + node);
    };
  }
}
