package io.solvegrad.rambo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.solvegrad.rambo.RecordingRanker.Ranked;
import io.solvegrad.ranking.AveragePrecision;
import io.solvegrad.ranking.CaseFields;
import io.solvegrad.ranking.Diagnostics;
import io.solvegrad.ranking.MatrixView;
import io.solvegrad.ranking.MetricLoss;
import io.solvegrad.ranking.RankMetric;
import io.solvegrad.ranking.RankingBatch;
import io.solvegrad.ranking.RankingLoss;
import io.solvegrad.ranking.RankingSolver;
import io.solvegrad.ranking.Ranks;
import io.solvegrad.ranking.Recall;
import io.solvegrad.ranking.Reduction;
import io.solvegrad.ranking.ScoreArray;
import io.solvegrad.ranking.Targets;
import io.solvegrad.solver.Interpolation;
import io.solvegrad.solver.Lambda;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * Computes what the cases expect. A result maps the names of expected fields to numbers (one by
 * one), vectors (one row) or matrices. Several results of one case come from several ways to the
 * same numbers.
 */
final class CaseRunner {
  private final CasePrecision precision;
  // The cases divide by lambda + 1e-8, as was published; we divide by lambda.
  private final double divisor;
  private final double lambda;

  CaseRunner(CasePrecision precision, double lambda) {
    this.precision = precision;
    this.lambda = lambda;
    divisor = lambda / (lambda + 1e-8);
  }

  /** Kind `ranker`: the upstream is taken with respect to the normalised rank. */
  static List<Map<String, double[][]>> ranker(CaseFields inputs, CasePrecision precision) {
    double[][] scores = inputs.matrix("scores");
    double[][] upstream = inputs.matrix("grad_output");
    CaseRunner runner = new CaseRunner(precision, inputs.number("lambda_val"));
    inputs.requireAllRead();
    return List.of(
        runner.solved(scores, upstream),
        runner.pushed(scores, upstream, g -> true),
        runner.pushed(scores, upstream, g -> g != 0));
  }

  /** Ranking as a solver, differentiated by the interpolation estimator. */
  private Map<String, double[][]> solved(double[][] rawScores, double[][] upstream) {
    double[][] scores = precision.round(rawScores);
    Map<String, double[][]> result = emptyRanker(scores.length);
    for (int r = 0; r < scores.length; r++) {
      int n = scores[r].length;
      double[] ranks = new double[n];
      double[] moved = new double[n];
      double[] movedRanks = new double[n];
      double[] gradient = new double[n];
      if (n > 0) {
        RankingSolver solver = new RankingSolver(n);
        solver.solve(scores[r], ranks);
        for (int i = 0; i < n; i++) {
          moved[i] = scores[r][i] + lambda * upstream[r][i];
        }
        solver.solve(moved, movedRanks);
        new Interpolation(Lambda.plain(lambda))
            .gradient(solver, scores[r], ranks, upstream[r], gradient);
        assertNormalisedAgrees(solver, scores[r], ranks, upstream[r], gradient);
      }
      putRankerRow(result, r, ranks, moved, movedRanks, gradient);
    }
    return result;
  }

  /** Upstream over n and lambda times n are the same problem, unless rounding breaks a tie. */
  private void assertNormalisedAgrees(
      RankingSolver solver, double[] scores, double[] ranks, double[] upstream, double[] expected) {
    int n = scores.length;
    double[] plain = Arrays.stream(upstream).map(g -> g / n).toArray();
    boolean exact = true;
    for (int i = 0; i < n; i++) {
      exact &= lambda * n * plain[i] == lambda * upstream[i];
    }
    if (exact) {
      double[] gradient = new double[n];
      new Interpolation(Lambda.normalised(lambda)).gradient(solver, scores, ranks, plain, gradient);
      for (int i = 0; i < n; i++) {
        assertEquals(expected[i] / n, gradient[i], 1e-12 * (1 + Math.abs(expected[i])));
      }
    }
  }

  private static Map<String, double[][]> emptyRanker(int rows) {
    Map<String, double[][]> result = new TreeMap<>();
    for (String field :
        List.of("ranks", "normalised_ranks", "perturbed_scores", "perturbed_ranks", "grad")) {
      result.put(field, new double[rows][]);
    }
    return result;
  }

