package io.solvegrad.detection.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.solvegrad.detection.data.IconScenes.Split;
import io.solvegrad.evaluation.detection.Box;
import io.solvegrad.evaluation.detection.PixelConvention;
import io.solvegrad.example.BadInputException;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {
  @TempDir private Path folder;

  /** Writes a VOC image with objects "name xmin ymin xmax ymax". */
  private void image(String name, String... objects) throws IOException {
    Path images = Files.createDirectories(folder.resolve("JPEGImages"));
    ImageIO.write(
        new BufferedImage(200, 100, BufferedImage.TYPE_INT_RGB),
        "jpg",
        images.resolve(name + ".jpg").toFile());
    annotation(name, objects);
  }

  private void annotation(String name, String... objects) throws IOException {
    StringBuilder xml = new StringBuilder("<annotation>");
    xml.append("<size><width>200</width><height>100</height><depth>3</depth></size>");
    for (String object : objects) {
      String[] parts = object.split(" ");
      xml.append(
          """
          <object><name>%s</name><bndbox><xmin>%s</xmin><ymin>%s</ymin><xmax>%s</xmax>\
          <ymax>%s</ymax></bndbox></object>
          """
              .formatted((Object[]) parts));
    }
    Path annotations = Files.createDirectories(folder.resolve("Annotations"));
    Files.writeString(annotations.resolve(name + ".xml"), xml + "</annotation>");
  }

  private void list(String name, String... images) throws IOException {
    Path main = Files.createDirectories(folder.resolve("ImageSets/Main"));
    Files.write(main.resolve(name + ".txt"), List.of(images));
  }

  private DetectionData load() {
    return DataFolder.load(folder, 64, false);
  }

  private static void assertNote(DetectionData data, String part) {
    assertTrue(
        data.notes().stream().anyMatch(note -> note.contains(part)), part + " in " + data.notes());
  }

  @Test
  void scenesComeBackAsTheyWereWritten() throws IOException {
    SceneFolder.ensure(folder, 5, 128, new SceneFolder.Counts(12, 3, 6));
    DetectionData data = DataFolder.load(folder, 128, false);
    assertEquals(List.of(), data.notes());
    assertEquals(12, data.train().pictures().size());
    assertEquals(6, data.measured().pictures().size());
    assertEquals("test", data.measured().name());
    IconScenes scenes = new IconScenes(5, 128);
    for (int number = 0; number < 6; number++) {
      Picture picture = data.measured().pictures().get(number);
      List<Scene.Item> written = scenes.scene(Split.TEST, number).objects();
      assertEquals(written.size(), picture.objects().size());
      for (int i = 0; i < written.size(); i++) {
        Scene.Item item = written.get(i);
        ObjectBox box = picture.objects().get(i);
        assertEquals(item.category(), data.categories().get(box.category()));
        assertEquals(
            List.of(item.left(), item.top(), item.right(), item.bottom()),
            List.of((int) box.left(), (int) box.top(), (int) box.right(), (int) box.bottom()));
      }
    }
    assertEquals(
        "val", DataFolder.load(folder, 128, true).measured().name(), "for choosing settings");
    // Finished scenes are not written again, those of another seed are.
    Path first = folder.resolve("JPEGImages/train_000000.jpg");
    byte[] before = Files.readAllBytes(first);
    Files.delete(first);
    SceneFolder.ensure(folder, 5, 128, new SceneFolder.Counts(12, 3, 6));
    assertTrue(Files.notExists(first));
    SceneFolder.ensure(folder, 6, 128, new SceneFolder.Counts(12, 3, 6));
    assertTrue(!Arrays.equals(before, Files.readAllBytes(first)));
  }

  @Test
  void boxesGoToTheInputAndBack() throws IOException {
    image("a", "cat 11 21 60 80", "dog 1 1 200 100");
    image("b", "cat 1 1 50 50");
    list("train", "a");
    list("test", "b");
    DetectionData data = load();
    Picture picture = data.train().pictures().getFirst();
    assertEquals(64.0 / 200, picture.scale());
    ObjectBox cat = picture.objects().getFirst();
    assertEquals(10 * 0.32, cat.left(), 1e-9);
    assertEquals(20 * 0.32, cat.top(), 1e-9);
    assertEquals(60 * 0.32, cat.right(), 1e-9);
    Box back = data.train().inFile(picture, cat);
    assertEquals(11, back.left(), 1e-9);
    assertEquals(80, back.bottom(), 1e-9);
    assertEquals(PixelConvention.INCLUSIVE, data.train().pixels());
    // Below the picture the input is grey.
    assertEquals((byte) 128, picture.rgb()[40 * 64]);
  }

  @Test
  void withoutListsEveryFifthImageIsMeasured() throws IOException {
    for (int i = 0; i < 10; i++) {
      image("i" + i, "cat 1 1 50 50");
    }
    DetectionData data = load();
    assertEquals(8, data.train().pictures().size());
    assertEquals(List.of("i4", "i9"), data.measured().truth().images());
    assertNote(data, "every fifth image by name is measured");
  }

  @Test
  void whatCannotBeUsedIsNamedAndLeftOut() throws IOException {
    image("good", "cat 1 1 50 50", "cat 20 20 20 60");
    image("outside", "cat 300 1 400 50", "cat 5 5 50 50");
    image("broken", "cat 1 1 50 50");
    byte[] jpeg = Files.readAllBytes(folder.resolve("JPEGImages/broken.jpg"));
    Files.write(folder.resolve("JPEGImages/broken.jpg"), Arrays.copyOf(jpeg, jpeg.length / 2));
    image("text", "cat 1 1 50 50");
    Files.writeString(folder.resolve("JPEGImages/text.jpg"), "no image");
    annotation("absent", "cat 1 1 50 50");
    image("test", "cat 1 1 50 50", "unicorn 1 1 50 50");
    list("trainval", "good", "outside", "broken", "text", "absent");
    list("test", "test");
    DetectionData data = load();
    assertEquals(List.of("good", "outside"), data.train().truth().images());
    assertEquals(2, data.train().objects());
    assertEquals(List.of("cat"), data.categories());
    assertEquals(1, data.measured().objects());
    assertNote(data, "no image for the annotation: absent.");
    assertNote(data, "cannot be decoded: broken, text.");
    assertNote(data, "no area inside its image: cat in good, cat in outside.");
    assertNote(data, "no object of the class is trained on: unicorn (1 objects).");
  }

  /** A sentence has the first names, the file of results all of them. */
  @Test
  void everythingLeftOutIsNamed() throws IOException {
    for (int i = 0; i < 5; i++) {
      annotation("absent" + i, "cat 1 1 50 50");
    }
    image("good", "cat 1 1 50 50");
    list("train", "absent0", "absent1", "absent2", "absent3", "absent4", "good");
    list("val", "good");
    DetectionData data = load();
    assertNote(data, ": absent0, absent1, absent2 and 2 more.");
    assertEquals(
        List.of("absent0", "absent1", "absent2", "absent3", "absent4"),
        data.leftOut().get("Left out, because there is no image for the annotation"));
  }

  @Test
  void refusesABoxThatEndsBeforeItBegins() throws IOException {
    image("a", "cat 60 1 50 50");
    assertRefused("has a negative size. Maybe the format is another?");
  }

  @Test
  void damagedBytesNeverStopTheReading() throws IOException {
    image("good", "cat 1 1 50 50");
    byte[] jpeg = Files.readAllBytes(folder.resolve("JPEGImages/good.jpg"));
    java.util.Random random = new java.util.Random(9);
    String[] names = IntStream.range(0, 60).mapToObj(i -> "bad" + i).toArray(String[]::new);
    for (String name : names) {
      byte[] damaged = jpeg.clone();
      for (int i = 0; i < 4; i++) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
      }
      annotation(name, "cat 1 1 50 50");
      Files.write(folder.resolve("JPEGImages/" + name + ".jpg"), damaged);
    }
    list(
        "train",
        IntStream.range(0, 61).mapToObj(i -> i == 60 ? "good" : names[i]).toArray(String[]::new));
    list("test", "good");
    assertTrue(load().train().pictures().size() >= 1);
  }

  @Test
  void readsBothLayoutsOfCoco() throws IOException {
    String json =
        """
        {"images": [{"id": 7, "file_name": "x.png", "width": 20, "height": 10}],
         "categories": [{"id": 3, "name": "cat"}],
         "annotations": [
           {"id": 1, "image_id": 7, "category_id": 3, "bbox": [2, 3, 4, 5]},
           {"id": 2, "image_id": 7, "category_id": 3, "bbox": [2, 3, 0, 5]},
           {"id": 3, "image_id": 7, "category_id": 3, "bbox": [2, 3, 9, 5], "iscrowd": 1}]}
        """;
    Path flat = folder.resolve("flat");
    for (String set : new String[] {"train2017", "val2017"}) {
      png(flat.resolve("images").resolve(set).resolve("x.png"));
      write(flat.resolve("annotations/instances_" + set + ".json"), json);
    }
    Path nested = folder.resolve("nested");
    for (String set : new String[] {"train", "valid"}) {
      png(nested.resolve(set).resolve("x.png"));
      write(nested.resolve(set).resolve("_annotations.coco.json"), json);
    }
    for (Path root : List.of(flat, nested)) {
      DetectionData data = DataFolder.load(root, 64, false);
      assertEquals(PixelConvention.CONTINUOUS, data.train().pixels());
      assertEquals(1, data.train().pictures().getFirst().objects().size());
      ObjectBox box = data.train().pictures().getFirst().objects().getFirst();
      assertEquals(2 * 3.2, box.left(), 1e-9);
      assertEquals(6 * 3.2, box.right(), 1e-9);
      assertEquals(2, data.measured().truth().boxes().size(), "the crowd is ignored, not lost");
    }
  }

  private static void png(Path file) throws IOException {
    Files.createDirectories(file.getParent());
    ImageIO.write(new BufferedImage(20, 10, BufferedImage.TYPE_INT_RGB), "png", file.toFile());
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private void assertRefused(String sentence) {
    String message = assertThrows(BadInputException.class, this::load).getMessage();
    assertTrue(message.contains(sentence), message);
    assertTrue(message.endsWith("another?") || message.endsWith("."), message);
    assertEquals(1, message.lines().count());
  }

  @Test
  void refusesWhatLeavesNothingToDo() throws IOException {
    assertRefused("is no folder of Pascal VOC");
    annotation("a", "cat 1 1 50 50");
    annotation("b", "cat 1 1 50 50");
    list("train", "a");
    list("test", "b");
    assertRefused("None of the 1 images of train can be read");
    image("a");
    assertRefused("has no object to train on");
    image("a", "dog 1 1 50 50");
    image("b", "cat 1 1 50 50");
    assertRefused("has no object of a trained class to measure on");
    image("b", "dog 1 1 50 50");
    Path difficult = folder.resolve("Annotations/b.xml");
    Files.writeString(
        difficult,
        Files.readString(difficult).replace("</name>", "</name><difficult>1</difficult>"));
    assertRefused("All 1 objects of " + folder + " to measure on are marked as difficult");
    list("train", "a", "nowhere");
    assertRefused("nowhere");
    list("train", "a");
    Files.writeString(folder.resolve("Annotations/a.xml"), "<annotation><object>");
    assertRefused("a.xml, line 1");
  }
}
