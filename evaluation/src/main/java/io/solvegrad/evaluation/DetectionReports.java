package io.solvegrad.evaluation;

import io.solvegrad.evaluation.detection.CocoCurves;
import io.solvegrad.evaluation.detection.CocoEvaluator;
import io.solvegrad.evaluation.detection.CocoEvaluator.AreaRange;
import io.solvegrad.evaluation.detection.CocoResult;
import io.solvegrad.evaluation.detection.Detection;
import io.solvegrad.evaluation.detection.PixelConvention;
import io.solvegrad.evaluation.detection.PrecisionRecallCurve;
import io.solvegrad.evaluation.detection.TruthSet;
import io.solvegrad.evaluation.detection.VocEvaluator;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Runs detection evaluators and writes down what they find. */
final class DetectionReports {
  private DetectionReports() {}

  /** By Pascal VOC's rules: AP by area and by eleven points, for each category and on average. */
  static Report voc(
      TruthSet truth,
      List<Detection> detections,
      double iou,
      PixelConvention pixels,
      boolean curves,
      List<String> wanted) {
    VocEvaluator.Result result = new VocEvaluator(iou, pixels).evaluate(truth, detections);
    Map<String, Object> metrics = new LinkedHashMap<>();
    metrics.put("mAP", result.areaMap());
    metrics.put("mAP11", result.elevenPointMap());
    Map<String, Object> chosen = chosen(metrics, wanted);
    Map<String, Object> categories = new LinkedHashMap<>();
    Table table =
        new Table(
            List.of("category", "AP (area)", "AP (11-point)", "objects", "detections", "correct"));
    List<String> empty = new ArrayList<>();
    result
        .curves()
        .forEach((category, curve) -> {
          categories.put(category, vocCategory(curve, curves));
          if (curve.positives() == 0) {
            empty.add(category);
          } else {
            table.row(
                category,
                curve.areaAp(),
                curve.elevenPointAp(),
                curve.positives(),
                curve.correct().length,
                curve.found());
          }
        });
    table.row("mean", result.areaMap(), result.elevenPointMap());
    Map<String, Object> json = head("voc", truth, detections);
    json.put("iou", iou);
    json.put("pixels", Names.lower(pixels));
    json.put("metrics", chosen);
    json.put("categories", categories);
    List<String> notes = new ArrayList<>();
    notes.add(
        "overlap %s, pixels %s; %d images, %d true boxes, %d detections."
            .formatted(
                iou,
                Names.lower(pixels),
                truth.images().size(),
                truth.boxes().size(),
                detections.size()));
    if (!empty.isEmpty()) {
      notes.add("Without an object that counts, in no mean: " + Names.shortened(empty) + ".");
    }
    noteUnknown(truth, detections, notes);
    if (!result.strayImages().isEmpty()) {
      notes.add(
          "Detections in images without a truth file are false: "
              + Names.shortened(List.copyOf(result.strayImages()))
              + ".");
    }
    return new Report(json, List.of(table), notes);
  }

  private static Map<String, Object> vocCategory(PrecisionRecallCurve curve, boolean curves) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("AP", curve.areaAp());
    values.put("AP11", curve.elevenPointAp());
    values.put("objects", curve.positives());
    values.put("detections", curve.correct().length);
    values.put("correct", curve.found());
    if (curves) {
      values.put("scores", curve.scores());
      values.put("precision", curve.precision());
      values.put("recall", curve.recall());
    }
    return values;
  }

  /** By COCO's rules: its numbers, and AP for each category. */
  static Report coco(
      TruthSet truth,
      List<Detection> detections,
      @Nullable Double iou,
      boolean curves,
      List<String> wanted) {
    CocoEvaluator evaluator =
        iou == null ? CocoEvaluator.standard() : new CocoEvaluator(new double[] {iou});
    CocoResult result = evaluator.evaluate(truth, detections);
    Map<String, Object> chosen = chosen(new LinkedHashMap<>(result.summary()), wanted);
    Table summary = new Table(List.of("metric", "value"));
    chosen.forEach(summary::row);
    Table table = new Table(List.of("category", "AP", "APsmall", "APmedium", "APlarge", "objects"));
    Map<String, Object> categories = new LinkedHashMap<>();
    result
        .categories()
        .forEach((category, ranges) -> {
          CocoResult one = new CocoResult(result.overlaps(), Map.of(category, ranges));
          Map<String, Object> values = new LinkedHashMap<>(one.summary());
          CocoCurves all = Objects.requireNonNull(ranges.get(AreaRange.ALL));
          values.put("objects", all.positives());
          if (curves) {
            values.put("precision", all.precision());
          }
          categories.put(category, values);
          table.row(
              category,
              one.ap(AreaRange.ALL),
              one.ap(AreaRange.SMALL),
              one.ap(AreaRange.MEDIUM),
              one.ap(AreaRange.LARGE),
              all.positives());
        });
    Map<String, Object> json = head("coco", truth, detections);
    json.put("overlaps", result.overlaps());
    json.put("metrics", chosen);
    json.put("categories", categories);
    List<String> notes = new ArrayList<>();
    notes.add(
        "overlaps %s; %d images, %d true boxes, %d detections; -1 means that there is no such object."
            .formatted(
                iou == null ? "0.50 to 0.95" : iou,
                truth.images().size(),
                truth.boxes().size(),
                detections.size()));
    noteUnknown(truth, detections, notes);
    return new Report(json, List.of(summary, table), notes);
  }

  private static Map<String, Object> head(
      String rules, TruthSet truth, List<Detection> detections) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("evaluation", "detection");
    json.put("rules", rules);
    json.put("images", truth.images().size());
    json.put("trueBoxes", truth.boxes().size());
    json.put("detections", detections.size());
    return json;
  }

  private static Map<String, Object> chosen(Map<String, Object> metrics, List<String> wanted) {
    if (wanted.isEmpty()) {
      return metrics;
    }
    Map<String, Object> chosen = new LinkedHashMap<>();
    for (String name : wanted) {
      String known =
          metrics.keySet().stream()
              .filter(name::equalsIgnoreCase)
              .findFirst()
              .orElseThrow(() ->
                  new IllegalArgumentException(
                      "there is no detection metric '%s'. Maybe one of %s?"
                          .formatted(name, String.join(", ", metrics.keySet()))));
      chosen.put(known, metrics.get(known));
    }
    return chosen;
  }

  private static void noteUnknown(TruthSet truth, List<Detection> detections, List<String> notes) {
    Set<String> known = Set.copyOf(truth.categories());
    Map<String, Long> unknown =
        detections.stream()
            .filter(detection -> !known.contains(detection.category()))
            .collect(Collectors.groupingBy(Detection::category, Collectors.counting()));
    if (!unknown.isEmpty()) {
      long count = unknown.values().stream().mapToLong(Long::longValue).sum();
      notes.add(
          "%d detections are of categories that the truth does not have and count nowhere: %s."
              .formatted(count, Names.shortened(unknown.keySet().stream().sorted().toList())));
    }
  }
}
