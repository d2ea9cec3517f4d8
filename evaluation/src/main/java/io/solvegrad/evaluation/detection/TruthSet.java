package io.solvegrad.evaluation.detection;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * Everything that is known to be there.
 *
 * @param images the images in the order of evaluation, also those without objects
 * @param categories the categories in the order of results
 * @param boxes the objects
 * @param sizes the size of the images where it is known
 */
public record TruthSet(
    List<String> images,
    List<String> categories,
    List<TruthBox> boxes,
    Map<String, ImageSize> sizes) {

  /**
   * Checks that every object is in a listed image and of a listed category.
   *
   * @throws IllegalArgumentException if one is not, or an image or category is listed twice
   */
  public TruthSet {
    Objects.requireNonNull(images, "images must not be null");
    Objects.requireNonNull(categories, "categories must not be null");
    Objects.requireNonNull(boxes, "boxes must not be null");
    Objects.requireNonNull(sizes, "sizes must not be null");
    Set<String> knownImages = distinct(images, "image");
    Set<String> knownCategories = distinct(categories, "category");
    for (TruthBox box : boxes) {
      if (!knownImages.contains(box.image()) || !knownCategories.contains(box.category())) {
        throw new IllegalArgumentException("the image or category of " + box + " is not listed");
      }
    }
  }

  /**
   * The part in some images. Categories stay, those without an object there too.
   *
   * @param chosen the images wanted
   * @return the part, in the order of this set
   * @throws IllegalArgumentException if an image is not in this set
   */
  public TruthSet within(Set<String> chosen) {
    Objects.requireNonNull(chosen, "chosen must not be null");
    List<String> kept = images.stream().filter(chosen::contains).toList();
    if (kept.size() != chosen.size()) {
      Set<String> unknown = new TreeSet<>(chosen);
      kept.forEach(unknown::remove);
      throw new IllegalArgumentException("image " + unknown.iterator().next() + " is not listed");
    }
    return new TruthSet(
        kept,
        categories,
        boxes.stream().filter(box -> chosen.contains(box.image())).toList(),
        sizes);
  }

  private static Set<String> distinct(List<String> names, String what) {
    Set<String> distinct = new HashSet<>();
    for (String name : names) {
      if (!distinct.add(name)) {
        throw new IllegalArgumentException(what + " " + name + " is listed twice");
      }
    }
    return distinct;
  }

  /**
   * A set without known sizes, whose images and categories are those of its objects, in order of
   * appearance.
   *
   * @param boxes the objects
   * @return the set
   */
  public static TruthSet of(List<TruthBox> boxes) {
    Objects.requireNonNull(boxes, "boxes must not be null");
    return new TruthSet(
        boxes.stream().map(TruthBox::image).distinct().toList(),
        boxes.stream().map(TruthBox::category).distinct().toList(),
        boxes,
        Map.of());
  }
}
