package io.solvegrad.evaluation.detection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.solvegrad.evaluation.detection.ImageSize.Outside;
import io.solvegrad.evaluation.file.FileFormatException;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DetectionFilesTest {
  private static final String SIZE = "<size><width>50</width><height>40</height></size>";

  @TempDir private Path folder;

  private Path write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  private static String object(String name, String more, double... c) {
    return "<object><name>%s</name>%s<bndbox><xmin>%s</xmin><ymin>%s</ymin><xmax>%s</xmax><ymax>%s</ymax></bndbox></object>"
        .formatted(name, more, c[0], c[1], c[2], c[3]);
  }

  private TruthSet voc(String xml) throws IOException {
    write("voc/a.xml", xml);
    return VocFiles.readTruth(folder.resolve("voc"), null, Outside.REJECT);
  }

  @Test
  void partsOfAnObjectAreNotObjects() throws IOException {
    String part =
        "<part><name>head</name><bndbox><xmin>2</xmin><ymin>2</ymin><xmax>3</xmax></bndbox></part>";
    TruthSet truth =
        voc(
            "<annotation>"
                + SIZE
                + object("dog", part + "<difficult>1</difficult>", 1, 2, 30, 40)
                + "</annotation>");
    assertEquals(
        List.of(new TruthBox("a", "dog", Box.ofCorners(1, 2, 30, 40), true, false, 29 * 38)),
        truth.boxes());
    assertEquals(new ImageSize(50, 40), truth.sizes().get("a"));
  }

  @Test
  void externalEntitiesAndExpansionsAreRefused() throws IOException {
    Path secret = write("secret.txt", "dog");
    String external =
        "<!DOCTYPE annotation [<!ENTITY x SYSTEM \"%s\">]><annotation><object><name>&x;</name></object></annotation>"
            .formatted(secret.toUri());
    StringBuilder laughs = new StringBuilder("<!DOCTYPE annotation [<!ENTITY a0 \"ha\">");
    for (int i = 1; i < 30; i++) {
      laughs.append("<!ENTITY a%d \"%s\">".formatted(i, "&a%d;".formatted(i - 1).repeat(10)));
    }
    laughs.append("]><annotation><object><name>&a29;</name></object></annotation>");
    String remote = "<!DOCTYPE annotation SYSTEM \"http://127.0.0.1:9/x.dtd\"><annotation/>";
    for (String xml : List.of(external, laughs.toString(), remote)) {
      FileFormatException e =
          assertTimeoutPreemptively(
              Duration.ofSeconds(10),
              () -> assertThrows(FileFormatException.class, () -> voc(xml)));
      assertTrue(e.getMessage().contains("a.xml, line 1"), e.getMessage());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "<annotation>",
        "<annotation/><annotation/>",
        "<html/>",
        "<annotation><object/></annotation>",
        "<annotation><object><name>dog</name></object></annotation>",
        "<annotation>&undefined;</annotation>",
        "not XML"
      })
  void otherXmlIsRefused(String xml) {
    assertThrows(FileFormatException.class, () -> voc(xml));
  }

  @ParameterizedTest
  @CsvSource({
    "NaN, 1, 2, 2",
    "5, 1, 2, 2",
    "1, 1, 500, 2",
    "-9, 1, 2, 2",
    "1e12, 1, 1e13, 2",
    "1, 1, 2, 99"
  })
  void boxesThatMakeNoSenseAreRefused(String l, String t, String r, String b) {
    String xml =
        "<annotation>\n"
            + object("dog", "", 1, 1, 2, 2)
                .replace("<xmin>1.0", "<xmin>" + l)
                .replace("<ymin>1.0", "<ymin>" + t)
                .replace("<xmax>2.0", "<xmax>" + r)
                .replace("<ymax>2.0", "<ymax>" + b)
            + "\n"
            + SIZE
            + "</annotation>";
    FileFormatException e = assertThrows(FileFormatException.class, () -> voc(xml));
    assertTrue(e.getMessage().contains("a.xml, line 2"), e.getMessage());
  }

  @Test
  void hugeTextsAndDepthsTakeNoMemory() {
    String text = "x".repeat(1 << 20);
    assertThrows(
        FileFormatException.class,
        () -> voc("<annotation><object><name>" + text + "</name></object></annotation>"));
    assertThrows(
        FileFormatException.class,
        () -> voc("<annotation>" + "<a>".repeat(100_000) + "</annotation>"));
  }

  @Test
  void otherEncodingsOfXmlAreRead() throws IOException {
    String xml =
        "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><annotation>"
            + object("caf\u00e9", "", 1, 1, 2, 2)
            + "</annotation>";
    write("voc/a.xml", "");
    Files.write(folder.resolve("voc/a.xml"), xml.getBytes(StandardCharsets.ISO_8859_1));
    TruthSet truth = VocFiles.readTruth(folder.resolve("voc"), null, Outside.REJECT);
    assertEquals(List.of("caf\u00e9"), truth.categories());
    // bytes that are not the UTF-8 they claim to be
    Files.write(
        folder.resolve("voc/a.xml"),
        xml.replace("ISO-8859-1", "UTF-8").getBytes(StandardCharsets.ISO_8859_1));
    FileFormatException e =
        assertThrows(
            FileFormatException.class,
            () -> VocFiles.readTruth(folder.resolve("voc"), null, Outside.REJECT));
    assertTrue(e.getMessage().endsWith("a.xml, line 1: is not UTF-8"), e.getMessage());
    for (Charset charset :
        List.of(StandardCharsets.UTF_16, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
      Files.write(
          folder.resolve("voc/a.xml"), xml.replace("ISO-8859-1", "UTF-16").getBytes(charset));
      assertEquals(
          truth.categories(),
          VocFiles.readTruth(folder.resolve("voc"), null, Outside.REJECT).categories());
    }
    Files.writeString(folder.resolve("voc/a.xml"), xml.replace("ISO-8859-1", "KLINGON-1"));
    FileFormatException unknown =
        assertThrows(
            FileFormatException.class,
            () -> VocFiles.readTruth(folder.resolve("voc"), null, Outside.REJECT));
    assertTrue(unknown.getMessage().contains("'KLINGON-1'"), unknown.getMessage());
  }

  @Test
  void imageSetsChooseImagesAndStayInTheFolder() throws IOException {
    write("set/Annotations/a.xml", "<annotation/>");
    write("set/Annotations/b.xml", "<annotation/>");
    write("set/ImageSets/Main/val.txt", "b  1\na -1\n");
    Path root = folder.resolve("set");
    assertEquals(List.of("b", "a"), VocFiles.readTruth(root, "val", Outside.REJECT).images());
    for (String list : List.of("../../secret\n", "a\na\n", "missing\n", "")) {
      write("set/ImageSets/Main/val.txt", list);
      assertThrows(
          FileFormatException.class, () -> VocFiles.readTruth(root, "val", Outside.REJECT), list);
    }
  }

  @Test
  void textFormatsAreWhatIsStated() throws IOException {
    write("t/a.txt", "dog 10 20 30 40\n\n");
    Path t = folder.resolve("t");
    assertEquals(Box.ofCorners(10, 20, 30, 40), one(TextBoxes.Format.LTRB, false, t));
    assertEquals(Box.ofCorners(10, 20, 40, 60), one(TextBoxes.Format.XYWH, false, t));
    assertEquals(Box.ofCorners(-5, 0, 25, 40), one(TextBoxes.Format.CXCYWH, false, t));
    write("t/a.txt", "dog 0.25 0.5 0.5 0.25\n");
    assertEquals(Box.ofSize(0, 150, 100, 100), one(TextBoxes.Format.CXCYWH, true, t));
  }

  private static Box one(TextBoxes.Format format, boolean relative, Path folder)
      throws IOException {
    ImageSize size = relative ? new ImageSize(200, 400) : null;
    Outside outside = relative ? Outside.REJECT : Outside.KEEP;
    TruthSet truth = new TextBoxes(format, relative, size, outside).readTruth(folder);
    return truth.boxes().getFirst().box();
  }

  @Test
  void boxesAreClippedOnRequest() throws IOException {
    write("t/a.txt", "dog -10 20 30 400\n");
    ImageSize size = new ImageSize(100, 100);
    TextBoxes clip = new TextBoxes(TextBoxes.Format.LTRB, false, size, Outside.CLIP);
    assertEquals(
        Box.ofCorners(0, 20, 30, 100),
        clip.readTruth(folder.resolve("t")).boxes().getFirst().box());
  }

  private TruthSet coco(String json) throws IOException {
    Path file = write("instances.json", json.replace('\'', '"'));
    return CocoFiles.readTruth(file, Outside.REJECT).set();
  }

  private static final String IMAGES =
      "'images': [{'id': 1, 'width': 50, 'height': 40}, {'id': 10}]";
  private static final String CATEGORIES = "'categories': [{'id': 2, 'name': 'dog'}]";

  private static String instances(String annotation) {
    return "{" + IMAGES + "," + CATEGORIES + ", 'annotations': [" + annotation + "]}";
  }

  @Test
  void readsWhatCocoNeeds() throws IOException {
    TruthSet truth =
        coco(
            instances(
                "{'id': 0, 'image_id': 1, 'category_id': 2, 'bbox': [1, 2, 3.5, 4], 'area': 5.5,"
                    + " 'iscrowd': 1, 'segmentation': {'counts': [1, [2], {'a': []}], 'size': []}}"));
    assertEquals(List.of("1", "10"), truth.images());
    assertEquals(
        List.of(new TruthBox("1", "dog", Box.ofSize(1, 2, 3.5, 4), false, true, 5.5)),
        truth.boxes());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'image_id': 3, 'category_id': 2, 'bbox': [1, 2, 3, 4]}",
        "{'image_id': 1, 'category_id': 9, 'bbox': [1, 2, 3, 4]}",
        "{'image_id': 1, 'category_id': 2}",
        "{'image_id': 1, 'category_id': 2, 'bbox': [1, 2, 3]}",
        "{'image_id': 1, 'category_id': 2, 'bbox': [1, 2, 3, null]}",
        "{'image_id': 1, 'category_id': 2, 'bbox': [1, 2, 3, 'x']}",
        "{'image_id': 1, 'category_id': 2, 'bbox': [1, 2, NaN, 4]}",
        "{'image_id': 1, 'category_id': 2, 'bbox': [1, 2, -3, 4]}",
        "{'image_id': 1, 'category_id': 2, 'bbox': [1, 2, 300, 4]}",
        "{'image_id': 1, 'category_id': 2, 'bbox': [1e400, 2, 3, 4]}",
        "{'image_id': 1, 'category_id': 2, 'bbox': [1, 2, 3, 4], 'area': -1}",
        "{'image_id': 1.5, 'category_id': 2, 'bbox': [1, 2, 3, 4]}",
        "{'id': 7, 'image_id': 1, 'category_id': 2, 'bbox': [1, 2, 3, 4]}, {'id': 7}",
        "{'image_id': 1, 'image_id': 1, 'category_id': 2, 'bbox': [1, 2, 3, 4]}",
        "[]",
        "3"
      })
  void otherAnnotationsAreRefused(String annotation) {
    FileFormatException e =
        assertThrows(FileFormatException.class, () -> coco(instances(annotation)));
    assertTrue(e.getMessage().contains("instances.json, line 1"), e.getMessage());
  }

  @Test
  void instancesWithoutAnnotationsAreRefused() {
    FileFormatException e =
        assertThrows(FileFormatException.class, () -> coco("{" + IMAGES + ", " + CATEGORIES + "}"));
    assertTrue(e.getMessage().contains("has no list annotations"), e.getMessage());
  }

  @Test
  void deepJsonIsRefused() {
    String deep = "[".repeat(1_000_000);
    assertThrows(FileFormatException.class, () -> coco("{" + IMAGES + ", 'annotations': " + deep));
    assertThrows(FileFormatException.class, () -> coco("{'info': " + deep));
  }

  @Test
  void aMillionObjectsAreRead() throws IOException {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 1_000_000; i++) {
      lines.append("dog 1 1 5 5\n");
    }
    write("many/a.txt", lines.toString());
    TextBoxes text = new TextBoxes(TextBoxes.Format.LTRB, false, null, Outside.REJECT);
    TruthSet truth = text.readTruth(folder.resolve("many"));
    assertEquals(1_000_000, truth.boxes().size());
  }
}
