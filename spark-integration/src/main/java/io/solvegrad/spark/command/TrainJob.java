package io.solvegrad.spark.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.solvegrad.ejml.EmbeddingHead;
import io.solvegrad.evaluation.file.NpyFile;
import io.solvegrad.evaluation.retrieval.RetrievalMetric;
import io.solvegrad.evaluation.retrieval.RetrievalResult;
import io.solvegrad.evaluation.retrieval.Similarity;
import io.solvegrad.spark.DistributedHeadTraining;
import io.solvegrad.spark.DistributedRetrieval;
import io.solvegrad.spark.EmbeddingColumns;
import io.solvegrad.spark.HeadSettings;
import io.solvegrad.spark.HeadTransformer;
import io.solvegrad.spark.MemoryPlacement;
import io.solvegrad.spark.TrainedHead;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.storage.StorageLevel;
import org.ejml.data.FMatrixRMaj;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Trains a head and says what it is good for. */
@Command(
    name = "train",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    showDefaultValues = true,
    usageHelpWidth = 100,
    description =
        "Trains a linear head over precomputed embeddings; hit rates before and after on labels"
            + " that were held out.")
final class TrainJob implements Callable<Integer> {
  private static final List<RetrievalMetric> METRICS =
      List.of(RetrievalMetric.hitRate(1), RetrievalMetric.hitRate(10), RetrievalMetric.mapAtR());
  private static final int BUCKETS = 10_000;
  private static final int LINES = 20;

  @Mixin private RowSource source = new RowSource();

  @Option(
      names = "--test",
      paramLabel = "PATH",
      showDefaultValue = Visibility.NEVER,
      description = "Parquet to evaluate on; otherwise a share of the labels is held out.")
  private @Nullable String test;

  @Option(names = "--test-share", paramLabel = "X", description = "Share of labels held out.")
  private double testShare = 0.2;

  @Option(names = "--out", paramLabel = "DIR", description = "Gets head.npy, results.json.")
  private Path out = Path.of("spark-head");

  @Option(names = "--resume", description = "Go on from the newest checkpoint in --out.")
  private boolean resume;

  @Option(names = "--outputs", paramLabel = "N", description = "Components of an embedding.")
  private int outputs = 64;

  @Option(names = "--steps", paramLabel = "N", description = "Steps of Adam.")
  private int steps = 300;

  @Option(names = "--batch", paramLabel = "N", description = "Rows of a shard a step.")
  private int batch = 128;

  @Option(names = "--per-label", paramLabel = "N", description = "Rows of a label a step.")
  private int perLabel = 4;

  @Option(names = "--shards", paramLabel = "N", description = "Parts that each draw a batch.")
  private int shards = 8;

  @Option(names = "--learning-rate", paramLabel = "X", description = "Of Adam.")
  private double learningRate = 0.01;

  @Mixin private LossChoice loss = new LossChoice();

  @Option(names = "--memory", paramLabel = "M", description = "${COMPLETION-CANDIDATES}")
  private MemoryPlacement memory = MemoryPlacement.NONE;

  @Option(names = "--memory-steps", paramLabel = "N", description = "Steps remembered.")
  private int memorySteps = 4;

  @Option(names = "--checkpoint-every", paramLabel = "N", description = "Steps.")
  private int checkpointEvery = 100;

  @Option(names = "--seed", paramLabel = "N", description = "Of first weights and batches.")
  private long seed = 1;

  @Mixin private SessionOptions sessions = new SessionOptions();

  @Spec private CommandSpec spec = CommandSpec.create();

  TrainJob() {}

  @Override
  public Integer call() throws IOException {
    source.check();
    HeadSettings settings =
        new HeadSettings(steps, batch, perLabel, learningRate, shards, memory, memorySteps, seed);
    String checkpoints = out.resolve("checkpoints").toAbsolutePath().toUri().toString();
    var training =
        new DistributedHeadTraining(loss.factory(), settings)
            .checkpoints(checkpoints, checkpointEvery);
    requireFolder();
    try (SparkSession session = sessions.open()) {
      Dataset<Row> rows = source.read(session);
      Dataset<Row> train = test == null ? split(rows, false) : rows;
      Dataset<Row> held = test == null ? split(rows, true) : session.read().parquet(test);
      train(training, train, held);
    }
    return 0;
  }

  /** Work of another run is not overwritten. */
  private void requireFolder() throws IOException {
    if (Files.exists(out) && !Files.isDirectory(out)) {
      throw new IllegalArgumentException(out + " is a file, must be a folder");
    }
    if (!resume && Files.isDirectory(out)) {
      try (Stream<Path> content = Files.list(out)) {
        if (content.findAny().isPresent()) {
          throw new IllegalArgumentException(
              out + " is not empty. Maybe choose another --out, or --resume");
        }
      }
    }
    if (!(testShare > 0 && testShare < 1)) {
      throw new IllegalArgumentException("--test-share " + testShare + " is not between 0 and 1");
    }
    Files.createDirectories(out);
  }

