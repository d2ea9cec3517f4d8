package io.solvegrad.spark;

import io.solvegrad.ejml.Adam;
import io.solvegrad.ejml.EmbeddingHead;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.HashPartitioner;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;
import org.ejml.data.FMatrixRMaj;
import org.jspecify.annotations.Nullable;
import scala.Tuple2;

/**
 * Trains an {@link EmbeddingHead} over precomputed embeddings that lie on many machines, by any
 * ranking loss.
 *
 * <p>The rows are divided into logical shards by their labels. In each step every shard draws a
 * batch, evaluates {@link io.solvegrad.ejml.HeadGradient} on it and sends the gradient to the
 * driver, which adds them in double precision in the order of the shards, divides by the number of
 * shards that have a batch, takes a step of {@link Adam} and sends the new weights. What a shard
 * draws depends on the seed, its number and the step alone. So the head has the same bits whatever
 * the number of partitions, executors and cores, after executors were lost, and after a resumption
 * from a checkpoint, provided that the loss gives the same bits everywhere (those of this project
 * do) and reading the rows again gives the same rows.
 *
 * <p>Cost of a step: that of {@code HeadGradient} for each shard, spread over the executors' cores;
 * 4 x inputs x outputs bytes to each executor, and as many from each shard; {@link MemoryPlacement}
 * says what a memory adds. On the driver: weights, two moments and the gradients of all shards. On
 * the executors: the rows, as float.
 *
 * <p>A loss is made anew for each batch, with another seed: what a loss remembers of earlier
 * batches by itself is lost.
 *
 * @param loss makes the loss
 * @param settings how many steps over which batches
 * @param columns the names of the columns; sources and ignored ids mean nothing here
 * @param checkpoints where progress is written, or null; a folder with progress is resumed from
 */
