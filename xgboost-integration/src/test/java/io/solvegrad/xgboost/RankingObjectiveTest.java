package io.solvegrad.xgboost;

import static io.solvegrad.boosting.LearningCases.NDCG;
import static io.solvegrad.boosting.LearningCases.refused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.solvegrad.boosting.BoostingObjective;
import io.solvegrad.boosting.Curvature;
import io.solvegrad.boosting.LearningCases;
import io.solvegrad.boosting.RankingRows;
import io.solvegrad.boosting.ToyRanking;
import io.solvegrad.rambo.BlackboxRanker;
import io.solvegrad.ranking.MetricLoss;
import io.solvegrad.ranking.RankingLoss;
import io.solvegrad.ranking.Recall;
import io.solvegrad.relaxation.PairwiseSigmoid;
import io.solvegrad.relaxation.surrogate.Softmax;
import io.solvegrad.relaxation.surrogate.SurrogateLoss;
import io.solvegrad.solver.Lambda;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RankingObjectiveTest {
  private static final BlackboxRanker BLACKBOX = new BlackboxRanker(Lambda.plain(20));
  private static final MetricLoss RECALL = LearningCases.recall(BLACKBOX);

  static Stream<Arguments> losses() {
    return LearningCases.losses(
        BLACKBOX, new PairwiseSigmoid(0.2f), SurrogateLoss.of(new Softmax()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("losses")
  void everyLossLearnsWithEveryCurvature(String name, RankingLoss loss) throws Exception {
    DMatrix train = RankingMatrix.of(ToyRanking.rows(60, 20, 1));
    DMatrix test = RankingMatrix.of(ToyRanking.rows(40, 20, 2));
    for (Curvature curvature : LearningCases.curvatures()) {
      var objective = new RankingObjective(BoostingObjective.of(loss).curvature(curvature));
      Booster model = XGBoost.train(train, parameters(), 30, Map.of(), objective, null);
      double after = ndcg(model, test);
      assertTrue(after > 0.8, "NDCG@5 is only " + after);
    }
    train.dispose();
    test.dispose();
  }

  @Test
  void gradientIsThatOfTheLoss() throws Exception {
    RankingRows rows = ToyRanking.rows(3, 6, 3);
    DMatrix data = RankingMatrix.of(rows);
    float[][] predictions = new float[18][1];
    float[] scores = new float[18];
    for (int i = 0; i < 18; i++) {
      scores[i] = i % 7;
      predictions[i][0] = scores[i];
    }
    MetricLoss loss = MetricLoss.of(Recall.log(), BLACKBOX);
    List<float[]> pair = new RankingObjective(loss).getGradient(predictions, data);
    var expected = BoostingObjective.of(loss).step(scores, RankingMatrix.labels(data));
    assertArrayEquals(expected.gradient(), pair.get(0));
    assertArrayEquals(expected.hessian(), pair.get(1));
  }

  @Test
  void weightsBelongToGroups() throws Exception {
    RankingRows rows = ToyRanking.rows(20, 20, 3);
    DMatrix data = RankingMatrix.of(rows);
    float[] weights = new float[20];
    Arrays.fill(weights, 1);
    weights[3] = 0;
    data.setWeight(weights);
    var objective = new RankingObjective(RECALL);
    float[] gradient = objective.getGradient(new float[400][1], data).get(0);
    for (int i = 60; i < 80; i++) {
      assertEquals(0, gradient[i]);
    }
    Booster model = XGBoost.train(data, parameters(), 20, Map.of(), objective, null);
    assertTrue(ndcg(model, data) > 0.8);
  }

  @Test
  void stopsEarlyAtTheBestRound() throws Exception {
    DMatrix train = RankingMatrix.of(ToyRanking.rows(20, 20, 1));
    DMatrix test = RankingMatrix.of(ToyRanking.rows(40, 20, 2));
    for (RankingEvaluation evaluation :
        List.of(
            RankingEvaluation.metric("ndcg@5", NDCG), RankingEvaluation.loss("1-ndcg@5", NDCG))) {
      Map<String, DMatrix> watches = new LinkedHashMap<>();
      watches.put("train", train);
      watches.put("valid", test);
      float[][] history = new float[2][200];
      var objective = new RankingObjective(RECALL);
      Booster model =
          XGBoost.train(train, parameters(), 200, watches, history, objective, evaluation, 5);
      int rounds = model.getNumBoostedRound();
      assertTrue(rounds < 200, "stopped after " + rounds);
      int best = Integer.parseInt(model.getAttr("best_iteration"));
      boolean up = evaluation.getMetric().startsWith("ndcg");
      for (int r = 0; r < rounds; r++) {
        assertTrue(up ? history[1][r] <= history[1][best] : history[1][r] >= history[1][best]);
      }
      double value = ndcg(model, test);
      assertEquals(up ? value : 1 - value, history[1][rounds - 1], 1e-6);
    }
  }

  @Test
  void whatIsMissingIsNamedAtOnce() {
    assertThrows(NullPointerException.class, () -> new RankingObjective((RankingLoss) null));
    assertThrows(NullPointerException.class, () -> RankingEvaluation.loss("loss", null));
  }

  @Test
  void refusesNamesThatStopAtTheWorstRound() {
    refused("Maybe use RankingEvaluation.loss", () -> RankingEvaluation.metric("recall@10", NDCG));
    refused("Maybe use RankingEvaluation.metric", () -> RankingEvaluation.loss("ndcg", NDCG));
  }

  @Test
  void refusesDataThatIsNoRanking() throws Exception {
    var objective = new RankingObjective(MetricLoss.of(Recall.log(), BLACKBOX));
    DMatrix data = new DMatrix(new float[16], 8, 2, Float.NaN);
    refused("labels are missing: 0 for 8 rows", () -> RankingMatrix.labels(data));
    data.setLabel(new float[8]);
    refused("query groups are missing", () -> train(data, objective));
    data.setGroup(new int[] {3, 4});
    refused("2 groups hold 7 rows, but there are 8 labels", () -> RankingMatrix.labels(data));
    assertThrows(XGBoostError.class, () -> train(data, objective));
    data.setGroup(new int[] {3, 5});
    refused("none of 8 rows has a label above 0", () -> train(data, objective));
    refused("2 scores", () -> objective.getGradient(new float[8][2], data));
    data.setLabel(new float[] {1, 0, 0, 1, 0, 0, 0, 0});
    float[][] broken = new float[8][1];
    broken[4][0] = Float.NaN;
    refused("score of row 4 is NaN", () -> objective.getGradient(broken, data));
    refused("scores for 8 rows", () -> objective.getGradient(new float[7][1], data));
  }

  @Test
  void refusesGradientsThatAreNoNumbers() throws Exception {
    DMatrix data = RankingMatrix.of(ToyRanking.rows(4, 5, 1));
    refused(
        "gradient of row 7 is NaN", () -> train(data, new RankingObjective(LearningCases.BROKEN)));
  }

  @Test
  void missingFeaturesAreLearntFrom() throws Exception {
    DMatrix data = RankingMatrix.of(LearningCases.rowsWithGaps());
    Booster model =
        XGBoost.train(data, parameters(), 20, Map.of(), new RankingObjective(RECALL), null);
    assertTrue(ndcg(model, data) > 0.8);
  }

  private static void train(DMatrix data, RankingObjective objective) throws Exception {
    XGBoost.train(data, parameters(), 2, Map.of(), objective, null);
  }

  private static double ndcg(Booster model, DMatrix data) throws Exception {
    return RankingEvaluation.metric("ndcg@5", NDCG).eval(model.predict(data), data);
  }

  private static Map<String, Object> parameters() {
    return Map.of("max_depth", 3, "eta", 0.3, "min_child_weight", 0, "nthread", 2, "verbosity", 0);
  }
}
