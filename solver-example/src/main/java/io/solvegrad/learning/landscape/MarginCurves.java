package io.solvegrad.learning.landscape;

import io.solvegrad.example.AtomicFiles;
import io.solvegrad.example.RandomStream;
import io.solvegrad.example.report.LineChart;
import io.solvegrad.example.report.Page;
import io.solvegrad.rambo.BlackboxRanker;
import io.solvegrad.ranking.ExactRanker;
import io.solvegrad.ranking.MetricLoss;
import io.solvegrad.ranking.RankingBatch;
import io.solvegrad.ranking.Recall;
import io.solvegrad.ranking.Relevance;
import io.solvegrad.ranking.ScoreArray;
import io.solvegrad.ranking.SmoothFunction;
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
import java.util.stream.IntStream;

/**
 * The recall loss around a tie, with and without margin, and what descent makes of both.
 *
 * @param lambdas of the curves at the tie
 * @param margin in units of the score
 * @param seed of the scores at the start and of the noise
 */
record MarginCurves(List<Double> lambdas, double margin, long seed) {
  /** The number of irrelevant candidates ahead, linear in the ranks. */
  private static final Recall AHEAD = new Recall(SmoothFunction.of(r -> r, r -> 1));

  private static final int IRRELEVANT = 4;
  private static final int POINTS = 601;
  private static final int RELEVANT_LEARNT = 4;
  private static final int LEARNT = 16;
  private static final int STEPS = 400;
  private static final double RATE = 0.002;
  private static final int REACH = 6;
  private static final int NOISY_RANKINGS = 200;

  /** Writes the page and the pictures. */
  List<Double> write(Path folder) throws IOException {
    LineChart tie = tie();
    tie.write(folder.resolve("margin-tie.png"));
    LineChart descent = descent();
    descent.write(folder.resolve("margin-descent.png"));
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("loss", "recall with linear weights: the number of irrelevant candidates ahead");
    settings.put("margin", Double.toString(margin));
    settings.put("lambdas, in plain ranks", lambdas.toString());
    settings.put("steps", STEPS + " of size " + RATE);
    settings.put("seed", Long.toString(seed));
    String page =
        new Page("A tie with and without margin", "Why losses that see only ranks need a margin.")
            .section(
                "The loss at a tie",
                tieText() + tie.picture("Steps and ramps, with margin further to the right."))
            .section(
                "Descent",
                descentText()
                    + descent.picture("The gap stops at 0 without margin, and at it with one."))
            .settings(settings)
            .html();
    AtomicFiles.write(folder.resolve("landscape.html"), page);
    return lambdas;
  }

  private String tieText() {
    return """
    <p>One relevant candidate against %d others with equal scores; to the left it stands behind
    them, to the right before them, at 0 there is a tie. Without margin the loss is zero as soon
    as the relevant one is ahead by anything at all, and the ramp of the blackbox gradient ends at
    the tie: there is nothing left to learn where every rounding decides. With margin the same
    staircase and the same ramp stand %s further to the right.</p>
    <p><strong>blackbox</strong>: f_\u03bb, whose slope everywhere is the blackbox gradient of the
    relevant score.</p>
    """
        .formatted(IRRELEVANT, margin);
  }

  private String descentText() {
    return """
    <p>%d scores, %d of them relevant, follow the blackbox gradient with \u03bb = %s.
    The gap is the least relevant score minus the largest other one. Without margin it stops
    growing at the tie; with margin at %s. The share right is that of relevant candidates that
    keep the first %2$d places when all scores get noise of standard deviation %s: what was learnt
    without margin collapses.</p>
    """
        .formatted(
            LEARNT,
            RELEVANT_LEARNT,
            String.format(Locale.ROOT, "%.3g", descentLambda()),
            margin,
            margin / 2);
  }

  private LineChart tie() {
    List<LineChart.Series> series = new ArrayList<>();
    for (double alpha : new double[] {0, margin}) {
      String which = alpha == 0 ? "no margin" : "margin " + Surface.number(margin);
      MetricLoss exact = exact(alpha);
      series.add(series("exact, " + which, s -> exact.value(BlackboxCurve.list(around(s)))));
      for (double lambda : lambdas) {
        series.add(ramp(which, alpha, lambda));
      }
    }
    return new LineChart(
        "relevant score minus the others'", "irrelevant candidates ahead", null, false, series);
  }

