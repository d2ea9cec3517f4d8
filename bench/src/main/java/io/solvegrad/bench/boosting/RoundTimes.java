package io.solvegrad.bench.boosting;

import io.solvegrad.boosting.BoostingObjective;
import io.solvegrad.boosting.Curvature;
import io.solvegrad.boosting.RankingRows;
import io.solvegrad.rambo.BlackboxRanker;
import io.solvegrad.ranking.MetricLoss;
import io.solvegrad.ranking.metric.RankMetrics;
import io.solvegrad.solver.Lambda;
import io.solvegrad.xgboost.RankingMatrix;
import io.solvegrad.xgboost.RankingObjective;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.IObjective;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;
import org.apache.commons.math3.stat.StatUtils;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * How long a round of boosting takes under our NDCG objective and under rank:ndcg, turn by turn in
 * one process, and how much of ours is spent inside our gradient.
 */
@Command(
    name = "boost-times",
    mixinStandardHelpOptions = true,
    description = "Times rounds of boosting under our NDCG objective and under rank:ndcg.")
public final class RoundTimes implements Callable<Integer> {
  private static final int FEATURES = 20;

  @Option(names = "--rows", description = "Rows (default ${DEFAULT-VALUE}).")
  private int rows = 1_000_000;

  @Option(names = "--groups", description = "Query groups (default ${DEFAULT-VALUE}).")
  private int groups = 10_000;

  @Option(names = "--rounds", description = "Rounds of each (default ${DEFAULT-VALUE}).")
  private int rounds = 12;

  @Option(names = "--threads", description = "Threads of XGBoost (default: all processors).")
  private int threads = Runtime.getRuntime().availableProcessors();

  @Spec private CommandSpec spec = CommandSpec.create();

  /** For picocli. */
  public RoundTimes() {}

  /**
   * Runs the command.
   *
   * @param args see --help
   */
  public static void main(String[] args) {
    System.exit(new CommandLine(new RoundTimes()).execute(args));
  }

  /** An objective that keeps the time. */
  private static final class Timed implements IObjective {
    private static final long serialVersionUID = 1;

    private final RankingObjective objective;
    private double seconds;

    private Timed(RankingObjective objective) {
      this.objective = objective;
    }

    @Override
    public List<float[]> getGradient(float[][] predictions, DMatrix data) {
      long start = System.nanoTime();
      List<float[]> gradient = objective.getGradient(predictions, data);
      seconds = (System.nanoTime() - start) * 1e-9;
      return gradient;
    }
  }

  @Override
  public Integer call() throws XGBoostError {
    DMatrix data = RankingMatrix.of(random());
    MetricLoss ndcg =
        MetricLoss.of(RankMetrics.ndcg(), new BlackboxRanker(Lambda.plain(20))).margin(0.1);
    Timed ours =
        new Timed(
            new RankingObjective(
                BoostingObjective.of(ndcg).curvature(Curvature.proportional(1).atLeast(0.01))));
    Booster mine = booster(data, Map.of());
    Booster own = booster(data, Map.of("objective", "rank:ndcg"));
    double[] gradient = new double[rounds];
    double[] round = new double[rounds];
    double[] peer = new double[rounds];
    for (int r = 0; r < rounds; r++) {
      long start = System.nanoTime();
      mine.update(data, r + 1, ours);
      long middle = System.nanoTime();
      own.update(data, r + 1);
      round[r] = (middle - start) * 1e-9;
      peer[r] = (System.nanoTime() - middle) * 1e-9;
      gradient[r] = ours.seconds;
    }
    report(gradient, round, peer);
    return 0;
  }

  private void report(double[] gradient, double[] round, double[] peer) {
    // The first third warms up the compiler and XGBoost's caches.
    double ours = median(round);
    double own = median(peer);
    spec.commandLine()
        .getOut()
        .printf(
            "%d rows in %d groups, %d features, %d threads, median of %d rounds%n"
                + "our gradient     %.3f s%n"
                + "our round        %.3f s%n"
                + "rank:ndcg round  %.3f s%n"
                + "ratio            %.2f%n",
            rows,
            groups,
            FEATURES,
            threads,
            rounds - rounds / 3,
            median(gradient),
            ours,
            own,
            ours / own);
    spec.commandLine().getOut().flush();
  }

  private double median(double[] seconds) {
    return StatUtils.percentile(Arrays.copyOfRange(seconds, rounds / 3, rounds), 50);
  }

  /** A booster that has its first round behind it. */
  private Booster booster(DMatrix data, Map<String, Object> more) throws XGBoostError {
    Map<String, Object> parameters =
        new TreeMap<>(Map.of("max_depth", 6, "eta", 0.1, "nthread", threads));
    parameters.put("verbosity", 0);
    parameters.put("tree_method", "hist");
    parameters.putAll(more);
    return XGBoost.train(data, parameters, 1, Map.of(), null, null);
  }

  private RankingRows random() {
    Random random = new Random(1);
    float[] features = new float[rows * FEATURES];
    float[] labels = new float[rows];
    int[] sizes = new int[groups];
    for (int q = 0; q < groups; q++) {
      sizes[q] = (int) ((long) rows * (q + 1) / groups) - (int) ((long) rows * q / groups);
    }
    for (int i = 0; i < rows; i++) {
      for (int c = 0; c < FEATURES; c++) {
        features[i * FEATURES + c] = random.nextFloat();
      }
      float worth = features[i * FEATURES] * features[i * FEATURES + 1] + random.nextFloat() / 2;
      labels[i] = worth > 1.1f ? 3 : worth > 0.9f ? 2 : worth > 0.7f ? 1 : 0;
    }
    return new RankingRows(features, FEATURES, labels, sizes);
  }
}
