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
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

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
            ? inOrder(op, fromNeighbours(metricsInBrackets(op), inputs, params))
            : fromEmbeddings(op, testCase.path("expected"), inputs, params);
    inputs.refuseUnknown();
    params.refuseUnknown();
    return values;
  }

  /** Expected values of several metrics are a list, of one a number. */
  private static Map<String, Double> inOrder(String op, Map<String, Double> values) {
    Map<String, Double> ordered = new LinkedHashMap<>();
    for (Double value : values.values()) {
      ordered.put(op.startsWith("[") ? Integer.toString(ordered.size()) : "value", value);
    }
    return ordered;
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
    boolean self = params.get("ref_includes_query").asBoolean();
    int[] labels = CaseNode.integers(inputs.get("query_labels"));
    int[][] neighbours = new int[labels.length][];
    Map<Integer, Integer> counts = new HashMap<>();
    for (int q = 0; q < labels.length; q++) {
      neighbours[q] = CaseNode.integers(inputs.get("knn_labels").path(q));
      double count = inputs.get("class_counts").path("" + labels[q]).asDouble();
      counts.put(labels[q], CaseNode.count(count, 0, "class count"));
    }
    return fromNeighbours(names, labels, neighbours, counts, self, byClass(params));
  }

  private static Map<String, Double> fromNeighbours(
      List<String> names,
      int[] labels,
      int[][] neighbours,
      Map<Integer, Integer> counts,
      boolean withSelf,
      boolean byClass) {
    int self = withSelf ? 1 : 0;
    int k = neighbours[0].length - self;
    List<RetrievalMetric> metrics = names.stream().map(name -> metric(name, k)).toList();
    Map<Integer, List<double[]>> byLabel = new TreeMap<>();
    for (int q = 0; q < labels.length; q++) {
      int relevant = counts.getOrDefault(labels[q], 0) - self;
      if (relevant > 0) {
        int[] ranks = ranks(neighbours[q], labels[q], self, relevant);
        byLabel
            .computeIfAbsent(labels[q], key -> new ArrayList<>())
            .add(metrics.stream().mapToDouble(metric -> metric.formula().value(ranks)).toArray());
      }
    }
    Map<String, Double> values = new LinkedHashMap<>();
    for (int m = 0; m < metrics.size(); m++) {
      values.put(names.get(m), average(byLabel, m, byClass));
    }
    return values;
  }

  /**
   * The ranks of the neighbours with the label; relevant items that are no neighbours stand far
   * behind.
   */
  private static int[] ranks(int[] row, int label, int self, int relevant) {
    int[] ranks = new int[relevant];
    int found = 0;
    for (int j = self; j < row.length && found < relevant; j++) {
      if (row[j] == label) {
        ranks[found++] = j - self + 1;
      }
    }
    for (int i = found; i < relevant; i++) {
      ranks[i] = Integer.MAX_VALUE - relevant + i;
    }
    return ranks;
  }

  private static double average(Map<Integer, List<double[]>> byLabel, int m, boolean byClass) {
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
    if (params.get("ref_includes_query").asBoolean() && !task.galleryStartsWithQueries()) {
      return withoutNearest(names, evaluator, task, k, byClass);
    }
    RetrievalResult result = evaluator.evaluate(task, metrics);
    Map<String, Double> values = new LinkedHashMap<>();
    for (int m = 0; m < metrics.size(); m++) {
      String name = metrics.get(m).name();
      values.put(names.get(m), byClass ? result.classMean(name) : result.mean(name));
    }
    return values;
  }

  /**
   * The reference holds the queries somewhere: the nearest neighbour is dropped, whatever it is.
   */
  private static Map<String, Double> withoutNearest(
      List<String> names,
      RetrievalEvaluator evaluator,
      RetrievalTask task,
      int k,
      boolean byClass) {
    int[] reference = task.gallery().classes();
    int[] labels = task.queries().classes();
    int[] all = IntStream.range(0, labels.length).toArray();
    int[][] neighbours =
        evaluator.neighbors(task, all, k + 1).stream()
            .map(list -> Arrays.stream(list.items()).map(item -> reference[item]).toArray())
            .toArray(int[][]::new);
    Map<Integer, Integer> counts = new HashMap<>();
    for (int label : reference) {
      counts.merge(label, 1, Integer::sum);
    }
    return fromNeighbours(names, labels, neighbours, counts, true, byClass);
  }

  private static RetrievalTask task(CaseNode inputs, CaseNode params) {
    EmbeddingSet queries =
        set(inputs.either("embeddings", "query"), inputs.either("labels", "query_labels"));
    boolean amongCandidates = params.get("query_among_candidates").asBoolean();
    JsonNode reference = inputs.either("reference_embeddings", "reference");
    if (reference.isMissingNode()) {
      return amongCandidates
          ? RetrievalTask.against(queries, queries)
          : RetrievalTask.within(queries);
    }
    EmbeddingSet gallery = set(reference, inputs.get("reference_labels"));
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
      if (row.length != dimension) {
        throw new IllegalArgumentException("embedding " + i + " has " + row.length + " components");
      }
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
