package io.solvegrad.evaluation.detection;

import static io.solvegrad.evaluation.file.FileFormatException.quoted;

import io.solvegrad.evaluation.detection.ImageSize.Outside;
import io.solvegrad.evaluation.file.FileFormatException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/**
 * COCO's JSON: instances (images, annotations, categories) and results.
 *
 * <p>Files are read as a stream; memory grows with the number of boxes, not with segmentations.
 * Images are called by their ids, categories by their names.
 */
public final class CocoFiles {
  private static final Comparator<String> BY_ID =
      Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder());

  private CocoFiles() {}

  /**
   * The truth and the names of its categories.
   *
   * @param set the truth, images and categories by ascending id
   * @param names the name of each category id
   * @param files the file name of each image id that has one
   */
  public record Instances(TruthSet set, Map<String, String> names, Map<String, String> files) {
    /** Checks that nothing is missing. */
    public Instances {
      Objects.requireNonNull(set, "set must not be null");
      Objects.requireNonNull(names, "names must not be null");
      Objects.requireNonNull(files, "files must not be null");
    }
  }

  /**
   * Reads instances.
   *
   * @param file a JSON file
   * @param outside what becomes of boxes that reach beyond the image
   * @return the truth
   * @throws FileFormatException if the file is malformed, refers to what it does not list, or a box
   *     makes no sense
   * @throws IOException if reading fails
   */
  public static Instances readTruth(Path file, Outside outside) throws IOException {
    Objects.requireNonNull(file, "file must not be null");
    Objects.requireNonNull(outside, "outside must not be null");
    Map<String, ImageSize> sizes = new HashMap<>();
    Set<String> images = new HashSet<>();
    Map<String, String> imageFiles = new HashMap<>();
    Map<String, String> names = new TreeMap<>(BY_ID);
    Set<String> annotationIds = new HashSet<>();
    List<JsonItem> annotations = new ArrayList<>();
    try (JsonItems json = new JsonItems(file)) {
      json.members(
          Map.of(
              "images", item -> image(item, images, imageFiles, sizes),
              "categories", item -> category(item, names),
              "annotations",
                  item -> {
                    String id = item.has("id") ? item.id("id") : null;
                    if (id != null && !annotationIds.add(id)) {
                      throw item.problem("repeats the id " + quoted(id));
                    }
                    annotations.add(item);
                  }));
    }
    if (images.isEmpty() || names.isEmpty()) {
      throw new FileFormatException(
          file, "lists no " + (images.isEmpty() ? "images" : "categories"));
    }
    List<TruthBox> boxes = new ArrayList<>(annotations.size());
    for (JsonItem item : annotations) {
      boxes.add(truthBox(item, images, sizes, names, outside));
    }
    return new Instances(
        new TruthSet(
            images.stream().sorted(BY_ID).toList(), List.copyOf(names.values()), boxes, sizes),
        names,
        imageFiles);
  }

  private static void image(
      JsonItem item, Set<String> images, Map<String, String> files, Map<String, ImageSize> sizes)
      throws FileFormatException {
    String id = item.id("id");
    if (!images.add(id)) {
      throw item.problem("repeats the id " + quoted(id));
    }
    if (item.has("file_name")) {
      files.put(id, item.text("file_name"));
    }
    if (item.has("width") && item.has("height")) {
      double width = item.number("width");
      double height = item.number("height");
      if (!(width > 0 && height > 0)) {
        throw item.problem("gives a size of " + width + " x " + height);
      }
      sizes.put(id, new ImageSize(width, height));
    }
  }

  private static void category(JsonItem item, Map<String, String> names)
      throws FileFormatException {
    String id = item.id("id");
    String name = item.has("name") ? item.text("name") : id;
    if (names.containsValue(name)) {
      throw item.problem("repeats the name " + quoted(name));
    }
    if (names.put(id, name) != null) {
      throw item.problem("repeats the id " + quoted(id));
    }
  }

  private static TruthBox truthBox(
      JsonItem item,
      Set<String> images,
      Map<String, ImageSize> sizes,
      Map<String, String> names,
      Outside outside)
      throws FileFormatException {
    String image = item.id("image_id");
    if (!images.contains(image)) {
      throw item.problem("is in image " + quoted(image) + ", which is not listed");
    }
    String category = names.get(item.id("category_id"));
    if (category == null) {
      throw item.problem(
          "is of category " + quoted(item.id("category_id")) + ", which is not listed");
    }
    boolean crowd = item.has("iscrowd") && item.number("iscrowd") != 0;
    double[] bbox = item.numbers("bbox", 4);
    try {
      Box given = Box.ofSize(bbox[0], bbox[1], bbox[2], bbox[3]);
      Box box = sizes.getOrDefault(image, ImageSize.UNKNOWN).truth(given, outside);
      double area = item.has("area") ? item.number("area") : box.area();
      if (area < 0) {
        throw item.problem("has the area " + area);
      }
      return new TruthBox(image, category, box, false, crowd, area);
    } catch (IllegalArgumentException e) {
      throw item.problem(String.valueOf(e.getMessage()));
    }
  }

  /**
   * Reads results.
   *
   * @param file a JSON file: a list of {@code image_id, category_id, bbox, score}
   * @param instances the truth
   * @param outside what becomes of boxes wholly outside the image
   * @return the detections in the order of the file; a category that is not listed is called by its
   *     id
   * @throws FileFormatException if the file is malformed, an image is not listed or a box makes no
   *     sense
   * @throws IOException if reading fails
   */
  public static List<Detection> readDetections(Path file, Instances instances, Outside outside)
      throws IOException {
    Objects.requireNonNull(file, "file must not be null");
    Objects.requireNonNull(instances, "instances must not be null");
    Objects.requireNonNull(outside, "outside must not be null");
    Set<String> images = new HashSet<>(instances.set().images());
    Map<String, ImageSize> sizes = instances.set().sizes();
    List<Detection> detections = new ArrayList<>();
    try (JsonItems json = new JsonItems(file)) {
      json.list(item -> {
        String image = item.id("image_id");
        if (!images.contains(image)) {
          throw item.problem("is in image " + quoted(image) + ", which the truth does not list");
        }
        String id = item.id("category_id");
        double[] bbox = item.numbers("bbox", 4);
        try {
          Box given = Box.ofSize(bbox[0], bbox[1], bbox[2], bbox[3]);
          Box box = sizes.getOrDefault(image, ImageSize.UNKNOWN).detection(given, outside);
          String category = instances.names().getOrDefault(id, id);
          detections.add(new Detection(image, category, box, item.number("score")));
        } catch (IllegalArgumentException e) {
          throw item.problem(String.valueOf(e.getMessage()));
        }
      });
    }
    return detections;
  }
}
