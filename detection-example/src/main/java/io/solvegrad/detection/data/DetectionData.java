package io.solvegrad.detection.data;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Pictures to train on and pictures to measure on.
 *
 * @param categories what is to be found, by index
 * @param train what is trained on
 * @param measured what is measured on
 * @param leftOut what was left out or is worth knowing: a reason, and all names it holds for
 */
public record DetectionData(
    List<String> categories,
    PictureSet train,
    PictureSet measured,
    Map<String, List<String>> leftOut) {
  private static final int NAMED = 3;

  /** Copies the lists. */
  public DetectionData {
    categories = List.copyOf(categories);
    Map<String, List<String>> copy = new LinkedHashMap<>();
    leftOut.forEach((reason, names) -> copy.put(reason, List.copyOf(names)));
    leftOut = Collections.unmodifiableMap(copy);
  }

  /** {@return a sentence for each reason, with the first names} */
  public List<String> notes() {
    return sentences(leftOut);
  }

  static List<String> sentences(Map<String, List<String>> leftOut) {
    List<String> sentences = new ArrayList<>();
    leftOut.forEach((reason, names) -> {
      String shown = String.join(", ", names.subList(0, Math.min(NAMED, names.size())));
      int more = names.size() - NAMED;
      sentences.add(reason + ": " + shown + (more > 0 ? " and " + more + " more" : "") + ".");
    });
    return sentences;
  }
}
