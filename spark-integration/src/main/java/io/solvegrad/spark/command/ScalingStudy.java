package io.solvegrad.spark.command;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.randn;

import io.solvegrad.evaluation.retrieval.RetrievalMetric;
import io.solvegrad.evaluation.retrieval.RetrievalResult;
import io.solvegrad.evaluation.retrieval.Similarity;
import io.solvegrad.evaluation.retrieval.TiePolicy;
import io.solvegrad.spark.DistributedRetrieval;
import io.solvegrad.spark.EmbeddingColumns;
import io.solvegrad.spark.LocalSpark;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Measures evaluation on one and more executor processes of this machine, checks that all give the
 * same numbers, and fits a {@link CostModel}.
 */
@Command(
    name = "scaling",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    showDefaultValues = true,
    usageHelpWidth = 100,
    description = "Speed-up of evaluation over executors of this machine, and a cost model.")
final class ScalingStudy implements Callable<Integer> {
  private static final List<RetrievalMetric> METRICS =
      List.of(RetrievalMetric.hitRate(1), RetrievalMetric.hitRate(10), RetrievalMetric.mapAtR());

  private static final int TRANSFER_BYTES = 1 << 27;

  @Option(names = "--queries", paramLabel = "N", description = "Queries of the largest run.")
  private int queries = 10_000;

  @Option(names = "--gallery", paramLabel = "N", description = "Gallery of the largest run.")
  private int gallery = 50_000;

  @Option(names = "--dimension", paramLabel = "D", description = "Components of an embedding.")
  private int dimension = 64;

  @Option(
      names = "--executors",
      split = ",",
      paramLabel = "N,...",
      description = "Processes of one core each.")
  private List<Integer> executors = List.of(1, 2);

  @Option(names = "--block", paramLabel = "N", description = "Queries that are sent at a time.")
  private int block = 2048;

  @Spec private CommandSpec spec = CommandSpec.create();

  private final List<CostModel.Run> runs = new ArrayList<>();
  private double secondsPerGigabyte;

  ScalingStudy() {}

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    out.println(
        "%9s %8s %8s %9s %9s".formatted("executors", "queries", "gallery", "GFLOP", "seconds"));
    List<double[]> totals = new ArrayList<>();
    List<Double> largest = new ArrayList<>();
    for (int count : executors) {
      try (SparkSession session = LocalSpark.executors(count, 1024)) {
        evaluate(session, count, queries / 8, gallery / 8, null);
        for (int[] part : new int[][] {{8, 1}, {4, 2}, {2, 1}}) {
          evaluate(session, count, queries / part[0], gallery / part[1], out);
        }
        RetrievalResult result = evaluate(session, count, queries, gallery, out);
        secondsPerGigabyte = transfer(session, count);
        totals.add(result.totals());
        largest.add(runs.getLast().seconds());
      }
    }
    boolean same = totals.stream().allMatch(t -> Arrays.equals(t, totals.getFirst()));
    out.println("same bits on any number of executors: " + (same ? "yes" : "NO"));
    for (int i = 1; i < largest.size(); i++) {
      out.println(
          "speed-up of %d executors over %d: %.2f"
              .formatted(
                  executors.get(i), executors.getFirst(), largest.getFirst() / largest.get(i)));
    }
    report(out);
    return same ? 0 : 1;
  }

  private void report(PrintWriter out) {
    if (runs.size() <= 3) {
      return;
    }
    CostModel model = CostModel.fit(runs, secondsPerGigabyte);
    double worst =
        runs.stream()
            .mapToDouble(run -> Math.abs(model.seconds(run.work()) / run.seconds() - 1))
            .max()
            .orElse(0);
    out.println(
        "fitted: %.2f s to open, %.3f s a job, %.1f GFLOP/s a core; worst error of a fitted run %.0f %%"
            .formatted(
                model.secondsToOpen(),
                model.secondsPerJob(),
                1 / model.secondsPerGflop(),
                100 * worst));
    out.println("measured: %.2f s a GB moved".formatted(secondsPerGigabyte));
    for (int cores : new int[] {2, 64}) {
      var work = new CostModel.Work(200_000, 1_000_000, dimension, 10, block, cores, cores);
      out.println(
          "predicted for 200,000 x 1,000,000 on %d executors of one core: %.0f GFLOP, %.1f GB moved, %.0f s"
              .formatted(cores, work.gflop(), work.gigabytes(), model.seconds(work)));
    }
    out.flush();
  }

  private RetrievalResult evaluate(
      SparkSession session,
      int count,
      int queryCount,
      int galleryCount,
      @Nullable PrintWriter out) {
    Dataset<Row> queryRows = random(session, queryCount, 1, count);
    Dataset<Row> galleryRows = random(session, galleryCount, 2, 2 * count);
    DistributedRetrieval retrieval =
        new DistributedRetrieval(
            Similarity.COSINE, TiePolicy.INDEX, EmbeddingColumns.standard(), false, block);
    long start = System.nanoTime();
    RetrievalResult result = retrieval.evaluate(queryRows, galleryRows, METRICS).summary();
    double seconds = (System.nanoTime() - start) / 1e9;
    galleryRows.unpersist(true);
    queryRows.unpersist(true);
    if (out != null) {
      var work =
          new CostModel.Work(
              queryCount,
              galleryCount,
              dimension,
              (double) galleryCount / classes(),
              block,
              count,
              count);
      runs.add(new CostModel.Run(work, seconds));
      out.println(
          "%9d %8d %8d %9.1f %9.2f"
              .formatted(count, queryCount, galleryCount, work.gflop(), seconds));
      out.flush();
    }
    return result;
  }

  /** Seconds to bring a gigabyte to executors: a large broadcast less a small one. */
  private static double transfer(SparkSession session, int count) {
    send(session, count, 1);
    double small = send(session, count, 1);
    double large = send(session, count, TRANSFER_BYTES);
    return Math.max(0, large - small) / ((double) TRANSFER_BYTES * count / 1e9);
  }

  private static double send(SparkSession session, int count, int bytes) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(session.sparkContext());
    byte[] content = new byte[bytes];
    new Random(1).nextBytes(content);
    long start = System.nanoTime();
    Broadcast<byte[]> sent = context.broadcast(content);
    context
        .parallelize(IntStream.range(0, count).boxed().toList(), count)
        .map(i -> sent.value().length)
        .collect();
    double seconds = (System.nanoTime() - start) / 1e9;
    sent.destroy();
    return seconds;
  }

  /** Ten gallery items of each class in the largest run. */
  private int classes() {
    return Math.max(1, gallery / 10);
  }

  private Dataset<Row> random(SparkSession session, int size, long seed, int partitions) {
    Column[] components =
        IntStream.range(0, dimension)
            .mapToObj(k -> randn(seed * 1000 + k).cast("float"))
            .toArray(Column[]::new);
    // One partition while numbers are drawn: they depend on the partition.
    Dataset<Row> rows =
        session
            .range(0, size, 1, 1)
            .toDF("id")
            .select(
                col("id"),
                array(components).as("embedding"),
                col("id").mod(lit(classes())).as("label"))
            .repartition(partitions)
            .persist(StorageLevel.MEMORY_AND_DISK());
    rows.count();
    return rows;
  }
}