public record DistributedHeadTraining(
    LossFactory loss,
    HeadSettings settings,
    EmbeddingColumns columns,
    @Nullable Checkpoints checkpoints) {

  /**
   * Standard columns, no checkpoints.
   *
   * @param loss makes the loss
   * @param settings how many steps over which batches
   */
  public DistributedHeadTraining(LossFactory loss, HeadSettings settings) {
    this(loss, settings, EmbeddingColumns.standard(), null);
  }

  /**
   * The same with checkpoints.
   *
   * @param folder a path or URL that Hadoop understands. If it holds progress of this training, the
   *     training goes on from there.
   * @param every after how many steps one is written, at least 1
   * @return another training
   * @throws IllegalArgumentException if {@code every} is less
   */
  public DistributedHeadTraining checkpoints(String folder, int every) {
    return new DistributedHeadTraining(loss, settings, columns, new Checkpoints(folder, every));
  }

  /** Hears of steps. */
  @FunctionalInterface
  public interface Listener {
    /**
     * A step was taken.
     *
     * @param step its number, from 1
     * @param loss before it
     */
    void step(int step, double loss);
  }

  /**
   * Trains.
   *
   * @param start the head to begin with. Not modified.
   * @param rows with a unique id, an embedding (the features) and a label
   * @return the trained head
   * @throws IllegalArgumentException before any job if a column is missing or has another type;
   *     then if ids are missing or occur twice, a row has a null, a component that is not finite or
   *     another dimension than the head (naming its id), no label has two rows, or a checkpoint is
   *     damaged or belongs to another training
   */
  public TrainedHead fit(EmbeddingHead start, Dataset<Row> rows) {
    return fit(start, rows, (step, value) -> {});
  }

  /**
   * Trains and tells of it.
   *
   * @param start the head to begin with. Not modified.
   * @param rows with a unique id, an embedding (the features) and a label
   * @param listener hears of each step
   * @return the trained head
   * @throws IllegalArgumentException as the short form
   */
  public TrainedHead fit(EmbeddingHead start, Dataset<Row> rows, Listener listener) {
    EmbeddingTable table = table(rows, columns);
    return FailedRow.unwrap(() -> {
      table.requireDistinctIds();
      JavaRDD<HeadShard> shards = pack(table, start.weights().numRows, settings);
      shards.persist(StorageLevel.MEMORY_AND_DISK());
      try {
        return train(start, shards, rows, listener);
      } finally {
        if (!shards.context().isStopped()) {
          shards.unpersist(false);
        }
      }
    });
  }

  /**
   * Checks a training set without starting a job.
   *
   * @param rows what is to be trained on
   * @param columns the names of the columns
   * @throws IllegalArgumentException if a column is missing or has another type
   */
  public static void requireColumns(Dataset<Row> rows, EmbeddingColumns columns) {
    table(rows, columns);
  }

  private static EmbeddingTable table(Dataset<Row> rows, EmbeddingColumns columns) {
    return new EmbeddingTable("training set", rows, columns.withoutSource(), false);
  }

  private static JavaRDD<HeadShard> pack(EmbeddingTable table, int inputs, HeadSettings settings) {
    EmbeddingTable.Reader reader = table.reader();
    return table
        .rows()
        .javaRDD()
        .mapToPair(row -> {
          EmbeddingTable.Item item = reader.read(row, inputs);
          return new Tuple2<>(settings.shardOf(item.label()), item);
        })
        .partitionBy(new HashPartitioner(settings.shards()))
        .mapPartitionsWithIndex(
            (number, pairs) -> {
              List<EmbeddingTable.Item> items = new ArrayList<>();
              pairs.forEachRemaining(pair -> items.add(pair._2()));
              return List.of(new HeadShard(number, items, inputs, settings)).iterator();
            },
            true);
  }

  private TrainedHead train(
      EmbeddingHead start, JavaRDD<HeadShard> shards, Dataset<Row> rows, Listener listener) {
    JavaSparkContext context =
        JavaSparkContext.fromSparkContext(rows.sparkSession().sparkContext());
    Facts facts = Facts.of(shards);
    FMatrixRMaj weights = start.weights();
    var identity =
        new HeadProgress.Identity(
            facts.fingerprint(),
            Arrays.hashCode(weights.data),
            settings,
            weights.numRows,
            weights.numCols);
    Configuration hadoop = context.hadoopConfiguration();
    Optional<HeadProgress> earlier =
        checkpoints == null ? Optional.empty() : checkpoints.newest(hadoop, identity);
    HeadProgress progress = earlier.orElseGet(() -> beginning(identity, weights));
    int resumedAfter = progress.losses().length;
    if (resumedAfter > settings.steps()) {
      throw new IllegalArgumentException(
          "the training has gone on for %d steps already, more than %d"
              .formatted(resumedAfter, settings.steps()));
    }
    try (HeadSteps steps = new HeadSteps(context, shards, loss, progress)) {
      for (int step = resumedAfter + 1; step <= settings.steps(); step++) {
        listener.step(step, steps.take());
        if (checkpoints != null && (step % checkpoints.every() == 0 || step == settings.steps())) {
          checkpoints.save(hadoop, steps.progress());
        }
      }
      HeadProgress end = steps.progress();
      FMatrixRMaj trained = FMatrixRMaj.wrap(weights.numRows, weights.numCols, end.weights());
      return new TrainedHead(
          new EmbeddingHead(trained),
          end.losses(),
          resumedAfter,
          facts.rows(),
          facts.used(),
          steps.silentShare(),
          steps.bytesToExecutor(),
          steps.bytesToDriver());
    }
  }

  private static HeadProgress beginning(HeadProgress.Identity identity, FMatrixRMaj weights) {
    int size = weights.getNumElements();
    return new HeadProgress(
        identity,
        weights.data,
        new Adam.State(0, new double[size], new double[size]),
        new double[0],
        List.of());
  }

  /** What the driver knows of the shards. */
  private record Facts(long rows, int used, long fingerprint) {

    private record OfShard(int size, boolean empty, long fingerprint) implements Serializable {}

    static Facts of(JavaRDD<HeadShard> shards) {
      List<OfShard> all =
          shards
              .map(shard -> new OfShard(shard.size(), shard.isEmpty(), shard.fingerprint()))
              .collect();
      long rows = all.stream().mapToLong(OfShard::size).sum();
      int used = (int) all.stream().filter(shard -> !shard.empty()).count();
      if (used == 0) {
        throw new IllegalArgumentException(
            rows == 0
                ? "there are no training rows"
                : "no label has two of %d rows, so nothing is relevant to anything"
                    .formatted(rows));
      }
      long fingerprint = 0;
      for (OfShard shard : all) {
        fingerprint = 31 * fingerprint + shard.fingerprint();
      }
      return new Facts(rows, used, fingerprint);
    }
  }
}
