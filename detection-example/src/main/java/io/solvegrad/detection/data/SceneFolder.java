package io.solvegrad.detection.data;

import io.solvegrad.detection.data.IconScenes.Split;
import io.solvegrad.example.AtomicFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;

/** Scenes with icons as a folder in the layout of Pascal VOC. */
public final class SceneFolder {
  /** Changes whenever other scenes come out of the same seed. */
  private static final int VERSION = 1;

  private static final String MARK = "scenes.txt";

  private SceneFolder() {}

  /**
   * How many scenes there are of each split.
   *
   * @param train for training
   * @param validation for choosing settings
   * @param test for the final measurement
   */
  public record Counts(int train, int validation, int test) {

    /**
     * Checks the counts.
     *
     * @throws IllegalArgumentException unless all are positive
     */
    public Counts {
      if (train < 1 || validation < 1 || test < 1) {
        throw new IllegalArgumentException(
            "the numbers of scenes must be positive, but are %d, %d and %d"
                .formatted(train, validation, test));
      }
    }

    private int of(Split split) {
      return switch (split) {
        case TRAIN -> train;
        case VALIDATION -> validation;
        case TEST -> test;
      };
    }
  }

  /**
   * Writes {@code JPEGImages}, {@code Annotations} and {@code ImageSets/Main}, unless the folder
   * has these scenes already.
   *
   * @param folder takes the files
   * @param seed decides the scenes
   * @param side width and height of a scene
   * @param counts how many scenes
   * @throws IOException if a file cannot be written
   */
  public static void ensure(Path folder, long seed, int side, Counts counts) throws IOException {
    Path mark = folder.resolve(MARK);
    String content = "version %d, seed %d, %d pixels, %s%n".formatted(VERSION, seed, side, counts);
    if (Files.exists(mark) && Files.readString(mark).equals(content)) {
      return;
    }
    Files.deleteIfExists(mark);
    for (String part : new String[] {"JPEGImages", "Annotations", "ImageSets/Main"}) {
      Files.createDirectories(folder.resolve(part));
    }
    IconScenes scenes = new IconScenes(seed, side);
    for (Split split : Split.values()) {
      write(folder, scenes, split, counts.of(split));
    }
    // Last, so that an interrupted run leaves no folder that seems complete.
    AtomicFiles.write(mark, content);
  }

  private static void write(Path folder, IconScenes scenes, Split split, int count)
      throws IOException {
    try {
      IntStream.range(0, count)
          .parallel()
          .forEach(number -> write(folder, name(split, number), scenes.scene(split, number)));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    Files.writeString(
        folder.resolve("ImageSets/Main/" + split.label() + ".txt"),
        IntStream.range(0, count)
            .mapToObj(number -> name(split, number) + "\n")
            .collect(Collectors.joining()));
  }

  private static String name(Split split, int number) {
    return "%s_%06d".formatted(split.label(), number);
  }

  private static void write(Path folder, String name, Scene scene) {
    try {
      ImageIO.write(scene.image(), "jpg", folder.resolve("JPEGImages/" + name + ".jpg").toFile());
      Files.writeString(folder.resolve("Annotations/" + name + ".xml"), xml(name, scene));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String xml(String name, Scene scene) {
    StringBuilder xml = new StringBuilder();
    xml.append(
        """
        <annotation>
        \t<folder>scenes</folder>
        \t<filename>%s.jpg</filename>
        \t<size><width>%d</width><height>%d</height><depth>3</depth></size>
        \t<segmented>0</segmented>
        """
            .formatted(name, scene.image().getWidth(), scene.image().getHeight()));
    for (Scene.Item item : scene.objects()) {
      // The first pixel is 1, and the last one belongs to the box.
      xml.append(
          """
          \t<object>
          \t\t<name>%s</name>
          \t\t<truncated>0</truncated>
          \t\t<occluded>%d</occluded>
          \t\t<difficult>0</difficult>
          \t\t<bndbox><xmin>%d</xmin><ymin>%d</ymin><xmax>%d</xmax><ymax>%d</ymax></bndbox>
          \t</object>
          """
              .formatted(
                  item.category(),
                  item.occluded() ? 1 : 0,
                  item.left() + 1,
                  item.top() + 1,
                  item.right(),
                  item.bottom()));
    }
    return xml.append("</annotation>\n").toString();
  }
}