  private void putRankerRow(
      Map<String, double[][]> result,
      int row,
      double[] ranks,
      double[] moved,
      double[] movedRanks,
      double[] plainGradient) {
    int n = ranks.length;
    result.get("ranks")[row] = ranks;
    result.get("normalised_ranks")[row] = Arrays.stream(ranks).map(k -> k / n).toArray();
    result.get("perturbed_scores")[row] = moved;
    result.get("perturbed_ranks")[row] = movedRanks;
    result.get("grad")[row] = Arrays.stream(plainGradient).map(g -> divisor * g / n).toArray();
  }

  /** A metric that pushes the given upstream, one number for each target. */
  private record Pushed(double[] upstream) implements RankMetric<Ranks> {
    @Override
    public double normaliser(Targets targets) {
      return 1;
    }

    @Override
    public double loss(Targets targets, Ranks ranks, double scale) {
      for (int k = 0; k < targets.count(); k++) {
        ranks.pushRank(k, scale * upstream[k]);
      }
      return 0;
    }
  }

  /** The blackbox ranker, with those candidates as targets whose upstream passes. */
  private Map<String, double[][]> pushed(
      double[][] scores, double[][] upstream, java.util.function.DoublePredicate isTarget) {
    Map<String, double[][]> result = emptyRanker(scores.length);
    for (int r = 0; r < scores.length; r++) {
      double[] targets = Arrays.stream(upstream[r]).filter(isTarget).toArray();
      double[] relevant = Arrays.stream(upstream[r]).map(g -> isTarget.test(g) ? 1 : 0).toArray();
      CaseMatrix row = new CaseMatrix(new double[][] {scores[r]}, new double[][] {relevant});
      RankingBatch batch = row.batch(precision);
      RecordingRanker ranker = new RecordingRanker(Lambda.plain(lambda));
      ScoreArray gradient = precision.array(new double[scores[r].length]);
      MetricLoss.of(new Pushed(targets), ranker).reduction(Reduction.SUM).evaluate(batch, gradient);
      Ranked ranked =
          targets.length == 0 ? Ranked.of(batch.scores(), lambda) : ranker.lists().get(0);
      putRankerRow(
          result,
          r,
          Ranked.ranks(ranked.scores()),
          values(ranked.moved()),
          Ranked.ranks(ranked.moved()),
          values(gradient));
    }
    return result;
  }

  private static double[] values(ScoreArray array) {
    double[] values = new double[array.length()];
    Arrays.setAll(values, array::get);
    return values;
  }

  /** Kind `recall`. */
  static List<Map<String, double[][]>> recall(
      CaseFields inputs, CasePrecision precision, Reduction reduction) {
    Recall metric =
        switch (inputs.text("weight")) {
          case "log" -> Recall.log();
          case "loglog" -> Recall.logLog();
          default -> throw new AssertionError("unknown weight " + inputs.text("weight"));
        };
    CaseMatrix matrix = CaseMatrix.of(inputs);
    Margin margin = Margin.of(inputs, "margin_noise");
    CaseRunner runner = new CaseRunner(precision, inputs.number("lambda_val"));
    assertTrue(inputs.objects("memory").isEmpty(), "rows of old queries change no ranking");
    inputs.requireAllRead();
    CaseMatrix moved = margin.shift(matrix);
    RecordingRanker ranker = new RecordingRanker(Lambda.normalised(runner.lambda));
    RankingLoss loss =
        MetricLoss.of(metric, ranker).margin(margin.inLoss()).reduction(reduction).threads(1);
    Map<String, double[][]> result = runner.evaluate(loss, moved, List.of());
    runner.putRanked(result, ranker, moved, margin.inLoss(), lists -> lists);
    return List.of(result);
  }

  /** Value and gradient of the current batch after earlier ones. */
  private Map<String, double[][]> evaluate(
      RankingLoss loss, CaseMatrix current, List<CaseMatrix> earlier) {
    for (CaseMatrix batch : earlier) {
      loss.value(batch.batch(precision));
    }
    RankingBatch batch = current.batch(precision);
    ScoreArray gradient = batch.scores().zeros(batch.scores().length());
    double value = loss.evaluate(batch, 1, gradient, new Diagnostics());
    Map<String, double[][]> result = new TreeMap<>();
    result.put("loss", new double[][] {{value}});
    result.put("grad", current.unflatten(gradient, divisor));
    return result;
  }

