package io.solvegrad.evaluation.detection;

import static io.solvegrad.evaluation.file.FileFormatException.quoted;

import io.solvegrad.evaluation.file.FileFormatException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * An object of a JSON list: its numbers, texts and lists of numbers.
 *
 * @param file the file, for messages
 * @param line the line where it begins
 * @param what what it is: the list and its place there, from 0
 * @param values a Double, a String (texts; whole numbers keep their digits) or a List of Doubles by
 *     name
 */
record JsonItem(Path file, long line, String what, Map<String, Object> values) {

  boolean has(String name) {
    return values.containsKey(name);
  }

  /** A whole number or a text, as a text. */
  String id(String name) throws FileFormatException {
    Object value = value(name);
    if (value instanceof Whole whole) {
      return whole.digits;
    }
    if (value instanceof Double number && number == Math.rint(number) && Math.abs(number) < 1e15) {
      return Long.toString(number.longValue());
    }
    if (value instanceof String text) {
      return text;
    }
    throw problem(name + " is " + quoted(value.toString()) + ", must be a whole number or a text");
  }

  String text(String name) throws FileFormatException {
    if (value(name) instanceof String text) {
      return text;
    }
    throw problem(name + " is not a text");
  }

  double number(String name) throws FileFormatException {
    return number(name, value(name));
  }

  double[] numbers(String name, int count) throws FileFormatException {
    if (!(value(name) instanceof List<?> list) || list.size() != count) {
      throw problem(name + " is not a list of " + count + " numbers");
    }
    double[] numbers = new double[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = number(name, list.get(i));
    }
    return numbers;
  }

  private double number(String name, Object value) throws FileFormatException {
    double number =
        value instanceof Whole whole ? whole.value() : value instanceof Double d ? d : Double.NaN;
    if (!Double.isFinite(number)) {
      throw problem(name + " is " + quoted(value.toString()) + ", must be a finite number");
    }
    return number;
  }

  private Object value(String name) throws FileFormatException {
    Object value = values.get(name);
    if (value == null) {
      throw problem("has no " + name);
    }
    return value;
  }

  FileFormatException problem(String problem) {
    return new FileFormatException(file, line, what + " " + problem);
  }

  /** A whole number of any length. */
  record Whole(String digits) {
    double value() {
      return Double.parseDouble(digits);
    }
  }
}
