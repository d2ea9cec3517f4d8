package io.solvegrad.detection.report;

import io.solvegrad.detection.data.PictureSet;
import io.solvegrad.evaluation.detection.CocoCurves;
import io.solvegrad.evaluation.detection.CocoEvaluator;
import io.solvegrad.evaluation.detection.CocoEvaluator.AreaRange;
import io.solvegrad.evaluation.detection.CocoResult;
import io.solvegrad.evaluation.detection.Detection;
import io.solvegrad.evaluation.detection.PrecisionRecallCurve;
import io.solvegrad.evaluation.detection.VocEvaluator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * How good detections are.
 *
 * @param name of what made them
 * @param rows one for each category
 * @param ap50 Pascal VOC's AP at an overlap of 0.5, area rule, mean over categories with objects
 * @param ap50Eleven the same by the 11-point rule of 2007
 * @param ap75 at an overlap of 0.75
 * @param coco COCO's AP, mean over overlaps from 0.5 to 0.95
 * @param curves50 precision and recall of each category at 0.5
 * @param curves75 at 0.75
 */
public record Measurement(
    String name,
    List<Row> rows,
    double ap50,
    double ap50Eleven,
    double ap75,
    double coco,
    Map<String, PrecisionRecallCurve> curves50,
    Map<String, PrecisionRecallCurve> curves75) {

  /**
   * A category.
   *
   * @param category its name
   * @param objects how many there are that count
   * @param ap50 AP at 0.5, NaN without objects
   * @param ap75 AP at 0.75, NaN without objects
   * @param coco COCO's AP, NaN without objects
   */
  public record Row(String category, int objects, double ap50, double ap75, double coco) {}

  /** Copies the list. */
  public Measurement {
    rows = List.copyOf(rows);
  }

  /**
   * Measures detections.
   *
   * @param name of what made them
   * @param set what is there
   * @param detections what is claimed, in the coordinates of the files
   * @return the numbers
   */
  public static Measurement of(String name, PictureSet set, List<Detection> detections) {
    VocEvaluator.Result at50 =
        new VocEvaluator(0.5, set.pixels()).evaluate(set.truth(), detections);
    VocEvaluator.Result at75 =
        new VocEvaluator(0.75, set.pixels()).evaluate(set.truth(), detections);
    CocoResult coco =
        CocoEvaluator.standard().evaluate(set.continuousTruth(), set.continuous(detections));
    List<Row> rows = new ArrayList<>();
    at50.curves()
        .forEach((category, curve) -> {
          boolean any = curve.positives() > 0;
          PrecisionRecallCurve strict = at75.curves().getOrDefault(category, curve);
          rows.add(
              new Row(
                  category,
                  curve.positives(),
                  any ? curve.areaAp() : Double.NaN,
                  any ? strict.areaAp() : Double.NaN,
                  any ? coco(coco, category) : Double.NaN));
        });
    return new Measurement(
        name,
        rows,
        at50.areaMap(),
        at50.elevenPointMap(),
        at75.areaMap(),
        Math.max(0, coco.ap(AreaRange.ALL)),
        at50.curves(),
        at75.curves());
  }

  private static double coco(CocoResult result, String category) {
    CocoCurves curves = result.categories().getOrDefault(category, Map.of()).get(AreaRange.ALL);
    return curves == null
        ? Double.NaN
        : Arrays.stream(curves.ap()).filter(ap -> ap > -1).average().orElse(Double.NaN);
  }

  /** {@return the means, as results.json names them} */
  public Map<String, Double> json() {
    Map<String, Double> map = new LinkedHashMap<>();
    map.put("AP50", ap50);
    map.put("AP50-11point", ap50Eleven);
    map.put("AP75", ap75);
    map.put("COCO-AP", coco);
    return map;
  }

  /** {@return the categories, as results.json names them} */
  public List<Map<String, Object>> classes() {
    List<Map<String, Object>> all = new ArrayList<>();
    for (Row row : rows) {
      Map<String, Object> map = new LinkedHashMap<>();
      map.put("class", row.category());
      map.put("objects", row.objects());
      put(map, "AP50", row, Row::ap50);
      put(map, "AP75", row, Row::ap75);
      put(map, "COCO-AP", row, Row::coco);
      all.add(map);
    }
    return all;
  }

  /** A category without objects has no AP. */
  private static void put(
      Map<String, Object> map, String name, Row row, ToDoubleFunction<Row> value) {
    double number = value.applyAsDouble(row);
    if (!Double.isNaN(number)) {
      map.put(name, number);
    }
  }

  /**
   * The score at which a category's precision and recall balance best (largest F1), or +infinity if
   * it found nothing.
   */
  double bestThreshold(String category) {
    PrecisionRecallCurve curve = curves50.get(category);
    double best = 0;
    double threshold = Double.POSITIVE_INFINITY;
    if (curve == null) {
      return threshold;
    }
    double[] precision = curve.precision();
    double[] recall = curve.recall();
    for (int i = 0; i < precision.length; i++) {
      double f1 = 2 * precision[i] * recall[i] / Math.max(1e-12, precision[i] + recall[i]);
      if (f1 > best) {
        best = f1;
        threshold = curve.scores()[i];
      }
    }
    return threshold;
  }
}
