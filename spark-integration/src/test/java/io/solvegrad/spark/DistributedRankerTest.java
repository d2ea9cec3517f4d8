package io.solvegrad.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.solvegrad.boosting.BoostingObjective;
import io.solvegrad.boosting.Curvature;
import io.solvegrad.rambo.BlackboxRanker;
import io.solvegrad.ranking.ExactRanker;
import io.solvegrad.ranking.MetricLoss;
import io.solvegrad.ranking.TieOrder;
import io.solvegrad.ranking.metric.RankMetrics;
import io.solvegrad.solver.Lambda;
import io.solvegrad.xgboost.RankingEvaluation;
import io.solvegrad.xgboost.RankingMatrix;
import io.solvegrad.xgboost.RankingObjective;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.scala.spark.XGBoostRankerModel;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 240, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DistributedRankerTest {
  static final ObjectiveFactory NDCG =
      () ->
          BoostingObjective.of(
                  MetricLoss.of(RankMetrics.ndcg(), new BlackboxRanker(Lambda.plain(20)))
                      .margin(0.1))
              .curvature(Curvature.proportional(1).atLeast(0.01));
  private static final LossFactory NDCG_AT_5 =
      seed -> MetricLoss.of(RankMetrics.ndcgAt(5), new ExactRanker(TieOrder.AVERAGED));
  static final Map<String, Object> PARAMETERS =
      Map.of("max_depth", 3, "eta", 0.3, "min_child_weight", 0.1);

  private static SparkSession session;

  @BeforeAll
  static void start() {
    session = LocalSpark.threads(3);
  }

  @AfterAll
  static void stop() {
    session.stop();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void trees_areThoseOfOneMachine(int workers) throws Exception {
    Ranking train = Ranking.random(40, 15, 1);
    Booster expected = onOneMachine(train, 10);
    XGBoostRankerModel found =
        new DistributedRanker(NDCG, PARAMETERS, 10, workers).fit(train.frame(session, 5, 7));
    assertSameScores(expected, found.nativeBooster().booster(), Ranking.random(50, 15, 2));
  }

  @Test
  void earlyStopping_isThatOfOneMachine() throws Exception {
    Ranking train = Ranking.random(20, 15, 3);
    Ranking held = Ranking.random(31, 15, 4);
    DMatrix trainMatrix = RankingMatrix.of(train.rows());
    DMatrix heldMatrix = RankingMatrix.of(held.rows());
    float[][] history = new float[1][60];
    Booster expected =
        XGBoost.train(
            trainMatrix,
            parameters(),
            60,
            Map.of("eval", heldMatrix),
            history,
            new RankingObjective(NDCG.create()),
            RankingEvaluation.metric("ndcg@5", NDCG_AT_5.create(0)),
            4);
    XGBoostRankerModel found =
        new DistributedRanker(NDCG, PARAMETERS, 60, 2)
            .fit(
                train.frame(session, 2, 1),
                new DistributedRanker.EarlyStopping(
                    held.frame(session, 3, 2),
                    SparkRankingEvaluation.metric("ndcg@5", NDCG_AT_5),
                    4));
    Booster booster = found.nativeBooster().booster();
    assertTrue(expected.getNumBoostedRound() < 60);
    assertEquals(expected.getNumBoostedRound(), booster.getNumBoostedRound());
    assertSameScores(expected, booster, held);
    float[] values = found.summary().get().validationObjectiveHistory().head()._2();
    for (int round = 0; round < booster.getNumBoostedRound(); round++) {
      assertEquals(history[0][round], values[round], 1e-5);
    }
  }

  @Test
  void groupsOfStringsAndMissingValues_areLearntFrom() throws Exception {
    Ranking train = Ranking.random(30, 15, 5);
    for (int i = 0; i < train.rows().features().length; i += 13) {
      train.rows().features()[i] = Float.NaN;
    }
    Dataset<Row> frame = train.frame(session, 3, 1);
    frame =
        frame
            .withColumn("query.text", frame.col("group").cast(DataTypes.StringType))
            .drop("group")
            .withColumn("grade", frame.col("label").cast(DataTypes.IntegerType));
    RankerColumns columns = new RankerColumns("id", "query.text", "grade", "features");
    DistributedRanker ranker = new DistributedRanker(NDCG, PARAMETERS, 5, 2, columns, true);
    assertEquals(5, ranker.fit(frame).nativeBooster().booster().getNumBoostedRound());
    Dataset<Row> rows = frame;
    refused(
        "is NaN, must be finite. Maybe allow missing values",
        () -> new DistributedRanker(NDCG, PARAMETERS, 5, 2, columns, false).fit(rows));
  }

  static Booster onOneMachine(Ranking train, int rounds) throws Exception {
    DMatrix matrix = RankingMatrix.of(train.rows());
    return XGBoost.train(
        matrix, parameters(), rounds, Map.of(), new RankingObjective(NDCG.create()), null);
  }

  private static Map<String, Object> parameters() {
    Map<String, Object> all = new HashMap<>(PARAMETERS);
    all.putAll(Map.of("base_score", 0.0, "nthread", 1, "verbosity", 0, "verbose_eval", false));
    return all;
  }

  static void assertSameScores(Booster expected, Booster found, Ranking on) throws Exception {
    DMatrix matrix = RankingMatrix.of(on.rows());
    float[][] a = expected.predict(matrix, true);
    float[][] b = found.predict(matrix, true);
    double largest = 0;
    for (int i = 0; i < a.length; i++) {
      largest = Math.max(largest, Math.abs(a[i][0] - b[i][0]));
    }
    assertTrue(largest < 1e-5, "scores differ by " + largest);
  }

  @Test
  void rowsThatCannotBeRanked_areRefused() {
    List<Row> good =
        Arrays.asList(row(1L, 1L, 1.0, 1f, 2f), row(2L, 1L, 0.0, 2f, 1f), row(3L, 2L, 1.0, 1f, 1f));
    assertFails("id 7: label is null", good, row(7L, 1L, null, 1f, 2f));
    assertFails("id 7: group is null", good, row(7L, null, 1.0, 1f, 2f));
    assertFails("id 7: label is NaN", good, row(7L, 1L, Double.NaN, 1f, 2f));
    assertFails("id 7: feature 1 is NaN, must be", good, row(7L, 1L, 1.0, 1f, Float.NaN));
    assertFails("id 7: feature 0 is Infinity", good, row(7L, 1L, 1.0, Float.POSITIVE_INFINITY, 1f));
    assertFails("id 7: feature 1 is null", good, row(7L, 1L, 1.0, 1f, null));
    assertFails("id 7: features is null", good, RowFactory.create(7L, 1L, 1.0, null));
    assertFails("id 7: it has 1 features, must have 2", good, row(7L, 1L, 1.0, 1f));
    assertFails(
        "id 1 occurs more than once in group 1 of the training set",
        good,
        row(1L, 1L, 1.0, 1f, 2f));
    assertFails("has a row without id", good, row(null, 1L, 1.0, 1f, 2f));
    Dataset<Row> frame = session.createDataFrame(good, Ranking.SCHEMA);
    refused("2 groups for 3 workers", () -> ranker(3).fit(frame));
    refused("0 groups for 1 workers", () -> ranker(1).fit(frame.limit(0)));
    refused("4 workers for 3 cores", () -> ranker(4).fit(frame));
    refused(
        "none of 2 groups has a label above 0",
        () -> ranker(1).fit(frame.withColumn("label", functions.lit(0.0))));
    refused("no column group, only", () -> ranker(1).fit(frame.drop("group")));
    refused(
        "must hold numbers",
        () -> ranker(1).fit(frame.withColumn("label", frame.col("label").cast("string"))));
    refused(
        "parameter objective",
        () -> new DistributedRanker(NDCG, Map.of("objective", "rank:map"), 1, 1));
    refused("0 rounds", () -> new DistributedRanker(NDCG, PARAMETERS, 0, 1));
    refused(
        "Maybe use RankingEvaluation.loss",
        () -> SparkRankingEvaluation.metric("recall@10", NDCG_AT_5));
  }

  private static DistributedRanker ranker(int workers) {
    return new DistributedRanker(NDCG, PARAMETERS, 1, workers);
  }

  private static void assertFails(String message, List<Row> good, Row bad) {
    List<Row> rows = new ArrayList<>(good);
    rows.add(bad);
    refused(message, () -> ranker(2).fit(session.createDataFrame(rows, Ranking.SCHEMA)));
  }

  private static Row row(Long id, Long group, Double label, Float... features) {
    return RowFactory.create(id, group, label, Arrays.asList(features));
  }

  private static void refused(String part, Executable action) {
    String message = assertThrows(IllegalArgumentException.class, action).getMessage();
    assertTrue(message.contains(part), message);
  }
}
