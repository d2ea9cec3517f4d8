package io.solvegrad.spark;

import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Numbers for the labels, or sources, of the queries; nothing else in the gallery matters. */
final class Dictionary implements Serializable {
  private static final long serialVersionUID = 1;

  /** The number of each key. */
  private final HashMap<Object, Integer> numbers = new HashMap<>();

  /** Numbers distinct keys in the order given. */
  Dictionary(List<?> keys) {
    for (Object key : keys) {
      numbers.put(key, numbers.size());
    }
  }

  /** The number of a key, -1 if no query has it. */
  int number(@Nullable Object key) {
    return numbers.getOrDefault(key, -1);
  }
}
