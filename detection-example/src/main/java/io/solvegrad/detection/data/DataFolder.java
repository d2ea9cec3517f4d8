package io.solvegrad.detection.data;

import io.solvegrad.evaluation.detection.CocoFiles;
import io.solvegrad.evaluation.detection.ImageSize.Outside;
import io.solvegrad.evaluation.detection.PixelConvention;
import io.solvegrad.evaluation.detection.TruthSet;
import io.solvegrad.evaluation.detection.VocFiles;
import io.solvegrad.evaluation.file.Folders;
import io.solvegrad.example.BadInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads a folder in the layout of Pascal VOC or COCO, or a folder with one such folder in it.
 *
 * <p>Pascal VOC: {@code Annotations/*.xml}, {@code JPEGImages} and {@code ImageSets/Main/*.txt}.
 * Trained on is {@code trainval} and measured {@code test}; where one is missing, {@code train} and
 * {@code val} stand in. Without lists, every fifth image by name is measured.
 *
 * <p>COCO: {@code annotations/instances_*.json} with images in a folder of the rest of that name,
 * beside it or in {@code images}; or folders {@code train}, {@code valid}, {@code test} with {@code
 * _annotations.coco.json} among their images.
 *
 * <p>Left out and named in {@link DetectionData#notes}: annotated images that are missing or cannot
 * be decoded, boxes without area inside their image, measured objects of classes without an object
 * to train on. Refused: malformed annotations and lists, and what leaves nothing to train on or to
 * measure. All images are decoded once, so nothing of this can stop a training later.
 */
public final class DataFolder {
  private static final String COCO_FILE = "_annotations.coco.json";
  private static final int FIFTH = 5;

  private final Path root;
  private final int side;
  private final boolean validation;
  private final Notes notes = new Notes();

  /** Objects, and where the images are. */
  private record Annotated(
      String name, TruthSet truth, Function<String, @Nullable Path> file, PixelConvention pixels) {}

  private DataFolder(Path root, int side, boolean validation) {
    this.root = root;
    this.side = side;
    this.validation = validation;
  }

  /**
   * Reads a folder.
   *
   * @param folder the folder
   * @param side width and height of the network's input
   * @param validation whether to measure on the images for choosing settings, and not to train on
   *     them
   * @return the pictures
   * @throws BadInputException if it is of no known layout, malformed, too large for the memory, or
   *     has nothing to train on or to measure
   */
  public static DetectionData load(Path folder, int side, boolean validation) {
    try {
      Path root = root(folder);
      return new DataFolder(root, side, validation).load();
    } catch (IOException e) {
      String message = String.valueOf(e.getMessage());
      // Advice ends with a mark of its own.
      throw new BadInputException(message.endsWith("?") ? message : message + ".", e);
    }
  }

  private static Path root(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new BadInputException("There is no folder %s.".formatted(folder));
    }
    if (isVoc(folder) || isCoco(folder)) {
      return folder;
    }
    List<Path> inside = Folders.list(folder, path -> isVoc(path) || isCoco(path));
    if (inside.size() != 1) {
      throw new BadInputException(
          ("%s is no folder of Pascal VOC (Annotations/*.xml) or COCO (annotations/instances_*.json)"
                  + "%s.")
              .formatted(folder, inside.isEmpty() ? "" : ", but holds " + inside.size()));
    }
    return inside.getFirst();
  }

  private static boolean isVoc(Path folder) {
    return has(folder.resolve("Annotations"), ".xml");
  }

  private static boolean isCoco(Path folder) {
    return has(folder.resolve("annotations"), ".json")
        || Files.isRegularFile(folder.resolve("train").resolve(COCO_FILE));
  }

  private static boolean has(Path folder, String ending) {
    try {
      return Files.isDirectory(folder)
          && !Folders.list(folder, path -> Folders.name(path).endsWith(ending)).isEmpty();
    } catch (IOException e) {
      return false;
    }
  }

  private DetectionData load() throws IOException {
    List<Annotated> sets = isVoc(root) ? voc() : coco();
    Set<String> common = new TreeSet<>(sets.getFirst().truth().images());
    common.retainAll(new HashSet<>(sets.getLast().truth().images()));
    if (!common.isEmpty() && isVoc(root)) {
      common.forEach(name -> notes.add("Both trained on and measured", name));
    }
    PictureReader reader = new PictureReader(side, notes);
    Annotated first = sets.getFirst();
    PictureReader.Result train =
        reader.read(first.name(), first.truth(), first.file(), first.pixels());
    List<String> categories = train.categories();
    if (categories.isEmpty()) {
      throw new BadInputException("%s has no object to train on.".formatted(root));
    }
    Annotated last = sets.getLast();
    PictureReader.Result measured =
        reader.read(last.name(), last.truth(), last.file(), last.pixels());
    PictureSet trainSet = train.of(categories, notes);
    PictureSet measuredSet = measured.of(categories, notes);
    if (measuredSet.objects() == 0) {
      throw new BadInputException(
          "%s has no object of a trained class to measure on.".formatted(root));
    }
    if (measuredSet.truth().boxes().stream().allMatch(box -> box.difficult() || box.crowd())) {
      throw new BadInputException(
          "All %d objects of %s to measure on are marked as difficult or as crowds, which do not count."
              .formatted(measuredSet.objects(), root));
    }
    return new DetectionData(categories, trainSet, measuredSet, notes.byReason());
  }

  private List<Annotated> voc() throws IOException {
    String measured = validation || !hasList("test") ? "val" : "test";
    String train = measured.equals("test") && hasList("trainval") ? "trainval" : "train";
    if (hasList(train) && hasList(measured)) {
      return List.of(vocSet(train, train), vocSet(measured, measured));
    }
    notes.add(
        "Without the lists ImageSets/Main/%s.txt and %s.txt, every fifth image by name is measured"
            .formatted(train, measured),
        root.toString());
    Annotated all = vocSet("all", null);
    List<String> names = all.truth().images();
    Set<String> kept = new HashSet<>();
    Set<String> aside = new HashSet<>();
    for (int i = 0; i < names.size(); i++) {
      (i % FIFTH == FIFTH - 1 ? aside : kept).add(names.get(i));
    }
    return List.of(
        new Annotated("train", all.truth().within(kept), all.file(), all.pixels()),
        new Annotated("test", all.truth().within(aside), all.file(), all.pixels()));
  }

  private boolean hasList(String name) {
    return Files.isRegularFile(root.resolve("ImageSets/Main/" + name + ".txt"));
  }

  private Annotated vocSet(String name, @Nullable String list) throws IOException {
    Path images = root.resolve("JPEGImages");
    return new Annotated(
        name,
        VocFiles.readTruth(root, list, Outside.CLIP),
        image -> ImageFiles.find(images, image),
        PixelConvention.INCLUSIVE);
  }

  private List<Annotated> coco() throws IOException {
    Annotated train = cocoSet("train");
    for (String name : validation ? List.of("val") : List.of("test", "val")) {
      Annotated measured = train == null ? null : cocoSet(name);
      if (train != null && measured != null) {
        return List.of(train, measured);
      }
    }
    throw new BadInputException(
        "%s needs annotations of a set train and of a set %s."
            .formatted(root, validation ? "val" : "test or val"));
  }

  /** The set whose name begins so, or null if there is none with objects. */
  private @Nullable Annotated cocoSet(String start) throws IOException {
    for (Path folder : Folders.list(root, path -> Folders.name(path).startsWith(start))) {
      if (Files.isRegularFile(folder.resolve(COCO_FILE))) {
        return cocoSet(start, folder.resolve(COCO_FILE), List.of(folder));
      }
    }
    Path annotations = root.resolve("annotations");
    if (!Files.isDirectory(annotations)) {
      return null;
    }
    for (Path file : Folders.list(annotations, path -> Folders.name(path).matches(".*\\.json"))) {
      String set = Folders.stem(file).replaceFirst("^instances_", "");
      if (set.startsWith(start)) {
        return cocoSet(
            start,
            file,
            List.of(
                root.resolve(set),
                root.resolve("images").resolve(set),
                root.resolve("images").resolve(start),
                root.resolve(start),
                root.resolve("images"),
                root));
      }
    }
    return null;
  }

  private static Annotated cocoSet(String name, Path file, List<Path> folders) throws IOException {
    CocoFiles.Instances instances = CocoFiles.readTruth(file, Outside.CLIP);
    return new Annotated(
        name,
        instances.set(),
        image -> {
          // Only the last name: a list must not point at files elsewhere.
          String last = Folders.name(Path.of(instances.files().getOrDefault(image, image)));
          return folders.stream()
              .map(folder -> folder.resolve(last))
              .filter(Files::isRegularFile)
              .findFirst()
              .orElse(null);
        },
        PixelConvention.CONTINUOUS);
  }
}
