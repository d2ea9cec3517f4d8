package io.solvegrad.relaxation.cases;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.solvegrad.ranking.AveragePrecision;
import io.solvegrad.ranking.CandidateList;
import io.solvegrad.ranking.CutOff;
import io.solvegrad.ranking.EmptyQueries;
import io.solvegrad.ranking.Gain;
import io.solvegrad.ranking.MetricLoss;
import io.solvegrad.ranking.PositionFunction;
import io.solvegrad.ranking.PositionValues;
import io.solvegrad.ranking.RankMetric;
import io.solvegrad.ranking.Ranker;
import io.solvegrad.ranking.RankingBatch;
import io.solvegrad.ranking.RankingLoss;
import io.solvegrad.ranking.Ranks;
import io.solvegrad.ranking.Reduction;
import io.solvegrad.ranking.Relevance;
import io.solvegrad.ranking.ScoreArray;
import io.solvegrad.ranking.SmoothFunction;
import io.solvegrad.ranking.metric.RankMetrics;
import io.solvegrad.relaxation.NeuralSort;
import io.solvegrad.relaxation.PairwiseSigmoid;
import io.solvegrad.relaxation.PairwiseSteps;
import io.solvegrad.relaxation.SoftCutoff;
import io.solvegrad.relaxation.Steps;
import io.solvegrad.relaxation.surrogate.LabelTransform;
import io.solvegrad.relaxation.surrogate.SoftPrecision;
import io.solvegrad.relaxation.surrogate.SurrogateLoss;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Metrics under smooth rankers: Rax's transformations and TF-Ranking's approximations. */
final class ApproximationCases {
  private static final Pattern TRANSFORMED =
      Pattern.compile("(approx|bound)_t12n\\((\\w+)\\)( gradient)?");

  private ApproximationCases() {}

  static void run(Case c) {
    Matcher transformed = TRANSFORMED.matcher(c.op());
    if (transformed.matches() && c.text("reduce", "mean").equals("none")) {
      assertUnreduced(c, transformed.group(1), transformed.group(2));
    } else if (transformed.matches()) {
      CaseLists.assertOutcome(c, evaluate(c, transformed.group(1), transformed.group(2)));
    } else if (c.op().matches("approx \\w+ value")) {
      c.assertNumbers(-evaluate(c, "approx", c.op().split(" ")[1]).value());
    } else if (c.op().endsWith("cutoff")) {
      cutoff(c);
    } else if (c.op().equals("approx_ranks")) {
      ranks(c, new PairwiseSigmoid(c.number("temperature", 1)));
    } else if (c.op().equals("bound_ranks")) {
      ranks(c, PairwiseSteps.hingeBound());
    } else {
      throw new IllegalArgumentException("unknown operation " + c.op());
    }
  }

  private static void cutoff(Case c) {
    SmoothFunction step =
        switch (c.text("step", "sigmoid")) {
          case "1-relu(1-x)" -> Steps.lowerHinge();
          case "sigmoid" -> Steps.sigmoid(c.number("temperature", 1));
          default -> throw new IllegalArgumentException("unknown step " + c.text("step", ""));
        };
    SoftCutoff cutoff = SoftCutoff.midpoint(step);
    int n = (int) c.number("n", Integer.MAX_VALUE);
    c.assertNumbers(Case.byRow(c.input("values"), values -> cutoff.members(n, values)));
  }

  private static void ranks(Case c, Ranker<Ranks> ranker) {
    CaseLists lists = new CaseLists(c, false);
    double[] result = new double[lists.scores.length];
    // Rax ranks what is masked 1.
    Arrays.fill(result, 1);
    for (int q = 0; q < lists.lists(); q++) {
      int[] valid = lists.valid(q);
      int[] all = IntStream.range(0, valid.length).toArray();
      double[] scores = Arrays.stream(valid).mapToDouble(i -> lists.scores[i]).toArray();
      CandidateList list =
          CandidateList.of(
              ScoreArray.of(scores), all, scores, ScoreArray.of(new double[scores.length]));
      Ranks ranks = ranker.newPass().forward(list);
      for (int i : all) {
        result[lists.source[valid[i]]] = ranks.rank(i);
      }
    }
    c.assertNumbers(result);
  }

  /** Minus the metric of each list, 0 for one without a valid candidate. */
  private static void assertUnreduced(Case c, String kind, String metric) {
    CaseLists lists = new CaseLists(c);
    RankingLoss loss = loss(c, kind, metric);
    RankingBatch batch = batch(lists, metric);
    double[] values = new double[lists.lists()];
    if (loss instanceof MetricLoss ranked) {
      ranked.metrics(batch, values);
    } else if (loss instanceof SurrogateLoss surrogate) {
      surrogate.losses(batch, values);
    }
    for (int q = 0; q < values.length; q++) {
      double found = loss instanceof MetricLoss ? values[q] : 1 - values[q];
      values[q] = lists.valid(q).length == 0 ? 0 : -found;
    }
    lists.assertUnreduced(c, values, loss, batch);
  }

