package io.solvegrad.evaluation;

import io.solvegrad.evaluation.collection.ImageCollection;
import io.solvegrad.evaluation.collection.LabelledImage;
import io.solvegrad.evaluation.collection.RetrievalProtocol;
import io.solvegrad.evaluation.file.FileFormatException;
import io.solvegrad.evaluation.file.NpyFile.Matrix;
import io.solvegrad.evaluation.retrieval.EmbeddingSet;
import io.solvegrad.evaluation.retrieval.RetrievalEvaluator;
import io.solvegrad.evaluation.retrieval.RetrievalMetric;
import io.solvegrad.evaluation.retrieval.RetrievalResult;
import io.solvegrad.evaluation.retrieval.RetrievalResult.Interval;
import io.solvegrad.evaluation.retrieval.RetrievalTask;
import io.solvegrad.evaluation.retrieval.Similarity;
import io.solvegrad.evaluation.retrieval.TiePolicy;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Evaluates embeddings: a set that searches itself, or queries against a gallery. */
final class RetrievalOptions {
  private static final int RESAMPLES = 1000;

  @Option(
      names = "--embeddings",
      paramLabel = "F",
      description = "Embeddings of the queries, .npy (float32, float64) or IDX, a row each.")
  @Nullable Path embeddings;

  @Option(
      names = "--labels",
      paramLabel = "F",
      description = "Their classes: text, one a line, or .npy or IDX integers.")
  @Nullable Path labels;

  @Option(
      names = "--gallery",
      paramLabel = "F",
      description = "Embeddings that are searched; without it the queries search each other.")
  @Nullable Path gallery;

  @Option(names = "--gallery-labels", paramLabel = "F", description = "Their classes.")
  @Nullable Path galleryLabels;

  @Option(
      names = "--sources",
      paramLabel = "F",
      description = "Sources of the queries; candidates of the same source are ignored.")
  @Nullable Path sources;

  @Option(names = "--gallery-sources", paramLabel = "F", description = "Sources of the gallery.")
  @Nullable Path gallerySources;

  @Option(
      names = "--ignored",
      paramLabel = "F",
      description =
          "Lines of a query's row and the gallery's rows that it ignores, all counted from 0.")
  @Nullable Path ignored;

  @Option(
      names = "--protocol",
      paramLabel = "NAME",
      description =
          "cub-200-2011, sop or in-shop: classes from the collection's lists in --data, rows in their "
              + "order, the customary cut-offs.")
  @Nullable String protocol;

  @Option(names = "--data", paramLabel = "DIR", description = "The collection of --protocol.")
  @Nullable Path data;

  @Option(
      names = "--similarity",
      paramLabel = "KIND",
      description = "cosine, dot_product or euclidean (default cosine).")
  Similarity similarity = Similarity.COSINE;

  @Option(
      names = "--confidence",
      paramLabel = "P",
      description = "Level of the bootstrap intervals (default 0.95).")
  double confidence = 0.95;

  @Option(names = "--seed", paramLabel = "N", description = "Of the bootstrap (default 1).")
  long seed = 1;

  @Option(names = "--threads", paramLabel = "N", description = "Default: all processors.")
  int threads = Runtime.getRuntime().availableProcessors();

  Report evaluate(CommonOptions common) throws IOException {
    if (!(confidence > 0 && confidence < 1)) {
      throw new IllegalArgumentException("--confidence " + confidence + " is not between 0 and 1");
    }
    RetrievalEvaluator evaluator =
        new RetrievalEvaluator(
            similarity, common.tieRule(TiePolicy.class, TiePolicy.INDEX), threads);
    RetrievalProtocol known = protocol == null ? null : RetrievalProtocol.named(protocol);
    List<RetrievalMetric> metrics = metrics(common, known);
    RetrievalTask task = withIgnored(task(known));
    List<double[]> perQuery = new ArrayList<>();
    RetrievalResult result;
    try (QueryProgress progress = new QueryProgress(task.queries().size())) {
      result =
          evaluator.evaluate(
              task,
              metrics,
              (query, values) -> {
                progress.step();
                if (common.perQuery) {
                  perQuery.add(values);
                }
              });
    }
    if (result.evaluated() == 0) {
      throw new IllegalArgumentException(
          "no query has a candidate of its class. Maybe labels and embeddings do not fit?");
    }
    return report(evaluator, task, result, perQuery, common);
  }

  private static List<RetrievalMetric> metrics(
      CommonOptions common, @Nullable RetrievalProtocol known) {
    if (!common.metrics.isEmpty()) {
      return common.metrics.stream().map(RetrievalMetric::parse).toList();
    }
    Stream<RetrievalMetric> hitRates =
        (known == null ? RetrievalMetric.hitRates(1, 10, 100) : known.metrics()).stream();
    return Stream.concat(
            hitRates,
            Stream.of(
                RetrievalMetric.rPrecision(),
                RetrievalMetric.mapAtR(),
                RetrievalMetric.meanAveragePrecision(),
                RetrievalMetric.reciprocalRank(),
                RetrievalMetric.ndcg()))
        .toList();
  }

  private RetrievalTask withIgnored(RetrievalTask task) throws IOException {
    return ignored == null
        ? task
        : task.ignoring(
            IdNumbers.readIgnored(ignored, task.queries().size(), task.gallery().size()));
  }