  private LineChart.Series ramp(String which, double alpha, double lambda) {
    BlackboxCurve curve = new BlackboxCurve(exact(alpha), loss(alpha, lambda), alpha, lambda);
    return series(
        "blackbox \u03bb = " + Surface.number(lambda) + ", " + which, s -> curve.at(around(s)));
  }

  private LineChart.Series series(String name, DoubleUnaryOperator value) {
    return new LineChart.Series(
        name,
        IntStream.range(0, POINTS)
            .mapToObj(i -> new LineChart.Point(gap(i), value.applyAsDouble(gap(i))))
            .toList(),
        false,
        false);
  }

  private static MetricLoss exact(double alpha) {
    return MetricLoss.of(AHEAD, new ExactRanker()).margin(alpha);
  }

  private static MetricLoss loss(double alpha, double lambda) {
    return MetricLoss.of(AHEAD, new BlackboxRanker(Lambda.plain(lambda))).margin(alpha);
  }

  private double gap(double index) {
    return 4 * margin * (index / (POINTS - 1) - 0.5);
  }

  private static double[] around(double gap) {
    double[] scores = new double[IRRELEVANT + 1];
    scores[0] = gap;
    return scores;
  }

  private LineChart descent() {
    List<LineChart.Series> series = new ArrayList<>();
    for (double alpha : new double[] {0, margin}) {
      String which = alpha == 0 ? "no margin" : "margin " + Surface.number(margin);
      List<LineChart.Point> gaps = new ArrayList<>();
      List<LineChart.Point> rights = new ArrayList<>();
      descend(alpha, gaps, rights);
      series.add(new LineChart.Series("gap, " + which, gaps, false, false));
      series.add(new LineChart.Series("right under noise, " + which, rights, true, false));
    }
    return new LineChart("step", "gap", "share right under noise", false, series);
  }

  private void descend(double alpha, List<LineChart.Point> gaps, List<LineChart.Point> rights) {
    SplittableRandom random = RandomStream.at(seed, 12);
    double[] scores = new double[LEARNT];
    Arrays.setAll(scores, i -> margin * random.nextGaussian());
    double[] grades = new double[LEARNT];
    Arrays.fill(grades, 0, RELEVANT_LEARNT, 1);
    MetricLoss loss = loss(alpha, descentLambda());
    for (int step = 0; step <= STEPS; step++) {
      gaps.add(new LineChart.Point(step, gap(scores)));
      if (step % 10 == 0) {
        rights.add(new LineChart.Point(step, rightUnderNoise(scores)));
      }
      double[] gradient = new double[LEARNT];
      loss.evaluate(
          RankingBatch.rows(ScoreArray.of(scores), 1, LEARNT, Relevance.grades(grades)),
          ScoreArray.of(gradient));
      for (int i = 0; i < LEARNT; i++) {
        scores[i] -= RATE * gradient[i];
      }
    }
  }

  /** So that the mean over relevant candidates looks a few margins ahead. */
  private double descentLambda() {
    return RELEVANT_LEARNT * REACH * margin;
  }

  private static double gap(double[] scores) {
    return Arrays.stream(scores, 0, RELEVANT_LEARNT).min().orElseThrow()
        - Arrays.stream(scores, RELEVANT_LEARNT, LEARNT).max().orElseThrow();
  }

  private double rightUnderNoise(double[] scores) {
    SplittableRandom random = RandomStream.at(seed, 13);
    int right = 0;
    for (int ranking = 0; ranking < NOISY_RANKINGS; ranking++) {
      double[] noisy = scores.clone();
      Arrays.setAll(noisy, i -> noisy[i] + margin / 2 * random.nextGaussian());
      double[] sorted = noisy.clone();
      Arrays.sort(sorted);
      for (int i = 0; i < RELEVANT_LEARNT; i++) {
        right += noisy[i] >= sorted[LEARNT - RELEVANT_LEARNT] ? 1 : 0;
      }
    }
    return (double) right / (NOISY_RANKINGS * RELEVANT_LEARNT);
  }
}
