package io.solvegrad.bench.boosting;

import com.microsoft.ml.lightgbm.PredictionType;
import io.github.metarank.lightgbm4j.LGBMBooster;
import io.github.metarank.lightgbm4j.LGBMDataset;
import io.github.metarank.lightgbm4j.LGBMException;
import io.solvegrad.boosting.BoostingObjective;
import io.solvegrad.boosting.RankingRows;
import io.solvegrad.lightgbm.RankingDataset;
import io.solvegrad.lightgbm.RankingTraining;
import io.solvegrad.xgboost.RankingMatrix;
import io.solvegrad.xgboost.RankingObjective;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;

/** Trains a setting and scores other rows with it. The same depth and number of rounds for all. */
record Trainer(int rounds, int depth, double subsample) {

  /** A library failed. */
  static final class TrainingException extends RuntimeException {
    private static final long serialVersionUID = 1;

    TrainingException(String setting, Exception cause) {
      super(setting + ": " + cause.getMessage(), cause);
    }
  }

  float[] scores(Setting setting, RankingRows train, RankingRows test, int seed) {
    RankingRows labelled = setting.objective().equals("rank:map") ? binary(train) : train;
    try {
      return setting.library() == Setting.Library.XGBOOST
          ? xgboost(setting, labelled, test, seed)
          : lightGbm(setting, labelled, test, seed);
    } catch (XGBoostError | LGBMException e) {
      throw new TrainingException(setting.name(), e);
    }
  }

  private float[] xgboost(Setting setting, RankingRows train, RankingRows test, int seed)
      throws XGBoostError {
    Map<String, Object> parameters = new TreeMap<>(setting.parameters());
    parameters.putAll(
        Map.of(
            "max_depth",
            depth,
            "subsample",
            subsample,
            "seed",
            seed,
            "nthread",
            1,
            "verbosity",
            0));
    BoostingObjective ours = setting.ours() == null ? null : setting.ours().get();
    if (ours == null) {
      parameters.put("objective", setting.objective());
    }
    DMatrix rows = RankingMatrix.of(train);
    DMatrix held = RankingMatrix.of(test);
    Booster model =
        XGBoost.train(
            rows,
            parameters,
            rounds,
            Map.of(),
            ours == null ? null : new RankingObjective(ours),
            null);
    float[][] predictions = model.predict(held, true);
    float[] scores = new float[predictions.length];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = predictions[i][0];
    }
    model.dispose();
    rows.dispose();
    held.dispose();
    return scores;
  }

  private float[] lightGbm(Setting setting, RankingRows train, RankingRows test, int seed)
      throws LGBMException {
    String parameters =
        "max_depth=%d num_leaves=%d min_data_in_leaf=1 bagging_fraction=%s bagging_freq=1 seed=%d "
                .formatted(depth, 1 << depth, subsample, seed)
            + "num_threads=1 deterministic=true verbose=-1 "
            + setting.parameters().entrySet().stream()
                .map(Map.Entry::toString)
                .sorted()
                .collect(Collectors.joining(" "));
    try (LGBMDataset rows = RankingDataset.of(train, "verbose=-1", null);
        LGBMBooster model = lightGbm(setting, rows, parameters)) {
      double[] wide =
          model.predictForMat(
              test.features(),
              test.rows(),
              test.columns(),
              true,
              PredictionType.C_API_PREDICT_RAW_SCORE,
              "num_threads=1");
      float[] scores = new float[wide.length];
      for (int i = 0; i < scores.length; i++) {
        scores[i] = (float) wide[i];
      }
      return scores;
    }
  }

  private LGBMBooster lightGbm(Setting setting, LGBMDataset rows, String parameters)
      throws LGBMException {
    if (setting.ours() != null) {
      return new RankingTraining(parameters, setting.ours().get()).train(rows, rounds).booster();
    }
    LGBMBooster model = LGBMBooster.create(rows, parameters + " objective=lambdarank");
    for (int round = 0; round < rounds && !model.updateOneIter(); round++) {}
    return model;
  }

  /** XGBoost's rank:map takes two kinds of labels only. */
  private static RankingRows binary(RankingRows rows) {
    float[] labels = new float[rows.labels().length];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = rows.labels()[i] >= Setting.RELEVANT_FROM ? 1 : 0;
    }
    return new RankingRows(rows.features(), rows.columns(), labels, rows.groups());
  }
}