  private RetrievalTask task(@Nullable RetrievalProtocol known) throws IOException {
    if (embeddings == null) {
      throw new IllegalArgumentException("--embeddings is missing");
    }
    IdNumbers classes = new IdNumbers();
    IdNumbers sourceNumbers = new IdNumbers();
    if (known != null) {
      return protocolTask(known, embeddings, classes, sourceNumbers);
    }
    if (labels == null || data != null) {
      throw new IllegalArgumentException(
          labels == null
              ? "--embeddings needs --labels, or --protocol and --data"
              : "--data needs --protocol");
    }
    if ((gallery == null) != (galleryLabels == null)) {
      throw new IllegalArgumentException("--gallery and --gallery-labels go together");
    }
    if (gallery == null && gallerySources != null) {
      throw new IllegalArgumentException("--gallery-sources needs --gallery");
    }
    if (gallery != null && (sources == null) != (gallerySources == null)) {
      throw new IllegalArgumentException("--sources and --gallery-sources go together");
    }
    EmbeddingSet queries = set(embeddings, classes.read(labels), labels, sources, sourceNumbers);
    if (gallery == null || galleryLabels == null) {
      return RetrievalTask.within(queries);
    }
    return RetrievalTask.against(
        queries,
        set(gallery, classes.read(galleryLabels), galleryLabels, gallerySources, sourceNumbers));
  }

  private RetrievalTask protocolTask(
      RetrievalProtocol known, Path queryFile, IdNumbers classes, IdNumbers sourceNumbers)
      throws IOException {
    if (data == null || labels != null || galleryLabels != null) {
      throw new IllegalArgumentException("--protocol needs --data and takes no --labels");
    }
    ImageCollection collection = known.read(data);
    EmbeddingSet queries =
        set(queryFile, numbers(classes, collection.queries()), data, sources, sourceNumbers);
    boolean separate = known == RetrievalProtocol.IN_SHOP;
    if (separate != (gallery != null)) {
      throw new IllegalArgumentException(
          Names.lower(known) + (separate ? " needs --gallery" : " has no --gallery"));
    }
    if (gallery == null) {
      return RetrievalTask.within(queries);
    }
    return RetrievalTask.against(
        queries,
        set(gallery, numbers(classes, collection.gallery()), data, gallerySources, sourceNumbers));
  }

  private static int[] numbers(IdNumbers classes, List<LabelledImage> images) {
    return images.stream().mapToInt(image -> classes.number(image.label())).toArray();
  }

  private static EmbeddingSet set(
      Path file, int[] classes, Path labelFile, @Nullable Path sourceFile, IdNumbers numbers)
      throws IOException {
    Matrix matrix = IdNumbers.readMatrix(file);
    if (matrix.rows() != classes.length || matrix.columns() == 0) {
      throw new FileFormatException(
          file,
          "holds %d rows of %d values for %d labels in %s"
              .formatted(matrix.rows(), matrix.columns(), classes.length, labelFile));
    }
    if (sourceFile == null) {
      return new EmbeddingSet(matrix.values(), matrix.columns(), classes);
    }
    int[] ids = numbers.read(sourceFile);
    if (ids.length != classes.length) {
      throw new FileFormatException(
          sourceFile, "holds %d sources for %d rows".formatted(ids.length, classes.length));
    }
    return new EmbeddingSet(matrix.values(), matrix.columns(), classes, ids);
  }

  private Report report(
      RetrievalEvaluator evaluator,
      RetrievalTask task,
      RetrievalResult result,
      List<double[]> perQuery,
      CommonOptions common) {
    Map<String, Object> means = new LinkedHashMap<>();
    Map<String, Object> classMeans = new LinkedHashMap<>();
    Map<String, Object> intervals = new LinkedHashMap<>();
    String level =
        BigDecimal.valueOf(Math.round(confidence * 1000), 1).stripTrailingZeros().toPlainString()
            + " % from";
    Table table = new Table(List.of("metric", "mean", level, "to", "class mean"));
    for (String metric : result.metrics()) {
      Interval interval = result.interval(metric, confidence, RESAMPLES, seed);
      means.put(metric, result.mean(metric));
      classMeans.put(metric, result.classMean(metric));
      intervals.put(metric, List.of(interval.low(), interval.high()));
      table.row(
          metric, result.mean(metric), interval.low(), interval.high(), result.classMean(metric));
    }
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("evaluation", "retrieval");
    json.put("similarity", Names.lower(similarity));
    json.put("ties", Names.lower(evaluator.ties()));
    json.put("queries", result.queries());
    json.put("gallery", task.gallery().size());
    json.put("evaluated", result.evaluated());
    json.put("loneQueries", result.lone());
    json.put("metrics", means);
    json.put("classMeans", classMeans);
    json.put("confidence", confidence);
    json.put("intervals", intervals);
    List<Table> tables = new ArrayList<>(List.of(table));
    if (common.perQuery) {
      tables.add(perQuery(result, perQuery, json));
    }
    List<String> notes = new ArrayList<>();
    notes.add(
        "%d queries, %d candidates, %s; hitRate@k is what metric learning calls recall@k."
            .formatted(result.queries(), task.gallery().size(), Names.lower(similarity)));
    if (result.lone().length > 0) {
      List<String> lone = Arrays.stream(result.lone()).mapToObj(Integer::toString).toList();
      notes.add(
          "%d queries have no candidate of their class and count nowhere: rows %s (from 0)."
              .formatted(lone.size(), Names.shortened(lone)));
    }
    return new Report(json, tables, notes);
  }

  private static Table perQuery(
      RetrievalResult result, List<double[]> values, Map<String, Object> json) {
    Table table = new Table(Stream.concat(Stream.of("row"), result.metrics().stream()).toList());
    Map<String, Object> perQuery = new LinkedHashMap<>();
    for (int q = 0; q < values.size(); q++) {
      if (values.get(q).length > 0) {
        perQuery.put(Integer.toString(q), Names.zip(result.metrics(), values.get(q)));
        table.row(Names.cells(q, values.get(q)));
      }
    }
    json.put("perQuery", perQuery);
    return table;
  }
}
