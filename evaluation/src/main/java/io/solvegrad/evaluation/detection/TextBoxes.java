package io.solvegrad.evaluation.detection;

import static io.solvegrad.evaluation.file.FileFormatException.quoted;

import io.solvegrad.evaluation.detection.ImageSize.Outside;
import io.solvegrad.evaluation.file.FileFormatException;
import io.solvegrad.evaluation.file.Folders;
import io.solvegrad.evaluation.file.TextFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Boxes in plain text, one file IMAGE.txt an image, one box a line: {@code category a b c d} for
 * the truth ({@code difficult} may follow), {@code category score a b c d} for detections. What a b
 * c d mean is stated, never guessed.
 *
 * @param format what the four numbers are
 * @param relative whether they are shares of the image's width and height, from 0 to 1
 * @param size the size of all images, or null if not known; relative boxes then get a nominal size,
 *     which no overlap depends on
 * @param outside what becomes of boxes that reach beyond the image
 */
public record TextBoxes(
    Format format, boolean relative, @Nullable ImageSize size, Outside outside) {
  private static final double NOMINAL_SIZE = 10_000;

  /** Checks that nothing is missing. */
  public TextBoxes {
    Objects.requireNonNull(format, "format must not be null");
    Objects.requireNonNull(outside, "outside must not be null");
  }

  /** What the four numbers of a box are. */
  public enum Format {
    /** Left, top, right, bottom. */
    LTRB,
    /** Left, top, width, height. */
    XYWH,
    /** Centre x, centre y, width, height, as YOLO writes them. */
    CXCYWH
  }

  @FunctionalInterface
  private interface LineReader {
    void read(TextFile text, String image, List<String> fields) throws FileFormatException;
  }

  /**
   * Reads a folder of true boxes.
   *
   * @param folder holds one .txt file an image; images without objects have an empty one
   * @return images by file name, categories by name
   * @throws FileFormatException if a line is malformed or a box makes no sense
   * @throws IOException if reading fails
   */
  public TruthSet readTruth(Path folder) throws IOException {
    Objects.requireNonNull(folder, "folder must not be null");
    List<TruthBox> boxes = new ArrayList<>();
    List<String> images =
        read(
            folder,
            (text, image, fields) -> {
              boolean difficult =
                  fields.size() == 6 && fields.getLast().equalsIgnoreCase("difficult");
              if (fields.size() != 5 && !difficult) {
                throw text.problem(
                    "has %d fields, a true box has 5: category and four numbers"
                        .formatted(fields.size()));
              }
              Box box = box(text, fields.subList(1, 5), true);
              boxes.add(new TruthBox(image, fields.getFirst(), box, difficult, false, box.area()));
            });
    return new TruthSet(images, sortedCategories(boxes), boxes, Map.of());
  }

  /**
   * Reads a folder of detections.
   *
   * @param folder holds one .txt file an image; files may be missing
   * @return the detections, by file name, then by line
   * @throws FileFormatException if a line is malformed or a box makes no sense
   * @throws IOException if reading fails
   */
  public List<Detection> readDetections(Path folder) throws IOException {
    Objects.requireNonNull(folder, "folder must not be null");
    List<Detection> detections = new ArrayList<>();
    read(
        folder,
        (text, image, fields) -> {
          if (fields.size() != 6) {
            throw text.problem(
                "has %d fields, a detection has 6: category, score and four numbers"
                    .formatted(fields.size()));
          }
          double score = text.number(fields.get(1), "score");
          Box box = box(text, fields.subList(2, 6), false);
          detections.add(new Detection(image, fields.getFirst(), box, score));
        });
    return detections;
  }

  private static List<String> read(Path folder, LineReader reader) throws IOException {
    List<String> images = new ArrayList<>();
    for (Path file : Folders.files(folder, ".txt")) {
      String image = Folders.stem(file);
      images.add(image);
      try (TextFile text = new TextFile(file)) {
        for (List<String> fields = text.nextFields(); fields != null; fields = text.nextFields()) {
          reader.read(text, image, fields);
        }
      }
    }
    return images;
  }

  private Box box(TextFile text, List<String> fields, boolean truth) throws FileFormatException {
    double[] n = new double[4];
    for (int i = 0; i < 4; i++) {
      n[i] = text.number(fields.get(i), "coordinate");
    }
    ImageSize bounds = size != null ? size : ImageSize.UNKNOWN;
    if (relative) {
      bounds = size != null ? size : new ImageSize(NOMINAL_SIZE, NOMINAL_SIZE);
      for (int i = 0; i < 4; i++) {
        n[i] *= i % 2 == 0 ? bounds.width() : bounds.height();
      }
    }
    try {
      Box box =
          switch (format) {
            case LTRB -> Box.ofCorners(n[0], n[1], n[2], n[3]);
            case XYWH -> Box.ofSize(n[0], n[1], n[2], n[3]);
            case CXCYWH -> Box.ofSize(n[0] - n[2] / 2, n[1] - n[3] / 2, n[2], n[3]);
          };
      return truth ? bounds.truth(box, outside) : bounds.detection(box, outside);
    } catch (IllegalArgumentException e) {
      String given = quoted(String.join(" ", fields)) + ": ";
      throw text.problem((relative ? given : "") + e.getMessage());
    }
  }

  /** The categories that occur, by name. */
  static List<String> sortedCategories(List<TruthBox> boxes) {
    Set<String> categories = new LinkedHashSet<>();
    boxes.forEach(box -> categories.add(box.category()));
    return categories.stream().sorted().toList();
  }
}
