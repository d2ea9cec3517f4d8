package io.solvegrad.evaluation.detection;

import static io.solvegrad.evaluation.file.FileFormatException.quoted;

import io.solvegrad.evaluation.detection.ImageSize.Outside;
import io.solvegrad.evaluation.file.FileFormatException;
import io.solvegrad.evaluation.file.Folders;
import io.solvegrad.evaluation.file.TextFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Pascal VOC's layout: annotations in XML, lists of images, detections as the development kit
 * writes them.
 *
 * <p>The truth is a folder with {@code Annotations/*.xml} and maybe {@code ImageSets/Main/*.txt},
 * or the annotations' folder itself. An image is called as its annotation file.
 */
public final class VocFiles {
  private static final Pattern DETECTIONS = Pattern.compile("comp\\d+_det_[^_]+_(.+)\\.txt");

  private VocFiles() {}

  /**
   * Reads annotations.
   *
   * @param folder the folder
   * @param imageSet the name of a list in {@code ImageSets/Main} or null for all annotations
   * @param outside what becomes of boxes that reach beyond the image
   * @return images in the order of the list or by name, categories by name
   * @throws FileFormatException if a file is malformed or missing, or a box makes no sense
   * @throws IOException if reading fails
   */
  public static TruthSet readTruth(Path folder, @Nullable String imageSet, Outside outside)
      throws IOException {
    Objects.requireNonNull(folder, "folder must not be null");
    Objects.requireNonNull(outside, "outside must not be null");
    Path annotations = folder.resolve("Annotations");
    if (!Files.isDirectory(annotations)) {
      annotations = folder;
    }
    List<Path> files =
        imageSet == null
            ? Folders.files(annotations, ".xml")
            : listed(folder.resolve("ImageSets/Main/" + imageSet + ".txt"), annotations);
    List<String> images = new ArrayList<>();
    List<TruthBox> boxes = new ArrayList<>();
    Map<String, ImageSize> sizes = new HashMap<>();
    for (Path file : files) {
      VocAnnotation annotation = VocAnnotation.read(file, outside);
      images.add(annotation.image());
      boxes.addAll(annotation.boxes());
      sizes.put(annotation.image(), annotation.size());
    }
    return new TruthSet(images, TextBoxes.sortedCategories(boxes), boxes, sizes);
  }

  private static List<Path> listed(Path list, Path annotations) throws IOException {
    Set<Path> files = new LinkedHashSet<>();
    try (TextFile text = new TextFile(list)) {
      for (List<String> fields = text.nextFields(); fields != null; fields = text.nextFields()) {
        String image = fields.getFirst(); // lists of one category add 1, 0 or -1
        if (!image.matches("[\\w.-]+") || image.startsWith(".")) {
          throw text.problem(quoted(image) + " is not the name of an image");
        }
        Path file = annotations.resolve(image + ".xml");
        if (!Files.exists(file)) {
          throw text.problem("names " + quoted(image) + ", but there is no file " + file);
        }
        if (!files.add(file)) {
          throw text.problem("names " + quoted(image) + " again");
        }
      }
    }
    if (files.isEmpty()) {
      throw new FileFormatException(list, "names no image");
    }
    return List.copyOf(files);
  }

  /**
   * Reads detections: files {@code comp3_det_SET_CATEGORY.txt} with lines {@code image score left
   * top right bottom}, or else one file IMAGE.txt an image with lines {@code category score left
   * top right bottom}.
   *
   * @param folder the folder
   * @param truth gives the sizes of images
   * @param outside what becomes of boxes wholly outside the image
   * @return the detections, by file name, then by line
   * @throws FileFormatException if a line is malformed or a box makes no sense
   * @throws IOException if reading fails
   */
  public static List<Detection> readDetections(Path folder, TruthSet truth, Outside outside)
      throws IOException {
    Objects.requireNonNull(folder, "folder must not be null");
    Objects.requireNonNull(truth, "truth must not be null");
    Objects.requireNonNull(outside, "outside must not be null");
    List<Path> files = Folders.files(folder, ".txt");
    boolean byCategory =
        files.stream().anyMatch(file -> DETECTIONS.matcher(Folders.name(file)).matches());
    List<Detection> detections = new ArrayList<>();
    for (Path file : files) {
      Matcher name = DETECTIONS.matcher(Folders.name(file));
      if (byCategory && !name.matches()) {
        throw new FileFormatException(
            file, "is not called comp3_det_SET_CATEGORY.txt as others are");
      }
      String common = byCategory ? name.group(1) : Folders.stem(file);
      try (TextFile text = new TextFile(file)) {
        for (List<String> fields = text.nextFields(); fields != null; fields = text.nextFields()) {
          if (fields.size() != 6) {
            throw text.problem(
                "has %d fields, a detection has 6: %s, score, left, top, right, bottom"
                    .formatted(fields.size(), byCategory ? "image" : "category"));
          }
          String first = fields.getFirst();
          detections.add(
              detection(
                  text,
                  byCategory ? first : common,
                  byCategory ? common : first,
                  fields,
                  truth,
                  outside));
        }
      }
    }
    return detections;
  }

  private static Detection detection(
      TextFile text,
      String image,
      String category,
      List<String> fields,
      TruthSet truth,
      Outside outside)
      throws FileFormatException {
    double[] n = new double[5];
    for (int i = 0; i < 5; i++) {
      n[i] = text.number(fields.get(i + 1), i == 0 ? "score" : "coordinate");
    }
    try {
      ImageSize size = truth.sizes().getOrDefault(image, ImageSize.UNKNOWN);
      Box box = size.detection(Box.ofCorners(n[1], n[2], n[3], n[4]), outside);
      return new Detection(image, category, box, n[0]);
    } catch (IllegalArgumentException e) {
      throw text.problem(String.valueOf(e.getMessage()));
    }
  }
}
