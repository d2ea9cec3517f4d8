package io.solvegrad.spark;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.scala.spark.XGBoostRanker;
import ml.dmlc.xgboost4j.scala.spark.XGBoostRankerModel;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;
import org.jspecify.annotations.Nullable;
import scala.jdk.javaapi.CollectionConverters;

/**
 * XGBoost's Spark ranker with any ranking loss as its objective.
 *
 * <p>Rows are checked, then divided among the workers so that no group is split: the ranker itself
 * would deal rows out one by one. Where a feature has no more distinct values than {@code max_bin},
 * the trees are those of one machine up to the rounding of sums over workers; otherwise the
 * candidates for splits come from a merged sketch and differ a little.
 *
 * <p>On the driver: a key and two numbers for each group. The workers start together and need a
 * core each.
 *
 * @param objective makes loss, scale and curvature on each worker
 * @param parameters of XGBoost, by its names: max_depth, eta, min_child_weight, ... The base score
 *     is 0 unless set.
 * @param rounds how many trees at most
 * @param workers how many partitions, at least 1
 * @param columns the names of the columns
 * @param missingAllowed whether features may be NaN, which XGBoost takes for missing
 */
public record DistributedRanker(
    ObjectiveFactory objective,
    Map<String, Object> parameters,
    int rounds,
    int workers,
    RankerColumns columns,
    boolean missingAllowed) {

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if rounds or workers are below 1, or parameters hold what is
   *     set here
   */
  public DistributedRanker {
    if (rounds < 1 || workers < 1) {
      throw new IllegalArgumentException(
          "no training has %d rounds on %d workers".formatted(rounds, workers));
    }
    parameters = Map.copyOf(parameters);
    for (String name : new String[] {"objective", "num_round", "num_workers", "num_class"}) {
      if (parameters.containsKey(name)) {
        throw new IllegalArgumentException("parameter " + name + " has no place here");
      }
    }
  }

  /**
   * Standard columns, no missing values.
   *
   * @param objective makes loss, scale and curvature on each worker
   * @param parameters of XGBoost, by its names
   * @param rounds how many trees
   * @param workers how many partitions
   */
  public DistributedRanker(
      ObjectiveFactory objective, Map<String, Object> parameters, int rounds, int workers) {
    this(objective, parameters, rounds, workers, RankerColumns.standard(), false);
  }

  /**
   * When to stop before all rounds are done.
   *
   * @param rows to evaluate on
   * @param metric what to evaluate
   * @param patience so many rounds without a better value, at least 1
   */
  public record EarlyStopping(Dataset<Row> rows, SparkRankingEvaluation metric, int patience) {}

  /**
   * Trains.
   *
   * @param rows with id, group, label and features
   * @return the model; its {@code transform} reads a column {@code features} of vectors
   * @throws IllegalArgumentException if a column is missing or has another type (before any job);
   *     if a row has a null, a label or feature that is not finite, or another number of features,
   *     or its id occurs twice in a group (naming its id); if there are fewer groups than workers,
   *     no label above 0, more workers than cores, or an executor without XGBoost's natives
   */
  public XGBoostRankerModel fit(Dataset<Row> rows) {
    return FailedRow.unwrap(() -> train(rows, null));
  }

  /**
   * Trains until a metric no longer gets better.
   *
   * @param rows with id, group, label and features
   * @param stopping when to stop
   * @return the model of the best round and those after it
   * @throws IllegalArgumentException as the short form, for either rows
   */
  public XGBoostRankerModel fit(Dataset<Row> rows, EarlyStopping stopping) {
    return FailedRow.unwrap(() -> train(rows, stopping));
  }

  private XGBoostRankerModel train(Dataset<Row> rows, @Nullable EarlyStopping stopping) {
    requireCores(rows.sparkSession().sparkContext());
    GroupedRows train = GroupedRows.of("training set", rows, columns, workers, missingAllowed);
    requireNatives(rows);
    Map<String, Object> all = new HashMap<>(parameters);
    all.putIfAbsent("base_score", 0.0);
    XGBoostRanker ranker = new XGBoostRanker(scalaMap(all));
    ranker.setGroupCol("group");
    ranker.setLabelCol("label");
    ranker.setFeaturesCol("features");
    ranker.setNumWorkers(workers);
    ranker.setNumRound(rounds);
    ranker.setMissing(Float.NaN);
    ranker.setCustomObj(new SparkRankingObjective(objective));
    train.rows().persist(StorageLevel.MEMORY_AND_DISK());
    Dataset<Row> held = null;
    try {
      train.rows().count(); // bad rows are found before the workers meet
      if (stopping != null) {
        held =
            GroupedRows.of("evaluation set", stopping.rows(), columns, workers, missingAllowed)
                .rows()
                .persist(StorageLevel.MEMORY_AND_DISK());
        held.count();
        ranker.setEvalDataset(held);
        ranker.setCustomEval(stopping.metric());
        ranker.setNumEarlyStoppingRounds(stopping.patience());
      }
      return ranker.fit(train.rows());
    } finally {
      train.rows().unpersist();
      if (held != null) {
        held.unpersist();
      }
    }
  }

  private static scala.collection.immutable.Map<String, Object> scalaMap(Map<String, Object> map) {
    return scala.collection.immutable.Map.from(CollectionConverters.asScala(map));
  }

  /** Workers wait for each other: those without a core would wait for ever. */
  private void requireCores(SparkContext context) {
    boolean growing = context.conf().getBoolean("spark.dynamicAllocation.enabled", false);
    int cores =
        context.maxNumConcurrentTasks(context.resourceProfileManager().defaultResourceProfile());
    if (!growing && cores < workers) {
      throw new IllegalArgumentException(
          "there are %d workers for %d cores of executors".formatted(workers, cores));
    }
  }

  /** Refuses executors that cannot load XGBoost's library. */
  private void requireNatives(Dataset<Row> rows) {
    JavaSparkContext context =
        JavaSparkContext.fromSparkContext(rows.sparkSession().sparkContext());
    context.parallelize(Collections.nCopies(workers, 0), workers).foreach(task -> loadNatives());
  }

  private static void loadNatives() {
    try {
      new DMatrix(new float[1], 1, 1, Float.NaN).dispose();
    } catch (Throwable e) { // linkage errors as well
      throw new IllegalArgumentException(
          "XGBoost's native library cannot be loaded on %s %s: %s"
              .formatted(System.getProperty("os.name"), System.getProperty("os.arch"), e),
          e);
    }
  }
}
