package io.solvegrad.detection.data;

import io.solvegrad.evaluation.detection.PixelConvention;
import io.solvegrad.evaluation.detection.TruthBox;
import io.solvegrad.evaluation.detection.TruthSet;
import io.solvegrad.example.BadInputException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Decodes the images of a set and fits the boxes to them. */
final class PictureReader {
  private final int side;
  private final Notes notes;

  PictureReader(int side, Notes notes) {
    this.side = side;
    this.notes = notes;
  }

  /** Pictures without objects, and the objects that lie in them. */
  record Result(String name, List<Picture> pictures, TruthSet truth, PixelConvention pixels) {

    /** The categories with an object. */
    List<String> categories() {
      Set<String> present = new HashSet<>();
      truth.boxes().stream()
          .filter(box -> !box.crowd())
          .forEach(box -> present.add(box.category()));
      return truth.categories().stream().filter(present::contains).toList();
    }

    /** The pictures with the objects of these categories. */
    PictureSet of(List<String> categories, Notes notes) {
      Map<String, List<ObjectBox>> objects = new HashMap<>();
      Map<String, Picture> byName = new HashMap<>();
      pictures.forEach(picture -> byName.put(picture.name(), picture));
      List<TruthBox> boxes = new ArrayList<>();
      Map<String, Integer> unknown = new TreeMap<>();
      for (TruthBox box : truth.boxes()) {
        int category = categories.indexOf(box.category());
        Picture picture = byName.get(box.image());
        if (category < 0 || picture == null) {
          unknown.merge(box.category(), 1, Integer::sum);
          continue;
        }
        boxes.add(box);
        if (!box.crowd()) {
          objects
              .computeIfAbsent(box.image(), image -> new ArrayList<>())
              .add(PictureSet.inInput(box.box(), category, pixels, picture.scale()));
        }
      }
      unknown.forEach((category, count) ->
          notes.add(
              "Left out of " + name + ", because no object of the class is trained on",
              "%s (%d objects)".formatted(category, count)));
      return new PictureSet(
          name,
          pictures.stream()
              .map(picture -> picture.with(objects.getOrDefault(picture.name(), List.of())))
              .toList(),
          new TruthSet(truth.images(), categories, boxes, truth.sizes()),
          pixels);
    }
  }

  private record Decoded(String name, @Nullable Picture picture, String problem) {}

  Result read(
      String name, TruthSet truth, Function<String, @Nullable Path> files, PixelConvention pixels) {
    requireMemory(name, truth.images().size());
    List<Decoded> all =
        truth.images().parallelStream().map(image -> decode(image, files.apply(image))).toList();
    Map<String, Picture> pictures = new HashMap<>();
    for (Decoded one : all) {
      if (one.picture() == null) {
        notes.add(one.problem(), one.name());
      } else {
        pictures.put(one.name(), one.picture());
      }
    }
    if (pictures.isEmpty()) {
      throw new BadInputException(
          "None of the %d images of %s can be read: %s".formatted(all.size(), name, notes.text()));
    }
    List<TruthBox> boxes =
        truth.boxes().stream()
            .filter(box -> pictures.containsKey(box.image()))
            .filter(box -> hasArea(box, pictures.get(box.image()), pixels))
            .toList();
    List<String> kept = truth.images().stream().filter(pictures::containsKey).toList();
    return new Result(
        name,
        kept.stream().map(pictures::get).toList(),
        new TruthSet(kept, truth.categories(), boxes, truth.sizes()),
        pixels);
  }

  /** All pictures are kept in memory. */
  private void requireMemory(String name, int images) {
    long needed = 3L * side * side * images;
    if (needed > Runtime.getRuntime().maxMemory() / 2) {
      throw new BadInputException(
          ("The %d images of %s need %d MB of memory. Maybe allow more by"
                  + " SOLVEGRAD_JAVA_OPTS=-Xmx8g, or use a smaller --size.")
              .formatted(images, name, needed >> 20));
    }
  }

  private Decoded decode(String name, @Nullable Path file) {
    if (file == null) {
      return new Decoded(name, null, "Left out, because there is no image for the annotation");
    }
    try {
      return new Decoded(name, Picture.of(name, ImageFiles.read(file), side), "");
    } catch (IOException e) {
      return new Decoded(name, null, "Left out, because the image cannot be decoded");
    }
  }

  private boolean hasArea(TruthBox box, @Nullable Picture picture, PixelConvention pixels) {
    if (picture == null) {
      return false;
    }
    double first = pixels == PixelConvention.INCLUSIVE ? 1 : 0;
    double width =
        Math.min(box.box().right(), picture.width()) - Math.max(0, box.box().left() - first);
    double height =
        Math.min(box.box().bottom(), picture.height()) - Math.max(0, box.box().top() - first);
    boolean inside = width > 0 && height > 0 && box.box().width() > 0 && box.box().height() > 0;
    if (!inside) {
      notes.add(
          "Left out, because the box has no area inside its image",
          "%s in %s".formatted(box.category(), box.image()));
    }
    return inside;
  }
}
