package io.solvegrad.bench.compare;

import io.solvegrad.boosting.GroupedLabels;
import io.solvegrad.evaluation.ranking.EmptyQueries;
import io.solvegrad.evaluation.ranking.JudgedRanking;
import io.solvegrad.evaluation.ranking.RankingMetric;
import io.solvegrad.evaluation.ranking.RankingMetrics;
import io.solvegrad.evaluation.ranking.RankingResult;
import io.solvegrad.evaluation.ranking.TieRule;
import io.solvegrad.example.RandomStream;
import io.solvegrad.example.training.OneCycle;
import io.solvegrad.ranking.Diagnostics;
import io.solvegrad.ranking.RankingLoss;
import io.solvegrad.ranking.ScoreArray;
import io.solvegrad.ranking.ThresholdedLoss;
import io.solvegrad.retrieval.loss.LossSettings;
import io.solvegrad.retrieval.loss.TrainedLoss;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/** A linear or small neural scorer on the features of a ranking file. */
final class RankingTask implements Task {
  private static final int HIDDEN = 32;
  private static final List<RankingMetric> METRICS =
      List.of(
          RankingMetrics.parse("ndcg_burges@1").named("NDCG@1"),
          RankingMetrics.parse("ndcg_burges@5").named("NDCG@5"),
          RankingMetrics.parse("ndcg_burges@10").named("NDCG@10"),
          RankingMetrics.parse("map").named("MAP"));
  private static final int PRIMARY = 2;

  /**
   * How the files are used.
   *
   * @param names of the files
   * @param neural whether there is a hidden layer
   * @param relevanceLevel the smallest label that is relevant where labels are not graded
   * @param validation share of the training queries that is kept aside; the seed of a run says
   *     which
   */
  record Setup(
      String names, boolean neural, double relevanceLevel, double validation, int threads) {}

  private final Setup setup;
  private final String digest;
  private final Queries train;
  private final Queries test;

  RankingTask(Setup setup, Queries train, Queries test) {
    this.setup = setup;
    digest = test.addTo(train.addTo(new Fingerprint())).text();
    double[] means = train.means();
    double[] deviations = train.deviations(means);
    this.train = train.standardised(means, deviations);
    this.test = test.standardised(means, deviations);
  }

  @Override
  public Map<String, String> settings() {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("data", setup.names());
    settings.put("digest", digest);
    settings.put("queries", "%d and %d to test".formatted(train.size(), test.size()));
    settings.put("rows", "%d and %d to test".formatted(train.rows(), test.rows()));
    settings.put("scorer", setup.neural() ? HIDDEN + " rectifiers, then linear" : "linear");
    settings.put("relevanceLevel", Double.toString(setup.relevanceLevel()));
    settings.put("validation", Double.toString(setup.validation()));
    return settings;
  }

  @Override
  public List<String> metrics() {
    return METRICS.stream().map(RankingMetric::name).toList();
  }

  @Override
  public String primary() {
    return METRICS.get(PRIMARY).name();
  }

  @Override
  public String defaultVariants() {
    return "rankings.txt";
  }

  @Override
  public List<String> mostTelling() {
    return List.of("rambo-ndcg", "rambo-ap", "approx-ndcg", "softmax", "lambda-rank", "rank-net");
  }

  @Override
  public LossSettings loss(Variant variant) {
    return RankingOptions.parse(variant).loss();
  }

  @Override
  public String model(Variant variant) {
    return RankingOptions.parse(variant).queries() + " queries";
  }

  @Override
  public String describe(Variant variant) {
    RankingOptions.Chosen chosen = RankingOptions.parse(variant);
    return "%s, learning rate %s, weight decay %s, %d queries a step"
        .formatted(
            chosen.loss().describe(),
            chosen.learningRate(),
            chosen.weightDecay(),
            chosen.queries());
  }

  @Override
  public int threads() {
    return setup.threads();
  }

  @Override
  public String groups() {
    return "queries";
  }

  @Override
  public boolean unitVectors() {
    return false;
  }

  @Override
  public Trial start(Variant variant, long seed, long steps) {
    return new RankingTrial(RankingOptions.parse(variant), seed, steps);
  }

