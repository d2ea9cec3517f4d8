package io.solvegrad.evaluation;

import com.fasterxml.jackson.databind.JsonNode;
import io.solvegrad.evaluation.detection.PrecisionRecallCurve;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Cases of precision and recall curves and the area under them. */
final class DetectionCases {
  private DetectionCases() {}

  static Map<String, Double> compute(JsonNode testCase) {
    CaseNode inputs = new CaseNode(testCase, "inputs");
    double[] flags = CaseNode.numbers(inputs.get("tp_in_confidence_order"));
    int positives = (int) inputs.number("n_positives", -1);
    inputs.refuseUnknown();
    new CaseNode(testCase, "params").refuseUnknown();
    boolean[] correct = new boolean[flags.length];
    double[] scores = new double[flags.length];
    for (int i = 0; i < flags.length; i++) {
      correct[i] = flags[i] == 1;
      scores[i] = -i;
    }
    PrecisionRecallCurve curve = new PrecisionRecallCurve(scores, correct, positives);
    String op = testCase.path("op").asText().toLowerCase(Locale.ROOT);
    if (op.startsWith("precision curve")) {
      return byPlace(curve.precision());
    }
    if (op.startsWith("recall curve")) {
      return byPlace(curve.recall());
    }
    boolean average = op.startsWith("ap ") || op.startsWith("map ");
    if (average && (op.contains("every-point") || op.contains("area"))) {
      return Map.of("value", curve.areaAp());
    }
    if (average && op.contains("11-point")) {
      return Map.of("value", curve.elevenPointAp());
    }
    if (average && (op.contains("101-point") || op.contains("coco"))) {
      return Map.of("value", curve.cocoAp());
    }
    throw new IllegalArgumentException("operation '" + op + "' is not known");
  }

  private static Map<String, Double> byPlace(double[] values) {
    Map<String, Double> named = new LinkedHashMap<>();
    for (int i = 0; i < values.length; i++) {
      named.put(Integer.toString(i), values[i]);
    }
    return named;
  }
}
