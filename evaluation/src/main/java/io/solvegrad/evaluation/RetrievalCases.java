package io.solvegrad.evaluation;

import com.fasterxml.jackson.databind.JsonNode;
import io.solvegrad.evaluation.retrieval.EmbeddingSet;
import io.solvegrad.evaluation.retrieval.RetrievalEvaluator;
import io.solvegrad.evaluation.retrieval.RetrievalMetric;
import io.solvegrad.evaluation.retrieval.RetrievalResult;
import io.solvegrad.evaluation.retrieval.RetrievalTask;
import io.solvegrad.evaluation.retrieval.Similarity;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Cases of pytorch-metric-learning's accuracy calculator, from embeddings or from neighbours'
 * labels.
 */
final class RetrievalCases {
  private RetrievalCases() {}

  static Map<String, Double> compute(JsonNode testCase) {
    String op = testCase.path("op").asText();
    CaseNode inputs = new CaseNode(testCase, "inputs");
    CaseNode params = new CaseNode(testCase, "params");
    params.ignore("note");
    Map<String, Double> values =
        inputs.has("knn_labels")
            ? fromNeighbours(metricsInBrackets(op), inputs, params)
            : fromEmbeddings(op, testCase.path("expected"), inputs, params);
    inputs.refuseUnknown();
    params.refuseUnknown();
    return values;
  }

  private static List<String> metricsInBrackets(String op) {
    if (!op.startsWith("[") || !op.endsWith("]")) {
      return List.of(op);
    }
    return Arrays.stream(op.substring(1, op.length() - 1).split(",")).map(String::strip).toList();
  }

  /**
   * Labels of the k nearest neighbours; the first column is the query itself if the reference has
   * it.
   */
  private static Map<String, Double> fromNeighbours(
      List<String> names, CaseNode inputs, CaseNode params) {
    int self = params.get("ref_includes_query").asBoolean() ? 1 : 0;
    boolean byClass = byClass(params);
    JsonNode neighbours = inputs.get("knn_labels");
    JsonNode labels = inputs.get("query_labels");
    JsonNode counts = inputs.get("class_counts");
    int k = neighbours.path(0).size() - self;
    List<RetrievalMetric> metrics = names.stream().map(name -> metric(name, k)).toList();
    Map<String, List<double[]>> byLabel = new TreeMap<>();
    for (int q = 0; q < labels.size(); q++) {
      String label = labels.get(q).asText();
      int relevant = counts.path(label).asInt() - self;
      if (relevant > 0) {
        int[] ranks = ranks(neighbours.get(q), label, self, relevant);
        byLabel
            .computeIfAbsent(label, key -> new ArrayList<>())
            .add(metrics.stream().mapToDouble(metric -> metric.formula().value(ranks)).toArray());
      }
    }
    Map<String, Double> values = new LinkedHashMap<>();
    for (int m = 0; m < metrics.size(); m++) {
      String name = names.size() == 1 ? "value" : Integer.toString(m);
      values.put(name, average(byLabel, m, byClass));
    }
    return values;
  }

  /**
   * The ranks of the neighbours with the label; relevant items that are no neighbours stand far
   * behind.
   */
  private static int[] ranks(JsonNode row, String label, int self, int relevant) {
    int[] ranks = new int[relevant];
    int found = 0;
    for (int j = self; j < row.size() && found < relevant; j++) {
      if (row.get(j).asText().equals(label)) {
        ranks[found++] = j - self + 1;
      }
    }
    for (int i = found; i < relevant; i++) {
      ranks[i] = Integer.MAX_VALUE - relevant + i;
    }
    return ranks;
  }

  private static double average(Map<String, List<double[]>> byLabel, int m, boolean byClass) {
    return byClass
        ? byLabel.values().stream()
            .mapToDouble(rows -> rows.stream().mapToDouble(row -> row[m]).average().orElse(0))
            .average()
            .orElse(0)
        : byLabel.values().stream()
            .flatMap(List::stream)
            .mapToDouble(row -> row[m])
            .average()
            .orElse(0);
  }

