package io.solvegrad.evaluation.detection;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VocEvaluatorTest {
  /** The worked example of Object-Detection-Metrics (MIT): image, left, top, width, height. */
  private static final int[][] TRUTH = {
    {1, 25, 16, 38, 56}, {1, 129, 123, 41, 62}, {2, 123, 11, 43, 55}, {2, 38, 132, 59, 45},
    {3, 16, 14, 35, 48}, {3, 123, 30, 49, 44}, {3, 99, 139, 47, 47}, {4, 53, 42, 40, 52},
    {4, 154, 43, 31, 34}, {5, 59, 31, 44, 51}, {5, 48, 128, 34, 52}, {6, 36, 89, 52, 76},
    {6, 62, 58, 44, 67}, {7, 28, 31, 55, 63}, {7, 58, 67, 50, 58}
  };

  /** Image, score in percent, left, top, width, height. */
  private static final int[][] DETECTIONS = {
    {1, 88, 5, 67, 31, 48}, {1, 70, 119, 111, 40, 67}, {1, 80, 124, 9, 49, 67},
    {2, 71, 64, 111, 64, 58}, {2, 54, 26, 140, 60, 47}, {2, 74, 19, 18, 43, 35},
    {3, 18, 109, 15, 77, 39}, {3, 67, 86, 63, 46, 45}, {3, 38, 160, 62, 36, 53},
    {3, 91, 105, 131, 47, 47}, {3, 44, 18, 148, 40, 44}, {4, 35, 83, 28, 28, 26},
    {4, 78, 28, 68, 42, 67}, {4, 45, 87, 89, 25, 39}, {4, 14, 10, 155, 60, 26},
    {5, 62, 50, 38, 28, 46}, {5, 44, 95, 11, 53, 28}, {5, 95, 29, 131, 72, 29},
    {5, 23, 29, 163, 72, 29}, {6, 45, 43, 48, 74, 38}, {6, 84, 17, 155, 29, 35},
    {6, 43, 95, 110, 25, 42}, {7, 48, 16, 20, 101, 88}, {7, 95, 33, 116, 37, 49}
  };

  private static VocEvaluator.Result worked(double iou) {
    List<TruthBox> truth = new ArrayList<>();
    for (int[] t : TRUTH) {
      truth.add(new TruthBox("" + t[0], "person", Box.ofSize(t[1], t[2], t[3], t[4])));
    }
    List<Detection> detections = new ArrayList<>();
    for (int[] d : DETECTIONS) {
      Box box = Box.ofSize(d[2], d[3], d[4], d[5]);
      detections.add(new Detection("" + d[0], "person", box, d[1] / 100.0));
    }
    return new VocEvaluator(iou, PixelConvention.INCLUSIVE)
        .evaluate(TruthSet.of(truth), detections);
  }

  @Test
  void givesTheNumbersOfObjectDetectionMetrics() {
    assertEquals(0.2457, worked(0.3).areaMap(), 5e-5);
    assertEquals(0.2684, worked(0.3).elevenPointMap(), 5e-5);
    assertEquals(0.0222, worked(0.5).areaMap(), 5e-5);
    assertEquals(0.0303, worked(0.5).elevenPointMap(), 5e-5);
    double[] recall = worked(0.3).curves().get("person").recall();
    double[] printed = {
      .07, .07, .13, .13, .13, .13, .13, .13, .13, .20, .20, .27, .33, .40, .40, .40, .40, .40, .40,
      .40, .40, .40, .47, .47
    };
    assertArrayEquals(printed, recall, 0.005);
  }

  private static Detection at(String image, double score, double left) {
    return new Detection(image, "x", Box.ofSize(left, 0, 9, 9), score);
  }

  private static TruthBox object(String image, double left) {
    return new TruthBox(image, "x", Box.ofSize(left, 0, 9, 9));
  }

  private static PrecisionRecallCurve curve(List<TruthBox> truth, List<Detection> detections) {
    return new VocEvaluator(0.5, PixelConvention.INCLUSIVE)
        .evaluate(TruthSet.of(truth), detections)
        .curves()
        .get("x");
  }

  @Test
  void aSecondDetectionOfAnObjectIsFalse() {
    PrecisionRecallCurve curve =
        curve(
            List.of(object("a", 0), object("a", 50)),
            List.of(at("a", .9, 0), at("a", .8, 1), at("a", .7, 50)));
    assertArrayEquals(new boolean[] {true, false, true}, curve.correct());
    assertEquals(0.5 + 0.5 * 2 / 3, curve.areaAp(), 1e-12);
  }

  @Test
  void theBestOverlapIsTakenEvenIfItIsTakenAlready() {
    // the second detection overlaps the first object more, so VOC does not give it the second one
    List<TruthBox> truth = List.of(object("a", 0), object("a", 3));
    PrecisionRecallCurve curve = curve(truth, List.of(at("a", .9, 0), at("a", .8, 1)));
    assertArrayEquals(new boolean[] {true, false}, curve.correct());
  }

  @Test
  void aDifficultObjectCountsNeitherWay() {
    TruthBox difficult = new TruthBox("a", "x", Box.ofSize(50, 0, 9, 9), true, false, 81);
    PrecisionRecallCurve curve =
        curve(
            List.of(object("a", 0), difficult),
            List.of(at("a", .9, 50), at("a", .8, 51), at("a", .7, 0)));
    assertEquals(1, curve.positives());
    assertArrayEquals(new boolean[] {true}, curve.correct());
    assertEquals(1, curve.areaAp());
  }

  @Test
  void equalScoresKeepTheOrderGiven() {
    List<TruthBox> truth = List.of(object("a", 0));
    Detection right = at("a", .5, 0);
    Detection wrong = at("a", .5, 100);
    assertArrayEquals(new boolean[] {true, false}, curve(truth, List.of(right, wrong)).correct());
    assertArrayEquals(new boolean[] {false, true}, curve(truth, List.of(wrong, right)).correct());
    // 0 and -0 are equal
    assertArrayEquals(
        new boolean[] {true, false},
        curve(truth, List.of(at("a", -0.0, 0), at("a", 0, 100))).correct());
  }

  @Test
  void thePixelConventionDecidesBorderlineOverlaps() {
    Box a = Box.ofCorners(0, 0, 9, 9);
    Box b = Box.ofCorners(5, 0, 14, 9);
    assertEquals(50.0 / 150, a.iou(b, PixelConvention.INCLUSIVE), 1e-12);
    assertEquals(36.0 / 126, a.iou(b, PixelConvention.CONTINUOUS), 1e-12);
    Box point = Box.ofCorners(3, 3, 3, 3);
    assertEquals(1, point.iou(point, PixelConvention.INCLUSIVE));
    assertEquals(0, point.iou(point, PixelConvention.CONTINUOUS)); // defined, not NaN
  }

  @Test
  void otherCategoriesAndImagesAreReported() {
    Detection unknown = new Detection("a", "y", Box.ofSize(0, 0, 9, 9), 1);
    VocEvaluator.Result result =
        new VocEvaluator(0.5, PixelConvention.INCLUSIVE)
            .evaluate(
                TruthSet.of(List.of(object("a", 0))),
                List.of(unknown, at("b", .9, 0), at("a", .8, 0)));
    assertEquals(Map.of("y", 1), result.unknown());
    assertEquals(java.util.Set.of("b"), result.strayImages());
    assertEquals(0.5, result.areaMap());
  }

  @Test
  void noDetectionAndNoObjectHaveDefinedValues() {
    assertEquals(0, curve(List.of(object("a", 0)), List.of()).areaAp());
    PrecisionRecallCurve nothing = new PrecisionRecallCurve(new double[0], new boolean[0], 0);
    assertEquals(0, nothing.areaAp());
    assertEquals(0, nothing.elevenPointAp());
    assertEquals(0, nothing.cocoAp());
    assertThrows(
        IllegalArgumentException.class,
        () -> new PrecisionRecallCurve(new double[1], new boolean[] {true}, 0));
  }

  @Test
  void badBoxesScoresAndThresholdsAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> Box.ofCorners(1, 0, 0, 1));
    assertThrows(IllegalArgumentException.class, () -> Box.ofSize(0, 0, -1, 1));
    assertThrows(IllegalArgumentException.class, () -> Box.ofSize(Double.NaN, 0, 1, 1));
    assertThrows(IllegalArgumentException.class, () -> Box.ofSize(0, 0, 1e300, 1));
    assertThrows(IllegalArgumentException.class, () -> at("a", Double.NaN, 0));
    assertThrows(
        IllegalArgumentException.class, () -> new VocEvaluator(0, PixelConvention.INCLUSIVE));
  }
}
