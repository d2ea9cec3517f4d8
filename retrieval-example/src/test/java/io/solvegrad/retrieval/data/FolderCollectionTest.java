package io.solvegrad.retrieval.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.solvegrad.example.BadInputException;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderCollectionTest {
  private static final int SIDE = ImageCollection.SIDE;

  @TempDir Path folder;

  private void save(String name, BufferedImage image) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    String format = name.substring(name.lastIndexOf('.') + 1);
    assertTrue(ImageIO.write(image, format, file.toFile()), "no writer for " + format);
  }

  private static BufferedImage plain(int width, int height, Color colour) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setColor(colour);
    graphics.fillRect(0, 0, width, height);
    graphics.dispose();
    return image;
  }

  /** Four classes of two images, enough for everything else to be the only mistake. */
  private void fill() throws IOException {
    for (String name : List.of("ant", "bee", "cow", "dog")) {
      save(name + "/1.png", plain(SIDE, SIDE, Color.BLACK));
      save(name + "/2.png", plain(SIDE, SIDE, Color.WHITE));
    }
  }

  private String refusal(Path path) {
    return assertThrows(BadInputException.class, () -> FolderCollection.load(path)).getMessage();
  }

  private int pixel(ImageCollection images, String description, int x, int y) {
    int image =
        IntStream.range(0, images.size())
            .filter(i -> images.description(i).equals(description))
            .findFirst()
            .orElseThrow();
    return images.bytes(image)[y * SIDE + x] & 0xff;
  }

  @Test
  void readsClassesInOrder() throws IOException {
    fill();
    save("ant/0.bmp", plain(5, 5, Color.RED));
    save("ant/3.gif", plain(64, 64, Color.GRAY));
    save("ant/4.JPG", plain(640, 640, Color.GREEN));
    save("ant/5.jpeg", plain(33, 31, Color.BLUE));
    Files.writeString(folder.resolve("ant/readme.txt"), "no image");
    Files.writeString(folder.resolve("ant/.hidden.png"), "no image");
    Files.writeString(folder.resolve("list.png"), "beside the classes");
    Files.createDirectories(folder.resolve("empty"));
    Files.createDirectories(folder.resolve("ant/deeper.png"));
    Files.createDirectories(folder.resolve(".git"));
    Files.writeString(folder.resolve(".git/a.png"), "no image");

    ImageCollection images = FolderCollection.load(folder);
    assertEquals(12, images.size());
    assertEquals(4, images.classCount());
    assertEquals(12, images.sourceCount(), "each image is its own source");
    assertEquals(
        List.of("ant/0.bmp", "ant/1.png", "ant/2.png", "ant/3.gif", "ant/4.JPG", "ant/5.jpeg"),
        IntStream.range(0, 6).mapToObj(images::description).toList());
    assertEquals("dog", images.className(images.classOf(11)));
    assertEquals(76, pixel(images, "ant/0.bmp", 16, 16), "0.299 of 255");
    assertEquals(0, pixel(images, "ant/1.png", 0, 31));
    assertEquals(255, pixel(images, "ant/2.png", 31, 0));
    assertEquals(128, pixel(images, "ant/3.gif", 16, 16));
    assertEquals(150, pixel(images, "ant/4.JPG", 16, 16), 2);
    assertEquals(29, pixel(images, "ant/5.jpeg", 16, 16), 2);
  }

  @Test
  void keepsTheAspectAndContinuesTheEdge() throws IOException {
    fill();
    BufferedImage wide = plain(400, 100, Color.WHITE);
    for (int x = 100; x < 300; x++) {
      for (int y = 25; y < 75; y++) {
        wide.setRGB(x, y, 0);
      }
    }
    save("ant/wide.png", wide);
    save("ant/line.png", plain(2000, 1, Color.BLACK));
    ImageCollection images = FolderCollection.load(folder);
    assertEquals(255, pixel(images, "ant/wide.png", 16, 0), "above the image: its edge");
    assertEquals(255, pixel(images, "ant/wide.png", 2, 16));
    assertEquals(0, pixel(images, "ant/wide.png", 16, 16), "the black box in the middle");
    assertEquals(255, pixel(images, "ant/wide.png", 16, 21), "below the image");
    assertEquals(0, pixel(images, "ant/line.png", 16, 16));
  }

  @Test
  void transparentPixelsAreWhite() throws IOException {
    fill();
    save("ant/clear.png", new BufferedImage(40, 40, BufferedImage.TYPE_INT_ARGB));
    assertEquals(255, pixel(FolderCollection.load(folder), "ant/clear.png", 16, 16));
  }

  @Test
  void averagesLargeImages() throws IOException {
    fill();
    BufferedImage checks = new BufferedImage(1600, 1600, BufferedImage.TYPE_BYTE_GRAY);
    for (int y = 0; y < 1600; y++) {
      for (int x = 0; x < 1600; x++) {
        checks.setRGB(x, y, (x / 10 + y / 10) % 2 == 0 ? 0xffffff : 0);
      }
    }
    save("ant/checks.png", checks);
    assertEquals(128, pixel(FolderCollection.load(folder), "ant/checks.png", 16, 16), 24);
  }

  private static String descriptions(ImageCollection images) {
    return IntStream.range(0, images.size())
        .mapToObj(i -> images.className(images.classOf(i)) + "=" + images.description(i))
        .collect(Collectors.joining(" "));
  }

  private void write(String name, String... lines) throws IOException {
    Files.createDirectories(folder.resolve(name).getParent());
    Files.write(folder.resolve(name), List.of(lines));
  }

  @Test
  void withoutListsTheSeedSplitsTheClasses() throws IOException {
    fill();
    ClassSplit split = FolderCollection.split(folder, 1);
    assertEquals(2, split.train().classCount());
    assertEquals(2, split.heldOut().classCount());
    ImageCollection all = FolderCollection.load(folder);
    assertEquals(
        descriptions(ClassSplit.of(all, 0.5, 7).train()),
        descriptions(FolderCollection.split(folder, 7).train()));
  }

  @Test
  void listsOfProductsDecideTheSplit() throws IOException {
    fill();
    write(
        "Ebay_train.txt",
        "image_id class_id super_class_id path",
        "1 1 1 ant/2.png",
        "2 1 1 ant/1.png",
        "3 2 1 bee/1.png",
        "4 2 1 bee/2.png");
    write(
        "Ebay_test.txt",
        "image_id class_id super_class_id path",
        "5 3 1 cow/1.png",
        "6 3 1 cow/2.png",
        "7 4 1 dog/1.png",
        "8 4 1 dog/2.png");
    for (long seed : new long[] {1, 2}) {
      ClassSplit split = FolderCollection.split(folder, seed);
      assertEquals("1=ant/2.png 1=ant/1.png 2=bee/1.png 2=bee/2.png", descriptions(split.train()));
      assertEquals(
          "3=cow/1.png 3=cow/2.png 4=dog/1.png 4=dog/2.png", descriptions(split.heldOut()));
      assertEquals(4, split.heldOut().sourceCount());
    }
    write(
        "Ebay_test.txt",
        "heading",
        "5 3 1 cow/1.png",
        "6 3 1 cow/9.png",
        "7 4 1 dog/1.png",
        "8 4 1 dog/2.png");
    assertTrue(
        assertThrows(BadInputException.class, () -> FolderCollection.split(folder, 1))
            .getMessage()
            .contains("9.png cannot be read"));
    write("Ebay_test.txt", "heading", "5 3 1 cow/1.png", "6 3 1");
    assertTrue(
        assertThrows(BadInputException.class, () -> FolderCollection.split(folder, 1))
            .getMessage()
            .contains("has 3 fields, not 4"));
    write("Ebay_test.txt", "heading", "5 3 1 cow/1.png", "6 3 1 cow/2.png", "7 4 1 dog/1.png");
    assertEquals(
        "The lists in %s name 1 classes on one side of their split; 2 are needed."
            .formatted(folder),
        assertThrows(BadInputException.class, () -> FolderCollection.split(folder, 1))
            .getMessage());
  }

  @Test
  void queriesAndGalleryOfClothesSearchEachOther() throws IOException {
    fill();
    write(
        "Eval/list_eval_partition.txt",
        "11",
        "image_name item_id evaluation_status",
        "ant/1.png a train",
        "ant/2.png a train",
        "bee/1.png b train",
        "bee/2.png b train",
        "ant/2.png lonely train",
        "cow/1.png c query",
        "dog/1.png d query",
        "dog/2.png d gallery",
        "cow/2.png c gallery");
    ClassSplit split = FolderCollection.split(folder, 1);
    assertEquals("a=ant/1.png a=ant/2.png b=bee/1.png b=bee/2.png", descriptions(split.train()));
    assertEquals("c=cow/1.png c=cow/2.png d=dog/1.png d=dog/2.png", descriptions(split.heldOut()));
  }

  @Test
  void birdsAreSplitByTheirNumbers() throws IOException {
    for (String bird : new String[] {"1.A", "2.B", "3.C", "4.D"}) {
      save("images/" + bird + "/x.png", plain(8, 8, Color.RED));
      save("images/" + bird + "/y.png", plain(8, 8, Color.BLUE));
    }
    write(
        "images.txt",
        "1 1.A/x.png",
        "2 1.A/y.png",
        "3 2.B/x.png",
        "4 2.B/y.png",
        "5 3.C/x.png",
        "6 3.C/y.png",
        "7 4.D/x.png",
        "8 4.D/y.png");
    write("image_class_labels.txt", "1 1", "2 1", "3 2", "4 2", "5 3", "6 3", "7 4", "8 4");
    ClassSplit split = FolderCollection.split(folder, 1);
    assertEquals(
        "1=images/1.A/x.png 1=images/1.A/y.png 2=images/2.B/x.png 2=images/2.B/y.png",
        descriptions(split.train()));
    assertEquals(4, split.heldOut().size());
  }

  @Test
  void missingFolder() {
    assertEquals(
        "Folder "
            + folder.resolve("none")
            + " does not exist; give a folder with one folder per class.",
        refusal(folder.resolve("none")));
  }

  @Test
  void fileInsteadOfFolder() throws IOException {
    Path file = Files.writeString(folder.resolve("data.zip"), "zip");
    assertEquals(
        file + " is not a folder; give a folder with one folder per class.", refusal(file));
  }

  @Test
  void noClasses() throws IOException {
    save("loose.png", plain(4, 4, Color.RED));
    Files.createDirectories(folder.resolve("empty"));
    assertEquals(
        "Folder "
            + folder
            + " has no folders with png, jpg, gif or bmp images;"
            + " make one folder per class and put its images inside.",
        refusal(folder));
  }

  @Test
  void tooFewClasses() throws IOException {
    save("ant/1.png", plain(4, 4, Color.RED));
    save("ant/2.png", plain(4, 4, Color.RED));
    assertEquals(
        "Folder "
            + folder
            + " has 1 class with images, but half of the classes are kept for testing:"
            + " give at least 4.",
        refusal(folder));
  }

  @Test
  void classWithASingleImage() throws IOException {
    fill();
    save("elk/1.png", plain(4, 4, Color.RED));
    assertEquals(
        "Class elk in "
            + folder
            + " has a single image (1.png): nothing could be found for it;"
            + " add a second image or remove the folder.",
        refusal(folder));
  }

  @Test
  void textInsteadOfAnImage() throws IOException {
    fill();
    Path file = Files.writeString(folder.resolve("bee/3.png"), "no image");
    assertEquals(
        "Image " + file + " cannot be read (no png, jpg, gif or bmp inside); repair or remove it.",
        refusal(folder));
  }

  @Test
  void emptyImage() throws IOException {
    fill();
    Path file = Files.write(folder.resolve("bee/3.jpg"), new byte[0]);
    assertTrue(refusal(folder).startsWith("Image " + file + " cannot be read ("));
  }

  @Test
  void tornImage() throws IOException {
    fill();
    for (String format : List.of("png", "jpg", "bmp")) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      ImageIO.write(plain(200, 200, Color.RED), format, out);
      byte[] start = Arrays.copyOf(out.toByteArray(), 60);
      Path file = Files.write(folder.resolve("cow/3." + format), start);
      String message = refusal(folder);
      assertTrue(
          message.startsWith("Image " + file + " cannot be read (")
              && message.endsWith("); repair or remove it."),
          message);
      Files.delete(file);
    }
  }

  @Test
  void absurdSizeIsRefusedBeforeDecoding() throws IOException {
    fill();
    ByteBuffer png = ByteBuffer.allocate(8 + 25);
    png.putLong(0x89504e470d0a1a0aL).putInt(13);
    byte[] header =
        ByteBuffer.allocate(17)
            .put("IHDR".getBytes(StandardCharsets.US_ASCII))
            .putInt(60000)
            .putInt(50000)
            .put(new byte[] {8, 2, 0, 0, 0})
            .array();
    CRC32 crc = new CRC32();
    crc.update(header);
    png.put(header).putInt((int) crc.getValue());
    Path file = Files.write(folder.resolve("dog/bomb.png"), png.array());
    assertEquals(
        "Image "
            + file
            + " cannot be read (60000 x 50000 pixels are more than 100 million);"
            + " repair or remove it.",
        refusal(folder));
  }
}
