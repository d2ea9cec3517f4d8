package io.solvegrad.detection.data;

import java.util.List;

/**
 * Pictures to train on and pictures to measure on.
 *
 * @param categories what is to be found, by index
 * @param train what is trained on
 * @param measured what is measured on
 * @param notes what was left out, a sentence each
 */
public record DetectionData(
    List<String> categories, PictureSet train, PictureSet measured, List<String> notes) {

  /** Copies the lists. */
  public DetectionData {
    categories = List.copyOf(categories);
    notes = List.copyOf(notes);
  }
}
