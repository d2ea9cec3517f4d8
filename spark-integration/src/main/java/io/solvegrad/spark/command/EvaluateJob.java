package io.solvegrad.spark.command;

import io.solvegrad.evaluation.retrieval.RetrievalMetric;
import io.solvegrad.evaluation.retrieval.RetrievalResult;
import io.solvegrad.evaluation.retrieval.Similarity;
import io.solvegrad.evaluation.retrieval.TiePolicy;
import io.solvegrad.spark.DistributedResult;
import io.solvegrad.spark.DistributedRetrieval;
import io.solvegrad.spark.EmbeddingColumns;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Metrics of embeddings in parquet files. */
@Command(
    name = "evaluate",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    showDefaultValues = true,
    usageHelpWidth = 100,
    description = "Exact retrieval metrics of embeddings in parquet files.")
final class EvaluateJob implements Callable<Integer> {

  @Option(
      names = "--gallery",
      required = true,
      paramLabel = "PATH",
      description = "Parquet of the gallery.")
  private String gallery = "";

  @Option(
      names = "--queries",
      paramLabel = "PATH",
      showDefaultValue = Visibility.NEVER,
      description = "Parquet of the queries; the gallery itself if left out, none finds itself.")
  private @Nullable String queries;

  @Option(
      names = "--metrics",
      split = ",",
      paramLabel = "M,...",
      description = "Such as hitRate@1, recall@10, MAP@R, nDCG@10.")
  private List<String> metrics = List.of("hitRate@1", "hitRate@10", "recall@10", "MAP@R");

  @Option(names = "--similarity", paramLabel = "S", description = "${COMPLETION-CANDIDATES}")
  private Similarity similarity = Similarity.COSINE;

  @Option(names = "--ties", paramLabel = "T", description = "${COMPLETION-CANDIDATES}")
  private TiePolicy ties = TiePolicy.INDEX;

  @Option(
      names = "--source",
      paramLabel = "COLUMN",
      showDefaultValue = Visibility.NEVER,
      description = "Candidates whose value equals the query's are ignored.")
  private @Nullable String source;

  @Option(names = "--block", paramLabel = "N", description = "Queries that are sent at a time.")
  private int block = 2048;

  @Option(
      names = "--per-query",
      paramLabel = "PATH",
      showDefaultValue = Visibility.NEVER,
      description = "Parquet to write: the values of each query.")
  private @Nullable String perQuery;

  @Option(
      names = "--neighbors",
      paramLabel = "PATH",
      showDefaultValue = Visibility.NEVER,
      description = "Parquet to write: the nearest items of each query.")
  private @Nullable String neighbors;

  @Option(names = "--k", paramLabel = "K", description = "How many nearest items.")
  private int k = 10;

  @Mixin private SessionOptions sessions = new SessionOptions();

  @Spec private CommandSpec spec = CommandSpec.create();

  EvaluateJob() {}

  @Override
  public Integer call() throws IOException {
    List<RetrievalMetric> chosen = metrics.stream().map(RetrievalMetric::parse).toList();
    try (SparkSession session = sessions.open()) {
      requireAbsent(session, perQuery);
      requireAbsent(session, neighbors);
      Dataset<Row> galleryRows = session.read().parquet(gallery);
      Dataset<Row> queryRows = queries == null ? galleryRows : session.read().parquet(queries);
      EmbeddingColumns columns = new EmbeddingColumns("id", "embedding", "label", source, null);
      DistributedRetrieval retrieval =
          new DistributedRetrieval(similarity, ties, columns, queries == null, block);
      DistributedResult result = retrieval.evaluate(queryRows, galleryRows, chosen);
      if (perQuery != null) {
        result.perQuery().write().parquet(perQuery);
      }
      if (neighbors != null) {
        retrieval.neighbors(queryRows, galleryRows, k).write().parquet(neighbors);
      }
      print(result.summary());
    }
    return 0;
  }

  /** Parquet is not written over; better to know before the work than after it. */
  private static void requireAbsent(SparkSession session, @Nullable String folder)
      throws IOException {
    if (folder != null) {
      var path = new Path(folder);
      if (path.getFileSystem(session.sparkContext().hadoopConfiguration()).exists(path)) {
        throw new IllegalArgumentException(folder + " exists already");
      }
    }
  }

  private void print(RetrievalResult summary) {
    var out = spec.commandLine().getOut();
    out.println(
        "%d queries, %d without a relevant candidate"
            .formatted(summary.queries(), summary.lone().length));
    out.println("%-16s %10s %10s".formatted("metric", "queries", "classes"));
    for (String metric : summary.metrics()) {
      out.println(
          "%-16s %10.6f %10.6f".formatted(metric, summary.mean(metric), summary.classMean(metric)));
    }
    out.flush();
  }
}
