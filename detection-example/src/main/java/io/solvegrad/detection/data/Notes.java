package io.solvegrad.detection.data;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What was left out of a collection, by reason. */
final class Notes {
  private static final int NAMED = 3;

  private final Map<String, List<String>> byReason = new LinkedHashMap<>();

  /** Notes something by its name; not thread-safe. */
  void add(String reason, String name) {
    byReason.computeIfAbsent(reason, key -> new ArrayList<>()).add(name);
  }

  /** A sentence for each reason, with the first names. */
  List<String> sentences() {
    List<String> sentences = new ArrayList<>();
    byReason.forEach((reason, names) -> {
      String shown = String.join(", ", names.subList(0, Math.min(NAMED, names.size())));
      int more = names.size() - NAMED;
      sentences.add(reason + ": " + shown + (more > 0 ? " and " + more + " more" : "") + ".");
    });
    return sentences;
  }
}
