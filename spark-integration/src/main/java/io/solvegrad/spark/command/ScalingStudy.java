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
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.StatUtils;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;
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
  private static final int EXECUTOR_MEGABYTES = 1024;

  /** Relevant candidates of a query. */
  private static final int RELEVANT = 10;

  @Option(names = "--queries", paramLabel = "N", description = "Queries of the largest runs.")
  private int queries = 10_000;

  @Option(
      names = "--gallery",
      paramLabel = "N",
      description = "Gallery; the largest runs have four times as many.")
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

  @Option(names = "--repeats", paramLabel = "N", description = "Runs of each size, after one more.")
  private int repeats = 3;

  /** Shares of queries and gallery. */
  private static final double[][] SIZES = {
    {0.125, 1}, {0.25, 0.5}, {0.5, 1}, {1, 1}, {0.125, 4}, {1, 4}
  };

  private final List<CostModel.Run> runs = new ArrayList<>();
  private final List<Double> transfers = new ArrayList<>();

  ScalingStudy() {}

  @Override
  public Integer call() throws IOException {
    if (queries < 8 || gallery < 20 || dimension < 1 || repeats < 1 || block < 1) {
      throw new IllegalArgumentException(
          "nothing can be learnt from %d runs of %d queries, %d items, %d components, blocks of %d"
              .formatted(repeats, queries, gallery, dimension, block));
    }
    PrintWriter out = spec.commandLine().getOut();
    out.println(
        "%9s %8s %8s %9s %8s %9s %9s"
            .formatted("executors", "queries", "gallery", "GFLOP", "GB", "seconds", "spread"));
    List<double[]> totals = new ArrayList<>();
    for (int count : executors) {
      try (SparkSession session = LocalSpark.executors(count, EXECUTOR_MEGABYTES)) {
        for (double[] size : SIZES) {
          RetrievalResult result =
              measure(session, count, (int) (queries * size[0]), (int) (gallery * size[1]), out);
          totals.add(result.totals());
        }
        transfers.add(transfer(session, count));
      }
    }
    boolean same = true;
    for (int i = 0; i < totals.size(); i++) {
      same &= Arrays.equals(totals.get(i), totals.get(i % SIZES.length));
    }
    out.println("same bits on any number of executors: " + (same ? "yes" : "NO"));
    speedUps(out);
    report(out);
    return same ? 0 : 1;
  }

  private void speedUps(PrintWriter out) {
    for (int e = 1; e < executors.size(); e++) {
      for (int size = 0; size < SIZES.length; size++) {
        CostModel.Run one = runs.get(size);
        CostModel.Run more = runs.get(e * SIZES.length + size);
        out.println(
            "%d x %d: %d executors are %.2f times as fast as %d"
                .formatted(
                    one.work().queries(),
                    one.work().gallery(),
                    executors.get(e),
                    one.seconds() / more.seconds(),
                    executors.getFirst()));
      }
    }
  }

  private void report(PrintWriter out) {
    CostModel model = CostModel.fit(runs, median(transfers));
    out.println(
        "fitted: %.2f s to open, %.2f us a row and core, %.3f s a job, %.1f GFLOP/s a core"
            .formatted(
                model.secondsToOpen(),
                1e6 * model.secondsPerRow(),
                model.secondsPerJob(),
                1 / model.secondsPerGflop()));
    out.println("measured: %.2f s a GB moved".formatted(model.secondsPerGigabyte()));
    for (CostModel.Run run : runs) {
      double seconds = model.seconds(run.work());
      out.println(
          "%9d %8d %8d measured %7.2f s, model %7.2f s, error %4.0f %%"
              .formatted(
                  run.work().executors(),
                  run.work().queries(),
                  run.work().gallery(),
                  run.seconds(),
                  seconds,
                  100 * (seconds / run.seconds() - 1)));
    }
    for (int cores : new int[] {2, 16, 64}) {
      var work = new CostModel.Work(200_000, 1_000_000, dimension, RELEVANT, block, cores, cores);
      out.println(
          "predicted for 200,000 x 1,000,000 on %d executors of one core: %.0f GFLOP, %.1f GB moved, %.0f s"
              .formatted(cores, work.gflop(), work.gigabytes(), model.seconds(work)));
    }
    out.flush();
  }

  /** One run that is thrown away, then the median of others. */
  private RetrievalResult measure(
      SparkSession session, int count, int queryCount, int galleryCount, PrintWriter out) {
    int classes = Math.max(1, galleryCount / RELEVANT);
    Dataset<Row> queryRows = random(session, queryCount, classes, 1, count);
    Dataset<Row> galleryRows = random(session, galleryCount, classes, 2, 2 * count);
    DistributedRetrieval retrieval =
        new DistributedRetrieval(
            Similarity.COSINE, TiePolicy.INDEX, EmbeddingColumns.standard(), false, block);
    RetrievalResult result = retrieval.evaluate(queryRows, galleryRows, METRICS).summary();
    List<Double> seconds = new ArrayList<>();
    for (int run = 0; run < repeats; run++) {
      long start = System.nanoTime();
      result = retrieval.evaluate(queryRows, galleryRows, METRICS).summary();
      seconds.add((System.nanoTime() - start) / 1e9);
    }
    galleryRows.unpersist(true);
    queryRows.unpersist(true);
    double relevant = (double) galleryCount / classes;
    var work =
        new CostModel.Work(queryCount, galleryCount, dimension, relevant, block, count, count);
    runs.add(new CostModel.Run(work, median(seconds)));
    out.println(
        "%9d %8d %8d %9.1f %8.3f %9.2f %9.2f"
            .formatted(
                count,
                queryCount,
                galleryCount,
                work.gflop(),
                work.gigabytes(),
                median(seconds),
                Collections.max(seconds) - Collections.min(seconds)));
    out.flush();
    return result;
  }

  private static double median(List<Double> values) {
    return StatUtils.percentile(values.stream().mapToDouble(v -> v).toArray(), 50);
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

  private Dataset<Row> random(
      SparkSession session, int size, int classes, long seed, int partitions) {
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
                col("id").mod(lit(classes)).as("label"))
            .repartition(partitions)
            .persist(StorageLevel.MEMORY_AND_DISK());
    rows.count();
    return rows;
  }
}
