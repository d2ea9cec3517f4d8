package io.solvegrad.learning.landscape;

import io.solvegrad.example.AtomicFiles;
import io.solvegrad.example.RandomStream;
import io.solvegrad.example.report.LineChart;
import io.solvegrad.example.report.Page;
import io.solvegrad.rambo.BlackboxRanker;
import io.solvegrad.ranking.ExactRanker;
import io.solvegrad.ranking.MetricLoss;
import io.solvegrad.ranking.PerturbedLoss;
import io.solvegrad.ranking.RankMetric;
import io.solvegrad.ranking.RankingLoss;
import io.solvegrad.ranking.Ranks;
import io.solvegrad.ranking.Recall;
import io.solvegrad.ranking.metric.RankMetrics;
import io.solvegrad.relaxation.PairwiseSigmoid;
import io.solvegrad.solver.Lambda;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;

/**
 * A rank metric while the score of the only relevant candidate moves through those of the others,
 * beside its smooth versions.
 *
 * @param lambdas of the blackbox versions
 * @param seed of the fixed scores and of the noise
 */
record MetricCurves(List<Double> lambdas, long seed) {
  private static final int OTHERS = 8;
  private static final double HIGHEST = 10;
  private static final double TEMPERATURE = 0.3;
  private static final int SAMPLES = 400;
  private static final int POINTS = 501;

  /** Writes the page and a picture for each metric. */
  List<Double> write(Path folder) throws IOException {
    Page page =
        new Page(
                "A rank metric of one moving score",
                "The exact metric is a staircase; smooth versions slope where it is flat.")
            .section("What is drawn", explanation());
    Map<String, RankMetric<? super Ranks>> metrics = new LinkedHashMap<>();
    metrics.put("NDCG", RankMetrics.ndcg());
    metrics.put("recall, log weights", Recall.log());
    for (var metric : metrics.entrySet()) {
      LineChart chart = chart(metric.getKey(), metric.getValue());
      String file = "metric-" + metric.getKey().replaceFirst(",.*", "").toLowerCase(Locale.ROOT);
      chart.write(folder.resolve(file + ".png"));
      page.section(
          "Loss of " + metric.getKey(),
          chart.picture("The exact loss falls in steps, the smooth versions fall in slopes."));
    }
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("fixed scores", Arrays.toString(others()));
    settings.put("lambdas, in plain ranks", lambdas.toString());
    settings.put("seed", Long.toString(seed));
    AtomicFiles.write(folder.resolve("landscape.html"), page.settings(settings).html());
    return lambdas;
  }

  private static String explanation() {
    return """
    <p>One relevant candidate moves from the last place to the first, past %d others whose scores
    stay. The metric knows only its rank: a staircase, flat between two others.</p>
    <p><strong>approximate</strong>: ranks are sums of sigmoids of score differences divided by %s
    (ApproxNDCG, Smooth-AP). <strong>Gumbel</strong>: the mean over %d rankings with Gumbel noise
    of scale %2$s. <strong>blackbox</strong>: f_\u03bb(s) = L(y\u2032) \u2212
    (\u27e8s, y\u27e9 \u2212 \u27e8s, y\u2032\u27e9) / \u03bb with the ranks y of the scores
    s and the ranks y\u2032 of s + \u03bb dL/drank. Its slope is the blackbox gradient
    everywhere; on the flat parts that \u03bb leaves it equals the exact loss. It jumps a little
    where ranks change, because the gradient takes the loss as linear around them.</p>
    """
        .formatted(OTHERS, TEMPERATURE, SAMPLES);
  }

  private double[] others() {
    SplittableRandom random = RandomStream.at(seed, 11);
    double[] scores = new double[OTHERS];
    Arrays.setAll(scores, i -> Math.round(100 * (i + 1 + 0.8 * random.nextDouble())) / 100.0);
    return scores;
  }

  /** The relevant candidate first, so that it also wins ties. */
  private double[] scores(double score) {
    double[] scores = new double[OTHERS + 1];
    scores[0] = score;
    System.arraycopy(others(), 0, scores, 1, OTHERS);
    return scores;
  }

  private LineChart chart(String name, RankMetric<? super Ranks> metric) {
    RankingLoss exact = MetricLoss.of(metric, new ExactRanker());
    RankingLoss smooth = MetricLoss.of(metric, new PairwiseSigmoid(TEMPERATURE));
    List<LineChart.Series> series = new ArrayList<>();
    series.add(series("exact", s -> exact.value(BlackboxCurve.list(scores(s)))));
    series.add(series("approximate", s -> smooth.value(BlackboxCurve.list(scores(s)))));
    series.add(series("Gumbel", s -> gumbel(exact).value(BlackboxCurve.list(scores(s)))));
    for (double lambda : lambdas) {
      series.add(blackbox(metric, exact, lambda));
    }
    return new LineChart("score of the relevant candidate", "loss of " + name, null, false, series);
  }

  /** A new one for every score, so that all scores get the same noise. */
  private RankingLoss gumbel(RankingLoss exact) {
    return new PerturbedLoss(exact, PerturbedLoss.Noise.GUMBEL, TEMPERATURE, SAMPLES, seed);
  }

  private static LineChart.Series series(String name, DoubleUnaryOperator loss) {
    List<LineChart.Point> points = new ArrayList<>();
    for (int i = 0; i < POINTS; i++) {
      points.add(new LineChart.Point(score(i), loss.applyAsDouble(score(i))));
    }
    return new LineChart.Series(name, points, false, false);
  }

  private static double score(double index) {
    return HIGHEST * index / (POINTS - 1);
  }

  private LineChart.Series blackbox(
      RankMetric<? super Ranks> metric, RankingLoss exact, double lambda) {
    BlackboxCurve curve =
        new BlackboxCurve(
            exact, MetricLoss.of(metric, new BlackboxRanker(Lambda.plain(lambda))), 0, lambda);
    return series("blackbox, \u03bb = " + Surface.number(lambda), s -> curve.at(scores(s)));
  }
}
