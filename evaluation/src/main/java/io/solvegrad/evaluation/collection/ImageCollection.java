package io.solvegrad.evaluation.collection;

import static io.solvegrad.evaluation.file.FileFormatException.quoted;

import io.solvegrad.evaluation.file.FileFormatException;
import io.solvegrad.evaluation.file.Folders;
import io.solvegrad.evaluation.file.TextFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A collection's images by their role.
 *
 * @param train images to learn from
 * @param queries images that search, in the order of the collection's list
 * @param gallery images that are searched; the same list as the queries where a set searches itself
 */
public record ImageCollection(
    List<LabelledImage> train, List<LabelledImage> queries, List<LabelledImage> gallery) {
  private static final Pattern IMAGE = Pattern.compile("(?i).+\\.(png|jpe?g|gif|bmp|webp)");

  /** Checks that nothing is missing. */
  public ImageCollection {
    Objects.requireNonNull(train, "train must not be null");
    Objects.requireNonNull(queries, "queries must not be null");
    Objects.requireNonNull(gallery, "gallery must not be null");
  }

  /** Where the list of In-shop lies: as unpacked, or moved to the top. */
  private static final List<String> SHOP_LISTS =
      List.of("Eval/list_eval_partition.txt", "list_eval_partition.txt");

  /** Takes one line of a list. */
  @FunctionalInterface
  private interface Row {
    void read(TextFile text, List<String> fields) throws FileFormatException;
  }

  /**
   * CUB-200-2011: {@code images.txt}, {@code image_class_labels.txt}, {@code images/}. The first
   * half of the classes, 100 of 200, is for training, the others search each other.
   *
   * @param folder the folder CUB_200_2011
   * @return the collection
   * @throws IOException if a list is missing or malformed
   */
  public static ImageCollection readCub(Path folder) throws IOException {
    Objects.requireNonNull(folder, "folder must not be null");
    Map<String, Integer> classes = new HashMap<>();
    rows(
        folder.resolve("image_class_labels.txt"),
        0,
        2,
        (text, fields) -> classes.put(fields.get(0), text.integer(fields.get(1), "class")));
    int last = classes.values().stream().mapToInt(Integer::intValue).max().orElse(0);
    List<LabelledImage> train = new ArrayList<>();
    List<LabelledImage> test = new ArrayList<>();
    rows(
        folder.resolve("images.txt"),
        0,
        2,
        (text, fields) -> {
          Integer label = classes.get(fields.get(0));
          if (label == null) {
            throw text.problem("image " + quoted(fields.get(0)) + " has no class");
          }
          Path path = inside(text, folder.resolve("images"), fields.get(1));
          (label <= last / 2 ? train : test).add(new LabelledImage(path, label.toString()));
        });
    return searchingItself(folder, train, test);
  }

  /**
   * Stanford Online Products: {@code Ebay_train.txt} and {@code Ebay_test.txt}, whose lines are
   * {@code image_id class_id super_class_id path}.
   *
   * @param folder the folder Stanford_Online_Products
   * @return the collection
   * @throws IOException if a list is missing or malformed
   */
  public static ImageCollection readProducts(Path folder) throws IOException {
    Objects.requireNonNull(folder, "folder must not be null");
    List<LabelledImage> train = products(folder, "Ebay_train.txt");
    return searchingItself(folder, train, products(folder, "Ebay_test.txt"));
  }

  private static List<LabelledImage> products(Path folder, String list) throws IOException {
    List<LabelledImage> images = new ArrayList<>();
    rows(
        folder.resolve(list),
        1,
        4,
        (text, fields) ->
            images.add(new LabelledImage(inside(text, folder, fields.get(3)), fields.get(1))));
    return images;
  }

  /**
   * In-shop Clothes Retrieval: {@code Eval/list_eval_partition.txt}, whose lines are {@code
   * image_name item_id train|query|gallery} after two lines of heading.
   *
   * @param folder the folder In-shop Clothes Retrieval Benchmark
   * @return the collection
   * @throws IOException if the list is missing or malformed
   */
  public static ImageCollection readInShop(Path folder) throws IOException {
    Objects.requireNonNull(folder, "folder must not be null");
    Path found = shopList(folder);
    Path list = found == null ? folder.resolve(SHOP_LISTS.getFirst()) : found;
    Map<String, List<LabelledImage>> parts =
        Map.of(
            "train", new ArrayList<>(), "query", new ArrayList<>(), "gallery", new ArrayList<>());
    rows(
        list,
        2,
        3,
        (text, fields) -> {
          List<LabelledImage> part = parts.get(fields.get(2));
          if (part == null) {
            throw text.problem(quoted(fields.get(2)) + " is not train, query or gallery");
          }
          part.add(new LabelledImage(inside(text, folder, fields.get(0)), fields.get(1)));
        });
    return new ImageCollection(part(parts, "train"), part(parts, "query"), part(parts, "gallery"));
  }

  /** The list of a folder of In-shop, or null if it has none. */
  static @Nullable Path shopList(Path folder) {
    return SHOP_LISTS.stream()
        .map(folder::resolve)
        .filter(Files::isRegularFile)
        .findFirst()
        .orElse(null);
  }

  private static List<LabelledImage> part(Map<String, List<LabelledImage>> parts, String name) {
    return List.copyOf(parts.getOrDefault(name, List.of()));
  }

  /**
   * Omniglot: {@code images_background} for training and {@code images_evaluation}, each with
   * folders alphabet/character of drawings. Lake, Salakhutdinov and Tenenbaum, Science 350, 2015
   * (doi:10.1126/science.aab3050).
   *
   * @param folder holds the two folders
   * @return the collection; a class is alphabet/character
   * @throws IOException if a folder is missing
   */
  public static ImageCollection readOmniglot(Path folder) throws IOException {
    Objects.requireNonNull(folder, "folder must not be null");
    return searchingItself(
        folder,
        characters(folder.resolve("images_background")),
        characters(folder.resolve("images_evaluation")));
  }

  private static List<LabelledImage> characters(Path folder) throws IOException {
    List<LabelledImage> images = new ArrayList<>();
    for (Path alphabet : Folders.list(folder, Files::isDirectory)) {
      images.addAll(classFolders(alphabet, Folders.name(alphabet) + "/"));
    }
    return images;
  }

  /**
   * A folder for each class, its name the class, with images directly inside; all search each
   * other.
   *
   * @param folder holds the folders
   * @return the collection, without training images
   * @throws IOException if it is no folder or holds no image in a folder
   */
  public static ImageCollection readFolders(Path folder) throws IOException {
    Objects.requireNonNull(folder, "folder must not be null");
    return searchingItself(folder, List.of(), classFolders(folder, ""));
  }

  private static List<LabelledImage> classFolders(Path folder, String prefix) throws IOException {
    List<LabelledImage> images = new ArrayList<>();
    for (Path ofClass : Folders.list(folder, Files::isDirectory)) {
      for (Path image :
          Folders.list(ofClass, path -> IMAGE.matcher(Folders.name(path)).matches())) {
        images.add(new LabelledImage(image, prefix + Folders.name(ofClass)));
      }
    }
    return images;
  }

  private static ImageCollection searchingItself(
      Path folder, List<LabelledImage> train, List<LabelledImage> test) throws FileFormatException {
    if (test.isEmpty()) {
      throw new FileFormatException(folder, "holds no images to evaluate");
    }
    List<LabelledImage> all = List.copyOf(test);
    return new ImageCollection(List.copyOf(train), all, all);
  }

  /** Reads the lines of a list after its heading. */
  private static void rows(Path list, int heading, int fieldCount, Row row) throws IOException {
    try (TextFile text = new TextFile(list)) {
      for (int i = 0; i < heading; i++) {
        if (text.next() == null) {
          throw text.problem("is missing: the list ends inside its heading");
        }
      }
      for (List<String> fields = text.nextFields(); fields != null; fields = text.nextFields()) {
        if (fields.size() != fieldCount) {
          throw text.problem("has " + fields.size() + " fields, not " + fieldCount);
        }
        row.read(text, fields);
      }
    }
  }

  private static Path inside(TextFile text, Path folder, String name) throws FileFormatException {
    Path path = resolved(folder, name);
    // Absolute, because the folder . is an empty path, with which no other begins.
    if (path == null || !absolute(path).startsWith(absolute(folder))) {
      throw text.problem(quoted(name) + " is not a path inside the collection");
    }
    return path;
  }

  private static Path absolute(Path path) {
    return path.toAbsolutePath().normalize();
  }

  private static @Nullable Path resolved(Path folder, String name) {
    try {
      return folder.resolve(name).normalize();
    } catch (InvalidPathException e) {
      return null;
    }
  }
}