  /**
   * What a metric was told and said, list by list. Lists without a target are not ranked by a loss,
   * so their ranks come from the kernel alone.
   *
   * @param lists one list a row
   * @param shape turns rows of lists into the shape of the case
   */
  private void putRanked(
      Map<String, double[][]> result,
      RecordingRanker ranker,
      CaseMatrix lists,
      double margin,
      UnaryOperator<double[][]> shape) {
    int rows = lists.rows();
    double[][] ranks = new double[rows][];
    double[][] above = new double[rows][];
    double[][] upstream = new double[rows][];
    double[][] moved = new double[rows][];
    double[][] movedRanks = new double[rows][];
    // The last evaluation is the one of the current batch.
    int filled = (int) Arrays.stream(lists.relevance()).filter(CaseRunner::any).count();
    int next = ranker.lists().size() - filled;
    for (int q = 0; q < rows; q++) {
      int n = lists.scores()[q].length;
      Ranked ranked =
          any(lists.relevance()[q])
              ? ranker.lists().get(next++)
              : Ranked.of(precision.array(lists.scores()[q]), 1);
      ranks[q] = Ranked.ranks(ranked.scores());
      above[q] = new double[n];
      for (int i = 0; i < n; i++) {
        above[q][i] = ranked.rank()[i] - ranked.among()[i];
        if (lists.relevance()[q][i] > 0) {
          assertEquals(ranks[q][i], ranked.rank()[i], "the metric's rank is that of the kernel");
        }
      }
      upstream[q] = Arrays.stream(ranked.upstream()).map(u -> u * n).toArray();
      // Ours moves the relevant candidates alone, the published margin all by half of it.
      moved[q] = Arrays.stream(values(ranked.moved())).map(s -> s + margin / 2).toArray();
      movedRanks[q] = Ranked.ranks(ranked.moved());
    }
    result.put("ranks", shape.apply(ranks));
    result.put("negatives_above", shape.apply(above));
    result.put("upstream_on_normalised_rank", shape.apply(upstream));
    result.put("perturbed_scores", shape.apply(moved));
    result.put("perturbed_ranks", shape.apply(movedRanks));
  }

  private static boolean any(double[] labels) {
    return Arrays.stream(labels).anyMatch(label -> label > 0);
  }

  /** Kinds `ap` (no interclass term) and `map_full`. */
  static List<Map<String, double[][]>> averagePrecision(
      CaseFields inputs, CasePrecision precision, boolean full, boolean withEpsilon) {
    CaseMatrix current = CaseMatrix.of(inputs);
    List<CaseMatrix> earlier = new ArrayList<>();
    for (CaseFields batch : inputs.objects("memory")) {
      earlier.add(CaseMatrix.of(batch));
      batch.requireAllRead();
    }
    Margin cross = Margin.of(inputs, full ? "margin_noise_cross" : "margin_noise");
    Margin inter = full ? Margin.of(inputs, "margin_noise_inter") : cross;
    double beta = full ? inputs.number("interclass_coef") : 0;
    double given = inputs.number("precision_epsilon", 1e-5);
    CaseRunner runner = new CaseRunner(precision, inputs.number("lambda_val"));
    inputs.requireAllRead();
    ClassCase terms = new ClassCase(current, earlier, cross, inter, beta, withEpsilon ? given : 0);
    List<Map<String, double[][]>> results = new ArrayList<>();
    results.add(runner.terms(terms));
    if (cross.inLoss() == cross.alpha() && inter.inLoss() == inter.alpha()) {
      ClassAveragePrecision loss = terms.loss(Lambda.normalised(runner.lambda), beta);
      Map<String, double[][]> composed = runner.evaluate(loss, current, earlier);
      results.get(0).forEach(composed::putIfAbsent);
      results.add(composed);
    }
    return results;
  }

