package io.solvegrad.evaluation.detection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.solvegrad.evaluation.detection.CocoEvaluator.AreaRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CocoEvaluatorTest {

  private static TruthBox object(String image, String category, double... c) {
    return new TruthBox(image, category, Box.ofCorners(c[0], c[1], c[2], c[3]));
  }

  private static Detection found(String image, String category, double score, double... c) {
    return new Detection(image, category, Box.ofCorners(c[0], c[1], c[2], c[3]), score);
  }

  /**
   * Four images of COCO's fake results with the numbers of pycocotools, as torchmetrics quotes them
   * in its test of mean average precision.
   */
  @Test
  void givesTheNumbersOfPycocotools() {
    List<TruthBox> truth =
        List.of(
            object("42", "4", 214.15, 41.29, 562.41, 285.07),
            object("73", "2", 13.00, 22.75, 548.98, 632.42),
            object("73", "2", 1.66, 3.32, 270.26, 275.23),
            object("74", "4", 61.87, 276.25, 358.29, 379.43),
            object("74", "1", 2.75, 3.66, 162.15, 316.06),
            object("74", "0", 295.55, 93.96, 313.97, 152.79),
            object("74", "0", 326.94, 97.05, 340.49, 122.98),
            object("74", "0", 356.62, 95.47, 372.33, 147.55),
            object("74", "0", 462.08, 105.09, 493.74, 146.99),
            object("74", "0", 277.11, 103.84, 292.44, 150.72),
            object("133", "5", 13.99, 2.87, 640.00, 421.52));
    List<Detection> detections =
        List.of(
            found("42", "4", .236, 258.15, 41.29, 606.41, 285.07),
            found("73", "3", .318, 61.00, 22.75, 565.00, 632.42),
            found("73", "2", .726, 12.66, 3.32, 281.26, 275.23),
            found("74", "4", .546, 87.87, 276.25, 384.29, 379.43),
            found("74", "1", .3, 0.00, 3.66, 142.15, 316.06),
            found("74", "0", .407, 296.55, 93.96, 314.97, 152.79),
            found("74", "0", .611, 328.94, 97.05, 342.49, 122.98),
            found("74", "0", .335, 356.62, 95.47, 372.33, 147.55),
            found("74", "0", .805, 464.08, 105.09, 495.74, 146.99),
            found("74", "0", .953, 276.11, 103.84, 291.44, 150.72),
            found("133", "5", .699, 0.00, 2.87, 601.00, 421.52));
    CocoResult result = CocoEvaluator.standard().evaluate(TruthSet.of(truth), detections);
    Map<String, Double> expected =
        Map.ofEntries(
            Map.entry("AP", 0.706),
            Map.entry("AP50", 0.901),
            Map.entry("AP75", 0.846),
            Map.entry("APsmall", 0.689),
            Map.entry("APmedium", 0.800),
            Map.entry("APlarge", 0.701),
            Map.entry("AR1", 0.592),
            Map.entry("AR10", 0.716),
            Map.entry("AR100", 0.716),
            Map.entry("ARsmall", 0.767),
            Map.entry("ARmedium", 0.800),
            Map.entry("ARlarge", 0.700));
    Map<String, Double> actual = result.summary();
    assertEquals(expected.keySet(), actual.keySet());
    expected.forEach((name, value) -> assertEquals(value, actual.get(name), 5e-4, name));
    Map<String, Double> byCategory =
        Map.of("0", 0.725, "1", 0.800, "2", 0.454, "4", 0.650, "5", 0.900);
    byCategory.forEach((name, value) -> assertEquals(value, ap(result, name), 1e-3, name));
  }

  private static double ap(CocoResult result, String category) {
    return new CocoResult(result.overlaps(), Map.of(category, result.categories().get(category)))
        .ap(AreaRange.ALL);
  }

  @Test
  void aCrowdTakesManyDetectionsAndCountsNeitherWay() {
    TruthBox crowd = new TruthBox("a", "x", Box.ofCorners(100, 100, 200, 200), false, true, 10_000);
    List<TruthBox> truth = List.of(crowd, object("a", "x", 0, 0, 50, 50));
    List<Detection> detections = new ArrayList<>();
    for (int i = 0;
        i < 5;
        i++) { // small boxes wholly inside the crowd, more certain than the good one
      detections.add(found("a", "x", 0.9, 110 + i, 110, 130 + i, 130));
    }
    detections.add(found("a", "x", 0.5, 0, 0, 50, 50));
    CocoResult result = CocoEvaluator.standard().evaluate(TruthSet.of(truth), detections);
    assertEquals(1, result.ap(AreaRange.ALL), 1e-12);
    assertEquals(1, result.categories().get("x").get(AreaRange.ALL).positives());
    // without the crowd the five are false and stand first: precision 1/6 at every recall
    CocoResult without =
        CocoEvaluator.standard().evaluate(TruthSet.of(truth.subList(1, 2)), detections);
    assertEquals(1.0 / 6, without.ap(AreaRange.ALL), 1e-12);
  }

  @Test
  void anObjectThatCountsIsPreferredToAnIgnoredOneWithMoreOverlap() {
    TruthBox difficult = new TruthBox("a", "x", Box.ofCorners(0, 0, 100, 100), true, false, 10_000);
    List<TruthBox> truth = List.of(difficult, object("a", "x", 0, 0, 100, 80));
    CocoResult result =
        new CocoEvaluator(new double[] {0.5})
            .evaluate(TruthSet.of(truth), List.of(found("a", "x", 1, 0, 0, 100, 100)));
    assertEquals(1, result.ap(AreaRange.ALL));
  }

  @Test
  void detectionsBeyondTheHundredthOfAnImageAreLeftOut() {
    List<Detection> detections = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      detections.add(found("a", "x", 1 - i * 1e-3, 500, 500, 510 + i, 510));
    }
    detections.add(found("a", "x", 0.1, 0, 0, 50, 50));
    TruthSet truth = TruthSet.of(List.of(object("a", "x", 0, 0, 50, 50)));
    CocoResult result = CocoEvaluator.standard().evaluate(truth, detections);
    assertEquals(0, result.ar(AreaRange.ALL, 100));
    CocoResult one = CocoEvaluator.standard().evaluate(truth, detections.subList(100, 101));
    assertEquals(1, one.ar(AreaRange.ALL, 1));
  }

  @Test
  void areasDecideWhichObjectsCount() {
    TruthSet truth =
        TruthSet.of(List.of(object("a", "x", 0, 0, 32, 32), object("a", "x", 100, 100, 300, 300)));
    List<Detection> detections = List.of(found("a", "x", 1, 100, 100, 300, 300));
    CocoResult result = CocoEvaluator.standard().evaluate(truth, detections);
    // 32 x 32 is small and medium at once, as in pycocotools
    assertEquals(0, result.ap(AreaRange.SMALL));
    assertEquals(0, result.ap(AreaRange.MEDIUM));
    assertEquals(1, result.ap(AreaRange.LARGE), 1e-12);
    // one of two objects: precision 1 up to recall 0.5, that is at 51 of 101 places
    assertEquals(51.0 / 101, result.ap(AreaRange.ALL), 1e-12);
  }

  @Test
  void nothingThereIsMinusOneAndNeverNaN() {
    CocoResult result =
        CocoEvaluator.standard()
            .evaluate(
                new TruthSet(List.of("a"), List.of("x"), List.of(), Map.of()),
                List.of(found("a", "x", 1, 0, 0, 1, 1)));
    result.summary().forEach((name, value) -> assertEquals(-1, value, name));
  }

  @Test
  void anImageThatIsNotListedIsRefused() {
    TruthSet truth = TruthSet.of(List.of(object("a", "x", 0, 0, 1, 1)));
    List<Detection> stray = List.of(found("b", "x", 1, 0, 0, 1, 1));
    assertThrows(
        IllegalArgumentException.class, () -> CocoEvaluator.standard().evaluate(truth, stray));
    assertThrows(IllegalArgumentException.class, () -> new CocoEvaluator(new double[] {0.5, 0.5}));
  }
}