  private Dataset<Row> split(Dataset<Row> rows, boolean held) {
    if (!List.of(rows.columns()).contains("label")) {
      return rows; // refused with the other columns in a moment
    }
    Column bucket = functions.pmod(functions.xxhash64(rows.col("label")), functions.lit(BUCKETS));
    Column chosen = bucket.lt(functions.lit(Math.round(testShare * BUCKETS)));
    return rows.filter(held ? chosen : functions.not(chosen));
  }

  private void train(DistributedHeadTraining training, Dataset<Row> train, Dataset<Row> held)
      throws IOException {
    PrintWriter console = spec.commandLine().getOut();
    held.persist(StorageLevel.MEMORY_AND_DISK());
    EmbeddingHead start = EmbeddingHead.random(inputs(train), outputs, seed);
    RetrievalResult features = hitRates(held);
    RetrievalResult untrained = hitRates(embedded(start, held));
    long begin = System.nanoTime();
    TrainedHead trained = training.fit(start, train, (step, value) -> tell(console, step, value));
    double seconds = (System.nanoTime() - begin) / 1e9;
    RetrievalResult after = hitRates(embedded(trained.head(), held));
    held.unpersist();
    console.println("%-10s %10s %10s %10s".formatted("", "hitRate@1", "hitRate@10", "MAP@R"));
    print(console, "features", features);
    print(console, "untrained", untrained);
    print(console, "trained", after);
    console.flush();
    FMatrixRMaj weights = trained.head().weights();
    byte[] head =
        NpyFile.toBytes(new NpyFile.Matrix(weights.data, weights.numRows, weights.numCols));
    write("head.npy", head);
    Map<String, Object> results = new LinkedHashMap<>();
    results.put("command", "spark train");
    results.put("settings", settings(training.settings()));
    results.put("trainRows", trained.rows());
    results.put("testRows", features.queries());
    results.put("usedShards", trained.usedShards());
    results.put("resumedAfter", trained.resumedAfter());
    results.put("silentShare", trained.silentShare());
    results.put("bytesToExecutorPerStep", trained.bytesToExecutor());
    results.put("bytesToDriverPerStep", trained.bytesToDriver());
    results.put("features", values(features));
    results.put("untrained", values(untrained));
    results.put("trained", values(after));
    results.put("losses", trained.losses());
    results.put("trainingSeconds", seconds);
    byte[] json =
        new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsBytes(results);
    write("results.json", json);
  }

  /** Twenty lines in all. */
  private void tell(PrintWriter console, int step, double value) {
    if (step % Math.max(1, steps / LINES) == 0 || step == steps) {
      console.println("step %d of %d, loss %.4f".formatted(step, steps, value));
      console.flush();
    }
  }

  /** Beside its place first, so that no file is ever half there. */
  private void write(String name, byte[] content) throws IOException {
    Path beside = Files.write(out.resolve("." + name + ".part"), content);
    Files.move(beside, out.resolve(name), StandardCopyOption.REPLACE_EXISTING);
  }

  private Map<String, Object> settings(HeadSettings settings) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("loss", loss.toString());
    values.put("outputs", outputs);
    values.put("steps", settings.steps());
    values.put("batch", settings.rows());
    values.put("perLabel", settings.perClass());
    values.put("learningRate", settings.learningRate());
    values.put("shards", settings.shards());
    values.put("memory", settings.memory());
    values.put("memorySteps", settings.memorySteps());
    values.put("seed", settings.seed());
    return values;
  }

  /** The length of the first embedding; other lengths are found when rows are read. */
  private static int inputs(Dataset<Row> rows) {
    EmbeddingColumns columns = EmbeddingColumns.standard();
    DistributedHeadTraining.requireColumns(rows, columns);
    List<Row> first =
        rows.filter(rows.col(columns.embedding()).isNotNull())
            .select(functions.size(rows.col(columns.embedding())))
            .limit(1)
            .collectAsList();
    return first.isEmpty() ? 1 : Math.max(1, first.getFirst().getInt(0));
  }

  private static Dataset<Row> embedded(EmbeddingHead head, Dataset<Row> rows) {
    return new HeadTransformer(head, EmbeddingColumns.standard()).transform(rows);
  }

  private static RetrievalResult hitRates(Dataset<Row> rows) {
    return new DistributedRetrieval(Similarity.COSINE)
        .excludingSelf()
        .evaluate(rows, rows, METRICS)
        .summary();
  }

  private static Map<String, Double> values(RetrievalResult result) {
    Map<String, Double> values = new LinkedHashMap<>();
    result.metrics().forEach(metric -> values.put(metric, result.mean(metric)));
    return values;
  }

  private static void print(PrintWriter console, String name, RetrievalResult result) {
    StringBuilder line = new StringBuilder("%-10s".formatted(name));
    result.metrics().forEach(metric -> line.append(" %10.4f".formatted(result.mean(metric))));
    console.println(line);
  }
}