  private final class RankingTrial implements Trial {
    private final RankingOptions.Chosen chosen;
    private final long seed;
    private final long steps;
    private final Queries own;
    private final Queries held;
    private final Scorer scorer;
    private final RankingLoss loss;
    private final OneCycle schedule;
    private final int perStep;
    private long taken;
    private double lossSeconds;

    RankingTrial(RankingOptions.Chosen chosen, long seed, long steps) {
      this.chosen = chosen;
      this.seed = seed;
      this.steps = steps;
      List<Queries> parts = train.split(setup.validation(), seed);
      held = parts.get(0);
      own = parts.get(1);
      scorer = new Scorer(train.columns(), setup.neural() ? HIDDEN : 0, seed);
      TrainedLoss trained = new TrainedLoss(chosen.loss(), setup.threads(), seed);
      loss =
          chosen.loss().loss().isGraded()
              ? trained
              : new ThresholdedLoss(trained, setup.relevanceLevel());
      schedule = new OneCycle(chosen.learningRate());
      perStep = chosen.queries() == 0 ? own.size() : Math.min(chosen.queries(), own.size());
    }

    @Override
    public double step() {
      Queries batch = own.select(batch());
      float[] scores = scorer.scores(batch.features(), batch.rows());
      float[] gradient = new float[scores.length];
      Diagnostics diagnostics = new Diagnostics();
      GroupedLabels labels = GroupedLabels.ofSizes(labels(batch), sizes(batch));
      long start = System.nanoTime();
      loss.evaluate(labels.batch(ScoreArray.of(scores)), 1, ScoreArray.of(gradient), diagnostics);
      lossSeconds += (System.nanoTime() - start) * 1e-9;
      scorer.step(
          batch.features(), gradient, schedule.at((double) taken / steps), chosen.weightDecay());
      taken++;
      return diagnostics.zeroGradientShare();
    }

    /** The queries of this step: pass after pass over all of them, each in another order. */
    private int[] batch() {
      int[] batch = new int[perStep];
      List<Integer> order = List.of();
      long pass = -1;
      for (int i = 0; i < perStep; i++) {
        long place = taken * perStep + i;
        if (place / own.size() != pass) {
          pass = place / own.size();
          order = new ArrayList<>(IntStream.range(0, own.size()).boxed().toList());
          Collections.shuffle(order, RandomStream.at(seed, 1, pass));
        }
        batch[i] = order.get((int) (place % own.size()));
      }
      return batch;
    }

    @Override
    public double lossSeconds() {
      return lossSeconds;
    }

    @Override
    public Quality validation() {
      return measure(held);
    }

    @Override
    public Quality test() {
      return measure(test);
    }

    private Quality measure(Queries queries) {
      float[] scores = scorer.scores(queries.features(), queries.rows());
      Map<String, JudgedRanking> rankings = new LinkedHashMap<>();
      for (int q = 0; q < queries.size(); q++) {
        double[] list = new double[queries.labels().get(q).length];
        Arrays.setAll(list, scoreOf(scores, queries.starts()[q]));
        rankings.put(
            Integer.toString(q),
            JudgedRanking.of(
                queries.labels().get(q), list, TieRule.AVERAGED, setup.relevanceLevel()));
      }
      RankingResult result = RankingResult.evaluate(rankings, METRICS, EmptyQueries.SKIP);
      Map<String, Double> means = new LinkedHashMap<>();
      for (int m = 0; m < METRICS.size(); m++) {
        means.put(METRICS.get(m).name(), result.averages()[m]);
      }
      double[] sums = new double[queries.size()];
      int[] counts = new int[queries.size()];
      result
          .values()
          .forEach((query, values) -> {
            sums[Integer.parseInt(query)] = values[PRIMARY];
            counts[Integer.parseInt(query)] = 1;
          });
      return new Quality(means, sums, counts);
    }
  }

  private static IntToDoubleFunction scoreOf(float[] scores, int start) {
    return i -> scores[start + i];
  }

  private static float[] labels(Queries batch) {
    float[] labels = new float[batch.rows()];
    int row = 0;
    for (double[] query : batch.labels()) {
      for (double label : query) {
        labels[row++] = (float) label;
      }
    }
    return labels;
  }

  private static int[] sizes(Queries batch) {
    return batch.labels().stream().mapToInt(query -> query.length).toArray();
  }
}