  private static Map<String, Double> fromEmbeddings(
      String op, JsonNode expected, CaseNode inputs, CaseNode params) {
    if (!op.equals("accuracy_calculator")) {
      throw new IllegalArgumentException("operation '" + op + "' is not known");
    }
    RetrievalTask task = task(inputs, params);
    if (!params.text("query_without_match", "left out").equals("left out")) {
      throw new IllegalArgumentException("queries without match must be left out");
    }
    int k = cutoff(params.get("k"), task);
    List<String> names = new ArrayList<>();
    expected.fieldNames().forEachRemaining(names::add);
    List<RetrievalMetric> metrics = names.stream().map(name -> metric(name, k)).toList();
    boolean byClass = byClass(params);
    RetrievalEvaluator evaluator =
        new RetrievalEvaluator(similarity(params.text("distance", "squared euclidean")));
    RetrievalResult result = evaluator.evaluate(task, metrics);
    Map<String, Double> values = new LinkedHashMap<>();
    for (int m = 0; m < metrics.size(); m++) {
      String name = metrics.get(m).name();
      values.put(names.get(m), byClass ? result.classMean(name) : result.mean(name));
    }
    return values;
  }

  private static RetrievalTask task(CaseNode inputs, CaseNode params) {
    EmbeddingSet queries = set(inputs.get("embeddings"), inputs.get("labels"));
    boolean amongCandidates = params.get("query_among_candidates").asBoolean();
    if (!inputs.has("reference_embeddings")) {
      return amongCandidates
          ? RetrievalTask.against(queries, queries)
          : RetrievalTask.within(queries);
    }
    EmbeddingSet gallery = set(inputs.get("reference_embeddings"), inputs.get("reference_labels"));
    boolean startsWithQueries =
        params.has("query_among_candidates")
            && !amongCandidates
            && gallery.size() >= queries.size()
            && Arrays.equals(
                queries.values(), Arrays.copyOf(gallery.values(), queries.values().length));
    return new RetrievalTask(queries, gallery, startsWithQueries, null);
  }

  private static EmbeddingSet set(JsonNode rows, JsonNode labels) {
    int dimension = rows.path(0).size();
    float[] values = new float[rows.size() * dimension];
    for (int i = 0; i < rows.size(); i++) {
      double[] row = CaseNode.numbers(rows.get(i));
      for (int c = 0; c < dimension; c++) {
        values[i * dimension + c] = (float) row[c];
      }
    }
    return new EmbeddingSet(values, dimension, CaseNode.integers(labels));
  }

  private static int cutoff(JsonNode k, RetrievalTask task) {
    if (k.isMissingNode() || k.isNull()) {
      return task.gallery().size();
    }
    if (k.isInt() && k.asInt() > 0) {
      return k.asInt();
    }
    if (!k.asText().equals("max_bin_count")) {
      throw new IllegalArgumentException("k = " + k + " is not known");
    }
    int largest = 1;
    for (int label : task.queries().classes()) {
      int count = (int) Arrays.stream(task.gallery().classes()).filter(c -> c == label).count();
      largest = Math.max(largest, count - (task.galleryStartsWithQueries() ? 1 : 0));
    }
    return largest;
  }

  private static boolean byClass(CaseNode params) {
    String average = params.text("average", "queries");
    if (!average.equals("queries") && !average.equals("classes")) {
      throw new IllegalArgumentException("average = " + average + " is not known");
    }
    return average.equals("classes") || params.get("avg_of_avgs").asBoolean();
  }

  private static Similarity similarity(String distance) {
    return switch (distance) {
      case "cosine" -> Similarity.COSINE;
      case "dot", "dot product", "inner product" -> Similarity.DOT_PRODUCT;
      case "euclidean", "squared euclidean" -> Similarity.EUCLIDEAN;
      default -> throw new IllegalArgumentException("distance = " + distance + " is not known");
    };
  }

  private static RetrievalMetric metric(String name, int k) {
    return switch (name.toLowerCase(Locale.ROOT).replace('-', '_')) {
      case "precision@1", "precision_at_1" -> RetrievalMetric.precision(1);
      case "r_precision" -> RetrievalMetric.rPrecision(k);
      case "map@r", "mean_average_precision_at_r" -> RetrievalMetric.mapAtR(k);
      case "map", "mean_average_precision" -> RetrievalMetric.meanAveragePrecision(k);
      case "mrr", "mean_reciprocal_rank" -> RetrievalMetric.reciprocalRank(k);
      default -> RetrievalMetric.parse(name);
    };
  }
}