  /** Minus the metric, by lists with a valid candidate; a list with nothing to find counts 0. */
  private static CaseLists.Outcome evaluate(Case c, String kind, String metric) {
    CaseLists lists = new CaseLists(c);
    boolean sum = c.text("reduce", "mean").equals("sum");
    CaseLists.Outcome outcome = lists.evaluate(loss(c, kind, metric), batch(lists, metric), 1);
    double lost = sum ? lists.valid() : Math.min(1, lists.valid());
    return new CaseLists.Outcome(outcome.value() - lost, outcome.gradient());
  }

  private static RankingBatch batch(CaseLists lists, String metric) {
    boolean graded = metric.endsWith("dcg") || metric.equals("precision");
    return graded ? lists.batch() : lists.batch(Relevance.atLeast(1, lists.labels));
  }

  private static RankingLoss loss(Case c, String kind, String metric) {
    boolean approx = kind.equals("approx");
    double temperature = approx ? c.number("temperature", 1) : 1;
    int topn = (int) c.number("topn", Integer.MAX_VALUE);
    c.param("masked_labels");
    Ranker<Ranks> ranker =
        approx ? PairwiseSigmoid.withMidpointCutoff(temperature) : PairwiseSteps.hingeBound();
    boolean mean = c.text("reduce", "mean").equals("mean");
    Reduction reduction = mean ? Reduction.QUERY_MEAN : Reduction.SUM;
    if (metric.equals("precision")) {
      return SurrogateLoss.of(new SoftPrecision(ranker, topn))
          .labels(LabelTransform.atLeast(1))
          .reduction(reduction);
    }
    if (metric.equals("ap")) {
      ranker = withHardNumerator(approx, temperature);
    }
    return MetricLoss.of(metric(c, metric, topn), ranker)
        .emptyQueries(EmptyQueries.ZERO)
        .reduction(reduction);
  }

  /** Rax counts the relevant candidates ahead exactly, the candidates ahead softly. */
  private static PairwiseSteps withHardNumerator(boolean approx, double temperature) {
    SmoothFunction step = approx ? Steps.sigmoid(temperature) : Steps.upperHinge();
    SmoothFunction cut = approx ? step : Steps.lowerHinge();
    return new PairwiseSteps(step, step, Steps.heaviside(), SoftCutoff.midpoint(cut));
  }

  private static RankMetric<? super Ranks> metric(Case c, String name, int topn) {
    return switch (name) {
      case "mrr" -> RankMetrics.reciprocalRankAt(topn);
      case "recall" -> RankMetrics.recallAt(topn);
      case "ap" -> new AveragePrecision(CutOff.at(topn), false, 0);
      case "dcg" -> RankMetrics.dcg(gain(c), discount(c).top(topn));
      case "ndcg" -> RankMetrics.ndcg(gain(c), discount(c).top(topn));
      default -> throw new IllegalArgumentException("unknown metric " + name);
    };
  }

  private static Gain gain(Case c) {
    return switch (c.text("gain", "exponential")) {
      case "exponential" -> Gain.exponential();
      case "linear" -> Gain.linear();
      default -> throw new IllegalArgumentException("unknown gain " + c.text("gain", ""));
    };
  }

  private static PositionFunction discount(Case c) {
    return switch (c.text("discount", "log2")) {
      case "log2" -> PositionFunction.logarithmic();
      case "reciprocal" -> PositionFunction.reciprocal();
      default -> throw new IllegalArgumentException("unknown discount " + c.text("discount", ""));
    };
  }

  static void tensorFlow(Case c) {
    RankMetric<PositionValues> metric;
    double temperature = c.number("temperature", 0.1);
    Ranker<? extends PositionValues> ranker = new PairwiseSigmoid(temperature);
    if (c.op().startsWith("approx_ndcg")) {
      metric = RankMetrics.ndcg();
    } else if (c.op().startsWith("neural_sort_ndcg")) {
      metric = RankMetrics.ndcg();
      ranker = new NeuralSort(c.number("temperature", 1));
    } else if (c.op().startsWith("approx_mrr")) {
      metric = RankMetrics.meanReciprocalRank();
    } else {
      throw new IllegalArgumentException("unknown operation " + c.op());
    }
    CaseLists lists = new CaseLists(c);
    String reduce = c.text("reduce", c.text("reduction", "mean over lists"));
    boolean sum = reduce.equals("sum");
    assertEquals(true, sum || reduce.startsWith("mean"), reduce);
    RankingLoss loss =
        MetricLoss.of(metric, ranker)
            .emptyQueries(EmptyQueries.ZERO)
            .reduction(sum ? Reduction.SUM : Reduction.QUERY_MEAN);
    CaseLists.Outcome outcome = lists.evaluate(loss, lists.batch(), 1);
    double lost = sum ? lists.valid() : 1;
    CaseLists.assertOutcome(c, new CaseLists.Outcome(outcome.value() - lost, outcome.gradient()));
  }
}
