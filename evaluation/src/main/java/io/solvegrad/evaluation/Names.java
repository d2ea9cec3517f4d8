package io.solvegrad.evaluation;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** How names and values are written in reports. */
final class Names {
  private static final int MOST = 10;

  private Names() {}

  /** The first names of a list and how many more there are. */
  static String shortened(List<String> names) {
    return names.size() <= MOST
        ? String.join(", ", names)
        : String.join(", ", names.subList(0, MOST)) + " and " + (names.size() - MOST) + " more";
  }

  /** A constant as options and reports spell it. */
  static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** A count as a whole number, anything else as it is. */
  static Object plain(double value, boolean count) {
    return count && value == Math.rint(value) ? (Object) (long) value : (Object) value;
  }

  static Map<String, Object> zip(List<String> names, double[] values) {
    Map<String, Object> zipped = new LinkedHashMap<>();
    for (int i = 0; i < values.length; i++) {
      zipped.put(names.get(i), values[i]);
    }
    return zipped;
  }

  /** A row of a table: a name and numbers. */
  static Object[] cells(Object name, double[] values) {
    Object[] cells = new Object[values.length + 1];
    cells[0] = name;
    for (int i = 0; i < values.length; i++) {
      cells[i + 1] = values[i];
    }
    return cells;
  }
}
