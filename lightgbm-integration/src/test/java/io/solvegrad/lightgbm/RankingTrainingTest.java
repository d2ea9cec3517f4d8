package io.solvegrad.lightgbm;

import static io.solvegrad.boosting.LearningCases.NDCG;
import static io.solvegrad.boosting.LearningCases.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.ml.lightgbm.PredictionType;
import io.github.metarank.lightgbm4j.LGBMBooster;
import io.github.metarank.lightgbm4j.LGBMDataset;
import io.github.metarank.lightgbm4j.LGBMException;
import io.solvegrad.boosting.BoostingObjective;
import io.solvegrad.boosting.Curvature;
import io.solvegrad.boosting.GroupedLabels;
import io.solvegrad.boosting.LearningCases;
import io.solvegrad.boosting.RankingRows;
import io.solvegrad.boosting.ToyRanking;
import io.solvegrad.rambo.BlackboxRanker;
import io.solvegrad.ranking.MetricLoss;
import io.solvegrad.ranking.RankingLoss;
import io.solvegrad.ranking.ScoreArray;
import io.solvegrad.relaxation.PairwiseSigmoid;
import io.solvegrad.relaxation.surrogate.Softmax;
import io.solvegrad.relaxation.surrogate.SurrogateLoss;
import io.solvegrad.solver.Lambda;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RankingTrainingTest {
  private static final String PARAMETERS =
      "learning_rate=0.3 num_leaves=8 min_sum_hessian_in_leaf=0 num_threads=2 verbose=-1";
  private static final BlackboxRanker BLACKBOX = new BlackboxRanker(Lambda.plain(20));
  private static final MetricLoss RECALL = LearningCases.recall(BLACKBOX);

  static Stream<Arguments> losses() {
    return LearningCases.losses(
        BLACKBOX, new PairwiseSigmoid(0.2f), SurrogateLoss.of(new Softmax()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("losses")
  void everyLossLearnsWithEveryCurvature(String name, RankingLoss loss) throws Exception {
    RankingRows test = ToyRanking.rows(40, 20, 2);
    try (LGBMDataset train = RankingDataset.of(ToyRanking.rows(60, 20, 1), "verbose=-1", null)) {
      for (Curvature curvature : LearningCases.curvatures()) {
        var objective = BoostingObjective.of(loss).curvature(curvature);
        try (var result = new RankingTraining(PARAMETERS, objective).train(train, 30)) {
          double after = ndcg(result.booster(), test);
          assertTrue(after > 0.8, "NDCG@5 is only " + after);
        }
      }
    }
  }

  @Test
  void stopsEarlyAndKeepsTheTreesOfTheBestRounds() throws Exception {
    RankingRows held = ToyRanking.rows(40, 20, 2);
    try (LGBMDataset train = RankingDataset.of(ToyRanking.rows(20, 20, 1), "verbose=-1", null);
        LGBMDataset valid = RankingDataset.of(held, "verbose=-1", train);
        var result =
            new RankingTraining(PARAMETERS, BoostingObjective.of(RECALL))
                .stopEarly(valid, NDCG, 5)
                .train(train, 200)) {
      double best = Arrays.stream(result.history()).min().orElseThrow();
      assertTrue(result.history().length < 200, "stopped after " + result.history().length);
      assertEquals(result.bestRounds() + 5, result.history().length);
      assertEquals(best, result.history()[result.bestRounds() - 1]);
      LGBMBooster kept = LGBMBooster.loadModelFromString(result.model());
      assertEquals(1 - best, ndcg(kept, held), 1e-6);
      kept.close();
    }
  }

  @Test
  void roundByRoundIsTheSameTraining() throws Exception {
    RankingRows rows = ToyRanking.rows(20, 20, 1);
    try (LGBMDataset train = RankingDataset.of(rows, "verbose=-1", null);
        var result =
            new RankingTraining(PARAMETERS, BoostingObjective.of(RECALL)).train(train, 10);
        LGBMBooster booster = LGBMBooster.create(train, PARAMETERS + " objective=none")) {
      var objective = new RankingObjective(train, BoostingObjective.of(RECALL));
      for (int round = 0; round < 10; round++) {
        objective.update(booster);
      }
      assertEquals(result.booster().getPredict(0)[7], booster.getPredict(0)[7]);
      assertEquals(10, result.bestRounds());
    }
  }

  @Test
  void missingFeaturesAreLearntFrom() throws Exception {
    RankingRows rows = LearningCases.rowsWithGaps();
    try (LGBMDataset train = RankingDataset.of(rows, "verbose=-1", null);
        var result =
            new RankingTraining(PARAMETERS, BoostingObjective.of(RECALL)).train(train, 30)) {
      assertTrue(ndcg(result.booster(), rows) > 0.8);
    }
  }

  @Test
  void refusesDataThatIsNoRanking() throws Exception {
    try (LGBMDataset data =
        LGBMDataset.createFromMat(new float[16], 8, 2, true, "verbose=-1", null)) {
      refused("query groups are missing for 8 rows", () -> train(data, RECALL));
      assertThrows(LGBMException.class, () -> data.setField("group", new int[] {3, 4}));
      data.setField("group", new int[] {3, 5});
      refused("none of 8 rows has a label above 0", () -> train(data, RECALL));
    }
  }

  @Test
  void labelsThatAreNoNumbersNeverReachLightGbm() {
    // LightGBM itself would turn them into 0.
    RankingRows rows = ToyRanking.rows(4, 5, 1);
    rows.labels()[1] = Float.NaN;
    refused(
        "label of row 1 is NaN",
        () -> new RankingRows(rows.features(), 4, rows.labels(), rows.groups()));
  }

  @Test
  void refusesGradientsObjectivesAndBoostersThatDoNotFit() throws Exception {
    BoostingObjective recall = BoostingObjective.of(RECALL);
    try (LGBMDataset data = RankingDataset.of(ToyRanking.rows(4, 5, 1), "verbose=-1", null);
        LGBMDataset other = RankingDataset.of(ToyRanking.rows(4, 6, 1), "verbose=-1", null);
        LGBMBooster booster = LGBMBooster.create(other, "objective=none verbose=-1");
        LGBMBooster own = LGBMBooster.create(data, "objective=lambdarank verbose=-1")) {
      refused("gradient of row 7 is NaN", () -> train(data, LearningCases.BROKEN));
      refused(
          "24 scores for data set 0, which has 20 rows",
          () -> new RankingObjective(data, recall).update(booster));
      assertThrows(LGBMException.class, () -> new RankingObjective(data, recall).update(own));
      refused("objective=lambdarank", () -> new RankingTraining("objective=lambdarank", recall));
      refused("patience", () -> new RankingTraining("", recall).stopEarly(data, NDCG, 0));
      refused("rounds", () -> new RankingTraining("", recall).train(data, 0));
    }
  }

  @Test
  void closedDataIsRefusedBeforeLightGbmReadsIt() throws Exception {
    RankingRows rows = ToyRanking.rows(4, 5, 1);
    BoostingObjective recall = BoostingObjective.of(RECALL);
    LGBMDataset train = RankingDataset.of(rows, "verbose=-1", null);
    LGBMDataset held = RankingDataset.of(rows, "verbose=-1", train);
    var training = new RankingTraining(PARAMETERS, recall);
    var stopping = training.stopEarly(held, NDCG, 5);
    try (LGBMBooster booster = LGBMBooster.create(train, PARAMETERS + " objective=none")) {
      var objective = new RankingObjective(train, recall);
      held.close();
      closed("the held-out data has been closed", () -> stopping.train(train, 2));
      train.close();
      closed("the training data has been closed", () -> objective.update(booster));
      closed("the data set has been closed", () -> training.train(train, 2));
      closed("the reference has been closed", () -> RankingDataset.of(rows, "", train));
    }
  }

  private static void closed(String part, Executable action) {
    String message = assertThrows(IllegalStateException.class, action).getMessage();
    assertTrue(String.valueOf(message).contains(part), message);
  }

  private static void train(LGBMDataset data, RankingLoss loss) throws LGBMException {
    new RankingTraining(PARAMETERS, BoostingObjective.of(loss)).train(data, 2).close();
  }

  private static double ndcg(LGBMBooster booster, RankingRows rows) throws LGBMException {
    double[] scores =
        booster.predictForMat(
            rows.features(),
            rows.rows(),
            rows.columns(),
            true,
            PredictionType.C_API_PREDICT_RAW_SCORE);
    GroupedLabels labels = GroupedLabels.ofSizes(rows.labels(), rows.groups());
    return 1 - NDCG.value(labels.batch(ScoreArray.of(scores)));
  }
}
