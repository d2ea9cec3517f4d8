package io.solvegrad.retrieval.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.solvegrad.retrieval.data.ImageCollection;
import io.solvegrad.retrieval.report.TrainingCurve.Point;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RetrievalReportTest {
  private static final Pattern IMAGE = Pattern.compile("<img [^>]*>");
  private static final TrainingCurve NO_CURVE = new TrainingCurve("steps", List.of(), List.of());
  private static final TrainingCurve CURVE =
      new TrainingCurve(
          "steps", List.of(new Point(0, 0.9), new Point(10, 0.3)), List.of(new Point(10, 0.5)));

  @TempDir Path folder;

  private static byte[] grey(int value) {
    byte[] pixels = new byte[ImageCollection.PIXELS];
    Arrays.fill(pixels, (byte) value);
    return pixels;
  }

  private static ImageCollection images() {
    return new ImageCollection.Builder()
        .add("cat & \"dog\"", "Ann <a>", "first", true, grey(10))
        .add("cat & \"dog\"", "Zoe", "second", true, grey(20))
        .add("tree", "Zoe", "third", true, grey(30))
        .add("brand", "Zoe", "fourth", false, grey(40))
        .build();
  }

  private static RetrievalReport report(TrainingCurve curve, Gallery.Query... queries) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("seed", "1");
    settings.put("loss", "<script>alert('x')</script>");
    return new RetrievalReport(
        "Finding <things>",
        "It's better & faster.",
        List.of(
            new HitRates("raw pixels", 0.4556, 0.6161, 0.7282),
            new HitRates("trained net", 0.5523, Double.NaN, 1)),
        curve,
        new Gallery(images(), "raw pixels", "trained net", List.of(queries), "Drawn by <all>."),
        settings);
  }

  private static final Gallery.Query QUERY = new Gallery.Query(0, List.of(2, 3), List.of(1, 2));

  /** The page word for word, with styles and picture data left out. */
  @Test
  void pageIsAsExpected() throws IOException {
    String page =
        report(NO_CURVE, QUERY)
            .html()
            .replaceAll("(?s)<style>.*</style>", "<style></style>")
            .replaceAll("base64,[^\"]*", "base64,");
    try (InputStream in = RetrievalReportTest.class.getResourceAsStream("expected-report.html")) {
      assertNotNull(in);
      assertEquals(new String(in.readAllBytes(), StandardCharsets.UTF_8), page);
    }
  }

  @Test
  void everyPictureIsInsideAndHasAText() throws IOException {
    String page = report(CURVE, QUERY).html();
    Matcher matcher = IMAGE.matcher(page);
    int count = 0;
    while (matcher.find()) {
      String image = matcher.group();
      assertTrue(image.contains(" src=\"data:image/png;base64,"), image);
      assertTrue(image.matches("(?s).* alt=\"[^\"]+\".*"), image);
      count++;
    }
    assertEquals(5, count, "curve, query, one neighbour before, two after; the logo is hidden");
    assertFalse(Pattern.compile("(?i)<script|<link|@import|url\\(|https?://").matcher(page).find());
    assertTrue(page.contains("alt=\"Training curve over steps: loss from 0.900 to 0.300"));
  }

  @Test
  void picturesAreTheImages() throws IOException {
    Matcher matcher =
        Pattern.compile("<img src=\"data:image/png;base64,([^\"]+)\" alt=\"tree, Zoe\"")
            .matcher(report(NO_CURVE, QUERY).html());
    assertTrue(matcher.find());
    BufferedImage image =
        ImageIO.read(new ByteArrayInputStream(Base64.getDecoder().decode(matcher.group(1))));
    assertEquals(ImageCollection.SIDE, image.getWidth());
    assertArrayEquals(grey(30), (byte[]) image.getRaster().getDataElements(0, 0, 32, 32, null));
  }

  @Test
  void partsWithoutContentAreLeftOut() throws IOException {
    String page = report(NO_CURVE).html();
    assertFalse(page.contains("<h2>Training</h2>"));
    assertFalse(page.contains("<h2>What the model finds</h2>"));
    assertTrue(page.contains("<h2>Result</h2>"));
  }

  @Test
  void writesPageAndCurve() throws IOException {
    Path out = folder.resolve("out");
    report(CURVE, QUERY).write(out);
    assertEquals(Set.of("report.html", "training-curve.png"), names(out));
    assertEquals(report(CURVE, QUERY).html(), Files.readString(out.resolve("report.html")));
    BufferedImage curve = ImageIO.read(out.resolve("training-curve.png").toFile());
    assertEquals(1200, curve.getWidth());

    Path other = folder.resolve("other");
    report(NO_CURVE, QUERY).write(other);
    assertEquals(Set.of("report.html"), names(other));
  }

  private static Set<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      Set<String> names = new HashSet<>();
      files.forEach(file -> names.add(file.getFileName().toString()));
      return names;
    }
  }

  @Test
  void queriesArePublishableAndOfDifferentClasses() {
    ImageCollection images = images();
    for (long seed = 0; seed < 50; seed++) {
      int[] queries = Gallery.pickQueries(images, 10, seed);
      assertEquals(2, queries.length, "the third class is a logo");
      assertArrayEquals(queries, Gallery.pickQueries(images, 10, seed));
      assertEquals(2, Arrays.stream(queries).map(images::classOf).distinct().count());
      assertTrue(Arrays.stream(queries).allMatch(images::publishable));
      assertEquals(1, Gallery.pickQueries(images, 1, seed).length);
    }
  }
}
