package io.solvegrad.detection.data;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What was left out of a collection, by reason. */
final class Notes {
  private final Map<String, List<String>> byReason = new LinkedHashMap<>();

  /** Notes something by its name; not thread-safe. */
  void add(String reason, String name) {
    byReason.computeIfAbsent(reason, key -> new ArrayList<>()).add(name);
  }

  /** All names by reason. */
  Map<String, List<String>> byReason() {
    return byReason;
  }

  /** A sentence for each reason. */
  String text() {
    return String.join(" ", DetectionData.sentences(byReason));
  }
}
