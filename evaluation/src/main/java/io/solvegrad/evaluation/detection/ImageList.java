package io.solvegrad.evaluation.detection;

import static io.solvegrad.evaluation.file.FileFormatException.quoted;

import io.solvegrad.evaluation.file.FileFormatException;
import io.solvegrad.evaluation.file.TextFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;

/** A list of images in a text file, one a line, called as in the truth: COCO's by their ids. */
public final class ImageList {
  private ImageList() {}

  /**
   * Reads a list.
   *
   * @param file the list; blank lines are skipped
   * @param truth knows the images
   * @return the images in the order of the list, at least one
   * @throws FileFormatException if an image is unknown or named twice, or none is named
   * @throws IOException if reading fails
   */
  public static Set<String> read(Path file, TruthSet truth) throws IOException {
    Objects.requireNonNull(file, "file must not be null");
    Objects.requireNonNull(truth, "truth must not be null");
    Set<String> known = new HashSet<>(truth.images());
    Set<String> listed = new LinkedHashSet<>();
    try (TextFile text = new TextFile(file)) {
      for (String line = text.next(); line != null; line = text.next()) {
        String image = line.strip();
        if (image.isEmpty()) {
          continue;
        }
        if (!known.contains(image)) {
          throw text.problem("names " + quoted(image) + ", which is no image of the truth");
        }
        if (!listed.add(image)) {
          throw text.problem("names " + quoted(image) + " again");
        }
      }
    }
    if (listed.isEmpty()) {
      throw new FileFormatException(file, "names no image");
    }
    return listed;
  }
}