  /** A case of average precision over classes. */
  private record ClassCase(
      CaseMatrix current,
      List<CaseMatrix> earlier,
      Margin cross,
      Margin inter,
      double beta,
      double epsilon) {

    int earlierRows() {
      return earlier.stream().mapToInt(CaseMatrix::rows).sum();
    }

    /** Current rows, then the oldest to the newest. */
    CaseMatrix joined() {
      return earlier.stream().reduce(current, CaseMatrix::below);
    }

    ClassAveragePrecision loss(Lambda lambda, double interclass) {
      return new ClassAveragePrecision(
          new ClassAveragePrecision.Settings(
              lambda, cross.inLoss(), interclass, earlierRows(), epsilon));
    }
  }

  /** Both terms one by one, so that each can have a noise of its own. */
  private Map<String, double[][]> terms(ClassCase terms) {
    CaseMatrix joined = terms.cross.shift(terms.joined());
    CaseMatrix current = joined.part(0, terms.current.rows());
    List<CaseMatrix> earlier = new ArrayList<>();
    int begin = current.rows();
    for (CaseMatrix batch : terms.earlier) {
      earlier.add(joined.part(begin, begin + batch.rows()));
      begin += batch.rows();
    }
    RecordingRanker ranker = new RecordingRanker(Lambda.normalised(lambda));
    AveragePrecision metric = new AveragePrecision(terms.epsilon);
    MetricLoss crossLoss = MetricLoss.of(metric, ranker).margin(terms.cross.inLoss()).threads(1);
    MetricLoss interLoss =
        MetricLoss.of(metric, new BlackboxRanker(Lambda.normalised(lambda)))
            .margin(terms.inter.inLoss());
    ScoreMemory memory = new ScoreMemory(MatrixView.COLUMNS.apply(crossLoss), terms.earlierRows());
    for (CaseMatrix batch : earlier) {
      memory.value(batch.batch(precision));
    }
    RankingBatch batch = current.batch(precision);
    RankingBatch flat = terms.inter.shift(terms.current).batch(precision).flat();
    ScoreArray gradient = batch.scores().zeros(batch.scores().length());
    Diagnostics diagnostics = new Diagnostics();
    double beta = terms.beta;
    double loss = memory.evaluate(batch, 1 - beta, gradient, diagnostics);
    Map<String, double[][]> result = new TreeMap<>();
    putRanked(result, ranker, joined.transposed(), terms.cross.inLoss(), CaseMatrix::transpose);
    loss += beta == 0 ? 0 : interLoss.evaluate(flat, beta, gradient, diagnostics);
    result.put("loss", new double[][] {{loss}});
    result.put("grad", current.unflatten(gradient, divisor));
    RankingBatch columns = joined.transposed().batch(precision);
    result.put("cross_loss", new double[][] {{crossLoss.value(columns)}});
    result.put("interclass_loss", new double[][] {{interLoss.value(flat)}});
    result.put("ap_per_class", new double[][] {perClass(crossLoss, joined)});
    return result;
  }

  /** 1 - loss of each class, NaN where there is no positive. */
  private double[] perClass(MetricLoss loss, CaseMatrix joined) {
    CaseMatrix classes = joined.transposed();
    double[] values = new double[classes.rows()];
    for (int c = 0; c < values.length; c++) {
      boolean present = any(classes.relevance()[c]);
      values[c] = present ? 1 - loss.value(classes.part(c, c + 1).batch(precision)) : Double.NaN;
    }
    return values;
  }

  /**
   * A margin with a factor for each cell. Factors of 1 are left to the loss, others are put into
   * the scores.
   */
  private record Margin(double alpha, double[][] noise) {

    static Margin of(CaseFields inputs, String noiseField) {
      double alpha = inputs.number("margin", 0);
      if (!inputs.has(noiseField) || inputs.any(noiseField).isTextual()) {
        assertEquals("ones", inputs.has(noiseField) ? inputs.text(noiseField) : "ones");
        return new Margin(alpha, new double[0][]);
      }
      return new Margin(alpha, inputs.matrix(noiseField));
    }

    double inLoss() {
      return noise.length == 0 ? alpha : 0;
    }

    CaseMatrix shift(CaseMatrix matrix) {
      return noise.length == 0 ? matrix : matrix.shifted(alpha, noise);
    }
  }
}
