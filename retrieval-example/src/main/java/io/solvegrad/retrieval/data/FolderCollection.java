package io.solvegrad.retrieval.data;

import io.solvegrad.evaluation.collection.LabelledImage;
import io.solvegrad.evaluation.collection.RetrievalProtocol;
import io.solvegrad.example.BadInputException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Images from a folder that holds one folder per class, or a collection with its authors' lists
 * ({@link RetrievalProtocol}).
 *
 * <p>Without lists, files ending in png, jpg, jpeg, gif or bmp are read, hidden ones and all others
 * are passed over, and so are folders without images. Each image is its own source: a query ignores
 * itself alone. Images become grey, {@value ImageCollection#SIDE} pixels high and wide ({@link
 * GreyImage}).
 */
public final class FolderCollection {
  /** Two classes to train on and two unseen ones to tell apart. */
  private static final int MIN_CLASSES = 4;

  private static final Set<String> ENDINGS = Set.of("png", "jpg", "jpeg", "gif", "bmp");

  private FolderCollection() {}

  private record ImageFile(String className, String name, Path path) {}

  /**
   * Reads a collection and divides it into classes to learn from and others. Where the folder has
   * its authors' lists, these decide: queries and gallery of their test part become one set whose
   * images search each other, and classes of a single image are passed over. Otherwise half of the
   * classes are dealt to either side at random.
   *
   * @param folder holds one folder per class, or a collection as its authors lay it out
   * @param seed decides which classes are learned from where no list does
   * @return both sides
   * @throws BadInputException as {@link #load}, or if a list is damaged or names an image that is
   *     not there
   */
  public static ClassSplit split(Path folder, long seed) {
    RetrievalProtocol protocol = RetrievalProtocol.of(folder);
    if (protocol == null) {
      return ClassSplit.of(load(folder), ClassSplit.HALF, seed);
    }
    try {
      var lists = protocol.read(folder);
      Set<LabelledImage> test = new LinkedHashSet<>(lists.queries());
      test.addAll(lists.gallery());
      return new ClassSplit(listed(folder, lists.train()), listed(folder, test));
    } catch (IOException e) {
      throw new BadInputException(String.valueOf(e.getMessage()), e);
    }
  }

  private static ImageCollection listed(Path folder, Collection<LabelledImage> images) {
    Map<String, List<ImageFile>> classes = new TreeMap<>();
    for (LabelledImage image : images) {
      classes
          .computeIfAbsent(image.label(), label -> new ArrayList<>())
          .add(file(folder, image.label(), image.path()));
    }
    classes.values().removeIf(files -> files.size() == 1);
    if (classes.size() < MIN_CLASSES / 2) {
      throw new BadInputException(
          "The lists in %s name %d classes on one side of their split; 2 are needed."
              .formatted(folder, classes.size()));
    }
    return read(classes.values().stream().flatMap(List::stream).toList());
  }

  private static ImageFile file(Path folder, String className, Path path) {
    return new ImageFile(className, folder.relativize(path).toString().replace('\\', '/'), path);
  }

  /**
   * Reads the images below a folder, in parallel on the common pool, sorted by class and file name.
   *
   * @param folder holds one folder per class
   * @return the images
   * @throws BadInputException if the folder is missing or unreadable, has fewer than four classes
   *     with images, a class with a single image, or an image that cannot be read; the message
   *     names it
   */
  public static ImageCollection load(Path folder) {
    if (!Files.exists(folder)) {
      throw new BadInputException(
          "Folder " + folder + " does not exist; give a folder with one folder per class.");
    }
    if (!Files.isDirectory(folder)) {
      throw new BadInputException(
          folder + " is not a folder; give a folder with one folder per class.");
    }
    List<ImageFile> files = new ArrayList<>();
    int classes = 0;
    for (Path classFolder : entries(folder)) {
      if (!Files.isDirectory(classFolder)) {
        continue;
      }
      List<Path> images = entries(classFolder).stream().filter(FolderCollection::isImage).toList();
      if (images.size() == 1) {
        throw new BadInputException(
            "Class "
                + name(classFolder)
                + " in "
                + folder
                + " has a single image ("
                + name(images.get(0))
                + "): nothing could be found for it;"
                + " add a second image or remove the folder.");
      }
      classes += images.isEmpty() ? 0 : 1;
      images.forEach(path -> files.add(file(folder, name(classFolder), path)));
    }
    checkClasses(folder, classes);
    return read(files);
  }

  private static void checkClasses(Path folder, int classes) {
    if (classes == 0) {
      throw new BadInputException(
          "Folder "
              + folder
              + " has no folders with png, jpg, gif or bmp images;"
              + " make one folder per class and put its images inside.");
    }
    if (classes < MIN_CLASSES) {
      throw new BadInputException(
          "Folder "
              + folder
              + " has "
              + classes
              + (classes == 1 ? " class" : " classes")
              + " with images, but half of the classes are kept for testing: give at least "
              + MIN_CLASSES
              + ".");
    }
  }

  private static ImageCollection read(List<ImageFile> files) {
    List<byte[]> pixels = files.parallelStream().map(file -> GreyImage.read(file.path())).toList();
    ImageCollection.Builder builder = new ImageCollection.Builder();
    for (int i = 0; i < pixels.size(); i++) {
      ImageFile file = files.get(i);
      builder.add(file.className(), file.name(), file.name(), true, pixels.get(i));
    }
    return builder.build();
  }

  private static List<Path> entries(Path folder) {
    List<Path> entries = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
      for (Path entry : stream) {
        if (!name(entry).startsWith(".") && !Files.isHidden(entry)) {
          entries.add(entry);
        }
      }
    } catch (IOException e) {
      throw new BadInputException(
          "Folder " + folder + " cannot be read (" + e + "); maybe its permissions forbid it.", e);
    }
    Collections.sort(entries);
    return entries;
  }

  private static boolean isImage(Path path) {
    String name = name(path);
    String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return ENDINGS.contains(ending) && Files.isRegularFile(path);
  }

  private static String name(Path path) {
    return String.valueOf(path.getFileName());
  }
}
