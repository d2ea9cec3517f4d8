package io.solvegrad.lightgbm;

import io.github.metarank.lightgbm4j.LGBMBooster;
import io.github.metarank.lightgbm4j.LGBMDataset;
import io.github.metarank.lightgbm4j.LGBMException;
import io.solvegrad.boosting.BoostingObjective;
import io.solvegrad.boosting.GroupedLabels;
import io.solvegrad.ranking.RankingLoss;
import io.solvegrad.ranking.ScoreArray;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The training loop around a {@link RankingObjective}: a metric on held-out data after each round,
 * and a stop when it no longer gets better.
 *
 * <pre>{@code
 * var ndcg = MetricLoss.of(RankMetrics.ndcgAt(10), new ExactRanker(TieOrder.AVERAGED));
 * try (var result = new RankingTraining("learning_rate=0.1 num_leaves=15", objective)
 *     .stopEarly(valid, ndcg, 20)
 *     .train(train, 500)) {
 *   String model = result.model();
 * }
 * }</pre>
 */
public final class RankingTraining {
  private final String parameters;
  private final BoostingObjective objective;
  private final @Nullable Watch watch;

  private record Watch(LGBMDataset data, GroupedLabels labels, RankingLoss loss, int patience) {}

  private RankingTraining(String parameters, BoostingObjective objective, @Nullable Watch watch) {
    this.parameters = parameters;
    this.objective = objective;
    this.watch = watch;
  }

  /**
   * A loop without held-out data.
   *
   * @param parameters of LightGBM, separated by blanks; objective=none is added
   * @param objective the loss, its scale and its curvature
   * @throws IllegalArgumentException if the parameters name an objective other than none or custom
   */
  public RankingTraining(String parameters, BoostingObjective objective) {
    this(withoutObjective(parameters), objective, null);
  }

  /**
   * The same loop with held-out data.
   *
   * @param valid made with the training data as its reference
   * @param loss what to watch, less is better; for a metric 1 - metric under an exact ranker
   * @param patience how many rounds without a better value end the training, at least 1
   * @return the same loop with early stopping
   * @throws IllegalArgumentException if the patience is less than 1, or labels or groups are
   *     missing or do not fit the rows
   */
  public RankingTraining stopEarly(LGBMDataset valid, RankingLoss loss, int patience) {
    if (patience < 1) {
      throw new IllegalArgumentException("patience must be at least 1, but is " + patience);
    }
    Watch held = new Watch(valid, RankingDataset.labels(valid), loss, patience);
    return new RankingTraining(parameters, objective, held);
  }

  /**
   * Trains a new booster.
   *
   * @param train the training data, with labels and groups. Not modified.
   * @param rounds the largest number of rounds
   * @return the booster and how it went; the caller closes it
   * @throws IllegalArgumentException if the number of rounds is less than 1, or the data or the
   *     loss are at fault, see {@link RankingObjective}
   * @throws IllegalStateException if the training or held-out data has been closed
   * @throws LGBMException if LightGBM fails
   */
  public Result train(LGBMDataset train, int rounds) throws LGBMException {
    if (rounds < 1) {
      throw new IllegalArgumentException("rounds must be at least 1, but are " + rounds);
    }
    RankingObjective step = new RankingObjective(train, objective);
    LGBMBooster booster = LGBMBooster.create(train, parameters);
    try {
      return loop(booster, step, rounds);
    } catch (LGBMException | RuntimeException e) {
      booster.close();
      throw e;
    }
  }

  private Result loop(LGBMBooster booster, RankingObjective step, int rounds) throws LGBMException {
    Watch held = watch;
    if (held != null) {
      RankingDataset.requireOpen("held-out data", held.data());
      booster.addValidData(held.data());
    }
    double[] history = new double[rounds];
    int best = 0;
    int done = 0;
    while (done < rounds && !step.update(booster)) {
      if (held != null) {
        ScoreArray scores = ScoreArray.of(RankingDataset.scores(booster, 1, held.labels()));
        history[done] = held.loss().value(held.labels().batch(scores));
        best = history[done] < history[best] ? done : best;
      }
      done++;
      if (held == null) {
        best = done - 1;
      } else if (done - 1 - best >= held.patience()) {
        break;
      }
    }
    return new Result(
        booster, done == 0 ? 0 : best + 1, Arrays.copyOf(history, held == null ? 0 : done));
  }

  private static String withoutObjective(String parameters) {
    List<String> kept =
        Arrays.stream(parameters.strip().split("\\s+")).filter(p -> !p.isEmpty()).toList();
    for (String parameter : kept) {
      String[] pair = parameter.toLowerCase(Locale.ROOT).split("=", 2);
      boolean named =
          List.of("objective", "objective_type", "app", "application", "loss").contains(pair[0]);
      if (named && pair.length == 2 && !List.of("none", "custom").contains(pair[1])) {
        throw new IllegalArgumentException(
            "the objective is a ranking loss already, but parameters say %s. Maybe leave it out."
                .formatted(parameter));
      }
    }
    return String.join(" ", kept) + " objective=none";
  }

  /**
   * A trained booster.
   *
   * @param booster with the trees of all rounds
   * @param bestRounds number of rounds after which the held-out loss was least; all of them without
   *     held-out data, 0 if no tree could be grown
   * @param history the held-out loss after each round; empty without held-out data
   */
  public record Result(LGBMBooster booster, int bestRounds, double[] history)
      implements AutoCloseable {

    /**
     * {@return the trees of the best rounds as text, for {@code LGBMBooster.loadModelFromString}}
     *
     * @throws LGBMException if LightGBM fails
     */
    public String model() throws LGBMException {
      return booster.saveModelToString(0, bestRounds, LGBMBooster.FeatureImportanceType.SPLIT);
    }

    /**
     * Frees the booster.
     *
     * @throws LGBMException if LightGBM fails
     */
    @Override
    public void close() throws LGBMException {
      booster.close();
    }
  }
}
