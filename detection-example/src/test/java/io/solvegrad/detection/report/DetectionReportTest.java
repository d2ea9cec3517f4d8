package io.solvegrad.detection.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.solvegrad.detection.data.Picture;
import io.solvegrad.detection.data.PictureSet;
import io.solvegrad.detection.training.TrainingPoint;
import io.solvegrad.evaluation.detection.Box;
import io.solvegrad.evaluation.detection.Detection;
import io.solvegrad.evaluation.detection.PixelConvention;
import io.solvegrad.evaluation.detection.TruthBox;
import io.solvegrad.evaluation.detection.TruthSet;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DetectionReportTest {
  private static final PictureSet SET =
      new PictureSet(
          "test",
          List.of(new Picture("one & only", new byte[3 * 64 * 64], 1, 64, 64, List.of())),
          new TruthSet(
              List.of("one & only"),
              List.of("cat", "dog", "<none>"),
              List.of(
                  new TruthBox("one & only", "cat", Box.ofCorners(1, 1, 20, 20)),
                  new TruthBox("one & only", "dog", Box.ofCorners(30, 30, 60, 60))),
              Map.of()),
          PixelConvention.INCLUSIVE);

  private static final List<Detection> DETECTIONS =
      List.of(
          new Detection("one & only", "cat", Box.ofCorners(1, 1, 20, 20), 2),
          new Detection("one & only", "cat", Box.ofCorners(40, 1, 60, 20), 3),
          new Detection("one & only", "cat", Box.ofCorners(1, 40, 20, 60), -1));

  private static DetectionReport report() {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("head", "ap");
    settings.put("margin", "0.15 <logit>");
    return new DetectionReport(
        "A sentence with <angles>.",
        Measurement.of("untrained head", SET, List.of()),
        Measurement.of("trained head", SET, DETECTIONS),
        List.of(
            new TrainingPoint(10, 1, 0.9, 0.7, 0, 0.1, 2, 100),
            new TrainingPoint(20, 2, 0.5, 0.4, 0, 0.1, 2, 100)),
        SET,
        DETECTIONS,
        "Thanks & credits",
        1,
        settings);
  }

  @Test
  void measuresByHand() {
    Measurement measured = Measurement.of("trained", SET, DETECTIONS);
    // One of two classes with objects is found, at rank 2.
    assertEquals((0.5 + 0) / 2, measured.ap50(), 1e-12);
    assertEquals(0.25, measured.ap75(), 1e-12);
    assertEquals(0.5, measured.rows().get(0).coco(), 1e-12);
    assertTrue(Double.isNaN(measured.rows().get(2).ap50()));
    assertEquals(2, measured.bestThreshold("cat"));
    assertEquals(Double.POSITIVE_INFINITY, measured.bestThreshold("dog"));
    assertEquals(3, measured.classes().size());
    assertTrue(!measured.classes().get(2).containsKey("AP50"));
  }

  /** All but the pictures, whose bytes depend on the JDK and the fonts. */
  @Test
  void thePageIsTheGoldenOne() throws IOException {
    String page =
        report()
            .page()
            .html()
            .replaceAll("data:image/[a-z]+;base64,[A-Za-z0-9+/=]+", "data:picture")
            .replaceAll("(?s)<style>.*</style>", "<style></style>");
    try (InputStream in = getClass().getResourceAsStream("golden-report.html")) {
      String golden = in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
      assertEquals(golden, page);
    }
  }
}
