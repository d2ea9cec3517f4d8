package io.solvegrad.evaluation.collection;

import java.nio.file.Path;
import java.util.Objects;

/**
 * An image and what it shows.
 *
 * @param path where the image is
 * @param label its class
 */
public record LabelledImage(Path path, String label) {
  /** Checks that nothing is missing. */
  public LabelledImage {
    Objects.requireNonNull(path, "path must not be null");
    Objects.requireNonNull(label, "label must not be null");
  }
}
